#!/bin/sh
# Brings Temporal's two databases to the schema of this version. Safe to run again, and the way to upgrade: the new
# version's tools first, then the new server.
set -eu

bring_up() {
  schema=/etc/temporal/schema/postgresql/v12/$2/versioned
  if ! temporal-sql-tool --database "$1" update-schema --schema-dir "$schema"; then
    echo "$1: no update was possible, so it is taken for a new database"
    temporal-sql-tool --database "$1" setup-schema --version 0.0
    temporal-sql-tool --database "$1" update-schema --schema-dir "$schema"
  fi
}

bring_up temporal temporal
bring_up temporal_visibility visibility
