from pathlib import Path

import pytest


@pytest.fixture
def samples(settings):
    """Sample templates of these tests, beside the real ones."""
    first = dict(settings.TEMPLATES[0])
    first["DIRS"] = [*first["DIRS"], Path(__file__).parent / "templates"]
    settings.TEMPLATES = [first]
