"""Headers on every response, and nobody left alone with an IE kernel."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from jiaxing_titles.ui.middleware import SecurityHeadersMiddleware, policy


def answer(path="/", response=None, **headers):
    request = RequestFactory().get(path, headers=headers)
    return SecurityHeadersMiddleware(lambda _: response or HttpResponse("好"))(request)


def test_the_policy_allows_our_own_files_only():
    allowed = dict(part.split(" ", 1) for part in answer()["Content-Security-Policy"].split("; "))
    assert allowed["default-src"] == allowed["object-src"] == allowed["base-uri"] == "'none'"
    assert allowed["frame-ancestors"] == "'none'"
    assert all(set(value.split()) <= {"'self'", "'none'", "data:"} for value in allowed.values())
    assert "unsafe" not in policy("/") and allowed["script-src"] == allowed["style-src"] == "'self'"


def test_only_the_viewer_of_files_may_be_framed_and_only_by_us():
    assert "frame-ancestors 'self'" in answer("/files/1/")["Content-Security-Policy"]
    assert answer("/files/1/")["X-Frame-Options"] == "SAMEORIGIN"
    assert answer("/ent/files/1/")["X-Frame-Options"] == "DENY"


def test_a_stricter_policy_of_a_view_stays():
    response = HttpResponse(b"x", headers={"Content-Security-Policy": "sandbox; default-src 'none'"})
    assert answer(response=response)["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_pages_vary_with_the_cookie_of_the_type_size():
    assert "Cookie" in answer()["Vary"]


@pytest.mark.django_db
@pytest.mark.parametrize("agent", ["Mozilla/5.0 (Windows NT 10.0; Trident/7.0; rv:11.0)", "Mozilla/4.0 (MSIE 8.0)"])
def test_an_old_kernel_gets_the_explanation(agent):
    response = answer("/ent/", **{"User-Agent": agent})
    assert "极速模式" in response.content.decode() and response.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/nonsense/", "/account/login/", "/console/"])
def test_headers_are_on_every_page_of_the_product(client, path):
    response = client.get(path)
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY" and response["X-Content-Type-Options"] == "nosniff"
