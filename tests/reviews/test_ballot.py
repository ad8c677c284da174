"""The electronic secret ballot of the committee, step by step (办法五（三）, G18)."""

import pytest

from reviews import actions
from reviews.models import Board, SealedBallot, Slip
from reviews.rules.ballot import verify_board
from tests.scenes.balloting import cast, opened
from tests.scenes.registry import reload

pytestmark = pytest.mark.django_db


def test_a_sheet_voted_electronically_ends_like_a_paper_one(deliberated, keyed, actor, judge, holder):
    """Eleven members, judge 11 recused for the company: 7 yes of 10 pass, 6 do not."""
    meeting, sec = deliberated("张三", "李四"), actor("committee_sec", "city")
    _, parts = keyed(meeting)
    sheet = opened(meeting.sheets.get(), sec)
    assert (sheet.state, sheet.seats, sheet.roll.count()) == ("casting", 11, 11)
    for number in range(1, 10):
        cast(sheet, judge(number), {1: "yes" if number <= 7 else "no", 2: "yes" if number <= 6 else "abstain"})
    sheet = actions.close_ballot(reload(sheet), actor=sec, missing_known=True)
    sheet = actions.unseal_ballot(sheet, actor=holder(1), shares=parts[:2])
    assert list(sheet.lines.values_list("yes", "no", "abstain")) == [(7, 2, 0), (6, 0, 3)]
    assert (SealedBallot.objects.count(), Slip.objects.count()) == (9, 18)
    board = Board.objects.get()
    assert verify_board.problems(board.file.encode(), board.sha256) == []
    sheet = actions.sign_tally(sheet, actor=sec)
    assert list(sheet.lines.values_list("passed", flat=True)) == [True, False]
    assert sheet.lines.first().sentence == "应到11实到10，需≥7票，得7票，通过（另有 1 人回避）"
