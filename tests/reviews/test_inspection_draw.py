"""随机抽查: the draw of the experts on companies; the checklist and what follows from it (F-87, R-6.1.2)."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from enterprises import actions as enterprises
from enterprises.choices import CheckItem
from enterprises.inbox import inspections_to_make
from enterprises.models import CreditDismissal, CreditRecord, Inspection
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.audit.queries import events_of
from jiaxing_titles.inbox.registry import waiting_for
from jiaxing_titles.notifications.models import Notification
from reviews import actions, documents
from reviews.queries import draw_file
from reviews.rules.draw import commitment, verify_draw
from tests.reviews.test_documents import Job, text_of
from tests.scenes.registry import reload

pytestmark = pytest.mark.django_db
SECRET = bytes(range(100, 132))
DUE = dt.date(2026, 11, 30)
PROPOSED = "监督检查发现问题，建议记入信用档案"
FACT = {"record_inspection_credit": "facts", "dismiss_inspection_credit": "reason"}


def stands(scenes):
    scenes.open_round("A")


@pytest.fixture
def committed(open_round, bureaus, city, actor):
    """One company on the year's list; it is the pool."""
    open_round("A")
    facts = {"cycle": city.cycle, "choose": 1}
    draw = actions.prepare_inspection_draw(bureaus["city"], actor=actor("city_clerk", "city"), **facts)
    return actions.contribute_secret(draw, actor=actor("supervisor", "city"), supervisor_secret=SECRET)


@pytest.fixture
def inspection(committed, actor):
    actions.draw_companies(committed, actor=actor("city_clerk", "city"), supervisor_secret=SECRET, due_on=DUE)
    return Inspection.objects.get()


def answers(**faults):
    """Everything in order but what is named."""
    return {
        item.value: {"result": "fault" if item in faults else "ok", "note": faults.get(item, "")} for item in CheckItem
    }


def test_the_same_draw_finds_the_company_and_its_record_is_checked_by_the_same_program(
    committed, inspection, actor, city, bureaus, login
):
    draw = reload(committed)
    assert verify_draw.problems(draw_file(draw)) == []
    assert draw.runs.get().chosen == [f"QY{inspection.enterprise_id:05d}"]
    assert (inspection.kind, inspection.due_on) == ("random", DUE)
    county = actor("county", "haining")
    assert list(inspections_to_make(county)) == [inspection]
    assert Notification.objects.filter(user=county.user, text__contains="已由随机抽取确定").exists()
    words = text_of(documents.build_draw(Job(draw.pk), None)[1])
    assert all(word in words for word in ("随机抽查企业抽取记录", "可抽取1家", "示例精密", draw.pool_hash))
    page = login("city_clerk", "city").get(draw.get_absolute_url()).content.decode()
    assert str(inspection.enterprise) in page
    assert login("ent_hr", "A").get(draw.get_absolute_url()).status_code == 404
    assert login("county", "haining").get(draw.get_absolute_url()).status_code == 404
    clerk = actor("city_clerk", "city")
    with pytest.raises(Blocked, match="现在是“已抽取”，不能办理“抽取检查企业”"):
        actions.draw_companies(draw, actor=clerk, supervisor_secret=SECRET, due_on=DUE)
    second = draw.runs.get()
    second.pk, second.run_no = None, 2
    second.code = commitment.code_of_run(bytes.fromhex(draw.secret), 2).hex()
    with pytest.raises(DatabaseError, match="揭示的密数与抽取前的校验值不符"), transaction.atomic():
        second.save(force_insert=True)  # its code is the right one: nobody is inspected by a second run
    with pytest.raises(Blocked, match="请“抽取检查企业”"):
        actions.draw_expert(draw, actor=clerk, supervisor_secret=SECRET)
    with pytest.raises(Blocked, match="可抽取的企业只有 0 家，不足 1 家（本年度已随机抽查 1 家）"):
        actions.prepare_inspection_draw(bureaus["city"], actor=clerk, cycle=city.cycle, choose=1)


