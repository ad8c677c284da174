"""Who may be drawn for guidance at a meeting, and why the others may not (F-44)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jiaxing_titles import clock
from reviews.choices import Exclusion, ExpertState
from reviews.models import ExpertDraw, LibraryExpert, ReviewFiling
from reviews.rules.draw.pool import snapshot
from reviews.rules.draw.record import record_file


@dataclass(frozen=True)
class Pool:
    """`candidates` by name and id in the order of the draw; `excluded` names everybody left out with the reason."""

    candidates: list[LibraryExpert]
    excluded: list[tuple[LibraryExpert, Exclusion]]


def expert_pool(filing: ReviewFiling, *, same_speciality: bool = False) -> Pool:
    """The library split into those who may be drawn and those who may not, constant queries."""
    enterprise = filing.round.enterprise
    seated = set(filing.panel.members.exclude(user=None).values_list("user_id", flat=True))
    applying = set(filing.round.applications.values_list("person_id", flat=True))
    drawn = set(filing.assignments.values_list("expert_id", flat=True))
    specialities = set(filing.meeting.items.values_list("application__speciality_id", flat=True))
    today = clock.today()

    def excluded(expert: LibraryExpert) -> Exclusion | None:
        rules = (
            (expert.works_at_id == enterprise.organisation_id, Exclusion.EMPLOYED),
            (expert.user_id in seated, Exclusion.SEATED),
            (expert.user_id in applying, Exclusion.APPLYING),
            (expert.term_until < today, Exclusion.TERM_OVER),
            (expert.user_id in drawn, Exclusion.DRAWN),
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


def frozen_pool(filing: ReviewFiling, *, same_speciality: bool = False) -> dict[str, Any]:
    """The pool as the draw freezes it: codes without names, one expert to be chosen."""
    found = expert_pool(filing, same_speciality=same_speciality)
    return snapshot(
        [{"code": one.code, "employer": one.employer, "speciality": one.speciality.name} for one in found.candidates],
        [(one.code, why.value) for one, why in found.excluded],
        subject=str(filing.meeting),
    )


def by_code(pool: dict[str, Any]) -> dict[str, LibraryExpert]:
    """The experts of a frozen pool, left out ones too."""
    keys = [int(one["code"].removeprefix("ZJ")) for one in [*pool["experts"], *pool["excluded"]]]
    rows = LibraryExpert.objects.filter(pk__in=keys).select_related("user", "speciality")
    return {one.code: one for one in rows}


def draw_file(draw: ExpertDraw) -> bytes:
    """The record to download, as verify_draw.py reads it."""
    names = ("run_no", "code", "secret", "unavailable", "order", "chosen", "reason", "evidence")
    runs = [{name: getattr(run, name) for name in names} | {"at": run.at.isoformat()} for run in draw.runs.all()]
    return record_file(draw.pool, draw.pool_hash, draw.commitment, draw.supervisor_hash, runs)
