#!/bin/sh
# Runs once, when the volume is new. A role and databases for each program: neither can read the other's.
set -eu

psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set app_password="$APP_DB_PASSWORD" --set temporal_password="$TEMPORAL_DB_PASSWORD" <<'SQL'
create role counterfoil login password :'app_password';
create database counterfoil owner counterfoil;
revoke connect on database counterfoil from public;

create role temporal login password :'temporal_password';
create database temporal owner temporal;
create database temporal_visibility owner temporal;
revoke connect on database temporal, temporal_visibility from public;
SQL
