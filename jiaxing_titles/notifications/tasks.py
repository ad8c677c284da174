"""Beat tasks: both find their work in the database, so a missed, doubled or killed run loses nothing."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from jiaxing_titles import clock
from jiaxing_titles.accounts.links import signed
from jiaxing_titles.notifications import sms
from jiaxing_titles.notifications.models import Outgoing
from jiaxing_titles.notifications.outbox import notify
from jiaxing_titles.notifications.reminders import finders

logger = logging.getLogger(__name__)
LEASE = dt.timedelta(minutes=5)
RETRIES = 3


@shared_task
def deliver(limit: int = 200) -> int:
    """Send what is due. Each message is marked before and after sending; returns how many were sent."""
    # Wall time, not the city's clock: a lease is about processes, not about the procedure.
    lost = Outgoing.objects.filter(state=Outgoing.State.SENDING, taken_at__lt=timezone.now() - LEASE)
    lost.update(state=Outgoing.State.UNKNOWN, error="发送过程中断，请人工核实后再决定是否重发。")
    sent = 0
    for _ in range(limit):
        message = _take()
        if message is None:
            break
        sent += _send(message)
    return sent


def _take() -> Outgoing | None:
    with transaction.atomic():
        due = Outgoing.objects.filter(state=Outgoing.State.QUEUED, due_at__lte=clock.now()).order_by("due_at", "id")
        message = due.select_for_update(skip_locked=True).first()
        if message is not None:
            message.state, message.taken_at = Outgoing.State.SENDING, timezone.now()
            message.attempts += 1
            message.save()
    return message


def _send(message: Outgoing) -> int:
    notification = message.notification
    try:
        if message.channel == Outgoing.Channel.EMAIL:
            body = f"{notification.text}\n\n{settings.SITE_ADDRESS}{signed(notification.url)}\n"
            send_mail(notification.title, body, None, [notification.user.email])
        else:
            sms.send(notification.user.phone, f"{notification.text}{_short_link(notification.url)}")
    except Exception as error:  # the gateway's own errors are many; the row says which
        again = message.attempts < RETRIES
        message.state = Outgoing.State.QUEUED if again else Outgoing.State.FAILED
        message.error = f"{type(error).__name__}"
        message.due_at = clock.now() + dt.timedelta(minutes=5 * message.attempts)
        message.save()
        logger.warning("message %s failed on try %s: %s", message.pk, message.attempts, type(error).__name__)
        return 0
    message.state, message.finished_at, message.error = Outgoing.State.SENT, timezone.now(), ""
    message.save()
    return 1


def _short_link(url: str) -> str:
    """An invitation's SMS must carry its link; every other message is read after signing in."""
    link = signed(url)
    return f" {settings.SITE_ADDRESS}{link}" if link != url else ""


@shared_task
def remind() -> int:
    """Ask every finder what is due and tell each person once; a finder that fails does not stop the others."""
    today = clock.today()
    told = 0
    for name, finder in finders.items():
        try:
            told += sum(_tell(due) for due in finder(today))
        except Exception:
            logger.exception("reminder %s failed", name)
    return told


def _tell(due: Any) -> int:
    with transaction.atomic():
        people = [(user, due.text, due.sms) for user in due.users]
        return len(notify(people, title=due.title, key=due.key, url=due.url))
