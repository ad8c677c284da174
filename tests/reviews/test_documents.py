"""备案表, 投票结果报告单 and 评审通过人员汇总表 as real PDF, read back."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from jiaxing_titles.documents.registry import DocumentError
from jiaxing_titles.documents.render import render_pdf
from reviews import actions, documents
from reviews.models import ReviewFiling, VoteSheet
from tests.scenes.registry import reload

pytestmark = pytest.mark.django_db


class Job:
    """As much of a job as a builder reads."""

    def __init__(self, pk: int) -> None:
        self.parameters = {"pk": pk}


def text_of(pdf: bytes) -> str:
    """The words of all pages without the spaces of the layout."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def test_the_three_forms_say_what_the_record_says(noticed, concluded, actor):
    year = noticed("张三", "李四")
    concluded(year, yes={1: 8, 2: 3})
    filing = ReviewFiling.objects.get()
    name, pdf = documents.build_filing(Job(filing.pk), None)
    words = text_of(pdf)
    assert name == f"{filing}表.pdf"
    assert "评审2人" in words and "破格0人" not in words
    assert not re.search(r"\d{4}-\d{2}-\d{2}", words)
    assert all(word in words for word in ("张三", "李四", "专家9", "外聘", filing.receipt_number, filing.package_hash))
    words = text_of(documents.build_tally(Job(VoteSheet.objects.get().pk), None)[1])
    assert all(word in words for word in ("应到9", "发票9", "收票9", "未通过", "企业经办A、评审会秘书A"))
    hr = actor("ent_hr", "A")
    report = actions.write_summary(actions.open_report(reload(year), actor=hr), actor=hr, work_summary="按程序评审。")
    report = actions.present_report(report, actor=hr)
    words = text_of(render_pdf("documents/reviews_report.html", documents.report_context(report)))
    assert "张三" in words
    assert "李四" not in words
    assert "申报2人：评审通过1人，评审未通过1人。" in words
    assert "未上报" in words


def test_an_unsigned_tally_is_not_printed(noticed, voting):
    sheet = voting(noticed("张三")).sheets.get()
    with pytest.raises(DocumentError, match="还没有签认"):
        documents.build_tally(Job(sheet.pk), None)
