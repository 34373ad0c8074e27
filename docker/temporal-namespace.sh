#!/bin/sh
# Makes the namespace and the search attributes that the worker asks for at its start. Safe to run again.
# TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE say where; SEARCH_ATTRIBUTES is a list of Name=Type.
set -eu

if ! temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"
fi

known=$(temporal operator search-attribute list --namespace "$TEMPORAL_NAMESPACE")
for attribute in $SEARCH_ATTRIBUTES; do
  name=${attribute%=*}
  if ! echo "$known" | grep -qw "$name"; then
    temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" --name "$name" --type "${attribute#*=}"
  fi
done
