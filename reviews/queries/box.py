"""What is in the box of an electronic sheet, as the two database roles may see it."""

from __future__ import annotations

import json

from django.db import connection

from jiaxing_titles.engines.postgres import TALLY
from reviews.models import SealedBallot, VoteSheet
from reviews.rules.ballot.unsealing import Sealed


def receipts_in(sheet: VoteSheet) -> list[str]:
    """Sorted, so that no order of casting shows."""
    return sorted(SealedBallot.objects.filter(sheet=sheet).values_list("receipt", flat=True))


def sealed_in(sheet: VoteSheet) -> list[Sealed]:
    """The sealed ballots, read under the role that cannot see whose they are; call inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {TALLY}")
        cursor.execute("SELECT ciphertext, recused FROM reviews_sealedballot WHERE sheet_id = %s", [sheet.pk])
        found = [Sealed(bytes(data), frozenset(json.loads(recused))) for data, recused in cursor.fetchall()]
        cursor.execute("RESET ROLE")
    return found
