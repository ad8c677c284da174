-- The three roles of decision 32 and what each may do. Run by a superuser inside the database (and inside template1
-- where test databases are made). The passwords come as psql variables. Running it twice changes nothing.
--   jiaxing_owner  owns the database and every table; runs migrations
--   jiaxing_app    the web processes, the workers, the tests: rows yes, structure and TRUNCATE never
--   jiaxing_tally  opens sealed ballots; gets its few rights from the migration that makes the ballot tables.
--                  jiaxing_app puts it on for that one query (SET LOCAL ROLE) and has none of its rights otherwise
-- Tables that may only grow (audit, ballots) take UPDATE and DELETE away from jiaxing_app in their own migrations.
SELECT format('CREATE ROLE %I LOGIN', name)
FROM unnest(ARRAY['jiaxing_owner', 'jiaxing_app', 'jiaxing_tally']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

ALTER ROLE jiaxing_owner LOGIN NOSUPERUSER NOCREATEROLE PASSWORD :'owner_password';
ALTER ROLE jiaxing_app LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'app_password';
ALTER ROLE jiaxing_tally LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'tally_password';
-- After NOINHERIT: from PostgreSQL 16 on the grant itself remembers whether rights come along unasked.
GRANT jiaxing_tally TO jiaxing_app;

ALTER SCHEMA public OWNER TO jiaxing_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO jiaxing_app, jiaxing_tally;
ALTER DEFAULT PRIVILEGES FOR ROLE jiaxing_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO jiaxing_app;
ALTER DEFAULT PRIVILEGES FOR ROLE jiaxing_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO jiaxing_app;
