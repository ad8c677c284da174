"""A person at a browser: opens pages, fills the real forms, presses the button, reads the answer.

`year.hr.do("enterprises.submit_application", application, responsibility=True)` opens the page of the step, fills in
what is given, keeps what the page had filled in, sends it and follows to where the person lands. When the page says
no, the test fails with the page's own words. `refused` is the same for a step that must be refused: the button is
off or the answer is 4xx, the words and the clause are on the page, nothing has moved, the refusal is on record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urljoin

from django.core.files.base import File
from django.db import models
from django.test import Client

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.actions import steps
from jiaxing_titles.audit.models import AuditEvent
from tests.journeys.browser import Field, Form, Page

REFUSED = (403, 409, 422)


class Desk:
    """One person, signed in in one role; `name` is who he is in messages of failure."""

    def __init__(self, client: Client, name: str, actor: Callable[[], Actor] | None = None) -> None:
        self.client, self.name, self._actor = client, name, actor

    def __repr__(self) -> str:
        return self.name

    @property
    def actor(self) -> Actor:
        """The same person for steps called directly."""
        assert self._actor is not None, f"{self.name} is nobody who acts"
        return self._actor()

    @property
    def user(self) -> Any:
        return self.actor.user

    # -- pages ---------------------------------------------------------------------------------------------

    def open(self, url: str, status: int = 200) -> Page:
        page = self._page(self.client.get(url, follow=True), url)
        assert page.status == status, f"{self}打开{url}：{page.status} {page.title} {page.errors or page.text[:400]}"
        return page

    def step_url(self, step: str, case: Any) -> str:
        return steps[step].url(case, self.actor)

    def do(self, step: str, case: Any, **facts: Any) -> Page:
        """The page of a step, filled in and sent; fails with the page's reasons when it is refused."""
        return self.send(self.step_url(step, case), **facts)

    def send(self, page: str | Page, press: str = "", answers: int = 200, **facts: Any) -> Page:
        """Fill the form that has these fields (and the button `press`) and follow to the next page."""
        shown = self.open(page) if isinstance(page, str) else page
        form = self.form(shown, facts, press)
        button = form.button(press) if press else (form.buttons[0] if form.buttons else None)
        assert button is not None, f"{self}在“{shown.title}”找不到可以按的按钮。"
        assert not button.disabled, f"{self}在“{shown.title}”不能按“{button.label}”：{shown.errors}"
        answer = self.post(shown, form, button, facts)
        told = f"{self}在“{shown.title}”按“{button.label}”被拒（{answer.status}）：{answer.errors or answer.text[:600]}"
        assert answer.status == answers, told
        return answer

    def refused(
        self, step: str, case: Any, says: str, *, clause: str = "", gate: str = "", url: str = "", **facts: Any
    ) -> Page:
        """The step is refused with these words and this clause, and the refusal of that gate is on record."""
        before = type(case)._base_manager.filter(pk=case.pk).values().get()
        last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        shown = self.open(url or self.step_url(step, case))
        form = self.form(shown, facts, "")
        answer = self.post(shown, form, None, facts)
        assert answer.status in REFUSED, f"{self}：应当被拒绝而没有：{answer.status} {answer.title}"
        assert says in answer.text, f"没有说“{says}”，说的是：{answer.errors or answer.text[:600]}"
        assert clause in answer.text, f"没有引“{clause}”，说的是：{answer.errors}"
        if any(button.disabled for button in form.buttons):
            assert says in shown.text, f"按钮不能按，页面却没有说明：{shown.errors}"
        now = type(case)._base_manager.filter(pk=case.pk).values().get()
        assert now == before, "被拒绝的办理改动了事项"
        if gate:
            self._on_record(step, last, gate)
        return answer

    def _on_record(self, step: str, after: int, gate: str) -> None:
        events = AuditEvent.objects.filter(pk__gt=after, step=step, outcome=AuditEvent.Outcome.REFUSED)
        gates = {reason["gate"] for event in events for reason in event.facts.get("reasons", [])}
        assert gate in gates, f"{step}的拒绝记录里没有{gate}，只有{sorted(gates)}"

    def stranger(self, step: str, case: Any) -> None:
        """This person may not do it at all: the page is not there (404) or says so (403)."""
        answer = self.client.get(self.step_url(step, case))
        assert answer.status_code in (403, 404), f"{self}本不该能办理{step}（{answer.status_code}）"
        answer = self.client.post(self.step_url(step, case), {})
        assert answer.status_code in (403, 404)

    # -- the wire ------------------------------------------------------------------------------------------

    def _page(self, response: Any, url: str) -> Page:
        landed = response.redirect_chain[-1][0] if response.redirect_chain else url
        html = b"".join(response) if response.streaming else response.content
        kind = response.headers.get("Content-Type", "")
        return Page(html.decode() if kind.startswith("text/html") else "", urljoin(url, landed), response.status_code)

    def form(self, page: Page, facts: dict[str, Any], press: str) -> Form:
        """The form of the page that has all these fields and, when named, that button."""
        able = [one for one in page.forms if one.method == "post" and set(facts) <= set(one.fields)]
        if press:
            able = [one for one in able if one.button(press)]
        if not facts and not press:
            able = [one for one in able if "version" in one.fields] or able
        if not able:
            has = sorted({name for one in page.forms if one.method == "post" for name in one.fields})
            raise AssertionError(
                f"{self}在“{page.title}”（{page.url}）找不到有{sorted(facts)}、{press!r}的表单；有{has}"
            )
        return able[0]

    def post(self, page: Page, form: Form, button: Any, facts: dict[str, Any]) -> Page:
        """Send the form as it stands with these fields changed, and follow to the next page; judges nothing."""
        data = {name: list(one.values) for name, one in form.fields.items() if one.kind != "file"}
        for name, value in facts.items():
            data[name] = list(_typed(form.fields[name], value))
        if button is not None and button.name:
            data[button.name] = [button.value]
        data.pop("csrfmiddlewaretoken", None)
        where = urljoin(page.url, (button.formaction if button is not None else "") or form.action or page.url)
        return self._page(self.client.post(where, data, follow=True), where)


def _typed(one: Field, value: Any) -> Iterator[Any]:
    """What the browser sends for a value; a choice that the page does not offer fails the test."""
    if isinstance(value, File):
        yield value
        return
    several = value if isinstance(value, Iterable) and not isinstance(value, str) else [value]
    for single in several:
        sent = _text(single)
        if one.kind == "checkbox" and isinstance(single, bool):
            yield from [next(iter(one.options))] if single else []
        elif one.is_choice:
            by_label = {label: key for key, label in one.options.items()}
            sent = by_label.get(sent, sent)
            assert sent in one.options, f"“{one.name}”没有“{sent}”这个选项，有：{one.options}"
            yield sent
        else:
            yield sent


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def rows(prefix: str, *several: dict[str, Any]) -> dict[str, Any]:
    """The fields of a table typed row by row: `talent-0-senior`, `talent-1-senior` …"""
    return {f"{prefix}-{number}-{name}": value for number, row in enumerate(several) for name, value in row.items()}


def fresh(case: Any) -> Any:
    """The row as it is in the database now."""
    return type(case)._base_manager.get(pk=case.pk)
