"""A voter whose confirmation loses its database connection, at whatever statement, is told so and presses again."""

import os
from collections import Counter

import pytest
from django.db import close_old_connections
from django.urls import reverse

from reviews import actions
from reviews.models import SealedBallot, Slip
from tests.scenes.balloting import codes_of
from tests.scenes.hall import Hall, signed_in
from tests.scenes.registry import reload
from tests.trust.web import Voter

pytestmark = pytest.mark.django_db(transaction=True)
SEATS, NAMES = 8, 2


def press(client, seat, data):
    """As the web server serves it: an error is a page, and old connections are closed behind each request."""
    client.raise_request_exception = False
    try:
        return client.post(reverse("reviews:ballot", args=[seat.sheet_id]), data)
    finally:
        close_old_connections()


def test_pressing_again_puts_in_one_ballot_wherever_the_connection_broke(cut):
    """At every statement of the request, before and behind it, so also while it commits and after it has."""
    hall = Hall(SEATS, NAMES)
    clients = {judge.user.pk: signed_in(judge) for judge in hall.judges}
    seen: Counter[tuple[int, bool, int]] = Counter()

    def vote(seat, seed, place):
        data = Voter.filled(seat, dict.fromkeys(range(1, NAMES + 1), "yes"), seed)
        with cut(place // 2, behind=bool(place % 2)) as said:
            first = press(clients[seat.user_id], seat, data)
        if first.status_code == 503:
            assert "再点一次" in first.content.decode()
        inside = SealedBallot.objects.filter(seat=seat).exists()
        seen[first.status_code, inside, press(clients[seat.user_id], seat, data).status_code] += 1
        return len(said) > place // 2

    place, reached = 0, True
    while reached:
        sitting = hall.sitting()
        sheet = actions.open_ballot(sitting.meeting.sheets.get(), actor=hall.secretary)
        seeds = {seat: os.urandom(16) for seat in sheet.roll.all()}
        for seat, seed in seeds.items():
            reached = vote(seat, seed, place)
            place += 1
        sheet = actions.close_ballot(reload(sheet), actor=hall.secretary)
        sheet = actions.unseal_ballot(sheet, actor=hall.tellers[0], shares=sitting.shares)
        assert sheet.ballots == SEATS
        assert set(Slip.objects.filter(sheet=sheet).values_list("code", flat=True)) == {
            code for seed in seeds.values() for code in codes_of(sheet, seed).values()
        }
    # (first answer, in the box by then, second answer)
    assert set(seen) == {(503, False, 302), (503, True, 200), (302, True, 200)}, seen
    assert seen[503, False, 302] > 20
