"""Who gets in: the mixin of every page that is not public."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from jiaxing_titles.accounts.roles import Role

SECOND_FACTOR_ROLES = Role.officials() | {Role.COMMITTEE, Role.TELLER, Role.LIBRARY_MEMBER}


def needs_second_factor(request: Any) -> bool:
    """Officials and city experts need an authenticator; the demo's role cards satisfy it (decisions 13, 41)."""
    if settings.DEMO or not request.actor or request.actor.role not in SECOND_FACTOR_ROLES:
        return False
    return not any(
        method.get("method") == "mfa" for method in request.session.get("account_authentication_methods", [])
    )


class RoleRequired:
    """View mixin: 登录, then one of `roles` (any role when empty), then the second factor where it is due."""

    roles: Iterable[Role] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor = getattr(request, "actor", None)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not actor:
            raise PermissionDenied("您的账号还没有任何身份，请联系单位人事或人力社保局。")
        if self.roles and actor.role not in self.roles:
            allowed = "、".join(role.label for role in self.roles)
            raise PermissionDenied(
                f"这一页由{allowed}使用，您现在的身份是{actor.role.label}。如您兼有该身份，请在页头切换。"
            )
        if needs_second_factor(request):
            return redirect("mfa_activate_totp")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc, no-any-return] # mixin over View
