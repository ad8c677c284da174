"""Every address × every role × own and other company and county × GET and POST, against access_table.csv.

An address that the table does not know fails, and so does a line without an address. The table says what may be;
read a change of it like a change of the law. The object behind an id is company A's, of tests/scenes/town.py.
"""

import pytest
from django.db import transaction

from jiaxing_titles.reading import one_reading
from tests.architecture.access import ELSEWHERE, LOGIN, changed, patterns, some, table, written

pytestmark = pytest.mark.django_db


def test_the_table_knows_every_address_and_no_other():
    known, there = {(line.name, line.pattern) for line in table()}, set(patterns())
    assert not there - known, "add these addresses to access_table.csv, with who may open them"
    assert not known - there, "these addresses are gone: take their lines out of access_table.csv"
    assert len(table()) == len(known), "a line stands twice"


def test_little_is_public():
    """What a visitor may read without signing in, by part of the product; nothing of the portal or the console."""
    public = [line.pattern for line in table() if line.public]
    assert not [one for one in public if one.startswith(("my/", "ent/", "panel/", "committee/", "console/", "do/"))]


def test_every_address_answers_everybody_as_the_table_says(people):
    wrong = wrong_answers(people)
    assert not wrong, "\n".join(wrong)


def wrong_answers(people):
    """`METHOD url person: status, not the expected` for each departure; a GET that writes is one."""
    lines = [(number, line, line.url()) for number, line in enumerate(table())]
    with one_reading():  # nobody writes, so nobody's roles are read twice
        wrong = [told for _, line, url in lines for told in _looked_at(people, line, url)]
    for number, line, url in lines:
        wrong += _knocked(_posting(people, line, number), line, "POST", url)
    return wrong


def _looked_at(people, line, url):
    before = written()
    with transaction.atomic():
        wrong = _knocked(people, line, "GET", url)
        transaction.set_rollback(True)
    return wrong + [f"{line.name} GET {url} writes {table}" for table in changed(before)]


def _knocked(people, line, method, url):
    told = [(one, judged(line, method, one.name, one.knock(method, url))) for one in people]
    return [f"{line.name} {method} {url} {one.name}: {problem}" for one, problem in told if problem]


def _posting(people, line, number):
    """Who is let in, who comes from elsewhere, and three of the others, so that each role has its turn.

    A page that takes no POST need not tell each of them so.
    """
    told = [one for one in people if one.name in ELSEWHERE or line.expected("POST", one.name) not in (403, 404, 405)]
    return told + some(people, told, number)


def judged(line, method, person, answer):
    got, to = answer.status_code, answer.headers.get("Location", "")
    if person == "visitor" and not line.public:
        return "" if got == 302 and to.startswith(LOGIN) else f"{got} {to}, not the way to the sign-in page"
    expected = line.expected(method, person)
    return "" if got == expected else f"{got}, not {expected}"
