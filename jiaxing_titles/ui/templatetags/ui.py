"""The component tags. A builtin library: no template needs to load it.

Each tag renders one file of `templates/components/`; the staff page /console/styleguide/ shows them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import template
from django.db import models
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest

from jiaxing_titles import actions
from jiaxing_titles.notifications.models import Notification
from jiaxing_titles.policy.text import clause_anchor
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui import components, formats, history
from jiaxing_titles.ui.forms import summary_of
from jiaxing_titles.ui.menu import menu_of
from jiaxing_titles.ui.paging import Page

register = template.Library()

MOST_UNREAD = 99


def _or_empty(write: Callable[[Any], str]) -> Callable[[Any], str]:
    def filtered(value: Any) -> str:
        return "" if value in (None, "") else write(value)

    return filtered


for name in ("cn_date", "cn_day", "cn_datetime", "hours", "money"):
    register.filter(name, _or_empty(getattr(formats, name)))


@register.inclusion_tag("components/portal_menu.html", takes_context=True)
def portal_menu(context: template.Context) -> dict[str, Any]:
    """The menu of the acting role; nothing for a signed-in person without a role."""
    request: Any = context["request"]
    return {"entries": menu_of(request.actor.role, request.path) if request.actor else []}


@register.simple_tag(takes_context=True)
def unread_messages(context: template.Context) -> str:
    """How many messages the person has not read, as the masthead shows it; empty when none."""
    box = Notification.objects.filter(user=context["request"].user, read_at=None)
    number = box[: MOST_UNREAD + 1].count()
    return "" if not number else str(number) if number <= MOST_UNREAD else f"{MOST_UNREAD}+"


@register.inclusion_tag("components/icon.html")
def icon(name: str) -> dict[str, str]:
    """One drawing of the sprite, always beside words; the names stand in static/vendor/refresh.sh."""
    return {"name": name}


@register.inclusion_tag("components/tag.html")
def tag(word: str, tone: str = "") -> dict[str, str]:
    """A tag; without a tone the word must be one of the agreed words (components.TONE_OF_WORD)."""
    return {"word": word, "tone": tone or components.TONE_OF_WORD[word]}


@register.inclusion_tag("components/tag.html")
def state_tag(case: models.Model) -> dict[str, str]:
    """The state of a case in its own words and the tone that its choices give it; nothing where it has none."""
    word, tone = history.state_of(case)
    return {"word": word, "tone": tone}


@register.inclusion_tag("components/clause_link.html")
def clause_link(clause: str) -> dict[str, str]:
    """The cited clause, linked to its place on /policy/ when the 办法 has it."""
    return {"clause": clause, "anchor": clause_anchor(clause)}


@register.inclusion_tag("components/reasons.html")
def reason_list(reasons: Sequence[Reason], list_id: str = "") -> dict[str, Any]:
    """Why something may not happen: sentence, clause, what to do."""
    return {"reasons": reasons, "list_id": list_id}


@register.inclusion_tag("components/step_buttons.html", takes_context=True)
def step_buttons(context: template.Context, case: models.Model) -> dict[str, Any]:
    """The steps that the acting person is offered on this case; a blocked one says why beside its button."""
    return {"steps": components.buttons_of(actions.offered(case, context["request"].actor))}


@register.inclusion_tag("components/timeline.html", takes_context=True)
def timeline(context: template.Context, case: models.Model) -> dict[str, Any]:
    """What was done to the case, as far as the reader may know it (ui.history)."""
    return {"events": history.history_of(case, context["request"].actor)}


@register.inclusion_tag("components/steps.html")
def steps_bar(names: Sequence[str], current: int) -> dict[str, Any]:
    """Numbered stages across the page; `current` counts from 0, len(names) means all are done."""
    return {"steps": components.steps_of(names, current)}


@register.inclusion_tag("components/task_list.html")
def task_list(tasks: Sequence[components.Task]) -> dict[str, Any]:
    return {"tasks": tasks, "filled": sum(task.status == "已填好" for task in tasks)}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Sequence[components.Row]) -> dict[str, Any]:
    return {"rows": rows}


@register.inclusion_tag("components/data_table.html")
def data_table(table: components.Table) -> dict[str, Any]:
    """A table of plain cells; tables with forms inside write `<table class="data-table">` themselves."""
    return {
        "caption": table.caption,
        "columns": table.columns,
        "rows": [list(components.cells(table.columns, row)) for row in table.rows],
        "empty": table.empty,
    }


@register.inclusion_tag("components/filter_bar.html", takes_context=True)
def filter_bar(context: template.Context, form: BaseForm) -> dict[str, Any]:
    """Query conditions above a list (a GET form), with the conditions now in use."""
    request: HttpRequest = context["request"]
    return {"form": form, "clear_url": request.path, "chips": components.chips_of(form)}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: template.Context, page: Page) -> dict[str, str]:
    """Links to the neighbouring pages of a keyset page, keeping the other query parameters."""
    request: HttpRequest = context["request"]
    return components.pager_links(request, page)


@register.inclusion_tag("components/empty_state.html")
def empty_state(text: str, url: str = "", action: str = "") -> dict[str, str]:
    return {"text": text, "url": url, "action": action}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm | BaseFormSet[Any]) -> dict[str, Any]:
    """Every message of these forms once more at the top, in the same words, linked to its field.

    A form that only asks to be confirmed says so by `to_confirm`: nothing in it is wrong.
    """
    errors = [error for form in forms for error in summary_of(form)]
    return {"errors": errors, "to_confirm": all(getattr(form, "to_confirm", False) for form in forms)}


@register.inclusion_tag("components/file_list.html", takes_context=True)
def file_list(context: template.Context, files: Iterable[components.FileRow]) -> dict[str, Any]:
    return {"files": list(files), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("components/confirm.html")
def confirm_panel(
    title: str, before: str = "", after: str = "", effects: Sequence[str] = (), danger: bool = False
) -> dict[str, Any]:
    """What will happen, above the form that makes it happen."""
    return {"title": title, "before": before, "after": after, "effects": effects, "danger": danger}


@register.inclusion_tag("components/progress.html")
def progress_bar(label: str, done: int, total: int, bar_id: str = "progress") -> dict[str, Any]:
    return {"label": label, "done": done, "total": total, "bar_id": bar_id}


@register.inclusion_tag("components/countdown.html")
def countdown(counted_days: Sequence[date | str], today: date) -> dict[str, Any]:
    """How much of a 公示 is left: `counted_days` are the days that count, the last is the day it ends."""
    return components.countdown_of(counted_days, today)


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    """A value under a key that only the template knows."""
    return mapping.get(key)
