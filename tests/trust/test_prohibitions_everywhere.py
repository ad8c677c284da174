"""PR-7 and PR-10 as things that are not there: no column, form field or fact for a voter's mark or for a quota."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.apps import apps
from django.db import models

from enterprises.choices import CriterionKind
from jiaxing_titles.actions import steps
from reviews.forms.tally import MARKS, SHEETS, CountForm
from reviews.models import CommitteeMember, PanelMember
from tests.trust.attempts import WATCHED

QUOTA = re.compile(
    r"quota|pass_?rate|target|(?<![a-z])ratio(?![a-z])|名额|指标|通过率|通过比例|通过人数", re.IGNORECASE
)
# The rule of the vote (two thirds) and the third of externals, set for the year; neither limits how many pass.
NO_QUOTA = {
    "reviews.Panel.over_ratio_reason",
    "reviews.explain_ratio.over_ratio_reason",
    "policy.Cycle.pass_num",
    "policy.Cycle.pass_den",
}


def our_models() -> list[type[models.Model]]:
    return [model for app in (*WATCHED, "policy") for model in apps.get_app_config(app).get_models(True)]


def our_fields() -> list[tuple[str, str]]:
    """(name, everything that it says of itself) of each column and of each field of each step's form."""
    found = [
        (f"{model._meta.label}.{field.name}", f"{field.name} {field.verbose_name} {field.help_text}")
        for model in our_models()
        for field in model._meta.concrete_fields
    ]
    for name, step in steps.items():
        fields: dict[str, forms.Field] = getattr(step.form, "base_fields", {})
        found += [(f"{name}.{key}", f"{key} {field.label} {field.help_text}") for key, field in fields.items()]
    return found


def test_no_column_and_no_form_offers_a_quota():
    """PR-10."""
    assert [name for name, says in our_fields() if QUOTA.search(says) and name not in NO_QUOTA] == []
    assert {name for name, _ in our_fields()} >= NO_QUOTA
    assert [kind.value for kind in CriterionKind if QUOTA.search(f"{kind.value} {kind.label}")] == []


@pytest.mark.parametrize("said", ["通过名额", "pass_rate 通过率", "target_passes", "评审指标"])
def test_a_quota_would_be_found(said):
    assert QUOTA.search(said)


def test_no_row_and_no_form_holds_a_voter_beside_a_mark():
    """PR-7: a table with columns of votes names no member, a table that names members has no columns of votes."""
    seats = (PanelMember, CommitteeMember)
    for model in our_models():
        columns = {field.name for field in model._meta.concrete_fields}
        voters = [
            field.name
            for field in model._meta.concrete_fields
            if field.is_relation and issubclass(field.related_model, seats)
        ]
        votes = columns & {*MARKS, "marks", "choice", "vote", "ballot", "agree"} - {"recused"}
        assert not (voters and votes), f"{model._meta.label} names {voters} beside {votes}"
    assert set(CountForm().fields) == set(SHEETS)
