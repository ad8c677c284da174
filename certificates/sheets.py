"""The files of a batch, byte for byte the same however often they are made, and the receipt that comes back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from certificates.models import BatchLine, CertificateBatch
from certificates.rules.columns import Column as ProfileColumn
from certificates.rules.receipt import ReceiptRow
from jiaxing_titles.sheets import Column, Refused, Schema, Sheet, read_workbook, write_csv
from jiaxing_titles.sheets.cells import clean
from jiaxing_titles.sheets.writing import Formats, head, open_workbook, write_cell

SHEET = "制证数据"
NUMBER_HEADER, REFUSAL_HEADER = "证书编号", "失败原因"
_DIGITS = ("id_number", "credit_code", "phone", "certificate_number", "row_check", "area_code")
Progress = Callable[[int], None]


def columns_of(batch: CertificateBatch) -> list[Column]:
    """Numbers that must keep every digit are text cells in the format '@'; nothing is written as a formula."""
    return [
        Column(one.title, f"column{place}", "id" if one.source in _DIGITS else "text", required=one.required)
        for place, one in enumerate(batch.layout)
    ]


def frozen_rows(batch: CertificateBatch, progress: Progress) -> Iterator[list[str]]:
    """The rows as sealed, in their order; memory stays constant."""
    lines = BatchLine.objects.filter(batch=batch).order_by("serial")
    for done, line in enumerate(lines.iterator(chunk_size=500), start=1):
        yield json.loads(line.row)
        if done % 500 == 0:
            progress(done)


def write_batch_csv(batch: CertificateBatch, path: Path, progress: Progress) -> None:
    write_csv(path, columns_of(batch), frozen_rows(batch, progress))


def write_batch_xlsx(batch: CertificateBatch, path: Path, progress: Progress) -> None:
    """Created-at is the moment of sealing, not of making, so that a second making gives the same bytes."""
    assert batch.sealed_at is not None
    sealed = datetime.fromtimestamp(batch.sealed_at.timestamp(), UTC).replace(tzinfo=None, microsecond=0)
    columns = columns_of(batch)
    with open_workbook(path) as book:
        book.set_properties({"title": str(batch), "created": sealed})
        formats = Formats(book)
        page = book.add_worksheet(SHEET)
        head(page, columns, formats)
        last = 0
        for last, row in enumerate(frozen_rows(batch, progress), start=1):
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                write_cell(page, last, place, value, column, formats)
        page.autofilter(0, 0, max(last, 1), len(columns) - 1)


def read_receipt(batch: CertificateBatch, file: IO[bytes], name: str) -> list[ReceiptRow]:
    """Rows of an xlsx or csv, found by the headers of the batch. Raises Refused with a sentence."""
    titles = _titles(batch.layout)
    file.seek(0)
    if name.lower().endswith(".csv"):
        return [_row(number, cells) for number, cells in _csv_rows(file.read(), titles)]
    if not name.lower().endswith(".xlsx"):
        raise Refused("回执须是 xlsx 或 csv 文件，请另存后再上传。")
    return [_row(number, cells) for number, cells in _xlsx_rows(file, titles)]


def _titles(layout: list[ProfileColumn]) -> dict[str, str]:
    """Our key → the header that the batch was sent with."""
    sent = {column.source: column.title for column in layout if column.source}
    wanted = ("batch_number", "serial", "row_check", "certificate_number")
    return {**{key: sent.get(key, NUMBER_HEADER) for key in wanted}, "refusal": REFUSAL_HEADER}


def _row(number: int, cells: dict[str, str]) -> ReceiptRow:
    return ReceiptRow(
        line=number,
        batch_number=cells["batch_number"],
        serial=cells["serial"],
        check=cells["row_check"],
        certificate_number=cells["certificate_number"],
        refusal=cells["refusal"][:300],
    )


def _xlsx_rows(file: IO[bytes], titles: dict[str, str]) -> Iterator[tuple[int, dict[str, str]]]:
    schema = Schema(
        title="制证回执",
        version="1",
        sheets=(Sheet(SHEET, tuple(Column(title, key) for key, title in titles.items())),),
        max_rows=20_000,
    )
    reading = read_workbook(file, schema)
    if reading.errors:
        raise Refused("；".join(str(error) for error in reading.errors[:10]))
    for row in reading.rows.get(SHEET, []):
        yield row.number, {key: row.values.get(key) or "" for key in titles}


def _csv_rows(content: bytes, titles: dict[str, str]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        rows = iter(list(csv.reader(io.StringIO(_decoded(content), newline=""))))
    except csv.Error as wrong:  # a cell beyond all measure
        raise Refused("文件不是能读的 csv 表格，请在 Excel 或 WPS 中另存为 xlsx 再上传。") from wrong
    header = [clean(cell) for cell in next(rows, [])]
    missing = [title for title in titles.values() if title not in header]
    if missing:
        raise Refused(f"回执缺少“{'”“'.join(missing)}”这几列，请用报送时的列名。")
    places = {key: header.index(title) for key, title in titles.items()}
    for number, row in enumerate(rows, start=2):
        if any(clean(cell) for cell in row):
            yield number, {key: clean(row[place]) if place < len(row) else "" for key, place in places.items()}


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("看不出文件的文字编码，请在 Excel 或 WPS 中另存为 xlsx 再上传。")
