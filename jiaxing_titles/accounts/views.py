"""Signing in and changing roles."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.middleware import SESSION_KEY
from jiaxing_titles.accounts.roles import Role

__all__ = ["HomeView", "RoleRequired", "SwitchView", "home_of", "locked_out"]

HOMES = {
    Role.ENT_HR: "/ent/",
    Role.ENT_LEAD: "/ent/",
    Role.PANEL_SEC: "/ent/",
    Role.APPLICANT: "/my/",
    Role.PANEL_EXPERT: "/panel/",
    Role.LIBRARY_MEMBER: "/panel/",
    Role.COMMITTEE: "/committee/",
    Role.TELLER: "/committee/",
}


def home_of(role: Role) -> str:
    """The first page of a role: the console for officials, its part of the portal for everybody else."""
    return HOMES.get(role) or reverse("admin:index")


class HomeView(RoleRequired, View):
    """After signing in: on to the first page of the role."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect(home_of(request.actor.role))  # type: ignore[attr-defined] # set by ActorMiddleware


class SwitchView(View):
    """身份切换: act in another of one's own roles."""

    def post(self, request: Any) -> HttpResponse:
        chosen = next((one for one in request.memberships if str(one.pk) == request.POST.get("membership")), None)
        if chosen is None:
            raise Http404
        request.session[SESSION_KEY] = chosen.pk
        messages.success(request, f"已切换为{chosen.organisation.short_name}{chosen.get_role_display()}。")
        return redirect(home_of(Role(chosen.role)))


def locked_out(request: HttpRequest, response: Any = None, credentials: Any = None) -> HttpResponse:
    """Too many wrong passwords: says so without telling whether the account exists."""
    return render(request, "429.html", {"sentence": "密码输错次数过多，请15分钟后再试，或联系管理员。"}, status=429)
