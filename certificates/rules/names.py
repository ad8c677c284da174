"""Two people of one name in one company: what tells them apart on a public list (decision 38).

The list shows 工作单位, 姓名, 专业, 资格, 途径. A namesake adds 部门, else the year of birth; a name that
stands alone adds nothing, for the public needs nothing more (个人信息保护法: 最小必要).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Listed:
    """One name of a list; `key` is the caller's own, `birth_year` None where it is not known."""

    key: int
    company: str
    name: str
    department: str = ""
    birth_year: int | None = None


def distinguishing_notes(people: Iterable[Listed]) -> dict[int, str]:
    """For each key the words to print after the name; empty for a name that is alone in its company.

    Departments serve only when every namesake has one and no two are the same: a list in which one of
    two 张伟 says 「设备部」 and the other a year would tell the public more than it needs.
    """
    people = list(people)
    groups: dict[tuple[str, str], list[Listed]] = defaultdict(list)
    for person in people:
        groups[person.company, person.name].append(person)
    notes = {person.key: "" for person in people}
    for namesakes in groups.values():
        if len(namesakes) > 1:
            notes.update(_notes_of(namesakes))
    return notes


def _notes_of(namesakes: list[Listed]) -> dict[int, str]:
    departments = [person.department for person in namesakes]
    if all(departments) and len(set(departments)) == len(departments):
        return {person.key: person.department for person in namesakes}
    years = [person.birth_year for person in namesakes]
    notes = {person.key: f"{person.birth_year}年生" if person.birth_year else "" for person in namesakes}
    if len(set(years)) < len(years) and any(departments):
        # Same year too: only both facts together tell them apart.
        for person in namesakes:
            notes[person.key] = "，".join(part for part in (person.department, notes[person.key]) if part)
    return notes
