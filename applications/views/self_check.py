"""自查: six questions before signing in, one a page; and how the answers reach the application afterwards.

The public page reads neither session nor user and stores nothing: each page carries the answers so far, signed, in its
form. It changes nothing either, so it needs no CSRF token and works without cookies.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from applications.actions import start_application
from applications.choices import ApplicationState, Level, RoundState
from applications.forms.self_check import QUESTIONS, Answers, answered, forms_for, pack, unpack
from applications.models import AnnualRound, TitleApplication
from applications.queries.self_check import cycle_of_today, facts_of_answers, standing_on
from applications.views.answers import BROUGHT, COOKIE, summary_of_answers
from jiaxing_titles import clock
from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.reading import one_reading
from jiaxing_titles.ui.context import LARGE_TYPE_COOKIE
from jiaxing_titles.ui.forms import summary_of
from jiaxing_titles.ui.views import set_type_size

COOKIE_PATH = "/my/"
COOKIE_SECONDS = 3600
KEYS = list(QUESTIONS)


@method_decorator(csrf_exempt, name="dispatch")
@method_decorator(one_reading(), name="dispatch")
class SelfCheckView(View):
    """`question` is the page that was sent, `go` what to do next: a question's key, next, more, login."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._ask(request, KEYS[0], {})

    def post(self, request: HttpRequest) -> HttpResponse:
        answers = unpack(request.POST.get("answers", ""))
        if request.POST.get("size"):
            request.COOKIES[LARGE_TYPE_COOKIE] = "1" if request.POST["size"] == "large" else ""
        response = self._answer(request, answers)
        if request.POST.get("size"):
            set_type_size(request, response)
        return response

    def _answer(self, request: HttpRequest, answers: Answers) -> HttpResponse:
        go = request.POST.get("go", "next")
        if go in QUESTIONS:
            return self._ask(request, go, answers)
        if go == "login" and _complete(answers):
            return _to_sign_in(answers)
        asked = request.POST.get("question", "")
        if go == "result" and _complete(answers):
            return self._result(request, answers)
        asked = asked if asked in QUESTIONS else KEYS[0]
        forms = forms_for(asked, answers, year=cycle_of_today().year, data=request.POST)
        if not all([one.is_valid() for one in forms]):
            return self._ask(request, asked, answers, forms, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        answers |= answered(asked, forms)
        if go == "more":
            return self._ask(request, asked, answers, more=True)
        following = next((key for key in KEYS if key not in answers), None)
        return self._result(request, answers) if following is None else self._ask(request, following, answers)

    def _ask(
        self,
        request: HttpRequest,
        key: str,
        answers: Answers,
        forms: list[Any] | None = None,
        status: int = HTTPStatus.OK,
        more: bool = False,
    ) -> HttpResponse:
        place = KEYS.index(key)
        shown = forms or forms_for(key, answers, year=cycle_of_today().year, more=more)
        context = {
            "question": QUESTIONS[key],
            "number": place + 1,
            "count": len(KEYS),
            "here": key,
            "previous": KEYS[place - 1] if place else "",
            "answers": pack(answers),
            "complete": _complete(answers),
            "forms": shown,
            "summary": [error for one in shown for error in summary_of(one)],
            "has_errors": status != HTTPStatus.OK,
        }
        return render(request, "applications/self_check/question.html", context, status=status)

    def _result(self, request: HttpRequest, answers: Answers) -> HttpResponse:
        cycle = cycle_of_today()
        standing = standing_on(facts_of_answers(answers, cycle), cycle)
        context = {
            "answers": pack(answers),
            "here": "result",
            "standing": standing,
            "conclusion": standing.conclusion,
            "cycle": cycle,
            "today": clock.today(),
            "rows": summary_of_answers(answers, cycle.year),
        }
        return render(request, "applications/self_check/result.html", context)


def _complete(answers: Answers) -> bool:
    return all(key in answers for key in KEYS)


def _to_sign_in(answers: Answers) -> HttpResponse:
    """The answers go along in the person's own browser for an hour, for the pages under /my/ only."""
    response = redirect("applications:brought")
    response.set_cookie(
        COOKIE,
        pack(answers),
        max_age=COOKIE_SECONDS,
        path=COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


class BroughtView(RoleRequired, View):
    """/my/check/: what was answered before signing in, shown once more before it is used: the browser may be shared."""

    roles = (Role.APPLICANT,)

    def get(self, request: Any) -> HttpResponse:
        answers = self._answers(request)
        context: dict[str, Any] = {"brought": bool(answers)}
        if answers:
            cycle = cycle_of_today()
            standing = standing_on(facts_of_answers(answers, cycle), cycle)
            context |= {
                "rows": summary_of_answers(answers, cycle.year),
                "standing": standing,
                "conclusion": standing.conclusion,
                "application": self._editable(request),
            }
        return render(request, "applications/self_check/brought.html", context)

    def post(self, request: Any) -> HttpResponse:
        answers = self._answers(request)
        request.session.pop(BROUGHT, None)
        if answers and request.POST.get("go") == "use":
            request.session[BROUGHT] = answers
            response = redirect(self._onward(request, answers))
        else:
            response = redirect("applications:my")
        response.delete_cookie(COOKIE, path=COOKIE_PATH, samesite="Lax")
        return response

    def _answers(self, request: HttpRequest) -> Answers:
        answers = unpack(request.COOKIES.get(COOKIE, ""), max_age=COOKIE_SECONDS)
        return answers if _complete(answers) else {}

    def _editable(self, request: Any) -> TitleApplication | None:
        mine = TitleApplication.objects.visible_to(request.actor).filter(state__in=ApplicationState.editable())
        found: TitleApplication | None = mine.order_by("-cycle__year", "-pk").first()
        return found

    def _onward(self, request: Any, answers: Answers) -> str:
        """The draft there is; else where one is begun, the level chosen; else the first page, which says when."""
        application = self._editable(request)
        if application is not None:
            return application.get_absolute_url()
        year = AnnualRound.objects.visible_to(request.actor).filter(state=RoundState.OPEN).first()
        if year is None:
            return reverse("applications:my")
        return f"{start_application.url(year, request.actor)}?level={Level(answers['level']).value}"
