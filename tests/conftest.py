"""The test database is made and migrated by its owner; the tests themselves run as the role of the web processes.

So a right that production lacks (TRUNCATE, changing the audit trail) is missing here too. Shared fixtures live in
tests/fixtures/*.py, loaded through `pytest_plugins` below.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connections
from django.db.models.signals import pre_migrate
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from tests.clean_slate import CleanSlate
from tests.engines_plugin import ENGINES
from tests.migrated_copy import MigratedCopy

pytest_plugins = [f"tests.fixtures.{path.stem}" for path in sorted(Path(__file__).parent.glob("fixtures/[a-z]*.py"))]

# A machine that others use as well makes no test fail.
settings.register_profile("shared machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared machine")

DEFAULT_RIGHTS = """
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {app};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app};
"""


def _login(url: str) -> dict[str, str]:
    parts = urlsplit(url)
    return {"USER": parts.username or "", "PASSWORD": parts.password or ""}


def _become(login: dict[str, str]) -> None:
    connections["default"].close()
    connections["default"].settings_dict.update(login)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, database_server) -> Iterator[None]:
    """Become the owner before the test database is made, and again before it is dropped."""
    app = dict(connections["default"].settings_dict)
    _become(_login(os.environ.get("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])))
    yield
    _become({"USER": app["USER"], "PASSWORD": app["PASSWORD"]})


@pytest.fixture(scope="session")
def migrated_copy(pytestconfig, django_db_modify_db_settings) -> MigratedCopy | None:
    """The kept dump, laid back under the test database's name where there is one; None with a named server."""
    server = pytestconfig.stash[ENGINES].postgres
    if server is None:
        return None
    copy = MigratedCopy(server.programs)
    owner = connections["default"].settings_dict
    if copy.there:
        copy.lay_back(owner, connections["default"].creation._get_test_db_name())
    return copy


@pytest.fixture(scope="session")
def django_db_keepdb(migrated_copy) -> bool:
    """With a copy laid back there is nothing to make; our engines go with the session, the database with them."""
    return migrated_copy is not None and migrated_copy.there


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, migrated_copy, django_db_blocker) -> Iterator[None]:
    """Hand the migrated database over to the app role; put it back as it was after each transactional test."""
    owner = dict(connections["default"].settings_dict)
    with django_db_blocker.unblock():
        connections["default"].close()
        if migrated_copy is not None and not migrated_copy.there:
            migrated_copy.keep(owner)
        slate = CleanSlate(owner)
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: slate.wipe())
    _become(_login(os.environ["DATABASE_URL"]))
    yield
    patch.undo()
    slate.close()
    with django_db_blocker.unblock():
        _become({"USER": owner["USER"], "PASSWORD": owner["PASSWORD"]})


def _grant_default_rights(sender, using: str, **unused) -> None:
    """Once, before the first table: a server named by DATABASE_URL knows nothing of our default rights."""
    app = _login(os.environ["DATABASE_URL"])["USER"]
    if sender.label != "contenttypes":  # the signal comes once for each app
        return
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone()[0] != app:
            cursor.execute(DEFAULT_RIGHTS.format(app=app))


pre_migrate.connect(_grant_default_rights, dispatch_uid="default rights of the app role")
