#!/bin/sh
# Runs once, when the data folder is made: the role that owns the tables, the one that the platform serves as, and the
# database. Neither is a superuser, because a superuser walks past row-level security.
set -eu
psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set=owner_password="$CARETRAIL_OWNER_PASSWORD" --set=app_password="$CARETRAIL_APP_PASSWORD" <<'SQL'
create role caretrail_owner login nosuperuser nobypassrls nocreaterole nocreatedb noreplication password :'owner_password';
create role caretrail_app login nosuperuser nobypassrls nocreaterole nocreatedb noreplication password :'app_password';
create database caretrail owner caretrail_owner;
SQL
