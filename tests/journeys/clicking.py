"""A person at Chromium: a Desk whose forms are filled in and whose buttons are pressed in the real browser."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.files.base import File

from tests.fixtures.chromium import faults
from tests.journeys.browser import Form, Page
from tests.journeys.driver import Desk, _typed

WIDTHS = (360, 1366)


class ClickingDesk(Desk):
    """`wrong` collects what does not fit its width, on phone and desk in turn; refusals go past the browser, by HTTP.

    With `WALK_PICTURES` a folder, every page that was reached is kept there as a picture, in order.
    """

    count = 0

    def __init__(self, tab: Any, base: str, wrong: list[str], *told: Any) -> None:
        super().__init__(*told)
        self.tab, self.base, self.wrong = tab, base, wrong

    def open(self, url: str, status: int = 200) -> Page:
        answer = self.tab.goto(self.base + url)
        assert answer is not None and answer.status == status, f"{self}打开{url}：{answer and answer.status}"
        return self._reached(answer.status)

    def _reached(self, status: int) -> Page:
        parts = urlsplit(self.tab.url)
        page = Page(self.tab.content(), parts.path + (f"?{parts.query}" if parts.query else ""), status)
        self._looked_at(page)
        return page

    def _looked_at(self, page: Page) -> None:
        ClickingDesk.count += 1
        if page.status >= 400:  # the browser reports the answer itself, which the journey asked for
            self.tab.complaints[:] = [one for one in self.tab.complaints if f"status of {page.status}" not in one]
        for width in WIDTHS:
            self.tab.set_viewport_size({"width": width, "height": 800})
            self.wrong += faults(self.tab, f"{self} {page.url} {page.title} at {width}")
            if folder := os.environ.get("WALK_PICTURES"):
                name = f"{ClickingDesk.count:04d}-{self.name.replace('/', '-')}-{width}.png"
                self.tab.screenshot(path=Path(folder) / name, full_page=True)

    def send(self, page: str | Page, press: str = "", answers: int = 200, **facts: Any) -> Page:
        shown = self.open(page) if isinstance(page, str) else page
        if urlsplit(self.tab.url).path != urlsplit(shown.url).path:
            shown = self.open(shown.url)
        form = self.form(shown, facts, press)
        for name, value in facts.items():
            self._fill(form, name, value)
        button = form.button(press) if press else form.buttons[0]
        assert button is not None and not button.disabled, f"{self}在“{shown.title}”不能按“{press}”：{shown.errors}"
        with self.tab.expect_navigation() as landed:
            self._press(form, form.buttons.index(button))
        answer = self._reached(landed.value.status)
        told = f"{self}在“{shown.title}”按“{button.label}”被拒（{answer.status}）：{answer.errors or answer.text[:600]}"
        assert answer.status == answers, told
        return answer

    def _press(self, form: Form, number: int) -> None:
        """The button as the form owns it, also from outside by its `form` attribute."""
        owned = "form => [...form.elements].filter(one => one.type === 'submit' || one.type === 'image')"
        here = self.tab.locator("form").nth(form.place).element_handle()
        here.evaluate_handle(f"form => ({owned})(form)[{number}]").as_element().click()

    def _fill(self, form: Form, name: str, value: Any) -> None:
        handle = self.tab.locator("form").nth(form.place).element_handle()
        find = "([form, name]) => [...form.elements].filter(one => one.name === name)"
        found = self.tab.evaluate_handle(find, [handle, name])
        boxes = [one.as_element() for one in found.get_properties().values()]
        kind = form.fields[name].kind
        if isinstance(value, File):
            value.seek(0)
            boxes[0].set_input_files({"name": value.name, "mimeType": "application/pdf", "buffer": value.read()})
            return
        sent = list(_typed(form.fields[name], value))
        if kind == "select":
            boxes[0].select_option(sent)
        elif kind in ("radio", "checkbox"):
            for box in boxes:
                wanted = (box.get_attribute("value") or "on") in sent
                if wanted != box.is_checked() and (wanted or kind == "checkbox"):
                    box.set_checked(wanted)
        elif kind == "hidden":
            boxes[0].evaluate("(box, text) => { box.value = text }", sent[0] if sent else "")
        else:
            boxes[0].fill(sent[0] if sent else "")
