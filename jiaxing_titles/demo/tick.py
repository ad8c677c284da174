"""What beat would have done meanwhile, done at once when a visitor moves the clock."""

from applications.tasks import close_due_rounds
from jiaxing_titles.notifications.tasks import remind
from jiaxing_titles.publicity.tasks import close_due
from reviews.tasks import draw_after_silence


def run_due_work() -> None:
    """In the order of the nights: rounds and notices end, silent experts are passed over, then people are told."""
    close_due_rounds()
    close_due()
    draw_after_silence()
    remind()
