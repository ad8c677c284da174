"""No page tells what is in the box before it is opened (trust B12, G12): two worlds that differ in the choices alone
look alike to everybody at every address, and no query asks for what is sealed.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.urls import NoReverseMatch, reverse

from reviews import actions
from reviews.models import VoteSheet
from tests.architecture.access import ELSEWHERE, MODEL, Knocker, table
from tests.scenes.balloting import cast, opened
from tests.scenes.registry import reload
from tests.scenes.town import everybody

pytestmark = pytest.mark.django_db
CONCERNED = {
    "ballot", "unseal", "board", "board_file", "key", "committee_meeting", "committee_sheet", "committee_count",
    "committee_screen", "slot", "tally_pdf", "committee_home",
}  # fmt: skip
WATCHING = ("committee_sec", "city_lead", "auditor", "teller", "committee")
# What is made anew for every answer: tokens, keys against double clicks, seeds, hashes, the second of a signature.
FRESH = re.compile(
    r"after=[^\"&]+|[0-9a-f]{16,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\w:-]{27,}|\"[A-Za-z0-9+/=]{24,}\""
)
SEALED = re.compile(r"ciphertext|jiaxing_tally|reviews_slip", re.IGNORECASE)


def stands(scenes):
    scenes.deliberated("张三", "李四")


@pytest.fixture
def sec(actor):
    return actor("committee_sec", "city")


@pytest.fixture
def box(deliberated, keyed, sec):
    """(the open sheet, the shares of its key)"""
    meeting = deliberated("张三", "李四")
    parts = keyed(meeting)[1]
    return opened(meeting.sheets.get(), sec), parts


@pytest.fixture
def people(login) -> Iterator[dict[str, Knocker]]:
    logging.disable(logging.WARNING)
    yield {
        name: Knocker(name, login(*who), number)
        for number, (name, who) in enumerate(everybody().items(), 2)
        if name not in ELSEWHERE  # company B is not founded here
    }
    logging.disable(logging.NOTSET)


def addresses(concerned: bool, sheet: VoteSheet) -> list[str]:
    """Of every line of the access table whose objects there are here, or of the ballot's own."""
    found = []
    for line in table():
        if line.name.startswith(("#", "mfa_")):  # no page; a new secret and its picture for each reader
            continue
        if concerned and line.name.removeprefix("reviews:") not in CONCERNED:
            continue
        words = {}
        for name, source in line.args.items():
            label = source.partition("#")[0]
            words[name] = source
            if label == "reviews.VoteSheet":
                words[name] = sheet.pk
            elif MODEL.fullmatch(label):
                words[name] = apps.get_model(label)._base_manager.order_by("pk").values_list("pk", flat=True).first()
        if None not in words.values():
            try:
                found.append(reverse(line.name, kwargs=words))
            except NoReverseMatch:
                continue
    return found


@contextmanager
def queries(seen: list[str]) -> Iterator[None]:
    def note(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        if SEALED.search(str(sql)):
            seen.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield


Seen = dict[tuple[str, str], tuple[int, str]]


def text_of(body: bytes) -> str:
    """What stands in an answer; of a workbook what its sheets say, without the second in which it was written."""
    if not body.startswith(b"PK"):
        return body.decode("utf-8", "replace")
    with ZipFile(BytesIO(body)) as book:
        parts = [name for name in sorted(book.namelist()) if name != "docProps/core.xml"]
        return "".join(book.read(name).decode("utf-8", "replace") for name in parts)


def seen_by(people: dict[str, Knocker], urls: list[str], asked: list[str], before: Seen | None = None) -> Seen:
    """(person, address) → status and text, without what is made anew each time; only where `before` was let in."""
    found: Seen = {}
    with queries(asked):
        for url in urls:
            for name, person in people.items():
                if before is not None and before[name, url][0] != 200:
                    continue
                answer = person.knock("GET", url)
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                found[name, url] = answer.status_code, FRESH.sub("", text_of(body))
    return found


@pytest.mark.parametrize("concerned", [True, pytest.param(False, marks=pytest.mark.rounds)])
def test_two_worlds_that_differ_in_the_choices_alone_look_alike(box, judge, holder, sec, people, concerned):
    (sheet, parts), voters, asked = box, [judge(number) for number in range(1, 9)], []
    if concerned:
        people = {name: people[name] for name in WATCHING}
    worlds: list[list[Any]] = [[], []]
    for world, marks in zip(worlds, ({1: "yes", 2: "yes"}, {1: "no", 2: "abstain"}), strict=True):
        with transaction.atomic():
            for voter in voters:
                cast(sheet, voter, marks)
            urls = addresses(concerned, sheet)
            world.append(seen_by(people, urls, asked, worlds[0][0] if worlds[0] else None))
            closed = actions.close_ballot(reload(sheet), actor=sec, missing_known=True)
            world.append(seen_by(people, urls if concerned else [], asked))
            assert asked == []
            with queries(asked):
                actions.unseal_ballot(closed, actor=holder(1), shares=parts[:2])
            assert len(asked) > 1, "the control: the log of queries would have shown it"
            board = [url for url in urls if url.endswith("/board/")]
            world.append(seen_by({"committee_sec": people["committee_sec"]}, board, asked))
            asked.clear()
            transaction.set_rollback(True)
    for stage, (one, other) in enumerate(zip(*worlds, strict=True)):
        told = [place for place in other if one[place] != other[place]]
        if stage < 2:
            assert told == []
        else:
            assert told, "the control: an opened box does look different"
    assert len(worlds[0][0]) >= 5 * len(CONCERNED)
    answered = [place for place, (status, _) in worlds[0][0].items() if status == 200]
    assert len(answered) > 20
