import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from jiaxing_titles.audit.chain import request_id


class RequestIdMiddleware:
    """One id a request, in every event and in the response, so that a complaint can be traced."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(secrets.token_hex(8))
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = request_id.get()
            return response
        finally:
            request_id.reset(token)
