"""Putting a message into the boxes of its readers, inside the transaction of what it tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import models

from jiaxing_titles import clock
from jiaxing_titles.accounts.models import User
from jiaxing_titles.notifications.models import Notification, Outgoing


def notify(
    told: Sequence[tuple[User, str, bool]], *, title: str, key: str, about: models.Model | None = None, url: str = ""
) -> list[Notification]:
    """One in-site message a person, and mail or SMS where he has an address; the same key tells nobody twice.

    `told` holds (user, sentence, also by SMS).
    """
    if not told:
        return []
    now = clock.now()
    link = url or _page_of(about)
    rows = [
        Notification(user=user, key=key, title=title, text=text, url=link, created_at=now) for user, text, _ in told
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    people = {user.pk: (user, sms) for user, _, sms in told}
    made = Notification.objects.filter(key=key, user_id__in=people, outgoing=None)
    outgoing = []
    for notification in made:
        user, sms = people[notification.user_id]
        for channel in _channels(user, sms):
            outgoing.append(Outgoing(notification=notification, channel=channel, due_at=now))
    Outgoing.objects.bulk_create(outgoing, ignore_conflicts=True)
    return list(made)


def _channels(user: User, sms: bool) -> Iterable[str]:
    if user.email:
        yield Outgoing.Channel.EMAIL
    if sms and user.phone:
        yield Outgoing.Channel.SMS


def _page_of(about: models.Model | None) -> str:
    find = getattr(about, "get_absolute_url", None)
    return find() if find else ""
