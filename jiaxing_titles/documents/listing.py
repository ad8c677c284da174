"""Context of `templates/documents/base_list.html`: an A4 landscape list with a repeated head."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from jiaxing_titles.documents.letter import Letter

CellKind = Literal["text", "name", "number", "centre", "figure", "code"]


@dataclass(frozen=True)
class ListColumn:
    """`name` sets the column in the face that has every character of a name; `number` is the 序号 column."""

    header: str
    kind: CellKind = "text"


@dataclass(frozen=True)
class ListCell:
    """One cell of a printed list; `kind` is its CSS class."""

    text: str
    kind: CellKind


def list_context(letter: Letter, columns: Sequence[ListColumn], rows: Iterable[Sequence[object]]) -> dict[str, Any]:
    """Rows are plain values in column order; None prints empty. Raises ValueError on a row of wrong width."""
    cells = (
        [ListCell("" if value is None else str(value), column.kind) for column, value in zip(columns, row, strict=True)]
        for row in rows
    )
    return {"letter": letter, "columns": columns, "rows": list(cells)}
