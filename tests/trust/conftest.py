from tests.certificates.conftest import objected  # noqa: F401 -- used by name
from tests.journeys.conftest import *  # noqa: F403 -- desks and scenes of the journeys, used by name
