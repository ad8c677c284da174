"""Days that pass: the reminders' task runs, and the desks show what is due."""

from django.utils.timezone import localtime

from jiaxing_titles.inbox.registry import waiting_for
from jiaxing_titles.notifications.models import Notification
from jiaxing_titles.notifications.tasks import remind


def told(title: str) -> list[tuple[str, str]]:
    """(name, Shanghai day) of every in-site message with that title, in the order of sending."""
    rows = Notification.objects.filter(title=title).select_related("user").order_by("pk")
    return [(one.user.name, f"{localtime(one.created_at):%m-%d}") for one in rows]


def live_through(at, *days: str) -> None:
    """The task runs twice on each of these days."""
    for day in days:
        at(f"{day} 09:00:00")
        remind()
        remind()


def late_line(actor, label: str) -> tuple[str, bool]:
    """(day that is due, whether it is over) of the only case that waits under this label."""
    (group,) = [one for one in waiting_for(actor) if one.label == label]
    (line,) = group.lines
    return f"{line.due.on:%m-%d}", line.late
