"""The timeline and the step buttons: each reader sees what is his to see."""

import pytest
from django.db import transaction
from django.template import Context, Template

from jiaxing_titles.actions import steps
from jiaxing_titles.actions.views import OptionalReasonForm, ReasonForm
from jiaxing_titles.audit.chain import Draft, record
from jiaxing_titles.audit.models import AuditEvent
from jiaxing_titles.publicity.models import Objection, PublicityPeriod
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.components import TONES, buttons_of
from jiaxing_titles.ui.history import history_of, tones_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city, actor):
    period = PublicityPeriod.objects.create(kind="in_house", organisation=city["A"], cycle=city.cycle, title="评前公示")
    with transaction.atomic():
        record(
            actor("ent_hr", "A"),
            [Draft("publicity.open", "发布公示", subject=period, before="draft", after="running", reason="可以发布")],
        )
        record(
            actor("county", "haining"),
            [
                Draft(
                    "publicity.extend",
                    "延长公示",
                    AuditEvent.Outcome.REFUSED,
                    period,
                    facts={"reasons": [{"text": "公示已结束。"}]},
                ),
                Draft("reviews.hear", "听取汇报", subject=period, before="running", after="running", reason="内部意见"),
                Draft(
                    "publicity.cancel",
                    "取消公示",
                    subject=period,
                    before="running",
                    after="cancelled",
                    reason="名单有误",
                ),
            ],
        )
        record(actor("city_clerk", "city"), [Draft("reveal", "查看证件号码", AuditEvent.Outcome.REVEALED, period)])
    return period


def test_an_official_reads_everything_with_names_and_refusals(case, actor):
    events = history_of(case, actor("city_clerk", "city"))
    assert [event.label for event in events] == ["发布公示", "延长公示（被拒绝）", "听取汇报", "取消公示"]
    assert events[0].who == "企业经办A（示例精密机械有限公司企业经办）"
    assert events[0].change == "草稿 → 公示中"
    assert events[1].comment == "公示已结束。"
    assert events[2].comment == "内部意见" and events[2].change == ""


def test_a_company_reads_offices_and_the_reasons_addressed_to_it(case, actor, monkeypatch):
    for name, form in (
        ("publicity.open", OptionalReasonForm),
        ("reviews.hear", ReasonForm),
        ("publicity.cancel", ReasonForm),
    ):
        monkeypatch.setitem(steps, name, FakeStep(name, form=form))
    events = history_of(case, actor("ent_hr", "A"))
    assert [(event.label, event.comment) for event in events] == [
        ("发布公示", ""),
        ("听取汇报", ""),
        ("取消公示", "名单有误"),
    ]
    assert "企业经办A" not in "".join(event.who for event in events)


def test_an_opinion_that_nobody_had_to_give_stays_among_officials(case, actor, monkeypatch):
    monkeypatch.setitem(steps, "publicity.cancel", FakeStep("publicity.cancel", form=OptionalReasonForm))
    assert not any(event.comment for event in history_of(case, actor("ent_hr", "A")))


def test_an_applicant_reads_nothing_of_later_stages(case, actor):
    labels = [event.label for event in history_of(case, actor("applicant", "A"))]
    assert labels == ["发布公示", "取消公示"]


def test_nobody_reads_nothing(case):
    assert history_of(case, None) == []


@pytest.mark.parametrize("model", [PublicityPeriod, Objection])
def test_every_state_has_a_tone(model):
    values = {value for value, _ in model._meta.get_field("state").flatchoices}
    assert set(tones_of(model)) == values and set(tones_of(model).values()) <= TONES


class FakeStep:
    def __init__(self, name, kind="normal", form=None, move=""):
        self.name, self.label, self.kind, self.form, self.move = name, name, kind, form, move


class FakeOffer:
    def __init__(self, name, reasons=(), kind="normal", move=""):
        self.step, self.reasons, self.url, self.blocked = (
            FakeStep(name, kind, move=move),
            reasons,
            f"/do/{name}/1/",
            bool(reasons),
        )


def test_the_filled_button_rather_moves_the_case():
    buttons = buttons_of([FakeOffer("a.note"), FakeOffer("a.open", move="open"), FakeOffer("a.close", move="close")])
    assert [button.label for button in buttons if button.button == "btn-primary"] == ["a.open"]


def test_one_filled_button_and_the_reasons_beside_what_is_blocked():
    blocked = FakeOffer("a.blocked", [Reason("缺一份材料。", "办法四（一）", remedy="补上。")])
    buttons = buttons_of([blocked, FakeOffer("a.danger", kind="danger"), FakeOffer("a.go"), FakeOffer("a.other")])
    assert [button.button for button in buttons] == [
        "btn-outline-primary",
        "btn-danger",
        "btn-primary",
        "btn-outline-primary",
    ]
    html = Template('{% include "components/step_buttons.html" %}').render(Context({"steps": buttons}))
    assert 'disabled aria-describedby="why-not-a-blocked"' in html and 'id="why-not-a-blocked"' in html
    assert 'href="/policy/#4-1"' in html and "补上。" in html
    assert "/do/a.blocked/" not in html and 'href="/do/a.go/1/"' in html
