"""随机抽取 in its phases: who, when, what is kept from whom until then, and what is kept for good (办法五（二）)."""

import datetime as dt
import json
import uuid
from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from pypdf import PdfReader

from enterprises.models import Speciality
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.audit.models import AuditEvent
from reviews import actions, documents
from reviews.inbox import draws_to_join, redraws_to_approve
from reviews.models import DrawRun, GuidanceAssignment, RandomDraw
from reviews.queries import draw_file
from reviews.rules.draw import commitment, lot, verify_draw
from tests.reviews.test_documents import Job, text_of
from tests.scenes.registry import reload
from tests.scenes.reviewing import drawn

pytestmark = pytest.mark.django_db
SECRET = bytes.fromhex("0123456789abcdef" * 4)
LIBRARY = ("甲", "乙", "丙", "丁")


@pytest.fixture
def deciding(noticed, filed, actor, bureaus):
    """An acknowledged filing with four in the library; `assign` is whether the city sends one of them."""

    def decided(assign=True, library=LIBRARY):
        clerk = actor("city_clerk", "city")
        filing = actions.acknowledge_filing(filed(noticed("张三")), actor=clerk, opinion="同意")
        for name in library:
            actions.enrol_expert(
                bureaus["city"], actor=clerk, user=actor("library_member", "city", name).user, employer="示例研究院",
                rank="senior", title="高级工程师", speciality=Speciality.objects.get(name="机械设计"),
                term_until=dt.date(2028, 12, 31),
            )  # fmt: skip
        actions.decide_guidance(filing, actor=clerk, assign=assign, reason="随机抽查。")
        return reload(filing)

    return decided


@pytest.fixture
def pooled(deciding, actor):
    return lambda: actions.prepare_draw(deciding(), actor=actor("city_clerk", "city"))


@pytest.fixture
def committed(pooled, actor):
    return lambda: actions.contribute_secret(pooled(), actor=actor("supervisor", "city"), supervisor_secret=SECRET)


@pytest.fixture
def redraw(actor):
    """The expert of the last run declines, the clerk draws again."""

    def again(draw, reason="原专家出差"):
        last = draw.runs.last().assignment
        guest = actor("library_member", "city", last.expert.name)
        actions.decline_guidance(last, actor=guest, decline_kind="unable", decline_reason="出差")
        return actions.draw_expert(draw, actor=actor("city_clerk", "city"), redraw_reason=reason, evidence="请假条")

    return again


def draw_once(draw, actor, secret=SECRET, **more):
    return actions.draw_expert(draw, actor=actor("city_clerk", "city"), supervisor_secret=secret, **more)


def test_the_pool_is_fixed_before_anybody_has_a_secret(deciding, actor, bureaus):
    filing = deciding()
    draw = actions.prepare_draw(filing, actor=actor("city_clerk", "city"))
    assert draw.state == "pooled" and len(draw.pool["experts"]) == 4
    assert list(draws_to_join(actor("supervisor", "city"))) == [draw]
    with pytest.raises(Blocked, match="不能办理"):
        draw_once(draw, actor)
    with pytest.raises(Blocked, match="已备池"):
        actions.prepare_draw(reload(filing), actor=actor("city_clerk", "city"))
    draw = actions.contribute_secret(draw, actor=actor("supervisor", "city"), supervisor_secret=SECRET)
    assert draw.supervisor_hash == commitment.sha256(SECRET).hex()
    with pytest.raises(Blocked, match="不能办理"):
        actions.contribute_secret(draw, actor=actor("supervisor", "city"), supervisor_secret=SECRET)


def test_no_pool_before_the_decision_and_none_of_nobody(deciding, actor):
    clerk = actor("city_clerk", "city")
    with pytest.raises(Blocked, match="尚未决定指派专家"):
        actions.prepare_draw(deciding(assign=False), actor=clerk)


def test_an_empty_library_is_told(deciding, actor):
    with pytest.raises(Blocked, match="没有可抽取的专家：专家库中没有在库专家"):
        actions.prepare_draw(deciding(library=()), actor=actor("city_clerk", "city"))


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("supervisor", "city"),
        ("city_reviewer", "city"),
        ("ent_hr", "A"),
        ("county", "haining"),
        ("library_member", "city"),
    ],
)
def test_the_clerk_alone_prepares_and_draws(committed, actor, role, place):
    draw = committed()
    other = actor(role, place)
    with pytest.raises(NotPermitted):
        actions.draw_expert(draw, actor=other, supervisor_secret=SECRET)
    with pytest.raises(NotPermitted):
        actions.prepare_draw(reload(draw.filing), actor=other)


