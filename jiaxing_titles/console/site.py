"""The console's site: who gets in, its first page, its own pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path

from jiaxing_titles.accounts.access import needs_second_factor
from jiaxing_titles.console import styleguide
from jiaxing_titles.console.beginnings import beginnings
from jiaxing_titles.console.overview import figures
from jiaxing_titles.inbox.registry import waiting_for

# Grants follow from memberships, sign-in data from its own pages, the timetable of tasks from the settings; editing
# any of them here would break what follows from them.
NOT_SHOWN = frozenset({"auth", "account", "mfa", "axes", "guardian", "django_celery_beat"})


class TitlesAdminSite(admin.AdminSite):
    """Entered by the active role, not by Django's is_staff: an official acting as himself, with his second factor."""

    site_header = site_title = "职称自主评审工作台"
    index_title = "工作台"
    index_template = "admin/workbench.html"
    site_url = "/"
    enable_nav_sidebar = True

    def has_permission(self, request: Any) -> bool:
        return bool(request.actor) and request.actor.is_official and not needs_second_factor(request)

    def login(self, request: Any, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one page for signing in; somebody signed in who may not enter is told why."""
        target = request.GET.get("next") or request.path.removesuffix("login/")
        if not request.user.is_authenticated:
            return redirect_to_login(target)
        if self.has_permission(request):
            return redirect("admin:index")
        if not request.actor or not request.actor.is_official:
            raise PermissionDenied("工作台由人力社保局工作人员使用。您兼有该身份的，请先在页头切换身份。")
        return redirect("mfa_activate_totp")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect("account_logout")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Leaves out the registers that third parties bring along and that nobody may edit by hand."""
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        shown = [model for model in models if model._meta.app_label not in NOT_SHOWN]
        super().register(shown, admin_class, **options)

    def index(self, request: Any, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """我的待办 first, registers second."""
        waiting = waiting_for(request.actor)
        names = [name for one in self._registry.values() for name in getattr(one, "begun_by", ())]
        begin = beginnings(names, request.actor, with_reasons=False)
        context = {"waiting": waiting, "figures": figures(request.actor, waiting), "begin": begin}
        return super().index(request, {**context, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own: list[URLPattern | URLResolver] = [
            path("styleguide/", self.admin_view(self._page(styleguide.show)), name="styleguide")
        ]
        dropped = {"password_change", "password_change_done"}
        return own + [one for one in super().get_urls() if getattr(one, "name", None) not in dropped]

    def _page(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def with_context(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, self.each_context(request), *args, **kwargs)

        return with_context


site: admin.AdminSite = admin.site  # lazy: becomes the TitlesAdminSite that ConsoleConfig names
