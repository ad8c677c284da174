"""The key ceremony of a meeting, and a panel's own electronic ballot (decision 15)."""

import pytest
from django.db import DatabaseError, transaction

from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.audit.queries import events_of
from reviews import actions
from reviews.gates.ballot import small_electorates
from reviews.models import KeyCeremony
from reviews.rules.ballot import sealing, shares
from tests.scenes.balloting import cast, opened
from tests.scenes.registry import reload
from tests.scenes.reviewing import enrol_in_library, seen_by_two

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.endorsed(scenes.open_round("A"), "张三")


@pytest.fixture
def sec(actor):
    return actor("committee_sec", "city")


@pytest.fixture
def named(convened, sec, holder):
    """A committee meeting whose three holders are named."""
    people = [holder(number).user for number in (1, 2, 3)]
    return actions.name_committee_key_holders(convened("张三"), actor=sec, holders=people)


def test_a_key_is_made_tried_and_destroyed_by_its_holders(named, holder, sec):
    assert (named.needed, named.state) == (2, "unmade")
    dealt = shares.deal(2, 3)
    key = actions.make_key(named, actor=holder(1), dealt=dealt)
    assert bytes(key.public_key) == dealt.public
    assert list(key.holders.values_list("fingerprint", flat=True)) == dealt.fingerprints
    key = actions.check_key(key, actor=holder(3), shares=dealt.shares)
    key = actions.destroy_key(key, actor=holder(2), torn=True)
    assert key.state == "destroyed"
    event = events_of(key).get(step="reviews.make_key")
    assert set(event.facts) == {"together", "suite", "needed", "public_hash"} - {"together"}
    assert event.facts["suite"] == sealing.SUITES
    kept = str(list(events_of(key).values())) + str(list(KeyCeremony.objects.values()))
    assert not any(share.secret.hex() in kept or str(share.secret) in kept for share in dealt.shares)


def test_who_holds_no_share_touches_no_key(named, actor, sec, judge):
    dealt = shares.deal(2, 3)
    with pytest.raises(Blocked, match="不是本次会议的钥匙保管人"):
        actions.make_key(named, actor=actor("teller", "city", "计票外"), dealt=dealt)
    for stranger in (sec, judge(1), actor("city_lead", "city"), actor("ent_hr", "A")):
        with pytest.raises(NotPermitted):
            actions.make_key(named, actor=stranger, dealt=dealt)


@pytest.mark.parametrize("chosen", [(1, 1, 2), (1, 2)])
def test_as_many_different_holders_as_the_year_says(convened, sec, holder, chosen):
    with pytest.raises(Blocked, match="3 名不同的保管人"):
        actions.name_committee_key_holders(
            convened("张三"), actor=sec, holders=[holder(number).user for number in chosen]
        )


def test_a_voting_member_holds_no_share(convened, sec, holder, judge):
    people = [judge(1).user, holder(1).user, holder(2).user]
    with pytest.raises(Blocked, match="评委1是表决的评委"):
        actions.name_committee_key_holders(convened("张三"), actor=sec, holders=people)


def test_a_mistyped_lost_or_foreign_share_fails_the_trial(named, holder):
    dealt, alien = shares.deal(2, 3), shares.deal(2, 3)
    key = actions.make_key(named, actor=holder(1), dealt=dealt)
    with pytest.raises(Blocked, match="第3个输入的不是"):
        actions.check_key(key, actor=holder(1), shares=[*dealt.shares[:2], alien.shares[2]])
    with pytest.raises(Blocked, match="逐份输入全部"):
        actions.check_key(reload(key), actor=holder(1), shares=dealt.shares[:2])
    assert reload(key).state == "made"


def test_a_lost_share_voids_the_key_and_another_is_made(named, holder, sec, actor):
    key = actions.make_key(named, actor=holder(1), dealt=shares.deal(2, 3))
    key = actions.void_key(key, actor=sec)
    assert (key.state, bytes(key.public_key)) == ("unmade", b"")
    people = [holder(1).user, holder(2).user, actor("teller", "city", "计票丁").user]
    key = actions.name_committee_key_holders(key.session, actor=sec, holders=people)
    dealt = shares.deal(2, 3)
    key = actions.make_key(key, actor=holder(2), dealt=dealt)
    assert actions.check_key(key, actor=holder(1), shares=dealt.shares).state == "checked"


def test_a_key_that_was_voted_under_is_kept_until_the_box_is_open(deliberated, keyed, sec, judge, holder):
    meeting = deliberated("张三")
    key, parts = keyed(meeting)
    sheet = opened(meeting.sheets.get(), sec)
    cast(sheet, judge(1), "yes")
    with pytest.raises(Blocked, match="不能作废"):
        actions.void_key(reload(key), actor=sec)
    with pytest.raises(Blocked, match="没有开票"):
        actions.destroy_key(reload(key), actor=holder(1), torn=True)
    sheet = actions.close_ballot(reload(sheet), actor=sec, missing_known=True)
    actions.unseal_ballot(sheet, actor=holder(1), shares=parts[1:])
    assert actions.destroy_key(reload(key), actor=holder(1), torn=True).state == "destroyed"


# -- the company's panel -----------------------------------------------------------------------------------


