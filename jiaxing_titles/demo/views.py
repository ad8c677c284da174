"""The demo's own pages: a card for each role, and the city's clock. They do not exist outside the demo."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from jiaxing_titles import clock
from jiaxing_titles.accounts.middleware import SESSION_KEY
from jiaxing_titles.accounts.models import Membership
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.accounts.views import home_of
from jiaxing_titles.demo.cards import STOPS, cards, everybody, proofs
from jiaxing_titles.demo.forms import ClockForm
from jiaxing_titles.demo.standins import take, turns
from jiaxing_titles.demo.tick import run_due_work

BACKEND = "django.contrib.auth.backends.ModelBackend"


class DemoOnly(View):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not settings.DEMO:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


def _cards_page(request: HttpRequest, form: ClockForm, status: int = 200) -> HttpResponse:
    today = clock.today()
    stops = [stop for stop in STOPS if stop.day > today]
    context = {"groups": cards(), "stops": stops, "turns": turns(), "proofs": proofs(), "form": form}
    return render(request, "demo/cards.html", context, status=status)


class CardsView(DemoOnly):
    """The first page of the demo: take any role, move the clock, do the next step."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return _cards_page(request, ClockForm(initial={"day": clock.today() + dt.timedelta(days=1)}))


class PeopleView(DemoOnly):
    """Everybody of the city by organisation, for the steps of people who have no card."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "demo/people.html", {"places": everybody()})


class EnterView(DemoOnly):
    """One click: in as this person in this role. Satisfies the second factor, which `check --deploy` refuses."""

    def get(self, request: HttpRequest, membership: int) -> HttpResponse:
        return render(request, "demo/enter.html", {"membership": self._chosen(membership)})

    def post(self, request: HttpRequest, membership: int) -> HttpResponse:
        chosen = self._chosen(membership)
        logout(request)
        login(request, chosen.user, backend=BACKEND)
        request.session[SESSION_KEY] = chosen.pk
        return redirect(home_of(Role(chosen.role)))

    @staticmethod
    def _chosen(pk: int) -> Membership:
        return get_object_or_404(Membership.objects.current().select_related("user", "organisation"), pk=pk)


class ClockView(DemoOnly):
    """Move the city's clock forward; what falls due on the way happens at once."""

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ClockForm(request.POST)
        if not form.is_valid():
            return _cards_page(request, form, 422)
        clock.move_to(dt.datetime.combine(form.cleaned_data["day"], dt.time(9), tzinfo=clock.SHANGHAI))
        run_due_work()
        messages.success(request, f"演示时间已拨到{clock.now():%Y年%-m月%-d日 %H:%M}。到期的事项已自动办理。")
        return redirect("demo_cards")


class TurnView(DemoOnly):
    """The people without a card do their part; a turn that is over meanwhile is no error."""

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        turn = next((one for one in turns() if one.key == key), None)
        if turn is None:
            messages.info(request, "这件事已经办完了。")
            return redirect("demo_cards")
        done, reasons = take(turn)
        if done:
            messages.success(request, f"{turn.label}：已办理{done}项。")
        for reason in reasons:
            messages.error(request, str(reason))
        return redirect("demo_cards")
