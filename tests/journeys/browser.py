"""A page as a reader without JavaScript has it: its text, and its forms with what stands in their fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

SILENT = {"script", "style", "svg", "template"}
BREAKS = {
    "p",
    "li",
    "div",
    "dt",
    "dd",
    "tr",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "section",
    "option",
    "label",
    "br",
    "button",
}


@dataclass
class Field:
    """One name in a form. `values` is what would be sent now; `options` what a choice may send, by its label."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)
    label: str = ""

    @property
    def is_choice(self) -> bool:
        return self.kind in ("radio", "checkbox", "select")


@dataclass
class Button:
    label: str
    name: str = ""
    value: str = ""
    disabled: bool = False
    formaction: str = ""


@dataclass
class Form:
    """`place`: which form of the page it is, from 0."""

    action: str
    method: str
    place: int
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[Button] = field(default_factory=list)

    def button(self, label: str) -> Button | None:
        return next((one for one in self.buttons if label in one.label), None)


class Page(HTMLParser):
    """Parsed on construction. `text` is what can be read, `errors` what stands in red, `forms` what can be sent."""

    def __init__(self, html: str, url: str, status: int) -> None:
        super().__init__(convert_charrefs=True)
        self.html, self.url, self.status = html, url, status
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self._form: Form | None = None
        self._by_id: dict[str, Form] = {}
        self._text: list[str] = []
        self._select: Field | None = None
        self._catch: list[tuple[str, Any, list[str]]] = []
        self._silent = 0
        self._errors: list[list[str]] = []
        self._open_errors: list[tuple[str, int]] = []
        self._depth: dict[str, int] = {}
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        return " ".join("".join(self._text).split())

    @property
    def errors(self) -> str:
        found = [" ".join("".join(parts).split()) for parts in self._errors]
        return " | ".join(dict.fromkeys(one for one in found if one))

    @property
    def title(self) -> str:
        return self.html.partition("<title>")[2].partition("</title>")[0].strip()

    # -- reading -------------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in SILENT:
            self._silent += 1
        if tag in BREAKS:
            self._write(" ")
        self._depth[tag] = self._depth.get(tag, 0) + 1
        classes = given.get("class", "").split()
        if {"notice-error", "error-summary", "errorlist", "invalid-feedback", "field-error"} & set(classes):
            self._open_errors.append((tag, self._depth[tag]))
            self._errors.append([])
        reader = getattr(self, f"_read_{tag}", None)
        if reader:
            reader(given)

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent -= 1
        if self._open_errors and self._open_errors[-1] == (tag, self._depth.get(tag, 0)):
            self._open_errors.pop()
        self._depth[tag] = self._depth.get(tag, 1) - 1
        if self._catch and self._catch[-1][0] == tag:
            _, take, parts = self._catch.pop()
            take("".join(parts).strip())
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._write(data)

    def _write(self, data: str) -> None:
        self._text.append(data)
        for _, _, parts in self._catch:
            parts.append(data)
        if self._open_errors:
            self._errors[-1].append(data)

    # -- forms ---------------------------------------------------------------------------------------------

    def _read_form(self, given: dict[str, str]) -> None:
        self._form = Form(given.get("action", ""), given.get("method", "get").lower(), len(self.forms))
        self.forms.append(self._form)
        if "id" in given:
            self._by_id[given["id"]] = self._form

    def _owner(self, given: dict[str, str]) -> Form | None:
        return self._by_id.get(given["form"]) if "form" in given else self._form

    def _field(self, given: dict[str, str], kind: str) -> Field | None:
        form, name = self._owner(given), given.get("name", "")
        if form is None or not name or "disabled" in given:
            return None
        return form.fields.setdefault(name, Field(name, kind))

    def _read_input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in ("submit", "button", "image", "reset"):
            self._add_button(given, given.get("value", ""))
            return
        one = self._field(given, kind)
        if one is None:
            return
        if kind in ("radio", "checkbox"):
            value = given.get("value", "on")
            one.options[value] = value
            if "checked" in given:
                one.values.append(value)
        elif kind != "file":
            one.values.append(given.get("value", ""))

    def _read_textarea(self, given: dict[str, str]) -> None:
        one = self._field(given, "textarea")
        if one is not None:
            self._catch.append(("textarea", one.values.append, []))

    def _read_select(self, given: dict[str, str]) -> None:
        self._select = self._field(given, "select")

    def _read_option(self, given: dict[str, str]) -> None:
        one = self._select
        if one is None:
            return
        value = given.get("value", "")
        first = not one.options
        if "selected" in given or (first and not one.values):
            one.values[:] = [value]
        self._catch.append(("option", lambda label: one.options.__setitem__(value, label), []))

    def _read_button(self, given: dict[str, str]) -> None:
        if given.get("type", "submit") == "submit":
            self._catch.append(("button", lambda label: self._add_button(given, label), []))

    def _add_button(self, given: dict[str, str], label: str) -> None:
        form = self._owner(given)
        if form is not None:
            form.buttons.append(
                Button(
                    " ".join(label.split()),
                    given.get("name", ""),
                    given.get("value", ""),
                    "disabled" in given,
                    given.get("formaction", ""),
                )
            )

    def _read_a(self, given: dict[str, str]) -> None:
        href = given.get("href", "")
        self._catch.append(("a", lambda label: self.links.setdefault(" ".join(label.split()), href), []))
