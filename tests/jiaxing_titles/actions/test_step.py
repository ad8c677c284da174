"""What every step owes: lock, version, key, permission, reasons, state, event, notice — all or nothing."""

import pytest
from django.db import DatabaseError, connection, transaction
from django_fsm import TransitionNotAllowed

from jiaxing_titles import clock
from jiaxing_titles.accounts import grants
from jiaxing_titles.accounts.actor import SYSTEM, Actor
from jiaxing_titles.actions import Blocked, NotPermitted, Stale, offered
from jiaxing_titles.actions.step import recordable
from jiaxing_titles.audit.models import AuditEvent, StepReceipt
from jiaxing_titles.audit.queries import events_of
from jiaxing_titles.notifications.models import Notification, Outgoing
from jiaxing_titles.publicity import service
from jiaxing_titles.publicity.actions import investigate, receive_objection, reject
from jiaxing_titles.publicity.models import Objection, PublicityPeriod
from tests.scenes.registry import reload

pytestmark = pytest.mark.django_db
FOUND = {"findings": "经核查属实", "reply": "异议不成立"}


@pytest.fixture
def objection(city, actor, at) -> Objection:
    at("2026-09-28 09:00:00")
    city.person("ent_hr", "A")
    period = PublicityPeriod.objects.create(
        kind="in_house", organisation=city["A"], cycle=city.cycle, title="示例精密评前公示"
    )
    [entry] = service.add_entries(period, [service.EntryDraft("甲")])
    service.open_period(period, actor=actor("ent_hr", "A"))
    return receive_objection(period, actor=SYSTEM, complainant="知情人", phone="13800000000", text="不实", entry=entry)


def counts() -> tuple[int, int]:
    return AuditEvent.objects.count(), Notification.objects.count()


def test_a_step_moves_the_case_and_leaves_one_event(objection, actor):
    done = investigate(objection, actor=actor("ent_hr", "A"))
    assert (done.state, done.version) == ("investigating", objection.version + 1)
    event = events_of(objection).last()
    assert (event.step, event.outcome) == ("publicity.investigate", "done")
    assert (event.before, event.after) == ("received", "investigating")
    assert (event.role, event.organisation_name) == ("ent_hr", "示例精密机械有限公司")


def test_the_time_of_the_last_change_is_the_citys(objection, actor, at):
    first, moment = reload(objection).created_at, at("2026-09-29 10:00:00")
    assert first.astimezone(clock.SHANGHAI).isoformat() == "2026-09-28T09:00:00+08:00"
    done = reload(investigate(objection, actor=actor("ent_hr", "A")))
    assert (done.updated_at, done.created_at) == (moment, first)


def test_the_facts_and_their_words_are_in_the_event(objection, actor):
    reject(objection, actor=actor("ent_hr", "A"), **FOUND)
    assert events_of(objection).last().facts == FOUND


def test_a_new_case_tells_those_whom_the_step_names(objection, city):
    told = Notification.objects.get()
    assert (told.user, told.title) == (city.person("ent_hr", "A"), "提出异议")
    assert told.text == f"异议 {objection.code} 待核查，请在期限内办结。"


@pytest.mark.parametrize(
    ("role", "place", "sentence"),
    [
        ("ent_lead", "A", "由企业经办、市局经办办理，您现在的身份是企业负责人"),
        ("county", "haining", "您现在的身份是县"),
        ("ent_hr", "B", "您不是该单位的企业经办"),
        ("city_clerk", "city", "您不是该单位的市局经办"),
    ],
)
def test_another_role_or_another_organisation_is_refused(objection, actor, role, place, sentence):
    before = Objection.objects.values().get(pk=objection.pk)
    with pytest.raises(NotPermitted, match=sentence):
        investigate(objection, actor=actor(role, place))
    assert Objection.objects.values().get(pk=objection.pk) == before
    assert events_of(objection).last().outcome == "refused"


def test_a_role_that_was_taken_away_is_refused_at_once(objection, actor, city):
    hr = actor("ent_hr", "A")
    grants.end(hr.user.memberships.get())
    with pytest.raises(NotPermitted):
        investigate(objection, actor=Actor(type(hr.user).objects.get(pk=hr.user.pk), hr.role, hr.organisation))


def test_the_wrong_state_is_refused_with_its_name(objection, actor):
    reject(objection, actor=actor("ent_hr", "A"), **FOUND)
    with pytest.raises(Blocked, match="现在是“异议不成立”，不能办理“开始核查”"):
        investigate(objection, actor=actor("ent_hr", "A"))
    event = events_of(objection).last()
    assert event.outcome == "refused"
    assert event.facts["reasons"][0]["text"] == f"异议 {objection.code}现在是“异议不成立”，不能办理“开始核查”。"


def test_an_old_page_is_refused_and_nothing_is_written(objection, actor):
    hr = actor("ent_hr", "A")
    investigate(objection, actor=hr, expected_version=objection.version)
    before = counts()
    with pytest.raises(Stale) as stale:
        reject(objection, actor=hr, expected_version=objection.version, **FOUND)
    assert stale.value.case.state == "investigating"
    assert counts() == before


def test_a_second_click_does_nothing_twice(objection, actor):
    hr = actor("ent_hr", "A")
    first = investigate(objection, actor=hr, key="k1", expected_version=objection.version)
    before = counts()
    again = investigate(objection, actor=hr, key="k1", expected_version=objection.version)
    assert (again.pk, again.version) == (first.pk, first.version)
    assert counts() == before
    assert StepReceipt.objects.count() == 1