@pytest.mark.parametrize(("role", "place"), [("city_clerk", "city"), ("city_lead", "city"), ("ent_lead", "A")])
def test_the_supervisor_alone_contributes_and_voids(pooled, actor, role, place):
    draw, other = pooled(), actor(role, place)
    with pytest.raises(NotPermitted):
        actions.contribute_secret(draw, actor=other, supervisor_secret=SECRET)
    with pytest.raises(NotPermitted):
        actions.void_draw(draw, actor=other, reason="换人")


def test_a_secret_that_was_not_committed_to_is_refused(committed, actor):
    draw = committed()
    for wrong in (SECRET[:-1] + b"\x00", b""):
        with pytest.raises(Blocked, match="监督员密数与抽取前提交的校验值不符"):
            draw_once(draw, actor, wrong)
    assert not DrawRun.objects.exists()


def test_a_pool_changed_behind_our_back_is_refused(committed, actor, monkeypatch):
    draw = committed()
    with pytest.raises(DatabaseError, match="不能改动"), transaction.atomic():
        RandomDraw.objects.filter(pk=draw.pk).update(pool={**draw.pool, "experts": draw.pool["experts"][:1]})
    monkeypatch.setattr(lot, "digest", lambda pool: "0" * 64)  # as if a superuser had got past the trigger
    with pytest.raises(Blocked, match="专家库名单与备池时公布的校验值不符"):
        draw_once(draw, actor)


def test_a_double_click_is_one_run(committed, actor):
    draw, key = committed(), str(uuid.uuid4())
    first, second = (draw_once(draw, actor, key=key) for _ in range(2))
    assert first == second
    assert GuidanceAssignment.objects.count() == DrawRun.objects.count() == 1
    with pytest.raises(Blocked, match="不能重复抽取"):
        draw_once(draw, actor)


def test_neither_secret_is_on_record_before_the_reveal(committed, actor):
    draw = committed()
    chain = [commitment.chained(bytes.fromhex(draw.secret), times).hex() for times in range(commitment.CHAIN)]
    with pytest.raises(Blocked):
        draw_once(draw, actor, SECRET[:-1] + b"\x00")
    with connection.cursor() as cursor:
        told = []
        for table in ("reviews_randomdraw", "audit_auditevent", "audit_stepreceipt", "notifications_notification"):
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t")
            told += [row for (row,) in cursor.fetchall()]
    assert told and not [one for one in [*chain, SECRET.hex()] if any(one in row for row in told)]
    assert AuditEvent.objects.filter(step="reviews.contribute_secret").get().facts == {
        "supervisor_hash": draw.supervisor_hash
    }
    draw_once(draw, actor)
    assert DrawRun.objects.get().secret == SECRET.hex() and DrawRun.objects.get().code == chain[9]


def test_each_further_redraw_needs_a_reason_and_a_second_official(committed, actor, redraw):
    draw, reviewer = committed(), actor("city_reviewer", "city")
    draw_once(draw, actor)
    with pytest.raises(Blocked, match="没有须同意的重新抽取"):
        actions.approve_redraw(draw, actor=reviewer, reason="同意")
    redraw(draw)
    with pytest.raises(Blocked, match="须由另一名工作人员同意"):
        redraw(draw)
    with pytest.raises(NotPermitted):
        actions.approve_redraw(draw, actor=actor("city_clerk", "city"), reason="同意")
    assert list(redraws_to_approve(reviewer)) == [draw]
    draw = actions.approve_redraw(draw, actor=reviewer, reason="同意")
    assert not redraws_to_approve(reviewer)
    third = actions.draw_expert(draw, actor=actor("city_clerk", "city"), redraw_reason="又一名专家出差")
    assert (third.run.run_no, third.run.agreed_by) == (3, reviewer.user)
    with pytest.raises(Blocked, match="须由另一名工作人员同意"):
        redraw(draw)
    runs = list(draw.runs.all())
    assert len({run.chosen[0] for run in runs}) == 3
    assert [run.reason for run in runs] == ["", "原专家出差", "又一名专家出差"]
    assert [len(run.unavailable) for run in runs] == [0, 1, 2]
    assert verify_draw.problems(draw_file(draw)) == []


