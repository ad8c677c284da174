"""What every builder of this stage does first: who may read, and the case to print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.documents.models import DocumentJob
from jiaxing_titles.documents.registry import DocumentError

OF_SHEET = ("meeting__round__cycle", "session__cycle", "enterprise__organisation", "organisation")


def visible(model: Any) -> Callable[[DocumentJob, Actor], bool]:
    """Whoever may see the case may read what was printed of it."""

    def readers(job: DocumentJob, actor: Actor) -> bool:
        return bool(model.objects.visible_to(actor).filter(pk=job.parameters.get("pk")).exists())

    return readers


def case_of(model: Any, job: DocumentJob, *related: str) -> Any:
    case: Model | None = model.objects.filter(pk=job.parameters["pk"]).select_related(*related).first()
    if case is None:
        raise DocumentError("要打印的事项已不存在，请返回页面重新生成。")
    return case
