"""`manage.py eligibility` as a program: streams, order, exit status, no database."""

import datetime as dt
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from jiaxing_titles.policy.compositions import Composition, Settled
from jiaxing_titles.policy.models import RuleSetVersion

ROOT = Path(__file__).parents[3]
EXAMPLES = [
    json.loads(line) for line in (ROOT / "tests/applications/rules/examples.jsonl").read_text("utf-8").splitlines()
]


def run(standard_input, *arguments):
    nowhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1/0"}
    return subprocess.run(
        [sys.executable, "manage.py", "eligibility", *arguments],
        input=standard_input,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **nowhere, "PYTHONIOENCODING": "ascii", "DJANGO_SETTINGS_MODULE": "jiaxing_titles.settings"},
        check=False,
    )


def test_verdicts_in_the_order_of_the_lines():
    done = run(b"\n".join(json.dumps(example["facts"]).encode() for example in EXAMPLES) + b"\n")
    found = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert done.returncode == 0, done.stderr.decode()
    assert [row["id"] for row in found] == [example["facts"]["id"] for example in EXAMPLES]
    assert [row["verdict"] for row in found] == [example["expected"]["verdict"] for example in EXAMPLES]


def test_a_bad_line_is_answered_and_the_run_goes_on():
    good = json.dumps(EXAMPLES[0]["facts"]).encode()
    strange = b'{"id": "\\ud800", "level": "engineer", "as_of": "2026-12-31"}'
    done = run(
        b"\xef\xbb\xbf"
        + good
        + b"\r\n\n  \n[]\n"
        + b'{"id": "x", "level": "engineer"}\n\xff\n'
        + strange
        + b"\n"
        + good
    )
    first, second, third, fourth, fifth, sixth = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == 1
    assert first["verdict"] == sixth["verdict"] == "eligible"
    assert second["id"] is None and "本行" in second["error"]
    assert third["id"] == "x" and third["error"].startswith("as_of（计算截止日）")
    assert fourth["id"] is None and "UTF-8" in fourth["error"]
    assert (fifth["id"] == "\ud800" and fifth["verdict"] == "needs_evidence") or fifth["verdict"] == "not_eligible"


def test_nothing_in_nothing_out():
    done = run(b"")
    assert (done.returncode, done.stdout) == (0, b"")


def test_an_unknown_rule_set_is_refused():
    done = run(b"", "--rule-set", "2031")
    assert done.returncode == 1
    assert "没有编号为“2031”的规则集" in done.stderr.decode(errors="replace") or b"2031" in done.stderr


@pytest.mark.django_db
def test_a_stored_composition_can_be_named(monkeypatch, capsysbinary):
    """S3 hangs on the open question of technician posts before graduation."""
    settled = Settled("posts_before_graduation_count", True, "2026-1", "嘉人社释〔2026〕1号", dt.date(2026, 5, 1))
    stored = RuleSetVersion.kept(Composition({settled.question: settled}))
    facts = next(example["facts"] for example in EXAMPLES if example["facts"]["id"] == "S3")
    found = []
    for named in ([], ["--rule-set", stored.code]):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(facts).encode())))
        call_command("eligibility", *named)
        found.append(json.loads(capsysbinary.readouterr().out))
    without, with_it = found
    assert (without["rule_set"], without["routes"]["A-3.2(2)"], without["interpretations"]) == (
        "annex-2019",
        "unknown",
        {},
    )
    assert (with_it["rule_set"], with_it["routes"]["A-3.2(2)"]) == ("annex-2019+2026-1", "pass")
    assert with_it["interpretations"] == {settled.question: settled.number}
    with pytest.raises(CommandError, match=r"annex-2019、annex-2019\+2026-1。"):
        call_command("eligibility", "--rule-set", "annex-2019+2026-2")
