"""What is printed and handed out after the opening tells the result and nothing of who chose what (trust G2).

Three worlds have the same box: in the second the voters have exchanged their ballots, in the third their choices are
others.
"""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from pypdf import PdfReader

from reviews import actions, documents
from reviews.documents import committee as papers
from reviews.models import CommitteeMeeting, VoteSheet
from tests.reviews.test_documents import Job, text_of
from tests.scenes.balloting import cast, opened
from tests.scenes.registry import reload

pytestmark = pytest.mark.django_db
FOOT, HASH = re.compile(r"—\d+—"), re.compile(r"[0-9a-f]{64}")
"""The number of a page, which may part a hash; hashes of boxes and boards, anew with every sealing."""
FIRST = ["yes"] * 6 + ["no"] * 2 + ["abstain"]
WORLDS = {"first": FIRST, "exchanged": FIRST[::-1], "other": ["no"] * 5 + ["yes"] * 4}


@pytest.fixture
def printed(deliberated, keyed, judge, holder, actor) -> dict[str, dict[str, Any]]:
    """World → its papers, by name."""
    meeting, sec = deliberated("张三", "李四"), actor("committee_sec", "city")
    shares = keyed(meeting)[1]
    sheet = opened(meeting.sheets.get(), sec)
    found = {}
    for world, marks in WORLDS.items():
        with transaction.atomic():
            for number, mark in enumerate(marks, start=1):
                cast(sheet, judge(number), mark)
            closed = actions.close_ballot(reload(sheet), actor=sec, missing_known=True)
            unsealed = actions.unseal_ballot(closed, actor=holder(1), shares=shares[:2])
            signed = actions.sign_tally(reload(unsealed), actor=sec)
            actions.close_committee(reload(meeting), actor=sec, minutes="程序规范，结果有效。")
            found[world] = all_papers(reload(signed))
            transaction.set_rollback(True)
    return found


def all_papers(sheet: VoteSheet) -> dict[str, tuple[str, bytes]]:
    """What → (its file's name, content)."""
    meeting = CommitteeMeeting.objects.get()
    builders = {
        "投票结果报告单": (documents.build_tally, sheet),
        "计票单": (papers.build_count, sheet),
        "会议纪要": (papers.build_minutes, meeting),
        "表决结果报告": (papers.build_result, meeting),
    }
    found = {what: build(Job(case.pk), None) for what, (build, case) in builders.items()}
    return found | {"计票文件": (f"board-{sheet.pk}.json", sheet.board.file.encode())}


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
        "outline": titles(reader.outline),
        "pages": [sorted(page) for page in reader.pages],
        "images": [len(page.images) for page in reader.pages],
    }


def test_nothing_about_a_paper_differs_between_worlds(printed):
    assert [[name for name, _ in papers.values()] for papers in printed.values()] == [
        [name for name, _ in printed["first"].values()]
    ] * 3
    for what in ("投票结果报告单", "计票单", "会议纪要", "表决结果报告"):
        worlds = [about(papers[what][1]) for papers in printed.values()]
        assert worlds[0] == worlds[1] == worlds[2], what


def test_a_paper_bears_no_moment_of_its_making(printed):
    for what, (_, pdf) in printed["first"].items():
        if what == "计票文件":
            continue
        told = about(pdf)
        assert set(told["information"]) == {"/Title", "/Author", "/Producer"}, what
        assert told["information"]["/Producer"].startswith("WeasyPrint ")
        assert not re.search(rb"\d{4}-\d{2}-\d{2}", told["xmp"])
        assert "/ID" not in told["trailer"]


def test_with_exchanged_ballots_the_pages_are_the_same(printed):
    for what in ("投票结果报告单", "计票单", "会议纪要", "表决结果报告"):
        first, exchanged, other = (words(papers[what][1]) for papers in printed.values())
        assert first == exchanged, what
        assert first != other, "the control: another result is another page"


def test_with_exchanged_ballots_the_board_is_the_same_but_for_its_random_codes(printed):
    first, exchanged, other = (json.loads(papers["计票文件"][1]) for papers in printed.values())
    for one in (first, exchanged, other):
        assert set(one) == {"board", "sha256"}
        assert set(one["board"]) == {"version", "form", "form_hash", "receipts", "invalid", "slips", "tallies"}
        del one["sha256"], one["board"]["receipts"]
        one["board"]["slips"] = sorted([number, choice] for number, _, choice in one["board"]["slips"])
    assert first == exchanged
    assert {name for name in first["board"] if first["board"][name] != other["board"][name]} == {"slips", "tallies"}
    assert len(printed["first"]["计票文件"][1]) == len(printed["exchanged"]["计票文件"][1])
