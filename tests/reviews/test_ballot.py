"""The electronic secret ballot, step by step: who, when, and what is refused (办法五（三）, G18)."""

import os

import pytest

from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.audit.queries import events_of
from reviews import actions
from reviews.forms import CloseForm
from reviews.models import BallotSeat, Board, CommitteeRecusal, Slip, VoteLine, VoteSheet
from reviews.rules.ballot import shares, verify_board
from tests.scenes.balloting import cast, opened, seat_of
from tests.scenes.registry import reload
from tests.scenes.reviewing import count

pytestmark = pytest.mark.django_db
TWO = {1: "yes", 2: "yes"}


def stands(scenes):
    scenes.deliberated("张三", "李四")


@pytest.fixture
def sec(actor):
    return actor("committee_sec", "city")


@pytest.fixture
def meeting(deliberated):
    return deliberated("张三", "李四")


@pytest.fixture
def parts(meeting, keyed):
    """The shares of the meeting's key, which is ready."""
    return keyed(meeting)[1]


@pytest.fixture
def casting(meeting, parts, sec):
    return opened(meeting.sheets.get(), sec)


def closed(sheet, sec):
    return actions.close_ballot(reload(sheet), actor=sec, missing_known=True)


def unsealed(sheet, sec, holder, parts):
    return actions.unseal_ballot(closed(sheet, sec), actor=holder(1), shares=parts[:2])


def results(sheet):
    return list(sheet.lines.order_by("number").values_list("yes", "no", "abstain", "recused", "passed", "sentence"))


def test_an_electronic_sheet_ends_as_the_same_votes_on_paper_do(casting, parts, sec, actor, judge, holder):
    """Eleven members, judge 11 recused for the company: 7 yes of 10 pass, 6 do not; one did not vote."""
    assert (casting.state, casting.seats, casting.roll.count()) == ("casting", 11, 11)
    for number in range(1, 10):
        cast(casting, judge(number), {1: "yes" if number <= 7 else "no", 2: "yes" if number <= 6 else "abstain"})
    sheet = unsealed(casting, sec, holder, parts)
    board = Board.objects.get(sheet=sheet)
    assert verify_board.problems(board.file.encode(), board.sha256) == []
    electronic = results(actions.sign_tally(sheet, actor=sec))
    again = actions.second_round(reload(sheet), actor=sec, reason="核对纸票与电子票。")
    assert again.mode == "electronic"
    again = actions.issue_sheet(actions.choose_mode(again, actor=sec, mode="paper"), actor=sec)
    marks = {
        "1": {"yes": 7, "no": 2, "abstain": 0, "invalid": 0, "recused": 0},
        "2": {"yes": 6, "no": 0, "abstain": 3, "invalid": 0, "recused": 0},
    }
    for name in ("计票甲", "计票乙"):
        facts = {"issued": 11, "returned": 9, "missing": 2, "valid": 9, "invalid": 0, "marks": marks}
        actions.key_count(reload(again), actor=actor("teller", "city", name), **facts)
    assert results(actions.sign_tally(reload(again), actor=sec)) == electronic
    assert electronic[0][4:] == (True, "应到11实到10，需≥7票，得7票，通过（另有 1 人回避）")
    assert electronic[1][4] is False
    assert (reload(sheet).state, Slip.objects.filter(sheet=sheet).count()) == ("replaced", 18)


def test_nobody_opens_a_box_before_the_key_was_tried(meeting, sec, holder):
    sheet = actions.choose_mode(meeting.sheets.get(), actor=sec, mode="electronic")
    with pytest.raises(Blocked, match="还没有指定保管人"):
        actions.open_ballot(sheet, actor=sec)
    people = [holder(number).user for number in (1, 2, 3)]
    actions.name_committee_key_holders(meeting, actor=sec, holders=people)
    with pytest.raises(Blocked, match="未建钥"):
        actions.open_ballot(reload(sheet), actor=sec)


