"""Decision 15 over the whole product: until the chair closes the scores, nothing that others read depends on them.

Every address of the review, the to-do lists and the registers is read by everybody twice, with other scores and
another comment in between; what is read must be the same to the byte. The expert's own page must differ.
"""

import itertools
import json
import logging
import re

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from jiaxing_titles.audit.models import AuditEvent
from jiaxing_titles.documents import registry
from jiaxing_titles.documents.registry import DocumentError
from jiaxing_titles.reading import one_reading
from reviews import actions
from reviews.models import MemberAssessment
from tests.architecture.access import MODEL, known_by_sight, table
from tests.reviews.test_documents import Job, text_of
from tests.scenes.registry import reload
from tests.scenes.reviewing import member_of, present_all, score_all

pytestmark = pytest.mark.django_db
MARK, OTHER = "甲秘见解", "乙秘评语"
FIRST = {"ethics": 97, "innovation": 61, "performance": 93, "contribution": 71, "comment": MARK}
SECOND = {"ethics": 62, "innovation": 98, "performance": 74, "contribution": 99, "comment": OTHER}
SIGNED = re.compile(r'(csrfmiddlewaretoken" value=|name="key" value=|"x-csrftoken": )"[^"]*"')
READERS = [
    ("panel_expert", "A", "专家1"), ("panel_expert", "A", "专家3"), ("ent_hr", "A", ""), ("ent_lead", "A", ""),
    ("panel_sec", "A", ""), ("city_clerk", "city", ""), ("auditor", "city", ""), ("county", "haining", ""),
    ("library_member", "city", "专家库甲"), ("applicant", "A", "张三"),
]  # fmt: skip


def stands(scenes):
    scenes.endorsed(scenes.open_round("A"), "张三")


@pytest.fixture
def scored(noticed, session, actor, expert):
    """Everybody has scored both people, expert 2 with marks of his own, once refused and once taken back."""
    meeting = session(noticed("张三", "李四"), guest=True)
    present_all(meeting, actor("panel_sec", "A"))
    pad = MemberAssessment.objects.get(item__meeting=meeting, item__number=1, member=member_of(meeting, 2))
    pad = actions.assess(pad, actor=expert(2), **FIRST)
    pad = actions.assess(actions.reopen_assessment(pad, actor=expert(2)), actor=expert(2), **FIRST)
    score_all(meeting, expert)
    return reload(meeting), reload(pad)


@pytest.fixture
def quiet():
    """Hundreds of refusals need not be written down."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def addresses() -> list[str]:
    """Every address of this stage and of what lists its cases, with each row there is behind its ids."""
    found = []
    for line in table():
        if not line.name.startswith(("reviews:", "admin:reviews_", "todo", "documents:jobs", "applications:round")):
            continue
        rows = {name: _keys(source) for name, source in line.args.items()}
        for keys in itertools.product(*rows.values()):
            found.append(reverse(line.name, kwargs=dict(zip(rows, keys, strict=True))))
    return sorted(set(found))


def _keys(source):
    label = source.partition("#")[0]
    if not MODEL.fullmatch(label):
        return [source]
    return list(apps.get_model(label)._base_manager.order_by("pk").values_list("pk", flat=True)[:4])


def read(client, urls) -> dict[str, str]:
    """What each address shows, without what is new on every page; addresses that show nothing are left out."""
    with one_reading(), known_by_sight():
        answers = {url: client.get(url) for url in urls}
    return {url: SIGNED.sub(r"\1", body(one)) for url, one in answers.items() if one.status_code == 200}


def body(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", "replace")


@pytest.mark.slow
def test_what_others_read_does_not_depend_on_a_score(scored, login, quiet):
    _, pad = scored
    urls = addresses()
    readers = {who: login(*who) for who in READERS}
    before = {who: read(client, urls) for who, client in readers.items()}
    mine = login("panel_expert", "A", "专家2")
    own = [pad.item.get_absolute_url(), pad.get_absolute_url(), reverse("reviews:score", args=[pad.pk])]
    shown = read(mine, own)
    assert MemberAssessment.objects.filter(pk=pad.pk).update(**SECOND) == 1
    for who, client in readers.items():
        seen = before[who]
        assert {pad.item.meeting.get_absolute_url()} <= set(seen) or who[0] == "applicant", who
        after = read(client, seen)
        assert [url for url in seen if after.get(url) != seen[url]] == [], who
    assert [url for url in own if read(mine, own)[url] != shown[url]] == own


def test_after_the_close_the_others_read_it(scored, login, expert):
    meeting, pad = scored
    url = pad.item.get_absolute_url()
    actions.close_scoring(meeting, actor=expert(1))
    for who in READERS[:-2]:
        page = login(*who).get(url).content.decode()
        assert (MARK in page, ">80.30<" in page) == (True, True), who
    assert [login(*who).get(url).status_code for who in READERS[-2:]] == [404, 404]


def test_no_row_but_the_pad_holds_a_score(scored):
    """Events, notices, receipts, jobs, sessions: a comment is found where it was written and nowhere else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public' ORDER BY relname")
        tables = [name for (name,) in cursor.fetchall()]
        holding = []
        for name in tables:
            if name == "reviews_sealedballot":  # what is in the box is nobody's to read
                continue
            cursor.execute(f'SELECT 1 FROM "{name}" r WHERE r::text LIKE %s LIMIT 1', [f"%{MARK}%"])
            holding += [name] if cursor.fetchone() else []
    assert holding == ["reviews_memberassessment"]
    events = AuditEvent.objects.filter(step__in=["reviews.assess", "reviews.reopen_assessment"])
    assert events.count() == 20  # 9 experts × 2 people, one more time for the pad taken back
    assert [json.dumps(one.facts) for one in events if one.facts] == []


def test_no_document_tells_an_open_score(scored):
    """Whatever kind of this stage is printed of whatever row: it is refused, or holds no word of the pad."""
    meeting, pad = scored
    kinds = [one for code, one in sorted(registry._kinds.items()) if code.startswith("reviews.")]
    printed = 0
    for kind, pk in itertools.product(kinds, sorted({meeting.pk, pad.pk, pad.item_id, meeting.filing.pk})):
        try:
            _, pdf = kind.build(Job(pk), None)
        except DocumentError:
            continue
        printed += 1
        assert MARK not in text_of(pdf), (kind.code, pk)
    assert printed
