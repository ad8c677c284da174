"""Finds, starts and stops PostgreSQL and Redis for the demo, the tests and `run.sh manage`.

Plain standard library: nothing here imports Django or a driver, so it runs before settings exist. Production does
not use this package; there `DATABASE_URL`, `DATABASE_OWNER_URL` and `REDIS_URL` name servers that somebody else keeps.
"""
