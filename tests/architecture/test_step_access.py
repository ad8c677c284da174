"""Every step × every role that may do it and some that may not × own and other company and county.

What the steps declare is the table; the object is the first of its kind in tests/scenes/town.py.
"""

import pytest
from django.urls import reverse

from jiaxing_titles.actions import steps
from tests.architecture.access import ELSEWHERE, LOGIN, changed, some, written
from tests.scenes.town import everybody

pytestmark = pytest.mark.django_db


def test_every_step_opens_to_its_roles_at_their_own_place_and_to_nobody_else(people, actor):
    wrong = wrong_steps(people, {name: actor(*who) for name, who in everybody().items()})
    assert not wrong, "\n".join(wrong)


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
        for one in named + some(people, named, number):
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
