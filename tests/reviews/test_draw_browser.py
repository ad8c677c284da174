"""The pages of a draw in Chromium, from the pool to the second run: they fit a phone and can be read by everybody."""

import pytest
from django.db import transaction
from django.urls import reverse

from reviews import actions
from tests.fixtures.chromium import faults, violations, visitor
from tests.scenes.registry import reload
from tests.scenes.reviewing import enrol_in_library

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECRET = "0123456789abcdef" * 4


@pytest.fixture
def filing(noticed, filed, actor, bureaus):
    clerk = actor("city_clerk", "city")
    with transaction.atomic():
        found = filed(noticed("张三"))
    found = actions.acknowledge_filing(found, actor=clerk, opinion="同意")
    for name in ("甲", "乙", "丙"):
        enrol_in_library(bureaus, actor, actor("library_member", "city", name).user)
    actions.decide_guidance(found, actor=clerk, assign=True, reason="随机抽查。")
    return reload(found)


def test_a_draw_is_clicked_from_the_pool_to_a_second_run(filing, chromium, live_server, login, actor):
    wrong = []
    clerk = visitor(chromium, live_server, login("city_clerk", "city"))
    supervisor = visitor(chromium, live_server, login("supervisor", "city"), width=360)
    hr = visitor(chromium, live_server, login("ent_hr", "A"), width=360)

    def look(page, what):
        wrong.extend([*faults(page, what), *violations(page, what)])

    clerk.goto(live_server.url + reverse("console_do", args=["reviews.prepare_draw", filing.pk]))
    look(clerk, "备池")
    clerk.get_by_role("button", name="备池").click()
    draw = filing.draws.get()
    own = live_server.url + draw.get_absolute_url()
    supervisor.goto(own)
    supervisor.get_by_role("link", name="提交监督员密数").click()
    look(supervisor, "密数")
    supervisor.get_by_label("监督员密数").fill(SECRET)
    supervisor.get_by_label("已抄下并保管好密数").check()
    supervisor.get_by_role("button", name="提交监督员密数").click()
    look(supervisor, "已提交")
    step = live_server.url + reverse("reviews:run_draw", args=[draw.pk])
    clerk.goto(step)
    clerk.get_by_label("监督员密数").fill(SECRET)
    look(clerk, "抽取")
    clerk.get_by_role("button", name="随机抽取指导专家").click()
    look(clerk, "指派")
    first = draw.runs.get().assignment
    guest = actor("library_member", "city", first.expert.name)
    actions.decline_guidance(first, actor=guest, decline_kind="unable", decline_reason="出差")
    clerk.goto(step)
    clerk.get_by_label("重新抽取原因").fill("原专家出差")
    clerk.get_by_role("button", name="随机抽取指导专家").click()
    for page, what in ((clerk, "记录"), (hr, "企业看到的记录")):
        page.goto(own)
        assert page.get_by_role("heading", name="第2次抽取").count() == 1
        look(page, what)
    assert not wrong, "\n".join(wrong)
