"""电子票 in the demo city: a whole ceremony of the committee, and a panel's box that is open when the visitor comes."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.demo.city.people import acting
from jiaxing_titles.demo.city.places import City, Company
from reviews import actions
from reviews.choices import SeatState
from reviews.models import CommitteeMeeting, ReviewMeeting, VoteSheet
from reviews.rules.ballot import shares
from reviews.rules.ballot.plaintext import SEED_BYTES
from reviews.rules.ballot.sealing import KeyPair

# Everybody may read it here, so the boxes under it promise nothing; a visitor opens them with it.
PANEL_SHARE = shares.Share(1, b"demo: no secret!")


def make_committee_key(city: City, meeting: CommitteeMeeting) -> Sequence[shares.Share]:
    """2 of 3, with the two tellers and the supervisor; every share typed back."""
    keepers = [city.officials[login] for login in ("teller1", "teller2", "sup")]
    facts = {"holders": [one.user for one in keepers]}
    key = city.do(actions.name_committee_key_holders, meeting, city.secretary, **facts)
    dealt = shares.deal(key.needed, len(keepers))
    key = city.do(actions.make_key, key, keepers[0], dealt=dealt)
    city.do(actions.check_key, key, keepers[1], shares=dealt.shares)
    return dealt.shares


def see_everybody(city: City, company: Company, meeting: ReviewMeeting) -> None:
    """Who sits there is seen by the secretary and, after her, by the head of the company."""
    for official in (company.secretary, company.lead):
        city.do(actions.check_panel_roll, meeting, official, in_person=True)


def make_panel_key(city: City, company: Company, meeting: ReviewMeeting) -> None:
    """1 of 1, kept by the company's desk; its only share is the seed itself."""
    key = city.do(actions.name_panel_key_holders, meeting, company.hr, holders=[company.hr.user])
    dealt = shares.Dealt(KeyPair(PANEL_SHARE.secret).public, (PANEL_SHARE,))
    key = city.do(actions.make_key, key, company.hr, dealt=dealt)
    city.do(actions.check_key, key, company.hr, shares=dealt.shares)


def open_box(city: City, sheet: VoteSheet, desk: Actor) -> VoteSheet:
    sheet = city.do(actions.choose_mode, sheet, desk, mode="electronic")
    opened: VoteSheet = city.do(actions.open_ballot, sheet, desk)
    return opened


def vote(city: City, sheet: VoteSheet, *, at_most: int | None = None, failed: Iterable[int] = ()) -> None:
    """The next `at_most` seats, or all that have not; every second of them is against who fails."""
    role = Role.COMMITTEE if sheet.session_id is not None else Role.PANEL_EXPERT
    place, out = sheet.organisation, set(failed)
    people = dict(sheet.lines.values_list("number", "application_id"))
    waiting = sheet.roll.filter(state=SeatState.WAITING, may_vote=True).select_related("user").order_by("pk")
    for order, seat in enumerate(list(waiting[:at_most])):
        marks: dict[int, Any] = {
            number: "no" if (order % 2 if person in out else order == number) else "yes"
            for number, person in people.items()
            if number not in seat.recused
        }
        facts = {"marks": marks, "seed": secrets.token_bytes(SEED_BYTES)}
        city.do(actions.cast_ballot, seat, acting(seat.user, role, place), **facts)


def count_box(
    city: City, sheet: VoteSheet, desk: Actor, opening: Actor, typed: Sequence[shares.Share], signer: Actor
) -> None:
    sheet = city.do(actions.close_ballot, sheet, desk, missing_known=True)
    sheet = city.do(actions.unseal_ballot, sheet, opening, shares=typed)
    city.do(actions.sign_tally, sheet, signer)
