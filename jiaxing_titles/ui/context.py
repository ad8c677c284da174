"""What every page knows: the site's names and phones, type size, the demo strip.

Everything that would read the session or the user is lazy, so that public pages do neither (decision 23).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from jiaxing_titles import clock

LARGE_TYPE_COOKIE = "large_type"


@dataclass(frozen=True)
class MenuItem:
    path: str
    label: str


@dataclass(frozen=True)
class Site:
    """The words of masthead and footer. An empty one is not printed; settings.SITE overrides by name."""

    name: str = "嘉兴市民营企业职称自主评审平台"
    host: str = "嘉兴市人力资源和社会保障局"
    phone: str = "12333"
    supervision_phone: str = ""
    icp: str = ""
    site_code: str = ""
    menu: tuple[MenuItem, ...] = (
        MenuItem("/", "首页"),
        MenuItem("/policy/", "政策解读"),
        MenuItem("/check/", "资格自查"),
        MenuItem("/notices/", "公示公告"),
        MenuItem("/enterprises/", "企业名单"),
        MenuItem("/query/", "结果查询"),
        MenuItem("/verify/", "证书验证"),
    )


SITE = Site(**getattr(settings, "SITE", {}))


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor of all pages, error pages included."""
    return {
        "platform": SITE,  # not "site": allauth gives its pages a variable of that name, which would win
        "menu_path": _menu_path(request.path),
        "large_type": request.COOKIES.get(LARGE_TYPE_COOKIE) == "1",
        "demo": {"now": SimpleLazyObject(_demo_time)} if settings.DEMO else None,
    }


def _demo_time() -> datetime | None:
    try:
        return clock.now()
    except DatabaseError:  # the page that says so must still come
        return None


def _menu_path(path: str) -> str:
    if path == "/":
        return path
    return next((item.path for item in SITE.menu if item.path != "/" and path.startswith(item.path)), "")
