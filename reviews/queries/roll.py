"""Whose seats of a panel or the committee still want to be seen, and by whom (G8 of the ballot)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from jiaxing_titles.accounts.actor import Actor
from reviews.choices import PanelPost
from reviews.models import PanelMember, ReviewMeeting


def awaiting_check(sitting: Any, actor: Actor) -> QuerySet[Any]:
    """The seats that still want this person's eyes: no first pair yet, or a first one that is somebody else's.

    Never his own, and none that stepped down for the day.
    """
    rows: QuerySet[Any] = sitting.attendances.filter(confirmed_by=None).exclude(checked_by=actor.user)
    rows = rows.exclude(member__user=actor.user)
    return rows.filter(stepped_down_reason="") if isinstance(sitting, ReviewMeeting) else rows


def heads_here(meeting: ReviewMeeting, actor: Actor) -> QuerySet[PanelMember]:
    """The acting person's own seat, if he presides over this panel and is in the room."""
    seated = meeting.attendances.filter(stepped_down_reason="").values("member")
    return meeting.panel.members.filter(
        user=actor.user, post__in=[PanelPost.CHAIR, PanelPost.VICE_CHAIR], pk__in=seated
    )