def test_another_secret_than_the_one_committed_to_draws_nothing(committed, actor, login):
    clerk = actor("city_clerk", "city")
    with pytest.raises(Blocked, match="监督员密数与抽取前提交的校验值不符"):
        actions.draw_companies(committed, actor=clerk, supervisor_secret=SECRET[::-1], due_on=DUE)
    with pytest.raises(NotPermitted):
        actions.draw_companies(committed, actor=actor("city_lead", "city"), supervisor_secret=SECRET, due_on=DUE)
    assert not Inspection.objects.exists()
    run = reverse("reviews:run_inspection_draw", args=[committed.pk])
    facts = {"supervisor_secret": SECRET.hex(), "due_on": "2026-11-30", "version": committed.version}
    assert login("city_clerk", "city").post(run, facts).status_code == 302
    assert Inspection.objects.count() == 1


def test_the_county_answers_every_item_and_a_fault_is_put_right(inspection, actor, login):
    county = actor("county", "haining")
    facts = {"inspected_on": dt.date(2026, 7, 1), "inspectors": "沈、陆", "conclusion": "备案后换过一名专家。"}
    with pytest.raises(NotPermitted):
        enterprises.record_inspection(inspection, actor=actor("county", "tongxiang"), answers=answers(), **facts)
    wrong = answers(filing="第3名专家与备案不一致")
    with pytest.raises(Blocked, match="请写明整改期限"):
        enterprises.record_inspection(inspection, actor=county, answers=wrong, **facts)
    due = dt.date(2026, 7, 31)
    inspection = enterprises.record_inspection(inspection, actor=county, answers=wrong, rectify_due_on=due, **facts)
    assert inspection.faults == [CheckItem.FILING.label]
    page = login("ent_hr", "A").get(inspection.get_absolute_url()).content.decode()
    assert "第3名专家与备案不一致" in page
    assert login("ent_hr", "B").get(inspection.get_absolute_url()).status_code == 404
    inspection = enterprises.accept_rectification(inspection, actor=county, rectification="已补报变更。")
    assert inspection.state == "rectified"


@pytest.fixture
def faulty(inspection, actor):
    """Inspected on 1 July 2026; one item was not as it should be."""
    facts = {"inspected_on": dt.date(2026, 7, 1), "inspectors": "沈、陆", "conclusion": "备案后换过一名专家。"}
    wrong, due = answers(filing="第3名专家与备案不一致"), dt.date(2026, 7, 31)
    county = actor("county", "haining")
    return enterprises.record_inspection(inspection, actor=county, answers=wrong, rectify_due_on=due, **facts)


def proposals(clerk) -> list[str]:
    return [line.url for one in waiting_for(clerk) if one.label == PROPOSED for line in one.lines]


def test_what_an_inspection_found_is_proposed_for_the_file_with_its_findings(faulty, actor, login):
    clerk, desk = actor("city_clerk", "city"), login("city_clerk", "city")
    assert CreditRecord.objects.count() == 0, "never by itself"
    [url] = proposals(clerk)
    page = desk.get(url)
    facts = page.context["form"]["facts"].value()
    assert facts == (f"2026年7月1日（星期三）{faulty}发现：“{CheckItem.FILING.label}”不符合：第3名专家与备案不一致。")
    assert "检查发现问题，不予记入信用档案" in page.content.decode()
    assert desk.post(url, {"facts": facts}).status_code == 302
    record = CreditRecord.objects.get()
    assert (record.kind, record.clause, record.occurred_on) == ("inspection", "办法六（一）", dt.date(2026, 7, 1))
    assert (record.inspection, record.facts, record.recorded_by) == (faulty, facts, clerk.user)
    assert Notification.objects.filter(user=actor("ent_lead", "A").user, text__contains="可以陈述申辩").exists()
    for reader in (login("ent_lead", "A"), desk):
        assert "第3名专家与备案不一致" in reader.get(record.get_absolute_url(), follow=True).content.decode()
    record = enterprises.reply_to_credit(record, actor=actor("ent_lead", "A"), reply="已补报变更。")
    enterprises.annul_credit(record, actor=actor("city_lead", "city"), reason="核查有误")
    assert proposals(clerk) == [], "annulled is not proposed again"
    for step, fact in (
        (enterprises.record_inspection_credit, "facts"),
        (enterprises.dismiss_inspection_credit, "reason"),
    ):
        with pytest.raises(Blocked, match="已经办理过"):
            step(faulty, actor=clerk, **{fact: "再来一次"})


