"""R-6.3.2 on the day of publication: who has left the company is held, named with the clause; the others go on."""

import datetime as dt

import pytest

from applications.actions import record_departure
from applications.models import StaffMember, TitleApplication
from certificates import actions
from certificates.models import IssuedNumber, TitleGrant
from jiaxing_titles.actions import Blocked
from tests.scenes.announcing import DOCUMENT, issue_from
from tests.scenes.registry import reload

pytestmark = pytest.mark.django_db
steps = actions.announcement


def stands(scenes):
    scenes.submitted(scenes.open_round("A"), "张三")


@pytest.fixture
def leaves(actor):
    """`leaves("张三", day)` → HR records the departure, as it does the whole year round."""

    def record(name: str, day: dt.date) -> None:
        term = StaffMember.objects.get(person__name=name)
        record_departure(term, actor=actor("ent_hr", "A"), left_on=day, reason="辞职")

    return record


def states() -> dict[str, str]:
    return dict(TitleApplication.objects.values_list("person__name", "state"))


def test_who_left_after_the_notice_is_not_on_the_document(on_notice, over, leaves, clerk, reviewer, lead):
    roster = over(on_notice("张三", "李四"))
    leaves("张三", dt.date(2026, 12, 14))
    document = issue_from(roster, clerk, reviewer, lead)
    assert [one.line.name for one in document.lines.all()] == ["李四"]
    assert states() == {"张三": "city_noticing", "李四": "announced"}
    with pytest.raises(Blocked) as refused:
        steps.draft_announcement(reload(roster), actor=clerk, **DOCUMENT)
    assert "PR-3" in {reason.rule for reason in refused.value.reasons}
    assert "张三不在本单位在职人员名册中" in " ".join(str(reason) for reason in refused.value.reasons)


def test_who_leaves_while_the_document_waits_for_its_signature_stops_it_until_he_is_taken_off(
    on_notice, over, leaves, clerk, reviewer, lead
):
    """The last look is taken by the move itself, in the transaction that announces."""
    document = steps.draft_announcement(over(on_notice("张三", "李四")), actor=clerk, **DOCUMENT)
    document = steps.submit_announcement(document, actor=clerk)
    document = steps.review_announcement(document, actor=reviewer)
    leaves("张三", dt.date(2026, 12, 14))
    number = {"number": "嘉人社〔2026〕3号", "dated_on": dt.date(2026, 12, 15)}
    with pytest.raises(Blocked) as refused:
        steps.issue_announcement(document, actor=lead, **number)
    assert [(reason.rule, reason.clause) for reason in refused.value.reasons] == [("PR-3", "办法六3")]
    assert set(states().values()) == {"city_noticing"}
    assert not TitleGrant.objects.exists() and not IssuedNumber.objects.exists()

    document = steps.send_back_announcement(reload(document), actor=lead, reason="张三已离职")
    document = steps.refresh_announcement(document, actor=clerk)
    document = steps.submit_announcement(document, actor=clerk)
    document = steps.review_announcement(document, actor=reviewer)
    steps.issue_announcement(document, actor=lead, **number)
    assert states() == {"张三": "city_noticing", "李四": "announced"}
