"""The life of a 公示, called by the stages inside their own steps and by the beat task."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
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
        found.append(
            Reason(
                str(missing),
                _clause(period),
                "D-9",
                remedy="请市局经办或系统管理员导入该年度的放假通知，再发布公示。",
            )
        )
    return found


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
    counted = _count(period, today)
    before = entry.ends_on
    entry.name, entry.columns = name, columns
    entry.starts_on, entry.ends_on, entry.counted_days = today, counted.ends_on, _texts(counted.days)
    entry.corrected_at, entry.correction = clock.now(), reason
    entry.passed_at = None
    entry.save()
    _change(period, entry, PeriodChange.Kind.CORRECTED, before, counted.ends_on, reason)
    _stretch(period, counted)
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


def add_outage(period: PublicityPeriod, *, days: int, reason: str, actor: Actor) -> None:
    """The site was down: add working days for everybody whose days are not over."""
    period.extra_days += days
    period.version += 1
    period.save()
    recount(period, PeriodChange.Kind.OUTAGE, reason)
    record(
        actor, [Draft("publicity.outage", "网站中断补足公示期", subject=period, reason=reason, facts={"days": days})]
    )


def recount(period: PublicityPeriod, kind: str, reason: str = "") -> None:
    """Compute the ends again (suspension, outage, a new calendar); each change is kept and shown."""
    pending = list(period.entries.filter(passed_at=None, removed_at=None))
    last: Counted | None = None
    for starts_on in sorted({entry.starts_on for entry in pending if entry.starts_on}):
        counted = _count(period, starts_on)
        moved = [entry for entry in pending if entry.starts_on == starts_on and entry.ends_on != counted.ends_on]
        for entry in moved:
            _change(period, entry, kind, entry.ends_on, counted.ends_on, reason)
            entry.ends_on, entry.counted_days = counted.ends_on, _texts(counted.days)
        PublicityEntry.objects.bulk_update(moved, ["ends_on", "counted_days"])
        last = counted if last is None or counted.ends_on > last.ends_on else last
    if last is not None:
        _stretch(period, last)


def settle(period: PublicityPeriod, *, actor: Actor = SYSTEM) -> list[PublicityEntry]:
    """Pass on everybody whose own days are over and against whom nothing stands; close the notice when all are over.

    Safe to run twice: each person is passed on once. Returns those passed on now.
    """
    recount(period, PeriodChange.Kind.SUSPENDED)
    today = clock.today()
    entries = list(period.entries.filter(passed_at=None, removed_at=None, ends_on__lt=today).order_by("number"))
    ready = [entry for entry in entries if entry.pk not in _held(period, entries)]
    if ready:
        PublicityEntry.objects.filter(pk__in=[entry.pk for entry in ready]).update(passed_at=clock.now())
        if hook := hooks.passed.get(period.kind):
            hook(period, ready, actor)
    still_running = period.entries.filter(removed_at=None).filter(Q(ends_on__gte=today)).exists()
    if not still_running and period.state == PeriodState.RUNNING:
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


def _count(period: PublicityPeriod, starts_on: dt.date) -> Counted:
    resolver = hooks.frozen.get(period.kind)
    today = clock.today()
    ranges = [(first, last or today) for first, last in (resolver(period) if resolver else [])]
    return count_publicity(
        starts_on,
        period.days + period.extra_days,
        count_first_day=period.cycle.count_first_day,
        frozen=ranges,
    )


def _first_day(period: PublicityPeriod) -> dt.date:
    """Today, or tomorrow when it is published after office hours (a setting of the year)."""
    now = clock.now()
    late = period.cycle.after_hours_next_day and now.hour >= CLOSING_HOUR
    return now.date() + dt.timedelta(days=int(late))


def _stretch(period: PublicityPeriod, counted: Counted) -> None:
    """The notice itself lasts until its last person's last day."""
    last = max(filter(None, period.entries.filter(removed_at=None).values_list("ends_on", flat=True)), default=None)
    if last is None or last == period.ends_on:
        return
    days = _texts(counted.days) if last == counted.ends_on else period.counted_days
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
