"""Reading this stage: what later stages, pages and documents ask of it."""

from applications.gates.facts import facts_of, findings_of
from applications.gates.items import CheckItem, check_items
from applications.queries.agenda import agenda_holds, eligible_for_agenda, holds_on
from applications.queries.lookup import find_by_lookup_code
from applications.queries.shares import Share, shares
from applications.queries.simulation import simulate
from applications.queries.snapshot import taken
from applications.queries.status import Status, status_of

__all__ = [
    "CheckItem",
    "Share",
    "Status",
    "agenda_holds",
    "check_items",
    "eligible_for_agenda",
    "facts_of",
    "find_by_lookup_code",
    "findings_of",
    "holds_on",
    "shares",
    "simulate",
    "status_of",
    "taken",
]
