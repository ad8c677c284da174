"""What the city's notice does to the people on it: hooks of `publicity`, each inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from applications.choices import DisqualifyGround
from applications.models import TitleApplication
from certificates.choices import LineFate
from certificates.models import RosterLine
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Membership
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import carry
from jiaxing_titles.notifications.outbox import notify
from jiaxing_titles.publicity.choices import PeriodKind
from jiaxing_titles.publicity.hooks import on_passed, on_upheld
from jiaxing_titles.publicity.models import Objection, PublicityEntry, PublicityPeriod


@on_passed(PeriodKind.CITY)
def tell_the_clerks(period: PublicityPeriod, entries: Sequence[PublicityEntry], actor: Actor) -> None:
    """Their days are over and nothing stands against them: a document can be drafted. Nobody is moved by this."""
    clerks = Membership.objects.current().filter(organisation=period.organisation, role=Role.CITY_CLERK)
    text = f"{period.title}：{len(entries)}人公示期满无异议，可以行文公布。"
    told = [(clerk.user, text, False) for clerk in clerks.select_related("user")]
    roster = period.result_roster
    key = f"certificates.clear:{period.pk}:{entries[0].pk}"
    notify(told, title="公示期满", key=key, url=roster.console_url())


@on_upheld(PeriodKind.CITY)
def take_off(objection: Objection, entries: Sequence[PublicityEntry], actor: Actor) -> None:
    """办法五（四）: only a name without objection is announced; the others on the notice are not touched."""
    reason = f"市级公示期间异议成立（{objection.code}）"
    lines = RosterLine.objects.filter(entry__in=entries)
    lines.update(fate=LineFate.EXCLUDED, fate_reason=reason)
    carry(
        TitleApplication.objects.filter(roster_line__entry__in=entries),
        "disqualify",
        actor=actor,
        because="publicity.uphold",
        set={
            "decision_reason": reason,
            "decision_clause": "办法五（四）",
            "disqualified_for": DisqualifyGround.OBJECTION,
        },
    )
    told = [
        (
            line.application.person,
            f"您在市级公示期间被提出异议，经核查异议成立，不予公布。答复见编号{objection.code}。",
            True,
        )
        for line in lines.select_related("application__person")
    ]
    notify(told, title="不予公布", key=f"certificates.excluded:{objection.pk}", about=None)
