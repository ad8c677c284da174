"""Every kind of thing has one Chinese term and one identifier, and both stand in docs/glossary.md."""

from pathlib import Path

import pytest
from django.apps import apps

GLOSSARY = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text()
OURS = ("jiaxing_titles.", "enterprises", "applications", "reviews", "certificates")
# The clock's single row is no term of the field.
LEFT_OUT = {"ClockSetting"}


def models() -> list[type]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith(OURS) and not model._meta.auto_created and model.__name__ not in LEFT_OUT
    ]


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_the_model_is_listed_with_its_term(model):
    assert f"| {model._meta.verbose_name} | `{model.__name__}` |" in GLOSSARY


def test_no_term_stands_twice():
    terms = [line.split("|")[1].strip() for line in GLOSSARY.splitlines() if line.startswith("| ")]
    terms = [term for term in terms if term != "术语"]
    assert sorted({term for term in terms if terms.count(term) > 1}) == []
