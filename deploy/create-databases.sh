#!/bin/sh
# Run once by the PostgreSQL image: a database and a user each for Prefect and for the lake's catalog, and a user
# that may only read that catalog.
set -eu
psql --set ON_ERROR_STOP=1 --username postgres \
    --set prefect_password="$PREFECT_DB_PASSWORD" --set lake_password="$LAKE_DB_PASSWORD" \
    --set reader_password="$LAKE_READER_PASSWORD" <<'SQL'
CREATE USER prefect PASSWORD :'prefect_password';
CREATE DATABASE prefect OWNER prefect;
CREATE USER lake PASSWORD :'lake_password';
CREATE DATABASE lake OWNER lake;
CREATE USER lake_reader PASSWORD :'reader_password';
GRANT CONNECT ON DATABASE lake TO lake_reader;
REVOKE CONNECT ON DATABASE prefect FROM PUBLIC;
REVOKE CONNECT ON DATABASE lake FROM PUBLIC;
\connect prefect
CREATE EXTENSION IF NOT EXISTS pg_trgm;
\connect lake
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO lake_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE lake IN SCHEMA public GRANT SELECT ON TABLES TO lake_reader;
SQL
