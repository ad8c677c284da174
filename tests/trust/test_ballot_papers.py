"""What is printed and handed out after the opening tells the result and nothing of who chose what (trust G2).

Three worlds have the same box: in the second the voters have exchanged their ballots, in the third their choices are
others. The committee's papers and a panel's are compared alike.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from pypdf import PdfReader

from reviews import actions, documents
from reviews.documents import committee, panel
from reviews.models import VoteSheet
from tests.reviews.test_documents import Job, text_of
from tests.scenes.balloting import cast, opened
from tests.scenes.registry import reload
from tests.scenes.reviewing import seen_by_two

pytestmark = pytest.mark.django_db
FOOT, HASH = re.compile(r"—\d+—"), re.compile(r"[0-9a-f]{64}")
"""The number of a page, which may part a hash; hashes of boxes and boards, anew with every sealing."""
FIRST = ["yes"] * 6 + ["no"] * 2 + ["abstain"]
BOARD = "计票文件"
WORLDS = {"first": FIRST, "exchanged": FIRST[::-1], "other": ["no"] * 5 + ["yes"] * 4}


PRINTED: dict[str, dict[str, dict[str, Any]]] = {}


@dataclass(frozen=True)
class Body:
    """A meeting before its vote: who casts the n-th ballot, opens, signs, and how it ends."""

    meeting: Any
    desk: Any
    shares: Any
    voter: Callable[[int], Any]
    keeper: Any
    signer: Any
    end: Callable[[Any], Any]


@pytest.fixture
def sits_as_committee(deliberated, keyed, judge, holder, actor) -> Body:
    meeting, sec = deliberated("张三", "李四"), actor("committee_sec", "city")

    def close(meeting):
        actions.close_committee(meeting, actor=sec, minutes="程序规范，结果有效。")

    return Body(meeting, sec, keyed(meeting)[1][:2], judge, holder(1), sec, close)


@pytest.fixture
def sits_as_panel(noticed, scored, panel_keyed, expert, actor) -> Body:
    meeting, sec = seen_by_two(scored(noticed("张三", "李四")), actor), actor("panel_sec", "A")

    def conclude(meeting):
        meeting = actions.announce_count(meeting, actor=expert(1))
        actions.conclude_meeting(meeting, actor=expert(1), minutes="程序规范，结果有效。")

    return Body(meeting, sec, panel_keyed(meeting)[1], expert, actor("ent_hr", "A"), expert(1), conclude)


@pytest.fixture(params=["committee", "panel"])
def printed(request) -> dict[str, dict[str, Any]]:
    """World → its papers, by name; made once for all tests, which only read them."""
    if request.param not in PRINTED:
        PRINTED[request.param] = papers_of(request.getfixturevalue(f"sits_as_{request.param}"))
    return PRINTED[request.param]


def papers_of(body: Body) -> dict[str, dict[str, Any]]:
    sheet = opened(body.meeting.sheets.get(), body.desk)
    found = {}
    for world, marks in WORLDS.items():
        with transaction.atomic():
            for number, mark in enumerate(marks, start=1):
                cast(sheet, body.voter(number), mark)
            closed = actions.close_ballot(reload(sheet), actor=body.desk, missing_known=True)
            unsealed = actions.unseal_ballot(closed, actor=body.keeper, shares=body.shares)
            signed = actions.sign_tally(reload(unsealed), actor=body.signer)
            body.end(reload(body.meeting))
            found[world] = all_papers(reload(signed))
            transaction.set_rollback(True)
    return found


def all_papers(sheet: VoteSheet) -> dict[str, tuple[str, bytes]]:
    """What → (its file's name, content)."""
    builders = {"投票结果报告单": (documents.build_tally, sheet), "计票单": (committee.build_count, sheet)}
    if sheet.session is not None:
        builders |= {
            "会议纪要": (committee.build_minutes, sheet.session),
            "表决结果报告": (committee.build_result, sheet.session),
        }
    else:
        builders |= {"会议纪要": (panel.build_minutes, sheet.meeting), "评分表": (panel.build_scores, sheet.meeting)}
    found = {what: build(Job(case.pk), None) for what, (build, case) in builders.items()}
    return found | {BOARD: (f"board-{sheet.pk}.json", sheet.board.file.encode())}


def words(pdf: bytes) -> str:
    return HASH.sub("", FOOT.sub("", text_of(pdf)))


def titles(outline: list[Any]) -> list[Any]:
    return [titles(one) if isinstance(one, list) else one.title for one in outline]


def about(pdf: bytes) -> dict[str, Any]:
    """All that a PDF says besides its pages."""
    reader = PdfReader(BytesIO(pdf))
    root = reader.trailer["/Root"]
    return {
        "information": dict(reader.metadata),
        "xmp": root["/Metadata"].get_data(),
        "trailer": sorted(reader.trailer),
        "catalogue": sorted(root),
        "attachments": dict(reader.attachments),
        "pages": [sorted(page) for page in reader.pages],
        "images": [len(page.images) for page in reader.pages],
    }


def test_nothing_about_a_paper_differs_between_worlds(printed):
    assert [[name for name, _ in papers.values()] for papers in printed.values()] == [
        [name for name, _ in printed["first"].values()]
    ] * 3
    for what in printed["first"].keys() - {BOARD}:
        worlds = [about(papers[what][1]) for papers in printed.values()]
        assert worlds[0] == worlds[1] == worlds[2], what
        first, exchanged, _ = (titles(PdfReader(BytesIO(papers[what][1])).outline) for papers in printed.values())
        assert first == exchanged != [], "its headings count who passed, as the pages do"


def test_a_paper_bears_no_moment_of_its_making(printed):
    for what, (_, pdf) in printed["first"].items():
        if what == BOARD:
            continue
        told = about(pdf)
        assert set(told["information"]) == {"/Title", "/Author", "/Producer"}, what
        assert told["information"]["/Producer"].startswith("WeasyPrint ")
        assert not re.search(rb"\d{4}-\d{2}-\d{2}", told["xmp"])
        assert "/ID" not in told["trailer"]


def test_with_exchanged_ballots_the_pages_are_the_same(printed):
    for what in printed["first"].keys() - {BOARD}:
        first, exchanged, other = (words(papers[what][1]) for papers in printed.values())
        assert first == exchanged, what
        assert (first == other) is (what == "评分表"), "the control: another result is another page, but no other score"


def test_with_exchanged_ballots_the_board_is_the_same_but_for_its_random_codes(printed):
    first, exchanged, other = (json.loads(papers[BOARD][1]) for papers in printed.values())
    for one in (first, exchanged, other):
        assert set(one) == {"board", "sha256"}
        assert set(one["board"]) == {"version", "form", "form_hash", "receipts", "invalid", "slips", "tallies"}
        del one["sha256"], one["board"]["receipts"]
        one["board"]["slips"] = sorted([number, choice] for number, _, choice in one["board"]["slips"])
    assert first == exchanged
    assert {name for name in first["board"] if first["board"][name] != other["board"][name]} == {"slips", "tallies"}
    assert len(printed["first"][BOARD][1]) == len(printed["exchanged"][BOARD][1])