def test_runs_stay_as_they_are(committed, actor):
    draw = committed()
    run = draw_once(draw, actor).run
    for change in (lambda: DrawRun.objects.update(chosen=["ZJ00001"]), DrawRun.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    run.pk, run.run_no, run.reason, run.code = None, 2, "想换人", "00" * 32
    with pytest.raises(DatabaseError, match="揭示的密数与抽取前的校验值不符"), transaction.atomic():
        run.save(force_insert=True)


def test_a_lost_secret_voids_the_pool_and_a_new_one_is_made(committed, actor):
    draw = committed()
    draw = actions.void_draw(draw, actor=actor("supervisor", "city"), reason="密数遗失")
    assert draw.state == "void"
    with pytest.raises(Blocked, match="不能办理"):
        draw_once(draw, actor)
    again = drawn(reload(draw.filing), actor)
    assert again.run.draw != draw
    assert reload(again.run.draw).state == "drawn"
    with pytest.raises(Blocked, match="现在是“已抽取”，不能办理“作废备池”"):
        actions.void_draw(again.run.draw, actor=actor("supervisor", "city"), reason="不满意")
    with pytest.raises(DatabaseError), transaction.atomic():
        RandomDraw.objects.filter(pk=again.run.draw_id).update(state="void")


def test_who_left_the_library_after_the_pool_was_fixed_is_passed_over(committed, actor):
    draw = committed()
    with transaction.atomic():
        spot = transaction.savepoint()
        first = draw_once(draw, actor).expert
        transaction.savepoint_rollback(spot)
    actions.remove_expert(first.library_entry, actor=actor("city_clerk", "city"))
    second = draw_once(draw, actor)
    assert second.expert != first
    assert second.run.unavailable == [{"code": first.library_entry.code, "why": "已不在库"}]


def test_the_pages_from_the_pool_to_the_record(pooled, login):
    draw = pooled()
    supervisor, clerk, hr = login("supervisor", "city"), login("city_clerk", "city"), login("ent_hr", "A")
    url, own = reverse("reviews:draw", args=[draw.pk]), reverse("reviews:contribute", args=[draw.pk])
    assert own in supervisor.get(url).content.decode() and own not in clerk.get(url).content.decode()
    assert f'href="{url}"' in clerk.get(reverse("admin:reviews_randomdraw_changelist")).content.decode()
    offered = supervisor.get(own).context["form"]["supervisor_secret"].value()
    assert len(offered) == 64
    elsewhere = reverse("console_do", args=["reviews.contribute_secret", draw.pk])
    facts = {"supervisor_secret": offered, "noted": "on", "version": draw.version, "key": uuid.uuid4()}
    assert supervisor.post(elsewhere, facts).status_code == 422
    assert supervisor.post(own, {**facts, "supervisor_secret": "00" * 32}).status_code == 422
    assert supervisor.post(own, facts).status_code == 302
    draw.refresh_from_db()
    elsewhere = reverse("console_do", args=["reviews.draw_expert", draw.pk])
    facts = {"supervisor_secret": offered, "version": draw.version}
    assert clerk.post(elsewhere, facts).status_code == 422, "the page of all steps may keep what is typed"
    run = reverse("reviews:run_draw", args=[draw.pk])
    assert run in clerk.get(url).content.decode() and run not in supervisor.get(url).content.decode()
    assert clerk.get(run)["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert clerk.post(run, facts).status_code == 302
    page = hr.get(url).content.decode()
    assert offered in page and draw.pool_hash in page and "丁" not in page.split("专家库名单")[-1]
    body = hr.get(reverse("reviews:draw_file", args=[draw.pk])).content
    assert verify_draw.problems(body) == [] and json.loads(body)["record"]["runs"][0]["secret"] == offered
    assert b"hmac" in hr.get(reverse("reviews:verify_draw")).content
    assert login("ent_hr", "B").get(url).status_code == 404


def test_the_printed_record_is_one_page_with_everything_to_check_it(committed, actor, redraw):
    draw = committed()
    with pytest.raises(documents.DocumentError, match="还没有抽取"):
        documents.build_draw(Job(draw.pk), None)
    draw_once(draw, actor)
    redraw(draw)
    name, pdf = documents.build_draw(Job(draw.pk), None)
    words = text_of(pdf)
    assert name.endswith("随机抽取记录.pdf") and "原专家出差" in words
    hashes = [
        draw.pool_hash,
        draw.commitment,
        draw.supervisor_hash,
        SECRET.hex(),
        *(run.code for run in draw.runs.all()),
    ]
    assert all(one in words for one in hashes)
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
