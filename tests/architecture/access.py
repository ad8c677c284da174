"""Who may open which address: the table access_table.csv read, the resolver walked, people knocking at doors."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import URLResolver, get_resolver, reverse
from pytest import MonkeyPatch

FORM = "application/x-www-form-urlencoded"
HANDLER = ClientHandler(enforce_csrf_checks=False)
MODEL = re.compile(r"[a-z]+\.[A-Z][A-Za-z]+")
TABLE = Path(__file__).with_name("access_table.csv")
GROUPS = {
    "company": ("ent_hr", "ent_lead", "panel_sec"),
    "city": ("city_clerk", "city_reviewer", "city_lead", "committee_sec", "supervisor", "auditor"),
    "officials": (
        "city_clerk", "city_reviewer", "city_lead", "committee_sec", "supervisor", "auditor",
        "county", "other_county", "sysadmin",
    ),
    "other_company": ("other_ent_hr", "other_ent_lead", "other_panel_sec"),
    "applicants": ("applicant", "colleague", "drafter", "other_applicant"),
    "judges": ("committee", "other_committee", "teller", "other_teller"),
}  # fmt: skip
ELSEWHERE = {*GROUPS["other_company"], "other_applicant", "other_panel_expert", "other_county"}
LOGIN = ("/account/login/?next=", "/console/")  # the console sends its visitors on to the sign-in page
# Counting attempts is what a rate limiter is for; a session is written when the browser is given its first cookie.
MAY_WRITE_ON_GET = {"ratelimit_attemptwindow", "django_session"}


@dataclass(frozen=True)
class Line:
    """One address. `get` and `post`: person → status, `*` for everybody not named; `args`: argument → whose value."""

    name: str
    pattern: str
    args: dict[str, str]
    public: bool
    get: dict[str, int]
    post: dict[str, int]

    def expected(self, method: str, person: str) -> int:
        answers = self.get if method == "GET" else self.post
        return answers.get(person, answers["*"])

    def url(self) -> str:
        if self.name.startswith("#"):  # the console's answer to every address that is none
            return "/console/nonsense/"
        return reverse(self.name, kwargs={name: value_of(source) for name, source in self.args.items()})


def patterns() -> list[tuple[str, str]]:
    """(qualified name, pattern) of everything that the resolver answers, includes and console and all."""

    def walk(resolver: Any, prefix: str, spaces: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for one in resolver.url_patterns:
            if isinstance(one, URLResolver):
                inner = (*spaces, one.namespace) if one.namespace else spaces
                yield from walk(one, prefix + str(one.pattern), inner)
            else:
                yield ":".join([*spaces, one.name or "#"]), prefix + str(one.pattern)

    return [(f"#{name}" if name.endswith("#") else name, pattern) for name, pattern in walk(get_resolver(), "", ())]


def table() -> list[Line]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            Line(
                row["name"],
                row["pattern"],
                dict(part.split("=", 1) for part in row["args"].split()),
                row["open to"] == "public",
                _answers(row["GET"]),
                _answers(row["POST"]),
            )
            for row in csv.DictReader(file)
        ]


def _answers(text: str) -> dict[str, int]:
    """`200 company county | 403 *` → person → status."""
    found: dict[str, int] = {}
    for part in text.split("|"):
        status, *people = part.split()
        for person in people:
            for one in GROUPS.get(person, (person,)):
                assert one not in found, f"{one} has two answers: {text}"
                found[one] = int(status)
    return found


def value_of(source: str) -> Any:
    """`reviews.VoteSheet#2` → the key of the second one; anything else stands for itself."""
    label, _, number = source.partition("#")
    if not MODEL.fullmatch(label):
        return source
    keys = apps.get_model(label)._base_manager.order_by("pk").values_list("pk", flat=True)
    return keys[int(number or 1) - 1]


class Knocker:
    """One person with his session; each request starts from the same cookies, and what it wrote is taken back.

    `knock` goes past the test client, which would copy every template context; `read` keeps them.
    """

    def __init__(self, name: str, client: Client, number: int) -> None:
        self.name, self.client, self.number = name, client, number
        self.client.raise_request_exception = False
        self._cookies = self.client.cookies.copy()

    def knock(self, method: str, url: str) -> Any:
        """The bare answer to a GET, which writes nothing to take back, or to a POST of nothing."""
        sender = RequestFactory(REMOTE_ADDR=f"10.0.0.{self.number}")
        sender.cookies = self._cookies.copy()
        environ = sender.generic(method, url, content_type=FORM).environ
        if method == "GET":
            return HANDLER(environ)
        with transaction.atomic():
            answer = HANDLER(environ)
            transaction.set_rollback(True)
        return answer

    def read(self, method: str, url: str, data: Any = "", kind: str = FORM) -> Any:
        """As the test client answers: with `context`."""
        self.client.cookies = self._cookies.copy()
        with transaction.atomic():
            answer = self.client.generic(method, url, data, content_type=kind, REMOTE_ADDR=f"10.0.0.{self.number}")
            transaction.set_rollback(True)
        return answer


@contextmanager
def known_by_sight() -> Iterator[None]:
    """Each session and account is read at its first knock and remembered, while nobody changes for good.

    Two of a page's handful of queries; what a request does to its own copy is gone with it. Who knocks has signed in
    before: a session that is still being made would be remembered half made.
    """
    sessions: dict[str, dict[str, Any]] = {}
    accounts: dict[Any, Any] = {}
    load, get_user = SessionStore.load, ModelBackend.get_user

    def remembered(store: SessionStore) -> dict[str, Any]:
        key = store.session_key
        if key not in sessions:
            sessions[key] = load(store)
        return dict(sessions[key])

    def recognised(backend: ModelBackend, pk: Any) -> Any:
        if pk not in accounts:
            accounts[pk] = get_user(backend, pk)
        return copy(accounts[pk])

    with MonkeyPatch.context() as patch:
        patch.setattr(SessionStore, "load", remembered)
        patch.setattr(ModelBackend, "get_user", recognised)
        yield


def written() -> dict[str, int]:
    """Rows inserted, updated and deleted in this transaction so far, by table; rolled back ones count too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return {name: number for name, number in cursor.fetchall() if number and name not in MAY_WRITE_ON_GET}


def changed(before):
    return sorted(name for name, number in written().items() if number != before.get(name, 0))


def some(people, but, number):
    """Three of those not in `but`, others for each `number`, so that each role has its turn."""
    others = [one for one in people if one not in but]
    return [others[(3 * number + step) % len(others)] for step in range(3)] if others else []
