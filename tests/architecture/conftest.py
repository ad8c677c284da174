from tests.town import *  # noqa: F403 -- the fixtures of the town, used by name
