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

from applications.management.commands.eligibility import answer, written
from applications.rules.eligibility import ANNEX_2019
from jiaxing_titles.policy.compositions import Composition, Settled
from jiaxing_titles.policy.models import RuleSetVersion
from tests.applications.rules.random_people import person

ROOT = Path(__file__).parents[3]
EXAMPLES = [
    json.loads(line) for line in (ROOT / "tests/applications/rules/examples.jsonl").read_text("utf-8").splitlines()
]


def start(*arguments, environment=None, **streams):
    nowhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1/0"}
    settings = {"PYTHONIOENCODING": "ascii", "DJANGO_SETTINGS_MODULE": "jiaxing_titles.settings"}
    return subprocess.Popen(
        [sys.executable, "manage.py", "eligibility", *arguments],
        cwd=ROOT,
        env={**os.environ, **nowhere, **settings, **(environment or {})},
        **streams,
    )


def run(standard_input, *arguments, **environment):
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    running = start(*arguments, environment=environment, **streams)
    told = running.communicate(standard_input)
    return subprocess.CompletedProcess(running.args, running.returncode, *told)


def test_verdicts_in_the_order_of_the_lines_and_the_same_bytes_in_every_process():
    people = [*(example["facts"] for example in EXAMPLES), *(person(number) for number in range(60))]
    asked = [json.dumps(one).encode() for one in people]
    done = run(b"\n".join(asked) + b"\n", "--rule-set", "annex-2019", PYTHONHASHSEED="1")
    assert done.returncode == 0, told(done)
    assert done.stdout == b"".join(written(answer(line, ANNEX_2019)[0]) for line in asked)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in found] == [one["id"] for one in people]
    assert [row["verdict"] for row in found[: len(EXAMPLES)]] == [one["expected"]["verdict"] for one in EXAMPLES]


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
    assert (fifth["id"], fifth["verdict"]) == ("\ud800", "not_eligible")


def test_a_reader_that_stops_early_ends_the_run_without_a_traceback():
    lines = b"\n".join(json.dumps(EXAMPLES[0]["facts"]).encode() for _ in range(400))
    running = start(stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    running.stdout.close()
    _, told = running.communicate(lines)
    assert running.returncode == 1
    assert told == b""


def test_nothing_in_nothing_out():
    done = run(b"")
    assert (done.returncode, done.stdout) == (0, b"")


def test_an_unknown_rule_set_is_refused():
    done = run(b"", "--rule-set", "2031")
    assert done.returncode == 1
    assert "没有编号为“2031”的规则集，可用的有：annex-2019（数据库没有连上，查不到带解释的规则版本）。" in told(done)


def told(done):
    """Standard error of a console that has only ASCII shows Chinese as escapes."""
    return done.stderr.decode().encode("ascii", "backslashreplace").decode("unicode_escape")


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
