"""Who may be drawn, for guidance at a meeting or for inspection, and why the others may not (F-44, F-87)."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from enterprises.choices import InspectionKind
from enterprises.models import Enterprise, ReviewAuthority
from jiaxing_titles import clock
from jiaxing_titles.accounts.models import Membership
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.policy.models import Cycle
from reviews.choices import CompanyExclusion, Exclusion, ExpertState, GuidanceState, RecusalKind
from reviews.models import (
    CommitteeRecusal,
    GuidanceAssignment,
    LibraryExpert,
    PanelMember,
    RandomDraw,
    Recusal,
    ReviewFiling,
)
from reviews.rules.draw.pool import digest, snapshot
from reviews.rules.draw.record import record_file

STAFF = (*sorted(Role.enterprise_side()), Role.APPLICANT)
RELATED = (RecusalKind.KIN, RecusalKind.INTEREST, RecusalKind.DISPUTE, RecusalKind.MENTOR)


@dataclass(frozen=True)
class Pool:
    """`candidates` by name and id in the order of the draw; `excluded` names everybody left out with the reason."""

    candidates: list[LibraryExpert]
    excluded: list[tuple[LibraryExpert, Exclusion]]


def expert_pool(filing: ReviewFiling, *, same_speciality: bool = False) -> Pool:
    """The library split into those who may be drawn and those who may not, constant queries."""
    enterprise, cycle, today = filing.round.enterprise, filing.round.cycle, clock.today()
    seats = PanelMember.objects.filter(panel__round=filing.round).exclude(user=None)
    seated = set(seats.values_list("user_id", flat=True))
    applying = set(filing.round.applications.values_list("person_id", flat=True))
    drawn = set(filing.assignments.values_list("expert_id", flat=True))
    specialities = set(filing.meeting.items.values_list("application__speciality_id", flat=True))
    employed, former = _staff(enterprise, today, cycle.draw_former_years)
    related = _related(enterprise)
    busy = _busy(cycle)

    def excluded(expert: LibraryExpert) -> Exclusion | None:
        suspended = expert.suspended_until
        rules = (
            (expert.works_at_id == enterprise.organisation_id or expert.user_id in employed, Exclusion.EMPLOYED),
            (expert.user_id in former, Exclusion.FORMER),
            (expert.user_id in related, Exclusion.KIN),
            (expert.user_id in seated, Exclusion.SEATED),
            (expert.user_id in applying, Exclusion.APPLYING),
            (expert.term_until < today, Exclusion.TERM_OVER),
            (suspended is not None and suspended >= today, Exclusion.SUSPENDED),
            (expert.user_id in drawn, Exclusion.DRAWN),
            (expert.user_id in busy, Exclusion.TOO_OFTEN),
            (same_speciality and expert.speciality_id not in specialities, Exclusion.SPECIALITY),
        )
        return next((why for applies, why in rules if applies), None)

    rows = (
        LibraryExpert.objects.filter(state=ExpertState.IN_LIBRARY)
        .select_related("user", "speciality")
        .order_by("user_id")
    )
    candidates, left_out = [], []
    for expert in rows:
        if why := excluded(expert):
            left_out.append((expert, why))
        else:
            candidates.append(expert)
    return Pool(candidates, left_out)


def _staff(enterprise: Enterprise, today: dt.date, years: int) -> tuple[set[int], set[int]]:
    """(who belongs to the company, who left it less than so many years ago)."""
    employed, former = set(), set()
    for one in Membership.objects.filter(organisation=enterprise.organisation_id, role__in=STAFF):
        if one.ended_at is None:
            employed.add(one.user_id)
        elif today < one.ended_at.astimezone(clock.SHANGHAI).date() + dt.timedelta(days=365 * years):
            former.add(one.user_id)
    return employed, former


def _related(enterprise: Enterprise) -> set[int]:
    """Who has declared before a panel or the committee what keeps him from judging the company's people."""
    panels = Recusal.objects.filter(member__panel__round__enterprise=enterprise, kind__in=RELATED)
    committees = CommitteeRecusal.objects.filter(slot__enterprise=enterprise, kind__in=RELATED)
    users = [*panels.values_list("member__user", flat=True), *committees.values_list("member__user", flat=True)]
    return {one for one in users if one is not None}


def _busy(cycle: Cycle) -> set[int]:
    """Who has been sent to as many meetings this year as one may be."""
    sent = GuidanceAssignment.objects.filter(filing__round__cycle=cycle).exclude(state__in=GuidanceState.gone())
    counted = sent.values("expert").annotate(times=Count("pk")).filter(times__gte=cycle.draw_most)
    return set(counted.values_list("expert", flat=True))