@pytest.fixture
def ready_to_vote(noticed, scored, actor):
    """`ready_to_vote()` → the panel meeting with scores closed and its seats seen by two; its sheet waits."""
    return lambda: seen_by_two(scored(noticed("张三")), actor)


def test_a_panel_votes_electronically_with_one_share(ready_to_vote, panel_keyed, actor, expert):
    meeting, desk, hr = ready_to_vote(), actor("panel_sec", "A"), actor("ent_hr", "A")
    _, parts = panel_keyed(meeting)
    sheet = opened(meeting.sheets.get(), desk)
    for number in range(1, 9):
        cast(sheet, expert(number), "yes" if number <= 6 else "abstain")
    sheet = actions.close_ballot(reload(sheet), actor=desk, missing_known=True)
    sheet = actions.unseal_ballot(sheet, actor=hr, shares=parts)
    sheet = actions.sign_tally(sheet, actor=expert(1))
    assert sheet.lines.get().sentence == "应到9实到9，需≥6票，得6票，通过"
    meeting = actions.announce_count(reload(meeting), actor=expert(1))
    meeting = actions.conclude_meeting(meeting, actor=expert(1), minutes="电子投票。")
    assert meeting.items.get().state == "passed"


def test_a_small_panel_is_warned_and_votes(ready_to_vote, panel_keyed, actor, expert, city):
    type(city.cycle).objects.filter(pk=city.cycle.pk).update(ballot_least=10)
    meeting, desk = ready_to_vote(), actor("panel_sec", "A")
    panel_keyed(meeting)
    sheet = opened(meeting.sheets.get(), desk)
    assert small_electorates(sheet) == ["张三只有 9 席表决，少于 10 席，结果可能被推断。"]
    assert sheet.state == "casting"


def test_members_without_an_account_vote_on_paper(ready_to_vote, panel_keyed, actor):
    meeting, desk = ready_to_vote(), actor("panel_sec", "A")
    panel_keyed(meeting)
    meeting.panel.members.filter(name="专家9").update(user=None)
    sheet = actions.choose_mode(meeting.sheets.get(), actor=desk, mode="electronic")
    with pytest.raises(Blocked, match="专家9没有账号"):
        actions.open_ballot(sheet, actor=desk)


def test_a_holder_is_given_no_seat_of_the_committee(named, actor, bureaus, holder, sec):
    expert = enrol_in_library(bureaus, actor, holder(1).user)
    with pytest.raises(Blocked) as refused:
        actions.seat_members(reload(named.sitting), actor=sec, experts=[expert])
    assert [(one.text, one.field) for one in refused.value.reasons] == [
        ("计票甲保管本次会议的开票钥匙，不能担任评委。", "experts")
    ]


def test_a_holder_is_given_no_seat_of_the_panel(planned_meeting, noticed, actor):
    hr = actor("ent_hr", "A")
    meeting = planned_meeting(noticed("李四"))
    actions.name_panel_key_holders(meeting, actor=hr, holders=[hr.user])
    seat = meeting.panel.members.get(name="专家9")
    facts = {name: getattr(seat, name) for name in ("name", "external", "employer", "rank", "title", "speciality")}
    with pytest.raises(Blocked, match="企业经办A保管本次会议的开票钥匙，不能同时担任评审专家"):
        actions.edit_member(reload(meeting.panel), actor=hr, member=seat, user=hr.user, post="member", **facts)


@pytest.mark.parametrize("body", ["panel", "committee"])
def test_who_took_a_seat_after_he_was_given_a_share_opens_no_box(
    body, ready_to_vote, panel_keyed, deliberated, keyed, actor, holder
):
    """In the step and in the database: with enough shares a member could open the box on the others."""
    if body == "panel":
        meeting, desk, keeper = ready_to_vote(), actor("panel_sec", "A"), actor("ent_hr", "A")
        panel_keyed(meeting)
        seats = meeting.panel.members.filter(name="专家9")
    else:
        meeting, desk, keeper = deliberated("张三"), actor("committee_sec", "city"), holder(3)
        keyed(meeting)
        seats = meeting.members.filter(user__name="评委9")
    assert seats.update(user=keeper.user) == 1
    sheet = actions.choose_mode(meeting.sheets.get(), actor=desk, mode="electronic")
    with pytest.raises(Blocked) as refused:
        actions.open_ballot(sheet, actor=desk)
    assert (f"{keeper.user.name}是表决的评委，又保管钥匙，不能开始投票。", "请作废钥匙，另行指定保管人。") in [
        (one.text, one.remedy) for one in refused.value.reasons
    ]
    box = type(sheet).objects.filter(pk=sheet.pk)
    with pytest.raises(DatabaseError, match="PR-7 表决的评委不能保管开票钥匙"), transaction.atomic():
        box.update(state="casting")


def test_another_company_has_no_part_in_it(ready_to_vote, panel_keyed, actor):
    meeting = ready_to_vote()
    key, _ = panel_keyed(meeting)
    stranger = actor("ent_hr", "B")
    assert not KeyCeremony.objects.visible_to(stranger).exists()
    with pytest.raises(NotPermitted):
        actions.void_key(key, actor=stranger)
    with pytest.raises(NotPermitted):
        actions.choose_mode(meeting.sheets.get(), actor=stranger, mode="electronic")
