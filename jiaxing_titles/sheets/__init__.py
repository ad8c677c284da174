"""Workbooks in and out: a declared schema, safe reading with a sentence per bad cell, streaming writing."""

from jiaxing_titles.sheets.cells import NotThat
from jiaxing_titles.sheets.guard import Refused
from jiaxing_titles.sheets.marking import errors_workbook
from jiaxing_titles.sheets.reading import CellError, Reading, Row, read_workbook
from jiaxing_titles.sheets.schema import Column, Schema, Sheet
from jiaxing_titles.sheets.template import template_workbook
from jiaxing_titles.sheets.writing import SheetData, csv_lines, write_csv, write_xlsx

__all__ = [
    "CellError",
    "Column",
    "NotThat",
    "Reading",
    "Refused",
    "Row",
    "Schema",
    "Sheet",
    "SheetData",
    "csv_lines",
    "errors_workbook",
    "read_workbook",
    "template_workbook",
    "write_csv",
    "write_xlsx",
]
