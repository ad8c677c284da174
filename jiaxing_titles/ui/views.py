"""Pages that belong to the faces themselves: the size of the type, the page about browsers."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from jiaxing_titles.ui.context import LARGE_TYPE_COOKIE

A_YEAR = 365 * 24 * 3600


@require_http_methods(["GET", "POST"])
def large_type(request: HttpRequest) -> HttpResponse:
    """大字版 on or off by cookie, then back to where the person was; GET asks first."""
    if request.method == "GET":
        return render(request, "public/large_type.html")
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    set_type_size(request, response)
    return response


def set_type_size(request: HttpRequest, response: HttpResponse) -> None:
    """Keep the size that was posted in the cookie; also for a page that would lose its answers by a redirect."""
    if request.POST.get("size") == "large":
        response.set_cookie(
            LARGE_TYPE_COOKIE, "1", max_age=A_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(LARGE_TYPE_COOKIE, samesite="Lax")


@require_safe
def browser(request: HttpRequest) -> HttpResponse:
    """Which browsers work, and how to leave the IE kernel of a two-kernel browser."""
    return render(request, "public/browser.html")
