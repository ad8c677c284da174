"""Every address × every role × own and other company and county × GET and POST, against access_table.csv.

An address that the table does not know fails, and so does a line without an address. The table says what may be;
read a change of it like a change of the law. The object behind an id is company A's, of tests/scenes/town.py.
"""

import logging

import pytest
from django.test import Client
from django.urls import reverse

from jiaxing_titles.actions import steps
from tests.architecture.access import GROUPS, Knocker, patterns, table, written
from tests.scenes.town import everybody

pytestmark = pytest.mark.django_db
ELSEWHERE = {*GROUPS["other_company"], "other_applicant", "other_panel_expert", "other_county"}
LOGIN = ("/account/login/?next=", "/console/")  # the console sends its visitors on to the sign-in page


def test_the_table_knows_every_address_and_no_other():
    known, there = {(line.name, line.pattern) for line in table()}, set(patterns())
    assert not there - known, "add these addresses to access_table.csv, with who may open them"
    assert not known - there, "these addresses are gone: take their lines out of access_table.csv"
    assert len(table()) == len(known), "a line stands twice"


def test_little_is_public():
    """What a visitor may read without signing in, by part of the product; nothing of the portal or the console."""
    public = [line.pattern for line in table() if line.public]
    assert not [one for one in public if one.startswith(("my/", "ent/", "panel/", "committee/", "console/", "do/"))]


@pytest.fixture
def people(whole_year, login):
    """Everybody of the town at the door, and a visitor. Thousands of refusals need not be written down."""
    whole_year()
    logging.disable(logging.WARNING)
    visitor = Knocker("visitor", Client(), 1)
    yield [visitor, *(Knocker(name, login(*who), n) for n, (name, who) in enumerate(everybody().items(), 2))]
    logging.disable(logging.NOTSET)


def test_doors(people, actor, subtests):
    """One town for all of it: it takes longer to build than to walk."""
    with subtests.test("addresses"):
        wrong = wrong_answers(people)
        assert not wrong, "\n".join(wrong)
    with subtests.test("steps"):
        wrong = wrong_steps(people, {name: actor(*who) for name, who in everybody().items()})
        assert not wrong, "\n".join(wrong)


def wrong_answers(people):
    """`METHOD url person: status, not the expected` for each departure; a GET that writes is one."""
    wrong = []
    for number, line in enumerate(table()):
        url = line.url()
        for method in ("GET", "POST"):
            before = written()
            for one in people if method == "GET" else _posting(people, line, number):
                answer = one.knock(method, url)
                if problem := judged(line, method, one.name, answer):
                    wrong.append(f"{line.name} {method} {url} {one.name}: {problem}")
            if method == "GET" and (grown := changed(before)):
                wrong.append(f"{line.name} GET {url} writes {grown}")
    return wrong


def _posting(people, line, number):
    """Who is let in, who comes from elsewhere, and three of the others, so that each role has its turn."""
    told = [one for one in people if one.name in ELSEWHERE or line.expected("POST", one.name) not in (403, 404)]
    return told + _some(people, told, number)


def _some(people, but, number):
    others = [one for one in people if one not in but]
    return [others[(3 * number + step) % len(others)] for step in range(3)] if others else []


def judged(line, method, person, answer):
    got, to = answer.status_code, answer.headers.get("Location", "")
    if person == "visitor" and not line.public:
        return "" if got == 302 and to.startswith(LOGIN) else f"{got} {to}, not the way to the sign-in page"
    expected = line.expected(method, person)
    return "" if got == expected else f"{got}, not {expected}"


def changed(before):
    return sorted(name for name, number in written().items() if number != before.get(name, 0))


def wrong_steps(people, actors):
    """Who may open which step: its roles, on its own organisation, nobody else; and asking writes nothing."""
    wrong = []
    for number, step in enumerate(steps.values()):
        case = step.model._base_manager.order_by("pk").first()
        if case is None:
            wrong.append(f"{step.name}: the town has no {step.model.__name__}")
            continue
        before = written()
        named = [one for one in people if one.name in actors and actors[one.name].role in step.by]
        for one in named + _some(people, named, number):
            wrong += [
                f"{step.name} {one.name}: {problem}" for problem in knock_at(step, case, one, actors.get(one.name))
            ]
        if grown := changed(before):
            wrong.append(f"{step.name}: GET writes {grown}")
    return wrong


def knock_at(step, case, one, actor):
    url = reverse("console_do" if actor and actor.is_official else "do", args=[step.name, case.pk])
    answer = one.knock("GET", url)
    if actor is None:
        return [] if answer.headers.get("Location", "").startswith(LOGIN) else [f"{answer.status_code} for a visitor"]
    if one.name in ELSEWHERE:
        return [] if answer.status_code in (403, 404) else [f"{answer.status_code} for another company or county"]
    if not step.refusal(case, actor):
        # The same role at the city without a part in this meeting does not learn that it exists.
        expected = (200, 404) if one.name.startswith("other_") else (200,)
        allowed = answer.status_code in expected and actor.role in step.by
        return [] if allowed else [f"{answer.status_code} although it is his"]
    if answer.status_code not in (403, 404):
        return [f"{answer.status_code} although it is not his"]
    if actor.role not in step.by:
        return []
    # The same role elsewhere: the doors that matter most are tried with a POST too.
    sent = one.knock("POST", url).status_code
    return [] if sent in (403, 404) else [f"POST {sent} from another place"]
