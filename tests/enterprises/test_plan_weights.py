"""评分权重 of a plan: four dimensions, together 100, frozen with the rest of the text (R-5.2.5)."""

import pytest
from django.db import transaction
from django.db.utils import InternalError
from django.urls import reverse

from enterprises import actions
from enterprises.models import DimensionWeight, PilotPlan
from enterprises.queries import plans
from enterprises.rules.plan import weight_reasons
from jiaxing_titles.actions import Blocked
from tests.scenes.pilot import WEIGHTS

pytestmark = pytest.mark.django_db
NAMES = [("ethics", "职业道德"), ("innovation", "创新能力"), ("performance", "业绩水平"), ("contribution", "实际贡献")]
GIVEN = WEIGHTS


def stands(scenes):
    scenes.applied("A", "reviewed")


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({}, "", ""),
        ({"contribution": 24}, "contribution", "四个方面的权重之和是99%，少1个百分点，须正好为100%。"),
        ({"ethics": 21}, "contribution", "四个方面的权重之和是101%，多1个百分点，须正好为100%。"),
        ({"ethics": 0, "performance": 50}, "ethics", "职业道德的权重须为1至97的整数。"),
        ({"ethics": 97, "innovation": 1, "performance": 1, "contribution": 1}, "", ""),
    ],
)
def test_the_weights_make_a_hundred(changes, field, text):
    found = weight_reasons(GIVEN | changes, NAMES)
    assert [(one.field, one.text) for one in found] == ([(field, text)] if text else [])


def test_a_plan_begins_with_quarters_and_takes_what_is_decided(listed, actor):
    hr = actor("ent_hr", "A")
    plan = actions.start_plan(listed("A"), actor=hr)
    assert plan.weights() == dict.fromkeys(GIVEN, 25)
    before = plan.canonical()
    with pytest.raises(Blocked, match="多5个百分点"):
        actions.save_weights(plan, actor=hr, **(GIVEN | {"ethics": 25}), score_threshold=60)
    assert PilotPlan.objects.get(pk=plan.pk).weights() == dict.fromkeys(GIVEN, 25)
    plan = actions.save_weights(plan, actor=hr, **GIVEN, score_threshold=70, drops_extremes=True)
    plan = PilotPlan.objects.get(pk=plan.pk)
    assert list(plan.weights().items()) == list(GIVEN.items())
    assert (plan.score_threshold, plan.drops_extremes) == (70, True)
    assert set(plan.canonical()) - set(before) == {"ethics\t20", "performance\t30", "70\tTrue"}
    told = "评分权重：职业道德20%，创新能力25%，业绩水平30%，实际贡献25%；"
    assert told + "任何一项低于70分须写明理由，平均时去掉一个最高分和一个最低分" in plans.readable(plan)


def test_a_new_version_brings_the_weights_along(planned, actor):
    first = planned("A")
    second = actions.start_plan(first.authority, actor=actor("ent_hr", "A"), change_reason="新增岗位")
    assert second.weights() == first.weights()


def test_the_database_asks_for_the_hundred_and_freezes_it(drafted, in_force):
    """Whoever writes: a plan whose weights do not add up never leaves, and what was approved stands."""
    plan = drafted("A")
    DimensionWeight.objects.filter(plan=plan, dimension="ethics").update(percent=15)
    with pytest.raises(Blocked, match="少5个百分点"):
        in_force(plan, "A")
    with pytest.raises(InternalError, match="合计须为一百"), transaction.atomic():
        PilotPlan.objects.filter(pk=plan.pk).update(state="resolved")
    DimensionWeight.objects.filter(plan=plan, dimension="ethics").update(percent=20)
    in_force(plan, "A")
    with pytest.raises(InternalError, match="已审核通过"), transaction.atomic():
        DimensionWeight.objects.filter(plan=plan, dimension="ethics").update(percent=21)


def test_the_page_says_what_is_wrong_beside_the_field(drafted, login):
    plan, hr = drafted("A"), login("ent_hr", "A")
    url = reverse("enterprises:plan_weights", args=[plan.pk])
    assert url in hr.get(plan.get_absolute_url()).content.decode()
    page = hr.post(url, GIVEN | {"ethics": 25, "score_threshold": 60})
    assert page.status_code == 422
    assert "四个方面的权重之和是105%，多5个百分点" in page.content.decode()
    assert hr.post(url, GIVEN | {"score_threshold": 60}).status_code == 302
    shown = hr.get(plan.get_absolute_url()).content.decode()
    assert "职业道德20%，创新能力25%，业绩水平30%，实际贡献25%" in shown
