"""Answers given before signing in, after it: shown once more, then filled in where nothing has been saved."""

import re

import pytest
from django.test import Client

from applications.models import TitleApplication
from enterprises.models import Speciality
from tests.applications.test_pages import hidden
from tests.applications.test_self_check import JOB, ask, carried, send, words

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.employee(scenes.open_round("A"), "张三")


@pytest.fixture
def year(open_round, employee):
    year = open_round("A")
    employee(year, "张三")
    return year


@pytest.fixture
def visitor():
    return Client(enforce_csrf_checks=True)


def sign_in_with(answers, login, person="张三"):
    """The click on 登录后用这些内容填写申报, then signed in in the same browser."""
    page = send(Client(), "", answers, go="login")
    assert (page.status_code, page.url) == (302, "/my/check/")
    brought = page.cookies["self_check"]
    assert brought["httponly"] and brought["path"] == "/my/" and 0 < brought["max-age"] <= 3600
    client = login("applicant", "A", person)
    client.cookies["self_check"] = brought.value
    return client


def test_the_answers_fill_the_draft_that_is_begun(year, visitor, login):
    answers = carried(ask(visitor, posts=[{"title": "technician", "appointed_from": "2021-08-01"}], hours="84"))
    client = sign_in_with(answers, login)
    assert 'href="/my/check/"' in client.get("/my/").content.decode()
    page = client.get("/my/check/")
    assert "大学本科" in words(page) and "一小时内有效" in words(page)
    page = client.post("/my/check/", {"go": "use"})
    assert page.cookies["self_check"]["max-age"] == 0
    start = client.get(page.url)
    assert re.search(r'value="engineer"[^>]* checked', start.content.decode())
    choice = {"level": "engineer", "route": "review", "speciality": Speciality.objects.get(name="机械设计").pk}
    client.post(page.url, {**hidden(start), **choice})
    application = TitleApplication.objects.get()
    assert not application.education.exists()
    root = application.get_absolute_url()
    assert "自查时的回答会填进" in words(client.get(root))
    shown = client.get(f"{root}education/").content.decode()
    assert 'value="2021-06-30"' in shown and "还没有保存" in shown
    assert 'value="2021-07-01"' in client.get(f"{root}work/").content.decode()
    assert 'value="2021-08-01"' in client.get(f"{root}posts/").content.decode()
    assert client.get(f"{root}assessments/").content.decode().count("第") >= 3
    hours = client.get(f"{root}hours/").content.decode()
    assert 'value="84"' in hours and 'value="2026"' in hours


def test_what_is_saved_already_is_left_alone(year, drafted_application, visitor, login):
    application = drafted_application(year, "张三")
    client = sign_in_with(carried(ask(visitor, work=[{**JOB, "began_on": "2019-03-04"}])), login)
    assert client.post("/my/check/", {"go": "use"}).url == application.get_absolute_url()
    shown = client.get(f"{application.get_absolute_url()}work/").content.decode()
    assert 'value="2021-07-01"' in shown and "2019-03-04" not in shown and "自查时的回答" not in shown


def test_somebody_elses_answers_are_dropped(year, drafted_application, visitor, login):
    application = drafted_application(year, "张三", records={"work": []})
    client = sign_in_with(carried(ask(visitor)), login)
    page = client.post("/my/check/", {"go": "drop"})
    assert page.url == "/my/" and page.cookies["self_check"]["max-age"] == 0
    assert 'value="2021-07-01"' not in client.get(f"{application.get_absolute_url()}work/").content.decode()


def test_old_or_forged_answers_are_not_shown(year, visitor, login, monkeypatch):
    client = sign_in_with(carried(ask(visitor)), login)
    monkeypatch.setattr("applications.views.self_check.COOKIE_SECONDS", -1)
    assert "没有带来自查的回答" in words(client.get("/my/check/"))
    monkeypatch.undo()
    client.cookies["self_check"] = "forged"
    assert "没有带来自查的回答" in words(client.get("/my/check/"))
