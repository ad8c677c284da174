"""What beat would have done meanwhile, done at once when a visitor moves the clock."""

from jiaxing_titles.notifications.tasks import remind
from jiaxing_titles.publicity.tasks import close_due


def run_due_work() -> None:
    close_due()
    remind()
