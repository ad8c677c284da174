"""How fast the eligibility engine is: `python -m benchmarks.eligibility` (see README.md in this folder).

Every figure is taken beside a floor in the same run, in short blocks by turns (floor, verdict, report; then backwards),
because the machines at hand are shared and their speed wanders: the ratio to the floor is the figure to trust.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from applications.rules.eligibility import findings, judge, parse_facts, report
from tests.applications.rules.random_people import person

ROOT = Path(__file__).parents[1]
PEOPLE = 100  # by number; each is the same person in every run
FEW = 40  # under valgrind, which is fifty times slower
Work = Callable[[], None]


def floor() -> list[tuple[str, bool, int]]:
    """The least that a verdict could be: six conditions on ready-made numbers, each leaving clause, value and fact.

    No dates, no readings, nothing unknown; closures and one list, as fast as plain Python does it.
    """
    degree, worked, related, later, post = 4, 1_500, 1_500, 900, 700
    conditions = (
        ("A-3.1(1)", lambda: degree >= 6 and worked > 0, degree),
        ("A-3.1(2)", lambda: degree >= 5 and related >= 730 and later >= 365, related),
        ("A-3.1(3)", lambda: degree >= 4 and worked >= 1_461, worked),
        ("A-3.1(4)", lambda: degree >= 3 and worked >= 2_191, worked),
        ("A-3.1(5)", lambda: degree >= 3 and post >= 1_461, post),
        ("A-3.1(6)", lambda: False, 0),
    )
    return [(clause, condition(), fact) for clause, condition, fact in conditions]


def works(count: int = PEOPLE) -> dict[str, Work]:
    """What is measured; one call answers for `count` people (the floor: is evaluated so often)."""
    people = [person(number) for number in range(count)]
    facts = [parse_facts(one) for one in people]
    verdicts = [judge(one) for one in facts]
    return {
        "floor": lambda: _each(lambda _: floor(), people),
        "facts read from decoded JSON": lambda: _each(parse_facts, people),
        "verdict from facts": lambda: _each(judge, facts),
        "explanation of a verdict": lambda: _each(report, verdicts),
        "decoded JSON to the whole answer": lambda: _each(findings, people),
    }


def _each(work: Callable[[Any], object], given: Iterable[Any]) -> None:
    """One after the other, nothing kept: as a stream goes through."""
    for one in given:
        work(one)


def measure(rounds: int) -> dict[str, list[float]]:
    """CPU seconds per person of each work, one figure a round; the order turns round every time."""
    todo = works()
    found: dict[str, list[float]] = {name: [] for name in todo}
    for number in range(rounds + 1):
        for name in list(todo)[:: -1 if number % 2 else 1]:
            began = time.process_time()
            todo[name]()
            if number:  # the first round warms up
                found[name].append((time.process_time() - began) / PEOPLE)
    return found


def in_process(rounds: int) -> None:
    """Prints one row a work: people a CPU second, and how many floors one costs (median, least and most)."""
    found = measure(rounds)
    floors = found["floor"]
    print("| work, one core | a second, median block | best block | floors (least-most) |\n|---|---|---|---|")
    for name, seconds in found.items():
        ratios = [one / base for one, base in zip(seconds, floors, strict=True)]
        spread = f"{statistics.median(ratios):.1f} ({min(ratios):.1f}-{max(ratios):.1f})"
        print(f"| {name} | {1 / statistics.median(seconds):,.0f} | {1 / min(seconds):,.0f} | {spread} |")


def command(lines: int) -> None:
    """`manage.py eligibility` on so many lines and on a tenth: lines a CPU second, and how its memory grows."""
    text = [json.dumps(person(number % PEOPLE), ensure_ascii=False) + "\n" for number in range(lines)]
    (empty, _), (_, small), (many, large) = (_run(text[:count]) for count in (0, lines // 10, lines))
    print(f"\nmanage.py eligibility: {lines / (many - empty):,.0f} lines a CPU second after {empty:.1f} s of start;")
    print(f"{large / 1024:.0f} MB, {(large - small) / 1024:+.1f} MB with {lines} lines against {lines // 10}")


def _run(lines: list[str]) -> tuple[float, int]:
    """CPU seconds and the largest resident size in kB of one run."""
    with tempfile.TemporaryFile() as source:
        source.write("".join(lines).encode())
        source.seek(0)
        program = [sys.executable, "manage.py", "eligibility"]
        running = subprocess.Popen(program, stdin=source, stdout=subprocess.DEVNULL, cwd=ROOT)
        _, status, usage = os.wait4(running.pid, 0)
    if status:
        sys.exit("manage.py eligibility failed; its message is above.")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def instructions() -> None:
    """Machine instructions per person under valgrind: free of noise, so that two versions can be compared."""
    if shutil.which("valgrind") is None:
        sys.exit("valgrind is not on this machine (apt-get install valgrind).")
    counted = {name: _counted(name) for name in works(0)}
    print("\n| instructions a person | thousand | floors |\n|---|---|---|")
    for name, count in counted.items():
        print(f"| {name} | {count / 1000:.1f} | {count / counted['floor']:.1f} |")


def _counted(name: str) -> float:
    once, twice = (_callgrind(name, calls) for calls in (1, 2))
    return (twice - once) / FEW


def _callgrind(name: str, calls: int) -> int:
    code = f"from benchmarks.eligibility import *\nwork = works(FEW)[{name!r}]\nfor _ in range({calls + 1}): work()"
    done = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "0"},
        check=True,
    )
    found = re.search(r"Collected : (\d+)", done.stderr)
    if found is None:
        sys.exit(done.stderr)
    return int(found[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40, help="blocks of each work, by turns")
    parser.add_argument("--lines", type=int, default=20_000, help="lines for the command; 0 leaves it out")
    parser.add_argument("--instructions", action="store_true", help="count instructions under valgrind as well")
    chosen = parser.parse_args()
    in_process(chosen.rounds)
    if chosen.lines:
        command(chosen.lines)
    if chosen.instructions:
        instructions()


if __name__ == "__main__":
    main()
