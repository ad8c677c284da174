"""Running a step from a page: what it was refused for comes back as reasons, beside the field where they name one."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import OperationalError
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest

from jiaxing_titles.actions.errors import Blocked, Stale
from jiaxing_titles.actions.step import Step
from jiaxing_titles.reasons import Reason

STALE = Reason("这一内容刚刚被改动过，下面是您填写的内容。", remedy="核对后再保存一次；不需要改动的，可返回查看。")
BUSY = Reason("这一事项正在由他人办理。", remedy="请稍等几秒再点一次，您填写的内容没有丢失。")
_WAITED_TOO_LONG = ("55P03", "40P01")  # lock timeout, deadlock


def run(
    step: Step, case: Any, request: HttpRequest, *, versioned: bool = True, keyed: bool = True, **facts: Any
) -> tuple[Any, list[Reason]]:
    """(the case as saved, []) or (the case as it now stands, why not). NotPermitted goes on to the 403 page.

    `versioned`, `keyed`: whether the page's version and its key against double clicks are meant for this step; a page
    that runs two steps at once can mean only one of them.
    """
    version = request.POST.get("version", "")
    expected = int(version) if versioned and version.isascii() and version.isdigit() and len(version) < 10 else None
    key = (request.POST.get("key", "")[:36] or None) if keyed else None
    actor: Any = request.actor  # type: ignore[attr-defined] # set by ActorMiddleware
    try:
        return step(case, actor=actor, expected_version=expected, key=key, **facts), []
    except Blocked as refused:
        return case, refused.reasons
    except Stale as stale:
        return stale.case, [STALE]
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") not in _WAITED_TOO_LONG:
            raise
        return case, [BUSY]


def spread(reasons: list[Reason], *forms: BaseForm | BaseFormSet[Any]) -> list[Reason]:
    """Put each reason beside the field it names (`education-0-awarded_on`, `summary`); returns the rest."""
    fields: dict[str, tuple[BaseForm, str]] = {}
    for one in forms:
        for form in one.forms if isinstance(one, BaseFormSet) else [one]:
            fields |= {form.add_prefix(name): (form, name) for name in form.fields}
    rest = []
    for reason in reasons:
        if reason.field in fields:
            form, name = fields[reason.field]
            form.add_error(name, str(reason))
        else:
            rest.append(reason)
    return rest


def tokens(request: HttpRequest, case: Any) -> dict[str, Any]:
    """The hidden fields that every such form carries: version as shown, key against double clicks."""
    return {"version": case.version, "key": uuid.uuid4()}
