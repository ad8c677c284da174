"""大字版, the page about browsers, and what is said when something goes wrong."""

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.test import Client, RequestFactory

from jiaxing_titles.actions import NotPermitted
from jiaxing_titles.ui import errors

pytestmark = pytest.mark.django_db


def test_large_type_is_a_cookie_and_comes_back(client):
    response = client.post("/large-type/", {"size": "large", "next": "/policy/"})
    assert response.status_code == 302 and response["Location"] == "/policy/"
    assert '<html lang="zh-Hans" class="large-type">' in client.get("/policy/").content.decode()
    client.post("/large-type/", {"size": "normal"})
    assert '<html lang="zh-Hans">' in client.get("/policy/").content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil"])
def test_large_type_never_leads_elsewhere(client, target):
    assert client.post("/large-type/", {"size": "large", "next": target})["Location"] == "/"


def test_large_type_needs_the_token():
    assert Client(enforce_csrf_checks=True).post("/large-type/", {"size": "large"}).status_code == 403


def request():
    return RequestFactory().get("/x/")


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 429, 500])
def test_every_error_page_is_chinese_with_a_phone_and_a_way_on(status):
    response = errors.error_page(request(), status)
    page = response.content.decode()
    assert response.status_code == status
    assert "12333" in page and 'href="/"' in page and page.count("<h1>") == 1
    assert "Error" not in page and "Traceback" not in page


def test_a_refusal_says_who_may_do_it():
    page = errors.permission_denied(request(), NotPermitted("“受理”由县局办理。")).content.decode()
    assert "“受理”由县局办理。" in page


def test_english_of_the_framework_stays_unsaid():
    page = errors.permission_denied(request(), PermissionDenied("You shall not pass")).content.decode()
    assert "shall not pass" not in page and "没有这项权限" in page


def test_too_much_data_is_told_as_such():
    assert errors.bad_request(request(), RequestDataTooBig("x")).status_code == 413


def test_minutes_are_told():
    assert "7 分钟后可以再试" in errors.error_page(request(), 429, minutes=7).content.decode()


def test_a_stale_page_gives_back_what_was_typed():
    page = errors.error_page(request(), 409, typed="同意，<b>符合</b>三项条件").content.decode()
    assert "同意，&lt;b&gt;符合" in page


def test_the_server_error_page_comes_without_a_database(settings, monkeypatch):
    from django.db import DatabaseError

    from jiaxing_titles import clock

    def broken():
        raise DatabaseError

    monkeypatch.setattr(clock, "now", broken)
    settings.DEMO = True
    assert errors.server_error(request()).status_code == 500


def test_a_missing_page_answers_404_in_chinese(client):
    response = client.get("/nonsense/")
    assert response.status_code == 404 and "没有找到这个页面" in response.content.decode()


def test_a_wrong_method_is_explained(client):
    response = client.post("/policy/")
    assert response.status_code == 405 and response["Allow"]
    assert "这个页面不能这样打开" in response.content.decode()


def test_the_demo_strip_is_there_only_in_the_demo(client, settings):
    assert "演示环境" not in client.get("/").content.decode()
    settings.DEMO = True
    assert "演示环境 · 演示时间" in client.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/account/login/", "/account/password/reset/", "/account/inactive/", "/"])
def test_the_masthead_is_ours_on_the_pages_of_the_sign_in_library_too(client, path):
    """allauth puts a `site` of its own into its pages."""
    text = client.get(path).content.decode()
    assert "嘉兴市民营企业职称自主评审平台</a>" in text
    assert 'href="tel:12333"' in text
