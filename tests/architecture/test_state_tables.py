"""The FSM in Python, the trigger in the database and docs/states.md are one and the same table."""

from pathlib import Path

import pgtrigger
import pytest
from django.apps import apps
from django.db import connection
from django_fsm import TransitionNotAllowed

from jiaxing_titles.actions.case import Case, StateField, state_field, transition_pairs
from jiaxing_titles.actions.states import states_document

ROOT = Path(__file__).parents[2]


def machines() -> list[type[Case]]:
    found = [model for model in apps.get_models() if issubclass(model, Case)]
    return [model for model in found if any(isinstance(field, StateField) for field in model._meta.fields)]


def label(model: type[Case]) -> str:
    return model._meta.label


@pytest.mark.parametrize("model", machines(), ids=label)
def test_the_database_holds_the_same_pairs(model):
    declared = {
        trigger.name: trigger
        for owner, trigger in pgtrigger.registered()
        if owner is model and trigger.name == "legal_moves"
    }
    assert list(declared) == ["legal_moves"]
    assert sorted(declared["legal_moves"].transitions) == transition_pairs(model)


@pytest.mark.django_db
@pytest.mark.parametrize("model", machines(), ids=label)
def test_the_trigger_in_the_database_is_the_declared_one(model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgrelid = %s::regclass AND t.tgname LIKE 'pgtrigger_legal_moves%%'",
            [model._meta.db_table],
        )
        [(body,)] = cursor.fetchall()
    assert all(f"{source}:{target}" in body for source, target in transition_pairs(model))
    assert body.count(":") - body.count("::") * 2 - body.count(" := ") >= len(transition_pairs(model))


@pytest.mark.parametrize("model", machines(), ids=label)
def test_every_state_times_every_move_does_exactly_what_the_table_says(model):
    field = state_field(model)
    names = {one.name for one in field.get_all_transitions(model)}
    pairs = set(transition_pairs(model))
    for state, _ in field.flatchoices:
        for name in sorted(names):
            case = model(**{field.name: state})
            table = getattr(model, name)._django_fsm
            one = table.get_transition(state)
            if one is None:
                with pytest.raises(TransitionNotAllowed):
                    getattr(case, name)()
                assert getattr(case, field.name) == state
            else:
                assert (state, one.target) in pairs


@pytest.mark.parametrize("model", machines(), ids=label)
def test_every_state_but_the_first_can_be_reached(model):
    field = state_field(model)
    reached = {field.default}
    for _ in field.flatchoices:
        reached |= {target for source, target in transition_pairs(model) if source in reached}
    assert {value for value, _ in field.flatchoices} - reached == set()


def test_the_document_is_the_generated_one():
    assert (ROOT / "docs" / "states.md").read_text() == states_document()
