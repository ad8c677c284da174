"""One PostgreSQL and one Redis for each process of tests (pyproject.toml loads this before Django reads settings).

Servers named by `DATABASE_URL` (with `DATABASE_OWNER_URL`) and `REDIS_URL` are used instead where they are set. Ours
end with the session, also when pytest is killed. PostgreSQL starts when the first test asks for a database.
"""

import os
from collections.abc import Iterator

import pytest

from jiaxing_titles.engines.errors import EngineError
from jiaxing_titles.engines.pair import Engines
from jiaxing_titles.engines.processes import Guard

ENGINES = pytest.StashKey[Engines]()
OURS = "JIAXING_TEST_ENGINES"
"""Names of the variables that the session set for engines of its own, which a worker process replaces by its own."""


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Set the environment before pytest-django, whose hook comes inside this one, loads the settings."""
    if os.environ.get("DJANGO_SETTINGS_MODULE") == "jiaxing_titles.settings":
        # Importing the package (its Celery application) named these; pyproject.toml names the ones for tests.
        del os.environ["DJANGO_SETTINGS_MODULE"]
    for name in os.environ.pop(OURS, "").split():
        del os.environ[name]
    try:
        guard = Guard()
        early_config.add_cleanup(guard.close)
        engines = Engines.for_one_session(guard)
        early_config.add_cleanup(engines.remove)
        early_config.stash[ENGINES] = engines
        os.environ.update(engines.environment, **{OURS: " ".join(engines.environment)})
        if not early_config.known_args_namespace.numprocesses:  # else the workers run the tests, each with its own
            engines.start_redis()
    except EngineError as problem:
        raise pytest.UsageError(str(problem)) from problem
    return (yield)


@pytest.fixture(scope="session")
def database_server(pytestconfig: pytest.Config) -> None:
    """PostgreSQL answers from here on."""
    pytestconfig.stash[ENGINES].start_postgres()
