#!/bin/sh
# Run once by the PostgreSQL image: a database and a user each for Prefect and for the lake's catalog.
set -eu
psql --set ON_ERROR_STOP=1 --username postgres \
    --set prefect_password="$PREFECT_DB_PASSWORD" --set lake_password="$LAKE_DB_PASSWORD" <<'SQL'
CREATE USER prefect PASSWORD :'prefect_password';
CREATE DATABASE prefect OWNER prefect;
CREATE USER lake PASSWORD :'lake_password';
CREATE DATABASE lake OWNER lake;
REVOKE CONNECT ON DATABASE prefect FROM PUBLIC;
REVOKE CONNECT ON DATABASE lake FROM PUBLIC;
\connect prefect
CREATE EXTENSION IF NOT EXISTS pg_trgm;
SQL