def test_a_refused_step_leaves_its_key_free(objection, actor):
    with pytest.raises(NotPermitted):
        investigate(objection, actor=actor("ent_hr", "B"), key="k2")
    assert StepReceipt.objects.count() == 0


def test_the_state_cannot_be_assigned(objection):
    with pytest.raises(AttributeError):
        objection.state = "rejected"


def test_two_may_read_the_same_case_back_at_the_same_moment(objection, actor):
    """As two web threads do: the second reads between the first one's question and answer, and began with it."""
    first, second = reload(objection), reload(objection)
    investigate(objection, actor=actor("ent_hr", "A"))

    def between(execute, sql, params, many, context):
        if not asked:
            asked.append(sql)
            Objection._meta.get_field("state").protected = True  # as it was when both began
            second.refresh_from_db()
        return execute(sql, params, many, context)

    asked = []
    with connection.execute_wrapper(between):
        first.refresh_from_db()
    assert (first.state, second.state, len(asked)) == ("investigating", "investigating", 1)


def test_the_state_stays_protected_when_reading_back_fails(objection):
    other = reload(objection)
    objection.pk = 0
    with pytest.raises(Objection.DoesNotExist):
        objection.refresh_from_db()
    for one in (objection, other):
        with pytest.raises(AttributeError, match="not allowed"):
            one.state = "rejected"


def test_a_case_that_was_read_in_part_reads_the_rest(objection):
    part = Objection.objects.only("id").get(pk=objection.pk)
    assert (part.state, part.text) == ("received", "不实")
    Objection.objects.filter(pk=objection.pk).update(text="另一段话")
    part.refresh_from_db(fields=["text"])
    assert (part.state, part.text) == ("received", "另一段话")


def test_the_move_called_directly_obeys_the_table(objection, actor):
    reject(objection, actor=actor("ent_hr", "A"), **FOUND)
    with pytest.raises(TransitionNotAllowed):
        Objection.objects.get(pk=objection.pk).investigate()


@pytest.mark.parametrize("state", ["withdrawn", "nonsense"])
def test_the_database_refuses_a_jump_around_the_table(objection, actor, state):
    investigate(objection, actor=actor("ent_hr", "A"))
    Objection.objects.filter(pk=objection.pk).update(settled_at="2026-09-29T00:00:00+08:00")
    reject(Objection.objects.get(pk=objection.pk), actor=actor("ent_hr", "A"), **FOUND)
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        Objection.objects.filter(pk=objection.pk).update(state=state)


def test_the_database_refuses_a_row_that_starts_in_the_middle(objection):
    with pytest.raises(DatabaseError, match="Cannot insert"), transaction.atomic(), connection.cursor() as cursor:
        columns = [f.column for f in Objection._meta.concrete_fields if f.column not in ("id", "state", "code")]
        names = ", ".join(columns)
        cursor.execute(
            f"INSERT INTO publicity_objection ({names}, state, code) SELECT {names}, 'upheld', 'X'"
            " FROM publicity_objection"
        )


def test_offered_steps_are_those_of_the_role_here_and_now(objection, actor):
    assert [one.step.name for one in offered(objection, actor("ent_hr", "A"))] == [
        "publicity.investigate",
        "publicity.reject",
        "publicity.uphold",
    ]
    assert offered(objection, actor("ent_hr", "B")) == []
    assert offered(objection, actor("county", "haining")) == []


def test_mail_waits_in_the_outbox_of_the_same_transaction(objection, city):
    hr = city.person("ent_hr", "A")
    hr.email = "hr@example.com"
    hr.save()
    with pytest.raises(RuntimeError), transaction.atomic():
        receive_objection(objection.period, actor=SYSTEM, complainant="乙", phone="13900000000", text="x")
        assert Outgoing.objects.count() == 1
        raise RuntimeError
    assert Outgoing.objects.count() == 0


def test_the_record_holds_no_personal_data(objection):
    """The objector's name and telephone are encrypted where they belong, and nowhere else."""
    event = events_of(objection).get(step="publicity.receive_objection")
    assert set(event.facts) == {"text", "entry"}
    assert recordable({"rows": [{"id_number": "330481198801011234", "姓名": "甲"}], "phone": "1"}) == {
        "rows": [{"姓名": "甲"}]
    }


def raising(sentence):
    """A body whose writing the database refuses in the end, as a bar does."""

    def body(case, *, actor):
        Notification.objects.create(user=actor.user, key="half", title="半截", text="半截", created_at=case.created_at)
        connection.cursor().execute(f"DO $$ BEGIN RAISE EXCEPTION '{sentence}'; END $$")

    return body


def test_what_a_bar_refuses_is_a_refusal_in_words(objection, actor, monkeypatch):
    """Something changed between the gate's answer and the writing: no error page, nothing half-written."""
    monkeypatch.setattr(investigate, "body", raising("PR-5、PR-8 公示期没有满或有异议"))
    with pytest.raises(Blocked) as refused:
        investigate(reload(objection), actor=actor("ent_hr", "A"))
    assert [(one.text, one.rule) for one in refused.value.reasons] == [("公示期没有满或有异议。", "PR-5、PR-8")]
    assert not Notification.objects.filter(key="half").exists()
    event = events_of(objection).last()
    assert (event.outcome, event.facts["reasons"][0]["text"]) == ("refused", "公示期没有满或有异议。")


def test_any_other_error_of_the_database_stays_an_error(objection, actor, monkeypatch):
    monkeypatch.setattr(investigate, "body", raising("disk full"))
    with pytest.raises(DatabaseError, match="disk full"):
        investigate(reload(objection), actor=actor("ent_hr", "A"))