def test_a_proposal_is_dismissed_with_a_reason_that_officials_alone_read(faulty, actor, login):
    clerk, desk = actor("city_clerk", "city"), login("city_clerk", "city")
    url = reverse("console_do", args=["enterprises.dismiss_inspection_credit", faulty.pk])
    assert desk.post(url, {"reason": ""}).status_code == 422
    assert desk.post(url, {"reason": "当场已改正，情节轻微"}).status_code == 302
    made = CreditDismissal.objects.get()
    assert (made.inspection, made.kind, made.dismissed_by) == (faulty, "inspection", clerk.user)
    assert (made.reason, made.enterprise, made.cycle) == ("当场已改正，情节轻微", faulty.enterprise, faulty.cycle)
    event = events_of(made).get()
    assert (event.step, event.reason) == ("enterprises.dismiss_inspection_credit", "当场已改正，情节轻微")
    assert (CreditRecord.objects.count(), proposals(clerk)) == (0, [])
    with pytest.raises(Blocked, match="已经办理过"):
        enterprises.record_inspection_credit(faulty, actor=clerk, facts="还是记入")
    file = faulty.enterprise.console_url()
    for official in (("city_clerk", "city"), ("city_lead", "city"), ("county", "haining")):
        assert "当场已改正，情节轻微" in login(*official).get(file).content.decode()
    for role in ("ent_hr", "ent_lead"):
        for page in (reverse("enterprises:credit"), faulty.get_absolute_url(), file):
            assert "情节轻微" not in login(role, "A").get(page).content.decode()


@pytest.mark.parametrize(("role", "place"), [("county", "haining"), ("ent_hr", "A"), ("city_lead", "city")])
@pytest.mark.parametrize("step", ["record_inspection_credit", "dismiss_inspection_credit"])
def test_only_the_citys_clerk_decides_on_what_an_inspection_found(faulty, actor, role, place, step):
    with pytest.raises(NotPermitted):
        getattr(enterprises, step)(faulty, actor=actor(role, place), **{FACT[step]: "一"})
    assert not CreditRecord.objects.exists()
    assert not CreditDismissal.objects.exists()


@pytest.mark.parametrize("step", ["record_inspection_credit", "dismiss_inspection_credit"])
def test_an_inspection_that_found_nothing_is_not_proposed(inspection, actor, step):
    county, clerk = actor("county", "haining"), actor("city_clerk", "city")
    for ready in (False, True):
        if ready:
            facts = {"inspected_on": dt.date(2026, 7, 1), "inspectors": "沈", "conclusion": "符合要求。"}
            inspection = enterprises.record_inspection(inspection, actor=county, answers=answers(), **facts)
        assert proposals(clerk) == []
        with pytest.raises(Blocked, match="没有发现不符合的事项"):
            getattr(enterprises, step)(inspection, actor=clerk, **{FACT[step]: "一"})


def test_nothing_wrong_leaves_nothing_to_put_right(inspection, actor, login):
    url = reverse("console_do", args=["enterprises.record_inspection", inspection.pk])
    page = login("county", "haining")
    filled = {
        "inspected_on": "2026-07-01",
        "inspectors": "沈",
        "conclusion": "符合要求。",
        "version": inspection.version,
    }
    filled |= {f"item_{item}": "ok" for item in CheckItem}
    assert page.post(url, {**filled, "item_scope": "fault"}).status_code == 422
    assert page.post(url, filled).status_code == 302
    inspection = reload(inspection)
    assert (inspection.state, inspection.faults) == ("done", [])
    with pytest.raises(Blocked, match="不需要整改"):
        enterprises.accept_rectification(inspection, actor=actor("county", "haining"), rectification="无")


def test_a_directed_inspection_says_what_it_is_for_and_random_ones_are_one_a_year(inspection, actor, city):
    facts = {"cycle": city.cycle, "origin": "群众反映评审会没有述职", "due_on": DUE}
    made = enterprises.order_inspection(inspection.enterprise, actor=actor("city_clerk", "city"), **facts)
    assert (made.kind, made.origin) == ("directed", "群众反映评审会没有述职")
    made.pk, made.kind = None, "random"
    with pytest.raises(IntegrityError, match="one_random_inspection_a_year"), transaction.atomic():
        made.save(force_insert=True)
