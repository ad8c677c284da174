"""`manage.py eligibility < facts.jsonl > verdicts.jsonl`: one person a line; needs no database.

By default the shipped annex without interpretations; `--rule-set` may name a stored 规则版本, which is read from it.
"""

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from applications.gates.facts import rules_of
from applications.rules.eligibility import ANNEX_2019, SHIPPED, FactsError, RuleSet, decode, findings
from jiaxing_titles.policy.models import RuleSetVersion


def rules_named(code: str) -> RuleSet:
    """A shipped rule set, else a stored composition of it with interpretations. Raises CommandError."""
    if code in SHIPPED:
        return SHIPPED[code]
    try:
        stored = {one.code: one for one in RuleSetVersion.objects.order_by("pk")}
    except DatabaseError:
        known, apart = list(SHIPPED), "（数据库没有连上，查不到带解释的规则版本）"
    else:
        if code in stored:
            return rules_of(stored[code].composition)
        known, apart = [*SHIPPED, *stored], ""
    raise CommandError(f"没有编号为“{code}”的规则集，可用的有：{'、'.join(known)}{apart}。")


def answer(line: bytes, rules: RuleSet) -> tuple[dict[str, Any], bool]:
    """The output object for one line, and whether its facts were valid."""
    value: object = None
    try:
        value = decode(line)
        return findings(value, rules), True
    except FactsError as error:
        known = value.get("id") if isinstance(value, dict) else None
        return {"id": known if type(known) is str else None, "error": str(error)}, False


def written(result: dict[str, Any]) -> bytes:
    """One line of JSON; half a surrogate pair, which UTF-8 cannot hold, is written as its escape."""
    text = json.dumps(result, ensure_ascii=False)
    try:
        return text.encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(result).encode() + b"\n"


def lines(source: Iterable[bytes]) -> Iterator[bytes]:
    """The lines that are not blank, without the byte order mark that Windows programs put first."""
    for number, line in enumerate(source):
        line = (line.removeprefix(b"\xef\xbb\xbf") if number == 0 else line).strip()
        if line:
            yield line


class Command(BaseCommand):
    """Streams verdicts; exit status 1 when any line was not valid facts."""

    help = "按附件核对申报条件：标准输入每行一人的资料（JSON），标准输出每行一个结论。有无效行时退出码为 1。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rule-set", default=ANNEX_2019.code, help="规则版本编号，默认为办法附件，不含解释")

    def handle(self, *args: Any, rule_set: str, **options: Any) -> None:
        rules = rules_named(rule_set)
        try:
            all_valid = self._stream(rules)
        except BrokenPipeError:  # whoever reads has seen enough; what is still buffered goes nowhere
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)
        if not all_valid:
            sys.exit(1)

    def _stream(self, rules: RuleSet) -> bool:
        """Answers line by line; whether all were valid."""
        all_valid = True
        for line in lines(sys.stdin.buffer):
            result, valid = answer(line, rules)
            sys.stdout.buffer.write(written(result))
            all_valid = all_valid and valid
        sys.stdout.buffer.flush()
        return all_valid
