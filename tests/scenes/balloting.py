"""The electronic way of the committee's and the panel's sheets."""

import os
from collections.abc import Mapping

from reviews import actions
from reviews.models import BallotSeat, VoteSheet
from reviews.rules.ballot import shares
from reviews.rules.ballot.plaintext import Ballot, roots_from
from tests.scenes.registry import reload, scene

HOLDERS = (("teller", "计票甲"), ("teller", "计票乙"), ("supervisor", "监督丙"))


@scene
def holder(actor):
    """`holder(1)` → 监票人 with the first of the committee's three shares."""
    return lambda number: actor(HOLDERS[number - 1][0], "city", HOLDERS[number - 1][1])


@scene
def keyed(actor, holder):
    """`keyed(meeting)` → (its key, tried and ready; the shares, which are nowhere else)."""

    def make(meeting):
        holders = [holder(number) for number in (1, 2, 3)]
        sec = actor("committee_sec", "city")
        key = actions.name_committee_key_holders(meeting, actor=sec, holders=[one.user for one in holders])
        dealt = shares.deal(key.needed, len(holders))
        key = actions.make_key(key, actor=holders[0], dealt=dealt)
        return actions.check_key(key, actor=holders[1], shares=dealt.shares), dealt.shares

    return make


@scene
def panel_keyed(actor):
    """`panel_keyed(meeting)` → the panel's key, one share, held by the company's desk."""

    def make(meeting):
        hr = actor("ent_hr", "A")
        key = actions.name_panel_key_holders(meeting, actor=hr, holders=[hr.user])
        dealt = shares.deal(1, 1)
        key = actions.make_key(key, actor=hr, dealt=dealt)
        return actions.check_key(key, actor=hr, shares=dealt.shares), dealt.shares

    return make


@scene
def deliberated(sitting, actor):
    """`deliberated("张三", "李四")` → the committee in session, company A heard and deliberated; its sheet waits."""

    def hear(*names, **facts):
        meeting, sec = sitting(*names, **facts), actor("committee_sec", "city")
        slot = meeting.slots.get()
        actions.name_reporter(slot, actor=actor("ent_hr", "A"), reporter="李人事", brief="组织过程和结果。")
        slot = actions.hear_slot(reload(slot), actor=sec)
        actions.deliberate_slot(slot, actor=sec, deliberation="程序规范。")
        return reload(meeting)

    return hear


def opened(sheet, desk, mode="electronic"):
    """The sheet made electronic and opened by the desk."""
    sheet = actions.choose_mode(reload(sheet), actor=desk, mode=mode)
    return actions.open_ballot(sheet, actor=desk)


def seat_of(sheet, actor) -> BallotSeat:
    return sheet.roll.get(user=actor.user)


def cast(sheet, voter, marks: Mapping[int, str] | str, seed: bytes | None = None) -> BallotSeat:
    """One member's ballot; the same mark for everybody when one is given."""
    seat = seat_of(sheet, voter)
    numbers = [number for number in sheet.lines.values_list("number", flat=True) if number not in seat.recused]
    chosen = dict.fromkeys(numbers, marks) if isinstance(marks, str) else marks
    return actions.cast_ballot(seat, actor=voter, marks=chosen, seed=seed or os.urandom(16))


def codes_of(sheet: VoteSheet, seed: bytes) -> dict[int, str]:
    """Number → check code of the ballot that was cast with this seed."""
    numbers = list(sheet.lines.order_by("number").values_list("number", flat=True))
    return Ballot({}, roots_from(seed, numbers)).codes(sheet.form_hash)
