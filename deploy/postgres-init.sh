#!/bin/sh
# Runs once, when the postgres container makes its data folder: the three roles of decision 32 and who owns what.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" \
    -v owner_password="$DB_OWNER_PASSWORD" -v app_password="$DB_APP_PASSWORD" -v tally_password="$DB_TALLY_PASSWORD" \
    -f /roles.sql
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -v database="$POSTGRES_DB" <<'SQL'
ALTER DATABASE :"database" OWNER TO jiaxing_owner;
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE :"database" TO jiaxing_app, jiaxing_tally;
SQL