def frozen_pool(
    filing: ReviewFiling, *, same_speciality: bool = False, blind: bool = False
) -> tuple[dict[str, Any], str]:
    """(the pool as the draw freezes it, the key to its codes): codes without names, one expert to be chosen.

    In a blind pool the codes are dealt for this draw alone; the key is kept back, its hash stands in the pool.
    """
    found = expert_pool(filing, same_speciality=same_speciality)
    if not blind:
        inside = [
            {"code": one.code, "employer": one.employer, "speciality": one.speciality.name} for one in found.candidates
        ]
        return snapshot(inside, [(one.code, why.value) for one, why in found.excluded], subject=str(filing.meeting)), ""
    everybody = [one.code for one in [*found.candidates, *(one for one, _ in found.excluded)]]
    dealt = secrets.SystemRandom().sample(range(1, len(everybody) + 1), len(everybody))
    alias = {code: f"M{number:03d}" for code, number in zip(everybody, dealt, strict=True)}
    key = {"codes": {alias[code]: code for code in everybody}, "salt": secrets.token_hex(16)}
    outside = [(alias[one.code], why.value) for one, why in found.excluded]
    pool = snapshot([{"code": alias[one.code]} for one in found.candidates], outside, subject=str(filing.meeting))
    return {**pool, "names_hash": digest(key)}, json.dumps(key)


def inspection_pool(cycle: Cycle, choose: int) -> dict[str, Any]:
    """The year's approved companies as an inspection's draw freezes them."""
    listed = ReviewAuthority.objects.filter(cycle=cycle).select_related("enterprise__organisation", "cycle")
    inspected = set(cycle.inspections.filter(kind=InspectionKind.RANDOM).values_list("enterprise", flat=True))
    inside, outside = [], []
    for one in listed.order_by("enterprise_id"):
        code = company_code(one.enterprise)
        if one.enterprise_id in inspected:
            outside.append((code, CompanyExclusion.INSPECTED.value))
        elif one.withdrawn_on or one.exited_on:
            outside.append((code, CompanyExclusion.WITHDRAWN.value))
        else:
            inside.append({"code": code})
    return snapshot(inside, outside, subject=f"{cycle}自主评审企业随机抽查", choose=choose)


def company_code(enterprise: Enterprise) -> str:
    """By which a draw names a company for good."""
    return f"QY{enterprise.pk:05d}"


def people_of(draw: RandomDraw) -> dict[str, LibraryExpert]:
    """The experts of a frozen pool by its codes, left out ones too."""
    real = json.loads(draw.aliases)["codes"] if draw.aliases else {}
    codes = [one["code"] for one in [*draw.pool["experts"], *draw.pool["excluded"]]]
    keys = {code: int(real.get(code, code).removeprefix("ZJ")) for code in codes}
    rows = LibraryExpert.objects.select_related("user", "speciality").in_bulk(set(keys.values()))
    return {code: rows[key] for code, key in keys.items()}


def companies_of(codes: Iterable[str]) -> dict[str, Enterprise]:
    """The companies of an inspection's pool by its codes."""
    keys = {code: int(code.removeprefix("QY")) for code in codes}
    rows = Enterprise.objects.select_related("organisation__supervisor").in_bulk(set(keys.values()))
    return {code: rows[key] for code, key in keys.items()}


def names_in(draw: RandomDraw) -> dict[str, tuple[str, str]]:
    """Code → (name, employer or county); empty while the draw is blind."""
    if draw.blind:
        return {}
    if draw.filing_id is None:
        found = companies_of(one["code"] for one in [*draw.pool["experts"], *draw.pool["excluded"]])
        return {code: (str(one), str(one.organisation.supervisor or "")) for code, one in found.items()}
    return {code: (one.user.name, one.employer) for code, one in people_of(draw).items()}


def draw_file(draw: RandomDraw) -> bytes:
    """The record to download, as verify_draw.py reads it; the key to blind codes once their hour has come."""
    names = ("run_no", "code", "secret", "unavailable", "order", "chosen", "reason", "evidence")
    runs = [{name: getattr(run, name) for name in names} | {"at": run.at.isoformat()} for run in draw.runs.all()]
    key = json.loads(draw.aliases) if draw.aliases and not draw.blind else None
    return record_file(draw.pool, draw.pool_hash, draw.commitment, draw.supervisor_hash, runs, key)
