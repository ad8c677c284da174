"""How often a stranger may try: counted in the database, one place for query, verification and objections.

A fixed window per scope and key; the key is a keyed hash, so the table names no address and no person.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import math
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from jiaxing_titles import clock
from jiaxing_titles.identity.fields import blind_index
from jiaxing_titles.ratelimit.models import AttemptWindow
from jiaxing_titles.ui.errors import error_page

KEPT = dt.timedelta(days=2)


@dataclass(frozen=True)
class Limit:
    scope: str
    tries: int
    window: dt.timedelta


QUERY_BY_ADDRESS = Limit("query-address", 10, dt.timedelta(minutes=10))
VERIFY_BY_ADDRESS = Limit("verify-address", 30, dt.timedelta(minutes=10))
OBJECTION_BY_PHONE = Limit("objection-phone", 3, dt.timedelta(days=1))
OBJECTION_BY_ADDRESS = Limit("objection-address", 10, dt.timedelta(days=1))
# A company's people often share one address, so a notice behind the poster's code is counted as a whole.
OBJECTION_BY_NOTICE = Limit("objection-notice", 20, dt.timedelta(hours=1))


def minutes_to_wait(limit: Limit, key: str) -> int:
    """Counts this try; 0 when it may go on, otherwise the minutes until the window ends."""
    now = clock.now()
    length = limit.window.total_seconds()
    starts_at = dt.datetime.fromtimestamp(now.timestamp() // length * length, dt.UTC)
    count = _count(limit.scope, blind_index(key, f"rate:{limit.scope}"), starts_at)
    if count <= limit.tries:
        return 0
    return max(1, math.ceil((starts_at + limit.window - now).total_seconds() / 60))


def _count(scope: str, key: str, starts_at: dt.datetime) -> int:
    """One statement, so that two processes never read the same number."""
    table = AttemptWindow._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (scope, key, starts_at, count) VALUES (%s, %s, %s, 1) "
            f"ON CONFLICT (scope, key, starts_at) DO UPDATE SET count = {table}.count + 1 RETURNING count",
            [scope, key, starts_at],
        )
        count: int = cursor.fetchone()[0]
    return count


def too_often(request: HttpRequest, limit: Limit, key: str = "") -> HttpResponse | None:
    """The page that says when to come back, once the tries of this window are used up; by address without a key."""
    minutes = minutes_to_wait(limit, key or client_address(request))
    if not minutes:
        return None
    response = error_page(request, 429, minutes=minutes)
    response["Retry-After"] = str(minutes * 60)
    response["Cache-Control"] = "no-store"
    return response


def client_address(request: HttpRequest) -> str:
    """The visitor behind our own proxies; of IPv6 the network, for one visitor owns all addresses of it."""
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    proxies = settings.AXES_IPWARE_PROXY_COUNT
    text = forwarded[-proxies] if proxies and len(forwarded) >= proxies else request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(address)


def forget_old() -> int:
    """Windows long over; returns how many."""
    return AttemptWindow.objects.filter(starts_at__lt=clock.now() - KEPT).delete()[0]
