"""What the province asks of each person, and who waits for which batch (R-5.4.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet

from applications.choices import EducationLevel, Outcome
from applications.rules.partial_dates import first_day
from certificates.choices import AnnulmentState, BatchKind
from certificates.models import BatchLine, CertificateBatch, TitleGrant
from certificates.rules.columns import problems_of_row
from certificates.rules.identity import birth_date_of, gender_of
from enterprises.rules.scope import SERIES
from jiaxing_titles import clock
from jiaxing_titles.identity import papers
from jiaxing_titles.identity.errors import Unacceptable
from jiaxing_titles.policy.models import Cycle

COMMITTEE = "嘉兴市工程技术中级职称资格评审委员会"
_HIGHEST_FIRST = list(EducationLevel.values)


def waiting_grants(cycle: Cycle, kind: str) -> QuerySet[TitleGrant]:
    """Titles of the year without a live line of that kind: new ones that stand, or those void or revoked."""
    annulled = Q(annulments__state=AnnulmentState.DECIDED)
    live = BatchLine.objects.filter(kind=kind, released=False).values("grant_id")
    rows = TitleGrant.objects.filter(cycle=cycle).exclude(pk__in=live)
    rows = rows.filter(annulled) if kind == BatchKind.REVOCATION else rows.exclude(annulled)
    return rows.order_by("document_id", "line__number").distinct()


def next_batch_number(cycle: Cycle, kind: str) -> str:
    """ZZ2026-01 for new titles, CX2026-01 for reports of void and revoked ones."""
    prefix = f"{'CX' if kind == BatchKind.REVOCATION else 'ZZ'}{cycle.year}-"
    taken = CertificateBatch.objects.filter(number__startswith=prefix).values_list("number", flat=True)
    last = max((int(number.removeprefix(prefix)) for number in taken), default=0)
    return f"{prefix}{last + 1:02d}"


def with_facts(lines: QuerySet[BatchLine]) -> QuerySet[BatchLine]:
    return lines.select_related(
        "batch",
        "grant__person",
        "grant__line",
        "grant__document",
        "grant__cycle",
        "grant__application",
        "grant__enterprise__organisation__supervisor__bureau",
    ).prefetch_related("grant__application__education", "grant__annulments")


def facts_of(line: BatchLine) -> dict[str, str]:
    """One person under the keys of `rules.columns.FIELDS`; empty text where nothing is known."""
    grant = line.grant
    person, application = grant.person, grant.application
    county = grant.enterprise.organisation.supervisor
    bureau = getattr(county, "bureau", None)
    return {
        "batch_number": line.batch.number,
        "serial": str(line.serial),
        "year": str(grant.cycle.year),
        "area_code": bureau.area_code if bureau else "",
        "county": county.name if county else "",
        "enterprise": grant.line.company,
        "credit_code": grant.enterprise.credit_code,
        "name": person.name,
        "birth_date": _birth_date(person, application),
        "gender": gender_of(person.id_kind, person.id_number) or application.get_gender_display(),
        "id_kind": person.get_id_kind_display(),
        "id_number": person.id_number,
        "phone": person.phone,
        **_education(application),
        "worked_since": application.first_worked_on,
        "previous_title": application.get_present_title_display(),
        "previous_title_on": _day(application.present_title_on),
        "series": SERIES,
        "level": "中级" if application.level == "engineer" else "初级",
        "title": grant.line.title,
        "speciality": grant.line.speciality,
        "route": grant.line.route,
        "committee": COMMITTEE,
        "qualified_on": _day(grant.qualified_on),
        "document_number": grant.document.number,
        "announced_on": _day(grant.document.dated_on),
        "certificate_number": grant.certificate_number,
        **_annulment(grant),
    }


def _birth_date(person: Any, application: Any) -> str:
    return _day(birth_date_of(person.id_kind, person.id_number) or application.born_on)


def _education(application: Any) -> dict[str, str]:
    """The highest that was finished, the later of two on one level."""
    done = [one for one in application.education.all() if one.outcome == Outcome.GRADUATED]
    if not done:
        return {}
    best = max(done, key=lambda one: (-_HIGHEST_FIRST.index(one.level), first_day(one.awarded_on)))
    return {
        "education": best.get_level_display(),
        "school": best.school,
        "major": best.major,
        "graduated_on": best.awarded_on,
    }


def _annulment(grant: TitleGrant) -> dict[str, str]:
    decided = [one for one in grant.annulments.all() if one.state == AnnulmentState.DECIDED]
    if not decided:
        return {}
    one = decided[0]
    return {
        "annulment": one.get_kind_display(),
        "annulment_number": one.number,
        "annulled_on": _day(one.decided_on),
    }


def _day(value: Any) -> str:
    return value.isoformat() if value else ""


def _is_sound(person: Any) -> bool:
    try:
        papers.accept(person.id_kind, person.id_number, today=clock.today())
    except (Unacceptable, KeyError):
        return False
    return True


def dry_run(batch: CertificateBatch, lines: Iterable[BatchLine] | None = None) -> Iterator[tuple[BatchLine, list[str]]]:
    """Each line that would not pass, with its sentences; the person's number itself is never part of them."""
    layout = batch.profile.layout
    wants_number = any(column.source == "id_number" for column in layout)
    for line in with_facts(batch.lines.all()).iterator(chunk_size=1000) if lines is None else lines:
        problems = problems_of_row(layout, facts_of(line))
        person = line.grant.person
        if wants_number and person.id_number and not _is_sound(person):
            problems.append("证件号码的格式或校验位不对")
        if problems:
            yield line, problems
