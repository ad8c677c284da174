"""Attempts at what is forbidden: posts made by hand at a page or the console, and past both at the rows themselves.

Each helper fails with the name of the attempt when it succeeds, and looks that nothing at all has been written but
the record of the refusal.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django_fsm import TransitionNotAllowed

from jiaxing_titles.audit.models import AuditEvent
from tests.journeys.browser import Page
from tests.journeys.driver import Desk, fresh

WATCHED = ("enterprises", "applications", "reviews", "certificates", "publicity", "attachments", "notifications")

READABLE = """
SELECT quote_ident(attname) FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND has_column_privilege(attrelid, attnum, 'SELECT')
"""


def everything() -> dict[str, str]:
    """Table → hash of all its rows: whatever a stage, a notice, a file or a message could have left behind."""
    models = [model for app in WATCHED for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        each = []
        for table in sorted({model._meta.db_table for model in models}):
            cursor.execute(READABLE, [table])  # not everything: nobody reads what is sealed
            row = f"ROW({', '.join(name for (name,) in cursor.fetchall())})::text"
            each.append(f"SELECT '{table}', md5(string_agg({row}, chr(10) ORDER BY {row})) FROM {table}")
        cursor.execute(" UNION ALL ".join(each))
        return dict(cursor.fetchall())


@contextmanager
def nothing_written(attempt: str):
    before = everything()
    yield
    changed = [table for table, rows in everything().items() if rows != before[table]]
    assert changed == [], f"{attempt} has written to {changed}"


def address(desk: Desk, step: str, case: Any) -> str:
    """Where this person's browser sends the step: the console for officials, the portal for all others."""
    return reverse("console_do" if desk.actor.is_official else "do", args=[step, case.pk])


def refused(desk: Desk, step: str, case: Any, says: str, clause: str, url: str = "", **facts: Any) -> tuple[str, str]:
    """Sent by hand, refused with this sentence and clause on the page and in the record; returns both as recorded."""
    attempt = f"{desk}：{step} {case}"
    last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with nothing_written(attempt):
        answer = desk.client.post(url or address(desk, step, case), facts)
    page = Page(answer.content.decode(), "", answer.status_code)
    assert page.status in (409, 422), f"{attempt}: {page.status} {page.errors or page.text[:300]}"
    events = AuditEvent.objects.filter(pk__gt=last, step=step, outcome=AuditEvent.Outcome.REFUSED)
    reasons = [reason for event in events for reason in event.facts["reasons"]]
    told = [(one["text"], one["clause"]) for one in reasons if says in one["text"]]
    assert told, f"{attempt}: 记录里没有“{says}”，只有{reasons}；页面：{page.errors}"
    text, cited = told[0]
    assert cited == clause, f"{attempt}: {cited}"
    assert text in page.text, f"{attempt}: 页面没有说“{text}”，说的是：{page.errors}"
    assert clause in page.text, f"{attempt}: 页面没有引“{clause}”"
    return text, cited


def not_his(desk: Desk, step: str, case: Any, **facts: Any) -> None:
    """The step is nobody's in this role: no page, no answer to a hand-made post, at the portal and the console."""
    urls = [reverse(name, args=[step, case.pk]) for name in ("do", "console_do")]
    with nothing_written(f"{desk}：{urls}"):
        for url in urls:
            assert desk.client.get(url).status_code in (403, 404), f"{desk}：{url}"
            assert desk.client.post(url, facts).status_code in (403, 404), f"{desk}：{url}"


def no_back_door(desk: Desk, *rows: Any) -> None:
    """No address of the console adds, changes or deletes these rows or says that it has."""
    bases = [(row, f"/console/{row._meta.app_label}/{row._meta.model_name}/") for row in rows]
    with nothing_written(f"{desk}：{bases}"):
        for row, base in bases:
            forged = {"state": "approved", "_save": "1", "action": "delete_selected", "_selected_action": row.pk}
            for tail in ("", "add/", f"{row.pk}/change/", f"{row.pk}/delete/", f"{row.pk}/history/", f"{row.pk}/"):
                answer = desk.client.post(base + tail, {**forged, "post": "yes"})
                assert answer.status_code in (403, 404, 405), f"{desk}：{base}{tail} {answer.status_code}"


def barred(number: str, attempt: str, write: Callable[[], Any]) -> None:
    """Written past steps and gates, refused by the database in the name of the prohibition."""
    with nothing_written(attempt), pytest.raises(DatabaseError, match=number), transaction.atomic():
        write()


def gate_holds(case: Any, move: str) -> None:
    """The move called on the row itself asks its gate and stays where it was."""
    row = fresh(case)
    before = row.state
    with nothing_written(f"{move}()"), pytest.raises(TransitionNotAllowed):
        getattr(row, move)()
    assert row.state == before
