"""The task list of an application, shared by its pages."""

from __future__ import annotations

from django.urls import reverse

from applications.choices import ApplicationState
from applications.gates.parts import parts_of
from applications.models import TitleApplication
from applications.rules import material
from jiaxing_titles.ui.components import Task

_HINTS = {
    "person": "基本情况、现资格、一线和突出贡献、业绩摘要，身份证明和劳动合同",
    "education": "每一段学历、学位各填一条，上传证书",
    "work": "从第一份工作起，按时间填写",
    "posts": "担任过技术员、助理工程师的填写；没有的不填",
    "assessments": "近3年每年的考核等次",
    "hours": "当年学时；申报工程师须不少于90学时，可在截止前补足",
    "achievements": "做了什么、本人作用、效果。论文不是必填项",
    "exceptional": "方案破格条件和两名推荐人",
}


def topic_url(application: TitleApplication, topic: str) -> str:
    """Where one part is filled in."""
    if topic in ("person", "exceptional"):
        return reverse(f"applications:{topic}", args=[application.pk])
    return reverse("applications:records", args=[application.pk, topic])


def task_list_of(application: TitleApplication) -> list[Task]:
    """The parts with their status, ending with 检查并提交."""
    parts = parts_of(application)
    asked = _asked_for(application)
    tasks = [Task("级别、专业和途径", "已填好", reverse("applications:scope", args=[application.pk]))]
    for topic in material.needed_topics(application.level, application.route):
        status = material.status_of(topic, parts[topic], application.level, application.route)
        hint = _HINTS[topic]
        if topic in asked:
            status, hint = "有问题", f"需要补正：{asked[topic]}"
        tasks.append(Task(material.NAMES[topic], status, topic_url(application, topic), hint))
    open_parts = material.missing(parts, application.level, application.route)
    check = reverse("applications:check_and_submit", args=[application.pk])
    last = (
        Task("检查并提交", "暂不能开始", hint="先填好上面的部分") if open_parts else Task("检查并提交", "未开始", check)
    )
    return [*tasks, last]


def _asked_for(application: TitleApplication) -> dict[str, str]:
    """What HR asked to put right, by topic; only while it is asked."""
    if application.state != ApplicationState.RETURNED:
        return {}
    last = application.returns.last()
    return {item["topic"]: item["problem"] for item in last.items} if last else {}


def next_topic_url(application: TitleApplication, topic: str) -> str:
    """Where 保存并继续 leads: the following part, after the last one the check page."""
    topics = material.needed_topics(application.level, application.route)
    place = topics.index(topic) + 1 if topic in topics else 0
    if place < len(topics):
        return topic_url(application, topics[place])
    return reverse("applications:application", args=[application.pk])
