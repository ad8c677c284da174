"""Pages of a long list without COUNT and OFFSET: each page begins after the last row of the one before.

A token is the sort key of an edge row, signed together with the order it belongs to; one that is broken, forged or
from another sort leads to the first page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest

Row = TypeVar("Row", bound=models.Model)
SALT = "jiaxing_titles.ui.paging"
MAX_SIZE = 200


@dataclass(frozen=True)
class Page(Generic[Row]):
    """`next` and `previous` are the tokens of the neighbouring pages, empty at the ends."""

    rows: list[Row]
    next: str = ""
    previous: str = ""

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def keyset(
    queryset: QuerySet[Row],
    *,
    order: Sequence[str],
    after: str | None = None,
    before: str | None = None,
    size: int = 50,
) -> Page[Row]:
    """One page in `order`, which must end with the primary key (`-id`) so that no two rows are equal.

    Costs one query of size+1 rows. Columns of the order must not be null; a path over a foreign key
    (`person__name_sort`) needs its select_related.
    """
    if not 1 <= size <= MAX_SIZE:
        raise ValueError(f"a page holds 1 to {MAX_SIZE} rows, not {size}")
    _check(queryset.model, order)
    backwards = False
    edge = _read(after, order) if after else None
    if edge is None and before:
        edge, backwards = _read(before, order), True
    if edge is None:
        return _page(queryset, order, None, False, size)
    try:
        return _page(queryset, order, edge, backwards, size)
    except (ValidationError, ValueError, TypeError):  # signed by us for columns that changed their type since
        return _page(queryset, order, None, False, size)


def page_of(
    request: HttpRequest, queryset: QuerySet[Row], sorts: dict[str, Sequence[str]], *, size: int = 50
) -> Page[Row]:
    """The page that the query string asks for: `sort` picks one of the listed orders, anything else the first one."""
    chosen = sorts.get(request.GET.get("sort", ""), next(iter(sorts.values())))
    return keyset(queryset, order=chosen, after=request.GET.get("after"), before=request.GET.get("before"), size=size)


def _page(
    queryset: QuerySet[Row], order: Sequence[str], edge: list[Any] | None, backwards: bool, size: int
) -> Page[Row]:
    direction = [_reverse(name) for name in order] if backwards else list(order)
    rows = queryset.order_by(*direction)
    if edge is not None:
        rows = rows.filter(_beyond(direction, edge))
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
        if not found:  # the rows before are gone: begin anew instead of showing an empty page
            return _page(queryset, order, None, False, size)
    has_next, has_previous = (True, more) if backwards else (more, edge is not None)
    return Page(
        rows=found,
        next=_token(found[-1], order) if found and has_next else "",
        previous=_token(found[0], order) if found and has_previous else "",
    )


def _beyond(direction: Sequence[str], edge: Sequence[Any]) -> Q:
    """Rows after the edge. The outer bound on the first column alone is what lets PostgreSQL use the index."""
    condition, equal = Q(), Q()
    for name, value in zip(direction, edge, strict=True):
        column, lookup = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{column}__{lookup}": value})
        equal &= Q(**{column: value})
    first = direction[0]
    return Q(**{f"{first.lstrip('-')}__{'lte' if first.startswith('-') else 'gte'}": edge[0]}) & condition


def _check(model: type[models.Model], order: Sequence[str]) -> None:
    if not order or order[-1].lstrip("-") not in ("id", "pk", model._meta.pk.name):  # type: ignore[union-attr]
        raise ValueError(f"the order {tuple(order)} has no unique tie-break: end it with the primary key")
    for name in order:
        column: Any = None
        owner: Any = model
        for part in name.lstrip("-").split("__"):
            try:
                column = owner._meta.pk if part == "pk" else owner._meta.get_field(part)
            except FieldDoesNotExist as missing:
                raise ValueError(f"{model.__name__} cannot be sorted by {name}") from missing
            owner = column.related_model
        if column.null:
            raise ValueError(f"{name} may be null, so rows would be lost between pages")


def _reverse(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _token(row: models.Model, order: Sequence[str]) -> str:
    values = []
    for name in order:
        value: Any = row
        for part in name.lstrip("-").split("__"):
            column = value._meta.pk if part == "pk" else value._meta.get_field(part)
            value = (
                getattr(value, part)
                if column.is_relation and not name.endswith(part)
                else column.value_to_string(value)
            )
        values.append(value)
    return signing.dumps([list(order), values], salt=SALT, compress=True)


def _read(token: str, order: Sequence[str]) -> list[Any] | None:
    try:
        signed_order, values = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return values if signed_order == list(order) else None