def test_an_electronic_sheet_is_not_issued_and_a_paper_one_not_opened(meeting, parts, sec):
    sheet = meeting.sheets.get()
    with pytest.raises(Blocked, match="这张票是纸票"):
        actions.open_ballot(sheet, actor=sec)
    sheet = actions.choose_mode(reload(sheet), actor=sec, mode="electronic")
    with pytest.raises(Blocked, match="已定为电子票"):
        actions.issue_sheet(sheet, actor=sec)


def test_the_way_of_voting_is_fixed_once_sheets_are_out(casting, sec):
    with pytest.raises(Blocked, match="投票中"):
        actions.choose_mode(casting, actor=sec, mode="paper")


def test_nobody_votes_for_another_or_without_a_seat(casting, judge, actor, sec):
    with pytest.raises(NotPermitted, match="本人"):
        actions.cast_ballot(seat_of(casting, judge(1)), actor=judge(2), marks=TWO, seed=os.urandom(16))
    for stranger in (sec, actor("teller", "city", "计票甲"), actor("panel_expert", "B")):
        with pytest.raises(NotPermitted):
            actions.cast_ballot(seat_of(casting, judge(1)), actor=stranger, marks=TWO, seed=os.urandom(16))
    assert not casting.roll.filter(state="voted").exists()


def test_a_seat_votes_once(casting, judge):
    cast(casting, judge(1), "yes")
    with pytest.raises(Blocked, match="已投票"):
        cast(casting, judge(1), "no")


@pytest.mark.parametrize("marks", [{1: "yes"}, {1: "yes", 2: "no", 3: "no"}, {}])
def test_every_name_is_marked_or_nothing_is_cast(casting, judge, marks):
    with pytest.raises(Blocked, match="每一个人"):
        cast(casting, judge(1), marks)


def test_who_is_recused_for_all_does_not_vote_and_for_one_not_on_him(meeting, parts, sec, judge, holder):
    sheet = meeting.sheets.get()
    slot, second = meeting.slots.get(), sheet.lines.get(number=2).application
    member = meeting.members.get(user=judge(3).user)
    CommitteeRecusal.objects.create(
        slot=slot, member=member, application=second, kind="mentor", declared_by=None, declared_at=meeting.opened_at
    )
    sheet = opened(sheet, sec)
    assert [seat_of(sheet, judge(number)).recused for number in (1, 3, 11)] == [[], [2], [1, 2]]
    with pytest.raises(Blocked, match="都已回避"):
        cast(sheet, judge(11), {})
    with pytest.raises(Blocked, match="回避的除外"):
        cast(sheet, judge(3), TWO)
    cast(sheet, judge(3), {1: "yes"})
    for number in (1, 2, 4, 5, 6, 7):
        cast(sheet, judge(number), TWO)
    sheet = actions.sign_tally(unsealed(sheet, sec, holder, parts), actor=sec)
    assert [one[:5] for one in results(sheet)] == [(7, 0, 0, 0, True), (6, 0, 0, 1, True)]


def test_nothing_comes_in_after_closing(casting, sec, judge):
    cast(casting, judge(1), "yes")
    sheet = closed(casting, sec)
    with pytest.raises(Blocked, match="不得事后补投"):
        cast(sheet, judge(2), "yes")
    event = events_of(sheet).get(step="reviews.close_ballot")
    assert event.facts["box_hash"] == sheet.box_hash != ""


def test_closing_before_all_have_voted_is_said_on_the_form(casting, judge):
    assert "还有 10 席没有投票" in CloseForm(case=casting).fields["missing_known"].label
    for number in range(1, 11):
        cast(casting, judge(number), "yes")
    assert not CloseForm(case=reload(casting)).fields


