"""The happy path of a company's review through its steps, G10 to G12."""

import pytest

from applications.models import TitleApplication
from reviews.models import MeetingItem

pytestmark = pytest.mark.django_db


def test_a_meeting_runs_from_filing_to_conclusion(noticed, concluded):
    year = noticed("张三", "李四")
    meeting = concluded(year, yes={1: 6, 2: 5})
    assert meeting.state == "concluded"
    assert list(MeetingItem.objects.values_list("state", "result_sentence")) == [
        ("passed", "应到9实到9，需≥6票，得6票，通过"),
        ("failed", "应到9实到9，需≥6票，得5票，未通过"),
    ]
    assert list(TitleApplication.objects.order_by("pk").values_list("state", flat=True)) == [
        "panel_passed",
        "panel_failed",
    ]
