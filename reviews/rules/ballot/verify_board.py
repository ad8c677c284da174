"""复核计票文件，只用 Python 自带的库: python3 verify_board.py 计票文件.json [纪要上的校验值 [选票回执 …]]

Counts a board again: hashes, receipts, slips, totals, results. Says what is wrong; exit status 1 then.
"""

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence


def canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def problems(data: bytes, expected: str = "", receipts: Sequence[str] = ()) -> list[str]:
    try:
        return list(check(data.decode(), expected, receipts))
    except (ValueError, LookupError, TypeError, AttributeError) as broken:
        return [f"文件不完整或格式不对：{type(broken).__name__}"]


def check(text: str, expected: str, receipts: Sequence[str]) -> Iterator[str]:
    whole = json.loads(text)
    board, form = whole["board"], whole["board"]["form"]
    if text != canonical(whole) or set(whole) != {"board", "sha256"} or whole["sha256"] != sha256(canonical(board)):
        yield "文件被改动过：与文件末尾的校验值不符"
    if expected and sha256(text) != expected:
        yield "不是纪要上写的那份文件"
    if board["version"] != 1 or board["form_hash"] != sha256(canonical(form)):
        yield "票样与其校验值不符"
    box, slips, invalid = board["receipts"], board["slips"], board["invalid"]
    if box != sorted(set(box)) or len(box) > form["seats"]:
        yield "回执重复、没有排序，或多于实到席数"
    yield from (f"票箱里没有回执 {one}" for one in receipts if one not in box)
    if slips != sorted(slips) or len({code for _, code, _ in slips}) != len(slips):
        yield "票面没有排序，或核对码重复"
    numbers = [one["number"] for one in form["names"]]
    if numbers != [one["number"] for one in board["tallies"]] or {number for number, _, _ in slips} - set(numbers):
        yield "名单与票面、结果的人数不符"
    for name, tally in zip(form["names"], board["tallies"], strict=False):
        marks = [choice for number, _, choice in slips if number == name["number"]]
        counted = {choice: marks.count(choice) for choice in ("yes", "no", "abstain")}
        totals = {**counted, "recused": len(box) - invalid - len(marks), "invalid": invalid}
        if {key: tally[key] for key in totals} != totals or sum(totals.values()) != len(box):
            yield f"第{name['number']}号 {name['name']}：票数不符"
        attending = form["seats"] - name["recused"]
        passed = counted["yes"] > 0 and form["pass"][1] * counted["yes"] >= form["pass"][0] * attending
        if (tally["attending"], tally["passed"]) != (attending, passed) or not 0 <= tally["recused"] <= name["recused"]:
            yield f"第{name['number']}号 {name['name']}：结果不符"


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as file:
        found = problems(file.read(), "".join(sys.argv[2:3]), sys.argv[3:])
    sys.exit("\n".join(found) if found else print("复核无误"))
