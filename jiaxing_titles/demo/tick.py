"""What beat would have done meanwhile, done at once when a visitor moves the clock."""

from applications.tasks import close_due_rounds
from jiaxing_titles.notifications.tasks import remind
from jiaxing_titles.publicity.tasks import close_due


def run_due_work() -> None:
    """In the order of the nights: rounds end, notices end, then everybody is told what is due."""
    close_due_rounds()
    close_due()
    remind()
