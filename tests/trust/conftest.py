from tests.journeys.conftest import year  # noqa: F401 -- everybody at his browser, used by name
