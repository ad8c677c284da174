"""A report of an error on a page of secrets shows no variable; on every other page it shows what helps."""

import sys

import pytest
from django.test import RequestFactory
from django.views.debug import get_exception_reporter_class
from django.views.decorators.debug import sensitive_post_parameters

MARK, CHOICE = "-".join(["planted", "mark"]), "-".join(["planted", "choice"])  # a report quotes lines of source too


def fail(request):
    chosen = MARK
    raise RuntimeError(len(chosen))


@pytest.mark.parametrize(("view", "told"), [(fail, True), (sensitive_post_parameters()(fail), False)])
def test_only_pages_without_secrets_report_their_variables(view, told):
    request = RequestFactory().post("/ballot/1/", {"choice_1": CHOICE})
    try:
        view(request)
    except RuntimeError:
        html = get_exception_reporter_class(request)(request, *sys.exc_info()).get_traceback_html()
    assert "RuntimeError" in html
    assert [MARK in html, CHOICE in html] == [told, told]
