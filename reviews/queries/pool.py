"""Who may be drawn for guidance at a meeting, and why the others may not (F-44)."""

from __future__ import annotations

from dataclasses import dataclass

from jiaxing_titles import clock
from reviews.choices import ExpertState
from reviews.models import LibraryExpert, ReviewFiling


@dataclass(frozen=True)
class Pool:
    """`candidates` by name and id in the order of the draw; `excluded` names everybody left out with the reason."""

    candidates: list[LibraryExpert]
    excluded: list[tuple[LibraryExpert, str]]


def expert_pool(filing: ReviewFiling, *, same_speciality: bool = False) -> Pool:
    """The library split into those who may be drawn and those who may not, constant queries."""
    enterprise = filing.round.enterprise
    seated = set(filing.panel.members.exclude(user=None).values_list("user_id", flat=True))
    applying = set(filing.round.applications.values_list("person_id", flat=True))
    drawn = set(filing.assignments.values_list("expert_id", flat=True))
    specialities = set(filing.meeting.items.values_list("application__speciality_id", flat=True))
    today = clock.today()

    def excluded(expert: LibraryExpert) -> str:
        rules = (
            (expert.works_at_id == enterprise.organisation_id, "在该企业任职，须回避"),
            (expert.user_id in seated, "任该企业评审机构成员"),
            (expert.user_id in applying, "是本次申报人"),
            (expert.term_until < today, "聘期已过"),
            (expert.user_id in drawn, "本次已被抽取过"),
            (same_speciality and expert.speciality_id not in specialities, "从事专业不在申报专业之内"),
        )
        return next((why for applies, why in rules if applies), "")

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
