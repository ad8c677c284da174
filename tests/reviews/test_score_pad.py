"""W10: the pad with the plan's weights, the expert's own queue, what a low score asks for, 回避 from the pad."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiaxing_titles.actions import Blocked
from jiaxing_titles.audit.models import AuditEvent
from reviews import actions
from reviews.models import MemberAssessment, Recusal
from tests.reviews.test_pages import do, send
from tests.scenes.registry import reload
from tests.scenes.reviewing import SCORES, member_of, present_all

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.endorsed(scenes.open_round("A"), "张三")


@pytest.fixture
def sitting(noticed, session, actor):
    """Three people have spoken before nine experts."""
    meeting = session(noticed("张三", "李四", "王五"))
    present_all(meeting, actor("panel_sec", "A"))
    return reload(meeting)


def pad_of(meeting, number: int, item: int) -> MemberAssessment:
    return MemberAssessment.objects.get(item__meeting=meeting, item__number=item, member=member_of(meeting, number))


def url_of(pad) -> str:
    return reverse("reviews:score", args=[pad.pk])


def test_the_pad_shows_the_weights_and_the_experts_own_place(sitting, login):
    client, pad = login("panel_expert", "A", "专家2"), pad_of(sitting, 2, 2)
    page = client.get(url_of(pad)).content.decode()
    assert re.findall(r'data-weight="(\d+)"', page) == ["20", "25", "30", "25"]
    for label in ("职业道德（20%）", "创新能力（25%）", "业绩水平（30%）", "实际贡献（25%）"):
        assert label in page
    assert "第 2 位，共 3 位。<strong>我的未评 3 人</strong>，已评 0 人" in page
    assert "任何一项低于60分须写明理由。" in page
    assert "近三年完成产线改造。" in page  # what he said stands beside the pad
    assert "工艺部" in page


def test_submitting_leads_to_the_next_number_and_round_to_the_first(sitting, login):
    client = login("panel_expert", "A", "专家2")
    first, second, third = (pad_of(sitting, 2, number) for number in (1, 2, 3))
    assert send(client, url_of(second), **SCORES).url == url_of(third)
    assert send(client, url_of(third), **SCORES).url == url_of(first)
    assert send(client, url_of(first), **SCORES).url == first.get_absolute_url()
    page = client.get(first.get_absolute_url()).content.decode()
    assert "我的未评：0 人" in page
    assert page.count(">87.15<") == 3  # 90 × 20 % + 85 × 25 % + 88 × 30 % + 86 × 25 %


def test_a_low_score_wants_words_beside_the_field(sitting, login):
    client, pad = login("panel_expert", "A", "专家2"), pad_of(sitting, 2, 1)
    low = SCORES | {"innovation": 59}
    page = send(client, url_of(pad), **low, comment=" ")
    assert page.status_code == 422
    assert "创新能力59分，低于方案定的60分，请写明理由。" in page.content.decode()
    assert send(client, url_of(pad), **low, comment="缺少创新成果。").status_code == 302
    assert reload(pad).comment == "缺少创新成果。"


def test_whoever_calls_the_step_writes_the_reason_and_the_record_does_not_tell_the_score(sitting, expert):
    pad = pad_of(sitting, 2, 1)
    with pytest.raises(Blocked) as refused:
        actions.assess(pad, actor=expert(2), **(SCORES | {"ethics": 13}))
    assert [(one.rule, one.field) for one in refused.value.reasons] == [("R-5.2.5", "comment")]
    event = AuditEvent.objects.filter(step="reviews.assess").last()
    assert (event.outcome, "13" in str(event.facts), "职业道德" in str(event.facts)) == ("refused", False, False)


def test_an_empty_dimension_is_named(sitting, login):
    page = send(login("panel_expert", "A", "专家2"), url_of(pad_of(sitting, 2, 1)), **(SCORES | {"performance": ""}))
    assert page.status_code == 422
    assert "填写业绩水平（30%）" in page.content.decode()


def test_recusal_from_the_pad_takes_the_person_out_of_the_queue(sitting, login):
    """Scenario: he recognises a relative when the next pad opens; from then on that person is not there for him."""
    client, pad = login("panel_expert", "A", "专家2"), pad_of(sitting, 2, 2)
    link = re.search(r'href="([^"]+recuse_self[^"]+)"', client.get(url_of(pad)).content.decode())[1]
    asked = client.get(link).content.decode()
    assert re.search(rf'value="{pad.item_id}"[^>]*checked', asked)
    do(client, "reviews.recuse_self", sitting.pk, items=[pad.item_id], kind="kin")
    assert Recusal.objects.get().item_id == pad.item_id
    assert client.get(url_of(pad)).status_code == 404
    queue = client.get(url_of(pad_of(sitting, 2, 1))).content.decode()
    assert "第 1 位，共 2 位" in queue
    assert "李四" not in queue
    assert "李四" not in client.get(reverse("do", args=["reviews.recuse_self", sitting.pk])).content.decode()


def test_a_pad_costs_the_same_with_one_and_three_in_the_queue(sitting, login):
    client, pad = login("panel_expert", "A", "专家2"), pad_of(sitting, 2, 1)
    client.get(url_of(pad))
    with CaptureQueriesContext(connection) as three:
        client.get(url_of(pad))
    MemberAssessment.objects.exclude(item=pad.item_id).delete()
    sitting.items.exclude(pk=pad.item_id).delete()
    with CaptureQueriesContext(connection) as one:
        client.get(url_of(pad))
    assert len(one) == len(three)
