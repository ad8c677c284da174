"""The published lists as everybody may read them: company, county, authority, status of today (R-4.2d, F-11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enterprises.choices import ApprovedListState, Level
from enterprises.models import ApprovedList, ReviewAuthority
from enterprises.rules.standing import standing_on

STATUS_WORDS = {
    "active": ("有效", "green"),
    "suspended": ("暂停", "red"),
    "withdrawn": ("已收回", "red"),
    "exited": ("已退出", "grey"),
    "none": ("未生效", "grey"),
}


@dataclass(frozen=True)
class PublicLine:
    """One company on a published list."""

    pk: int
    name: str
    credit_code: str
    county: str
    levels: list[str]
    specialities: list[str]
    status: str
    granted_on: date

    @property
    def status_word(self) -> str:
        return STATUS_WORDS[self.status][0]

    @property
    def tone(self) -> str:
        return STATUS_WORDS[self.status][1]


def published_years() -> list[int]:
    """Years with a published list, newest first."""
    years = ApprovedList.objects.filter(state=ApprovedListState.PUBLISHED)
    return list(years.order_by("-cycle__year").values_list("cycle__year", flat=True).distinct())


def published_lists(year: int) -> list[ApprovedList]:
    lists = ApprovedList.objects.filter(state=ApprovedListState.PUBLISHED, cycle__year=year)
    return list(lists.select_related("cycle", "decision", "organisation").order_by("number"))


def public_lines(year: int, on: date) -> list[PublicLine]:
    """The year's companies by county and code. A year has tens of companies: one page, a fixed number of queries."""
    authorities = (
        ReviewAuthority.objects.filter(cycle__year=year)
        .select_related("cycle", "enterprise__organisation__supervisor")
        .prefetch_related("suspensions", "specialities")
        .order_by("enterprise__organisation__supervisor__code", "enterprise__credit_code")
    )
    return [
        PublicLine(
            authority.pk,
            authority.enterprise.organisation.name,
            authority.enterprise.credit_code,
            authority.enterprise.bureau.short_name.removesuffix("人社局").removesuffix("人社窗口"),
            [Level(level).label for level in authority.levels],
            [speciality.name for speciality in authority.specialities.all()],
            standing_on(on, year, authority.facts()).status,
            authority.granted_on,
        )
        for authority in authorities
    ]
