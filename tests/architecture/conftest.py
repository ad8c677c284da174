"""Everybody of tests/scenes/town.py at the door."""

import logging

import pytest
from django.test import Client

from tests.architecture.access import Knocker, known_by_sight
from tests.scenes.town import everybody


@pytest.fixture
def people(whole_year, login):
    """Everybody of the town at the door, and a visitor. Thousands of refusals need not be written down."""
    whole_year()
    logging.disable(logging.WARNING)
    visitor = Knocker("visitor", Client(), 1)
    everybody_else = [Knocker(name, login(*who), n) for n, (name, who) in enumerate(everybody().items(), 2)]
    with known_by_sight():
        yield [visitor, *everybody_else]
    logging.disable(logging.NOTSET)
