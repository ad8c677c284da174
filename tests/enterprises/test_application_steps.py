"""试点申请 by its steps: who may, who may not, what each gate says (scenario 2, G1–G3)."""

import pytest

from enterprises import actions
from enterprises.models import PilotApplication
from jiaxing_titles.actions import Blocked, NotPermitted
from tests.fixtures.pilot import checks, talent_row


def texts(blocked) -> str:
    return "\n".join(str(reason) for reason in blocked.value.reasons)


def test_a_filled_application_reaches_the_city(applied):
    application = applied("A", "reviewed")
    assert application.state == "reviewed"
    assert application.number == f"SD2026{application.pk:05d}"
