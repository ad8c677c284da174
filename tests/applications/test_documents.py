"""评审表 and the poster of the notice, rendered by the real engine."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from applications import actions
from applications.documents import context_of, poster_context
from applications.rules.material import NAMES
from jiaxing_titles.documents.render import render_pdf

pytestmark = pytest.mark.django_db


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\n", "")


def test_the_form_prints_the_version_handed_in_and_not_what_came_later(open_round, submitted, employee):
    year = open_round()
    application = submitted(year)
    first = application.latest
    application = actions.recall_submission(application, actor=employee(year))
    actions.save_records(application, actor=employee(year), topic="achievements", rows=[])
    text = text_of(render_pdf("documents/applications_form.html", context_of(first)))
    assert "夹具改造" in text and "本结果为程序预检" in text and "示例大学" in text
    places = [text.index(NAMES[topic]) for topic in ("person", "education", "work", "assessments", "achievements")]
    assert places == sorted(places)
    assert application.person.id_number not in text


def test_the_poster_shows_days_contact_and_names(noticed_round):
    roster = noticed_round("张三", "李四").roster
    text = text_of(render_pdf("documents/applications_poster.html", poster_context(roster)))
    for word in ("张三", "李四", "10月15日", "0573-80000000", roster.period.poster_code):
        assert word in text