def test_wrong_shares_open_nothing_and_are_named(casting, sec, judge, holder, parts):
    cast(casting, judge(1), "yes")
    sheet, alien = closed(casting, sec), shares.deal(2, 3).shares
    for tried, says in (
        ([parts[0], alien[1]], "第2个输入的不是本次会议的钥匙"),
        (alien[:2], "第1个输入的不是本次会议的钥匙"),
        (parts[:1], "须凑齐 2 份"),
        ([parts[0], parts[0]], "输入了两次"),
    ):
        with pytest.raises(Blocked, match=says):
            actions.unseal_ballot(reload(sheet), actor=holder(1), shares=tried)
    assert (reload(sheet).state, Slip.objects.count()) == ("sealed", 0)
    refused = events_of(sheet).filter(step="reviews.unseal_ballot", outcome="refused")
    assert refused.count() == 4
    assert parts[0].secret.hex() not in str(list(refused.values()))


def test_only_a_holder_opens_and_only_a_closed_box(casting, sec, actor, judge, holder, parts):
    with pytest.raises(Blocked, match="投票中"):
        actions.unseal_ballot(reload(casting), actor=holder(1), shares=parts[:2])
    sheet = closed(casting, sec)
    with pytest.raises(Blocked, match="不是本次会议的钥匙保管人"):
        actions.unseal_ballot(sheet, actor=actor("teller", "city", "计票外"), shares=parts[:2])
    for stranger in (sec, judge(1), actor("ent_hr", "A"), actor("city_lead", "city")):
        with pytest.raises(NotPermitted):
            actions.unseal_ballot(reload(sheet), actor=stranger, shares=parts[:2])


def test_nobody_signs_what_is_not_unsealed(casting, sec):
    with pytest.raises(Blocked, match="已封箱"):
        actions.sign_tally(closed(casting, sec), actor=sec)


def test_an_empty_box_fails_everybody(casting, sec, holder, parts):
    sheet = actions.sign_tally(unsealed(casting, sec, holder, parts), actor=sec)
    assert [one[0] for one in results(sheet)] == [0, 0]
    assert set(sheet.lines.values_list("passed", flat=True)) == {False}
    assert verify_board.problems(sheet.board.file.encode(), sheet.board.sha256) == []


def test_a_small_electorate_goes_by_paper_in_the_committee(meeting, parts, sec, city):
    type(city.cycle).objects.filter(pk=city.cycle.pk).update(ballot_least=11)
    sheet = actions.choose_mode(meeting.sheets.get(), actor=sec, mode="electronic")
    with pytest.raises(Blocked, match="张三只有 10 席表决，少于 11 席") as refused:
        actions.open_ballot(sheet, actor=sec)
    assert "改为纸票" in str(refused.value.reasons[0])


def test_the_record_names_turnout_and_hashes_and_no_choice(casting, sec, judge, holder, parts):
    seed = os.urandom(16)
    cast(casting, judge(1), {1: "abstain", 2: "no"}, seed)
    sheet = unsealed(casting, sec, holder, parts)
    event = events_of(seat_of(sheet, judge(1))).get(step="reviews.cast_ballot")
    assert event.facts == {}
    opening = events_of(sheet).get(step="reviews.unseal_ballot")
    assert opening.facts == {"board_hash": sheet.board_hash, "ballots": 1, "invalid_ballots": 0}
    assert events_of(sheet).get(step="reviews.open_ballot").facts == {"form_hash": sheet.form_hash}


def test_the_other_companies_and_counties_see_nothing(casting, actor):
    for stranger in (actor("ent_hr", "A"), actor("county", "haining"), actor("committee", "city", "评委外")):
        assert not VoteSheet.objects.visible_to(stranger).filter(pk=casting.pk).exists()
        assert not BallotSeat.objects.visible_to(stranger).filter(sheet=casting).exists()


def test_paper_stays_the_default_and_works_beside(meeting, parts, sec, actor):
    sheet = actions.issue_sheet(meeting.sheets.get(), actor=sec)
    assert (sheet.mode, sheet.state, sheet.roll.count()) == ("paper", "counting", 0)
    count(sheet, [actor("teller", "city", name) for name in ("计票甲", "计票乙")], 9)
    actions.sign_tally(reload(sheet), actor=sec)
    assert VoteLine.objects.filter(sheet=sheet, passed=True).count() == 2
