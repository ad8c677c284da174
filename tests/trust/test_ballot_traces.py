"""What voting and unsealing leave behind (trust B4), at the real web server behind the real proxy, every log at
DEBUG, with error mails.

A member's ballot and the unsealing each meet an error that nobody expected, so that log and mail say all they can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from reviews import actions
from reviews.models import SealedBallot, Slip, VoteSheet
from tests.engines_plugin import ENGINES
from tests.scenes.balloting import codes_of
from tests.scenes.hall import Hall
from tests.scenes.registry import reload
from tests.trust.proxy import Proxy
from tests.trust.test_ballot_forensics import places
from tests.trust.web import Answer, Visitor, Voter, Web

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.rounds]
SEATS, NAMES = 9, 3
NUMBERS = list(range(1, NAMES + 1))


@contextmanager
def broken(admin: Any, table: str) -> Iterator[None]:
    """Writing there is an error that no page expects."""
    admin().execute(f"REVOKE INSERT ON {table} FROM jiaxing_app")
    yield
    admin().execute(f"GRANT INSERT ON {table} TO jiaxing_app")


@dataclass(frozen=True)
class Vote:
    """`seed`: what the page carried; `sent`: what he confirmed; `answer`: to that."""

    seed: bytes
    sent: dict[str, str]
    answer: Answer


def vote_by_page(voter: Voter, sheet: int, number: int) -> Vote:
    """Open, check, confirm."""
    page = voter.send("GET", f"/ballot/{sheet}/").text
    signed = re.search(r'name="seed" value="([^"]+)"', page)
    assert signed, page[:500]
    data = {f"choice_{one}": ("yes", "no", "abstain")[(one + number) % 3] for one in NUMBERS} | {"seed": signed[1]}
    assert voter.send("POST", f"/ballot/{sheet}/", {**data, "check": "1"}).status == 200
    sent = {**data, "confirm": "1"}
    return Vote(bytes.fromhex(signed[1].partition(":")[0]), sent, voter.send("POST", f"/ballot/{sheet}/", sent))


def traces(found: dict[str, bytes], planted: dict[str, bytes]) -> list[tuple[str, str]]:
    return [(what, where) for where, data in found.items() for what, text in planted.items() if text in data]


def everywhere(engines: Any, folder: Path) -> dict[str, bytes]:
    """The files of the server, dumps and stores, and all that the web processes wrote; mails as they are read."""
    found = places(engines)
    for path in folder.rglob("*"):
        if path.is_file():
            found[str(path.relative_to(folder))] = path.read_bytes()
    for path in (folder / "mail").glob("*"):
        for part in message_from_bytes(path.read_bytes()).walk():
            if not part.is_multipart():
                found[f"{path.name} {part.get_content_type()}"] = part.get_payload(decode=True)
    return found


def planted_by(sheet: VoteSheet, seeds: list[bytes]) -> dict[str, bytes]:
    planted = {}
    for number, seed in enumerate(seeds):
        planted |= {f"seed of {number}": seed.hex().encode(), f"raw seed of {number}": seed}
        planted |= {f"raw seed of {number} as Python prints it": repr(seed)[2:-1].encode()}
        for name, code in codes_of(sheet, seed).items():
            planted |= {f"code of {number} on {name}": code.encode(), f"raw code of {number}": bytes.fromhex(code)}
    return planted


def test_logs_mails_files_and_stores_hold_nothing_of_a_ballot_or_a_key(as_in_production, admin, tmp_path, pytestconfig):
    hall, engines = Hall(SEATS, NAMES), pytestconfig.stash[ENGINES]
    sitting = hall.sitting()
    sheet = actions.open_ballot(sitting.meeting.sheets.get(), actor=hall.secretary)
    web = Web(tmp_path)
    proxy = Proxy(tmp_path / "proxy", web.port, level="debug")
    try:
        for pid in web.workers():
            limits = Path(f"/proc/{pid}/limits").read_text()
            assert re.search(r"Max core file size\s+0\s+0\s", limits), "a core dump would hold ballots and keys"
        voters = [Voter(proxy, judge) for judge in hall.judges]
        votes = [vote_by_page(voter, sheet.pk, number) for number, voter in enumerate(voters[:-1])]
        assert {vote.answer.status for vote in votes} == {302}
        with broken(admin, "reviews_sealedballot"):
            votes.append(vote_by_page(voters[-1], sheet.pk, 1))
        assert votes[-1].answer.status == 500
        assert voters[-1].confirm(sheet.pk, votes[-1].sent).status == 302, "the same form, once the fault is mended"
        assert voters[0].confirm(sheet.pk, votes[0].sent).status == 200, "a second time"
        planted = planted_by(sheet, [vote.seed for vote in votes])
        planted |= {f"form of {number}": urlencode(vote.sent).encode() for number, vote in enumerate(votes)}
        found = everywhere(engines, tmp_path)
        told = {where for _, where in traces(found, {"the log": b"POST /ballot/"})}
        assert told == {"web.log", "proxy/access.log", "proxy/error.log"}, "the logs tell of each request"
        assert traces(found, {"the mail": b"permission denied for table reviews_sealedballot"}), "errors are told"
        assert {name.split()[-1] for name in found if name.endswith(("text/plain", "text/html"))} == {
            "text/plain",
            "text/html",
        }
        assert traces(found, planted) == []

        sheet = actions.close_ballot(reload(sheet), actor=hall.secretary)
        teller = Voter(proxy, hall.tellers[0])
        typed = {f"share_{number}": share.text for number, share in enumerate(sitting.shares, start=1)}
        with broken(admin, "reviews_board"):
            assert unseal(teller, sheet.pk, typed) == 500
        assert Slip.objects.count() == 0
        assert unseal(teller, sheet.pk, typed) == 302
        keys = {f"share {one.index}": one.secret.hex().encode() for one in sitting.shares}
        keys |= {f"raw share {one.index}": one.secret for one in sitting.shares}
        keys |= {f"typed share {one.index}": one.text.encode() for one in sitting.shares}
        found = everywhere(engines, tmp_path)
        assert traces(found, {"the mail": b"permission denied for table reviews_board"}), "errors are told"
        assert traces(found, keys) == []
        assert traces(found, {what: text for what, text in planted.items() if "seed" in what}) == []
        mails = {
            where: data
            for where, data in found.items()
            if where.startswith(("mail", "web.log", "proxy/")) or " text/" in where
        }
        assert traces(mails, planted) == [], "nor the slips of an unsealing that failed"
    finally:
        proxy.stop()
        web.stop()
    assert SealedBallot.objects.count() == SEATS


def unseal(teller: Visitor, sheet: int, typed: dict[str, str]) -> int:
    """The page with what it had filled in, the shares typed."""
    page = teller.send("GET", f"/ballot/{sheet}/unseal/").text
    hidden = dict(re.findall(r'<input type="hidden" name="(version|key)" value="([^"]*)"', page))
    return teller.send("POST", f"/ballot/{sheet}/unseal/", {**hidden, **typed}).status
