"""Beat: what would otherwise grow for ever."""

from celery import shared_task

from jiaxing_titles.ratelimit.limiter import forget_old


@shared_task
def forget_attempts() -> int:
    """Windows of tries that ended days ago; safe to run twice."""
    return forget_old()
