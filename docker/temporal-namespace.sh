#!/bin/sh
# Makes the namespace and the search attributes that the worker asks for at its start. Safe to run again.
# TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE say where; SEARCH_ATTRIBUTES is a list of Name=Type.
set -eu

search_attribute() {
  action=$1
  shift
  temporal operator search-attribute "$action" --namespace "$TEMPORAL_NAMESPACE" "$@"
}

if ! temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"
fi

# The server finds a new namespace only when it reads its list of them again, every few seconds.
patience=30
until known=$(search_attribute list); do
  patience=$((patience - 1))
  [ "$patience" -gt 0 ] || exit 1
  sleep 1
done

for attribute in $SEARCH_ATTRIBUTES; do
  name=${attribute%=*}
  if ! echo "$known" | grep -qw "$name"; then
    search_attribute create --name "$name" --type "${attribute#*=}"
  fi
done
