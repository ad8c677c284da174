"""Who belongs on the city's notice, and what keeps the others off it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

from applications.gates import agenda
from applications.models import TitleApplication
from applications.queries.agenda import with_facts
from certificates.models import ResultRoster, RosterLine
from certificates.rules.names import Listed, distinguishing_notes
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.reading import one_reading
from jiaxing_titles.reasons import Reason
from reviews.queries.outcome import passed_for_publicity

BUREAU = "人力资源和社会保障局"


@dataclass
class Candidates:
    """`ready` in the order of the list; `held` with the reasons that officials are shown."""

    ready: list[TitleApplication] = field(default_factory=list)
    held: list[tuple[TitleApplication, list[Reason]]] = field(default_factory=list)


@one_reading()
def candidates(cycle: Cycle) -> Candidates:
    """Everybody who passed the signed tally and stands on no roster of another number yet.

    Employment, scope and the company's standing are looked at again here (R-6.2.3, R-6.3.2).
    """
    found = Candidates()
    passed = with_facts(passed_for_publicity(cycle)).select_related(
        "enterprise__organisation__supervisor", "roster_line"
    )
    for application in passed:
        reasons = agenda.city_notice(application)
        if reasons:
            found.held.append((application, reasons))
        else:
            found.ready.append(application)
    found.ready.sort(key=_place)
    return found


def _place(application: TitleApplication) -> tuple[str, int, str, str, int]:
    organisation = application.enterprise.organisation
    county = organisation.supervisor.code if organisation.supervisor else ""
    speciality = application.speciality.code
    return county, organisation.pk, speciality, application.person.name_sort, application.pk


def lines_of(roster: ResultRoster, people: list[TitleApplication]) -> list[RosterLine]:
    """Unsaved lines, numbered, with what tells namesakes apart (decision 38)."""
    notes = distinguishing_notes(
        Listed(
            key=one.pk,
            company=one.enterprise.organisation.name,
            name=one.person.name,
            department=one.department,
            birth_year=one.born_on.year if one.born_on else None,
        )
        for one in people
    )
    return [
        RosterLine(
            roster=roster,
            application=one,
            number=number,
            county=one.enterprise.bureau.name.removesuffix(BUREAU),
            company=one.enterprise.organisation.name,
            name=one.person.name,
            note=notes[one.pk],
            speciality=one.speciality.name,
            title=one.get_level_display(),
            route=one.get_route_display(),
        )
        for number, one in enumerate(people, start=1)
    ]


def differences(roster: ResultRoster) -> list[Reason]:
    """How the draft differs from the signed tallies as they are now; any difference blocks its way (R-5.4.1)."""
    listed = dict(roster.lines.values_list("application_id", "name"))
    now = {one.pk: one for one in candidates(roster.cycle).ready if not _on_another(one, roster)}
    missing = [str(one) for pk, one in now.items() if pk not in listed]
    surplus = [name for pk, name in listed.items() if pk not in now]
    reasons = []
    if missing:
        reasons.append(_difference(f"计票结果中有{len(missing)}人没有列入：{_named(missing)}。"))
    if surplus:
        reasons.append(_difference(f"名单上有{len(surplus)}人现在不能公示：{_named(surplus)}。"))
    return reasons


def _on_another(application: TitleApplication, roster: ResultRoster) -> bool:
    line = getattr(application, "roster_line", None)
    return line is not None and line.roster_id != roster.pk


def _difference(text: str) -> Reason:
    return Reason(text, "办法五（四）", "R-5.4.1", "G19", remedy="请退回拟稿，更新名单后再办。")


def _named(names: list[str]) -> str:
    return "、".join(names[:10]) + ("等" if len(names) > 10 else "")


def list_hash(roster: ResultRoster) -> str:
    """Over what the public will read, so that the list signed is the list checked."""
    rows = roster.lines.order_by("number").values_list(
        "number", "company", "name", "note", "speciality", "title", "route"
    )
    return hashlib.sha256(json.dumps(list(rows), ensure_ascii=False).encode()).hexdigest()
