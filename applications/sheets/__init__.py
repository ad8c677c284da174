"""The company's workbook: persons, study, work, posts, assessments, hours on linked sheets; in and out alike."""

from applications.sheets.examine import Examination, Person, examine
from applications.sheets.export import write_round
from applications.sheets.schema import SCHEMA

__all__ = ["SCHEMA", "Examination", "Person", "examine", "write_round"]
