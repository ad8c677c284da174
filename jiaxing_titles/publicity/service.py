"""The life of a 公示, called by the stages inside their own steps and by the beat task."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db.models import F, Q

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import SYSTEM, Actor
from jiaxing_titles.actions.errors import Blocked
from jiaxing_titles.audit.chain import Draft, record
from jiaxing_titles.publicity import hooks
from jiaxing_titles.publicity.choices import OPEN_OBJECTIONS, ObjectionState, PeriodState
from jiaxing_titles.publicity.models import Objection, PeriodChange, PublicityEntry, PublicityPeriod
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.formats import cn_date
from jiaxing_titles.workdays.arithmetic import MissingYear
from jiaxing_titles.workdays.calendar import Counted, count_publicity

CLOSING_HOUR = 17


@dataclass(frozen=True)
class EntryDraft:
    """One person as the notice will show him. `columns` holds the whitelisted columns by their heading."""

    name: str
    columns: dict[str, str] = field(default_factory=dict)


def add_entries(period: PublicityPeriod, drafts: Iterable[EntryDraft]) -> list[PublicityEntry]:
    """Put people on a notice that is not open yet, numbered from 1 in the given order."""
    rows = [
        PublicityEntry(period=period, number=number, name=draft.name, columns=draft.columns)
        for number, draft in enumerate(drafts, start=1)
    ]
    return PublicityEntry.objects.bulk_create(rows)


def opening_reasons(period: PublicityPeriod) -> list[Reason]:
    """What stands against opening today: nobody on it, or a year whose official calendar is not there (D-9)."""
    found = []
    if not period.entries.exists():
        found.append(Reason("公示名单上还没有人。", _clause(period), "R-5.2.2"))
    try:
        _count(period, _first_day(period))
    except MissingYear as missing:
        found.append(_without_calendar(period, missing))
    return found


def _without_calendar(period: PublicityPeriod, missing: MissingYear) -> Reason:
    remedy = "请市局经办或系统管理员导入该年度的放假通知，再办理。"
    return Reason(str(missing), _clause(period), "D-9", remedy=remedy)


@contextmanager
def _calendar_needed(period: PublicityPeriod) -> Iterator[None]:
    """A count that would need a year without its notice refuses the step (D-9)."""
    try:
        yield
    except MissingYear as missing:
        raise Blocked([_without_calendar(period, missing)]) from missing


def open_period(period: PublicityPeriod, *, actor: Actor) -> PublicityPeriod:
    """Publish: fixes the days of every entry and the hash of what is shown. Raises Blocked (opening_reasons)."""
    if reasons := opening_reasons(period):
        raise Blocked(reasons)
    counted = _count(period, _first_day(period))
    period.opened_at = clock.now()
    period.opened_on = _first_day(period)
    period.ends_on, period.counted_days = counted.ends_on, _texts(counted.days)
    period.content_hash = content_hash(period)
    period.open()
    period.version += 1
    period.save()
    period.entries.update(starts_on=period.opened_on, ends_on=period.ends_on, counted_days=period.counted_days)
    _change(period, None, PeriodChange.Kind.OPENED, None, counted.ends_on)
    record(
        actor,
        [
            Draft(
                "publicity.open",
                "发布公示",
                subject=period,
                after=period.state,
                facts={"ends_on": period.ends_on, "counted_days": period.counted_days},
            )
        ],
    )
    return period


def content_hash(period: PublicityPeriod) -> str:
    """SHA-256 of the shown rows in order; printed on the notice and kept for its proof."""
    shown = [[row.number, row.name, row.columns] for row in period.entries.order_by("number")]
    return hashlib.sha256(json.dumps(shown, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def correct_entry(
    entry: PublicityEntry, *, name: str, columns: dict[str, str], reason: str, actor: Actor
) -> PublicityEntry:
    """更正: the changed person's days start again from today; everybody else's go on (decision 36)."""
    period = entry.period
    today = _first_day(period)
    with _calendar_needed(period):
        counted = _count(period, today)
    before = entry.ends_on
    entry.name, entry.columns = name, columns
    entry.starts_on, entry.ends_on, entry.counted_days = today, counted.ends_on, _texts(counted.days)
    entry.corrected_at, entry.correction = clock.now(), reason
    entry.passed_at = None
    entry.save()
    _change(period, entry, PeriodChange.Kind.CORRECTED, before, counted.ends_on, reason)
    _stretch(period)
    record(
        actor,
        [
            Draft(
                "publicity.correct",
                "更正公示内容",
                subject=period,
                reason=reason,
                facts={"number": entry.number, "ends_on": counted.ends_on},
            )
        ],
    )
    return entry


def remove_entry(entry: PublicityEntry, *, reason: str, actor: Actor) -> None:
    """撤下: the person leaves the notice; what was shown stays on record."""
    entry.removed_at, entry.removal_reason = clock.now(), reason
    entry.save()
    record(
        actor,
        [
            Draft(
                "publicity.remove", "撤下公示人员", subject=entry.period, reason=reason, facts={"number": entry.number}
            )
        ],
    )


def prolong(period: PublicityPeriod, *, days: int, kind: str, reason: str, actor: Actor) -> None:
    """延长, 网站中断补足: working days more for everybody who is not passed on. Raises Blocked without a calendar."""
    period.extra_days += days
    period.version += 1
    period.save()
    with _calendar_needed(period):
        recount(period, kind, reason, actor=actor)


def recount(
    period: PublicityPeriod, kind: str, reason: str = "", *, actor: Actor = SYSTEM, patient: bool = False
) -> list[str]:
    """Compute the ends again (suspension, outage, a new calendar); each change is kept, shown and recorded.

    Returns a sentence for each change. A published end moves later, never earlier. A count that needs a year without
    its notice raises MissingYear; `patient` (what happens by law or by itself cannot be refused) leaves those days as
    they were and notes the year, and nobody of them is passed on until the notice is there.
    """
    return _recount(period, kind, reason, actor, patient)[0]


def _recount(
    period: PublicityPeriod, kind: str, reason: str, actor: Actor, patient: bool
) -> tuple[list[str], set[dt.date]]:
    """The sentences, and the first days of those who cannot be counted yet."""
    pending = list(period.entries.filter(passed_at=None, removed_at=None))
    told: list[str] = []
    waiting: dict[dt.date, int] = {}
    for starts_on in sorted({entry.starts_on for entry in pending if entry.starts_on}):
        group = [entry for entry in pending if entry.starts_on == starts_on]
        try:
            counted = _count_to(period, starts_on, max(entry.ends_on or starts_on for entry in group))
        except MissingYear as missing:
            if not patient:
                raise
            waiting[starts_on] = missing.year
            continue
        moved = [entry for entry in group if entry.counted_days != _texts(counted.days)]
        told += _moved(period, moved, counted, _Why(kind, reason, actor, len(moved) == len(pending)))
    _await(period, max(waiting.values(), default=None))
    _stretch(period)
    return told, set(waiting)


def _count_to(period: PublicityPeriod, starts_on: dt.date, published: dt.date) -> Counted:
    """The days that the period needs, and as many more as it takes to reach the end that was published."""
    more = 0
    counted = _count(period, starts_on)
    while counted.ends_on < published:
        more += 1
        counted = _count(period, starts_on, more)
    return counted


def _await(period: PublicityPeriod, year: int | None) -> None:
    if period.awaits_year != year:
        PublicityPeriod.objects.filter(pk=period.pk).update(awaits_year=year, version=F("version") + 1)
        period.refresh_from_db()


@dataclass(frozen=True)
class _Why:
    """`whole`: it meets everybody who is still pending, so that their number need not be told."""

    kind: str
    reason: str
    actor: Actor
    whole: bool


def _moved(period: PublicityPeriod, moved: list[PublicityEntry], counted: Counted, why: _Why) -> list[str]:
    """Write the new days of these people; history and record where their end is another."""
    later = [entry for entry in moved if entry.ends_on != counted.ends_on]
    before = sorted({entry.ends_on for entry in later if entry.ends_on})
    if before:
        told = why.reason if why.whole or len(later) == 1 else f"{why.reason}（{len(later)}人）"
        _change(period, later[0] if len(later) == 1 else None, why.kind, before[-1], counted.ends_on, told)
    for entry in moved:
        entry.ends_on, entry.counted_days = counted.ends_on, _texts(counted.days)
    PublicityEntry.objects.bulk_update(moved, ["ends_on", "counted_days"])
    if not before:
        return []
    facts = {"kind": why.kind, "people": len(moved), "ends_before": before[-1], "ends_on": counted.ends_on}
    record(why.actor, [Draft("publicity.recount", "重新计算公示期", subject=period, reason=why.reason, facts=facts)])
    return [f"{period.title}：{len(moved)}人的截止日由{cn_date(before[-1])}改为{cn_date(counted.ends_on)}"]


def settle(period: PublicityPeriod, *, actor: Actor = SYSTEM) -> list[PublicityEntry]:
    """Pass on everybody whose own days are over and against whom nothing stands; close the notice when all are over.

    Safe to run twice: each person is passed on once. Returns those passed on now; nobody whose count needs a year
    without its notice.
    """
    _, waiting = _recount(period, PeriodChange.Kind.SUSPENDED, "", actor, patient=True)
    today = clock.today()
    pending = period.entries.filter(passed_at=None, removed_at=None).exclude(starts_on__in=waiting)
    entries = list(pending.filter(ends_on__lt=today).order_by("number"))
    ready = [entry for entry in entries if entry.pk not in _held(period, entries)]
    if ready:
        PublicityEntry.objects.filter(pk__in=[entry.pk for entry in ready]).update(passed_at=clock.now())
        if hook := hooks.passed.get(period.kind):
            hook(period, ready, actor)
    still_running = period.entries.filter(removed_at=None).filter(Q(ends_on__gte=today)).exists()
    if not still_running and not waiting and period.state == PeriodState.RUNNING:
        period.close()
        period.version += 1
        period.save()
        record(
            actor,
            [
                Draft(
                    "publicity.close",
                    "公示结束",
                    subject=period,
                    before=PeriodState.RUNNING,
                    after=period.state,
                    facts={"passed": len(ready), "held": len(entries) - len(ready)},
                )
            ],
        )
    return ready


def _held(period: PublicityPeriod, entries: Sequence[PublicityEntry]) -> set[int]:
    standing = Objection.objects.filter(period=period, state__in=[*OPEN_OBJECTIONS, ObjectionState.UPHELD])
    against = set(standing.values_list("entry_id", flat=True))
    return {entry.pk for entry in entries} if None in against else {pk for pk in against if pk is not None}


def _count(period: PublicityPeriod, starts_on: dt.date, more: int = 0) -> Counted:
    resolver = hooks.frozen.get(period.kind)
    today = clock.today()
    ranges = [(first, last or today) for first, last in (resolver(period) if resolver else [])]
    return count_publicity(
        starts_on,
        period.days + period.extra_days + more,
        count_first_day=period.cycle.count_first_day,
        frozen=ranges,
    )


def _first_day(period: PublicityPeriod) -> dt.date:
    """Today, or tomorrow when it is published after office hours (a setting of the year)."""
    now = clock.now()
    late = period.cycle.after_hours_next_day and now.hour >= CLOSING_HOUR
    return now.date() + dt.timedelta(days=int(late))


def _stretch(period: PublicityPeriod) -> None:
    """The notice itself lasts until its last person's last day; its days are everybody's taken together."""
    rows = period.entries.filter(removed_at=None, ends_on__isnull=False).values_list("ends_on", "counted_days")
    if not (found := list(rows.distinct().order_by("ends_on"))):
        return
    last, days = found[-1][0], sorted({day for _, one in found for day in one})
    if (last, days) == (period.ends_on, period.counted_days):
        return
    PublicityPeriod.objects.filter(pk=period.pk).update(ends_on=last, counted_days=days, version=F("version") + 1)
    period.refresh_from_db()


def _change(
    period: PublicityPeriod,
    entry: PublicityEntry | None,
    kind: str,
    before: dt.date | None,
    after: dt.date,
    reason: str = "",
) -> None:
    PeriodChange.objects.create(
        period=period, entry=entry, kind=kind, ends_before=before, ends_after=after, reason=reason, at=clock.now()
    )


def _texts(days: Iterable[dt.date]) -> list[str]:
    return [day.isoformat() for day in days]


def _clause(period: PublicityPeriod) -> str:
    return "办法五（二）" if period.kind == "in_house" else "办法五（四）"
