"""What later stages and pages ask of this stage."""

from reviews.queries.agenda import agenda_of, meeting_of, undecided
from reviews.queries.deadlines import late_cycles, late_reporters, report_due, sending_due
from reviews.queries.outcome import committee_vote_of, doubles_in, passed_for_publicity, reported_by_speciality
from reviews.queries.package import applicants_told, digest, package_of
from reviews.queries.pool import (
    Pool,
    companies_of,
    draw_file,
    expert_pool,
    frozen_pool,
    inspection_pool,
    names_in,
    people_of,
)

__all__ = [
    "Pool",
    "agenda_of",
    "applicants_told",
    "committee_vote_of",
    "companies_of",
    "digest",
    "doubles_in",
    "draw_file",
    "expert_pool",
    "frozen_pool",
    "inspection_pool",
    "late_cycles",
    "late_reporters",
    "meeting_of",
    "names_in",
    "package_of",
    "passed_for_publicity",
    "people_of",
    "report_due",
    "reported_by_speciality",
    "sending_due",
    "undecided",
]
