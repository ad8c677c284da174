"""What later stages and pages ask of this stage."""

from reviews.queries.agenda import agenda_of, meeting_of, undecided
from reviews.queries.deadlines import late_cycles, late_reporters, report_due, sending_due
from reviews.queries.outcome import committee_vote_of, doubles_in, passed_for_publicity, reported_by_speciality
from reviews.queries.package import applicants_told, digest, package_of
from reviews.queries.pool import Pool, by_code, draw_file, expert_pool, frozen_pool

__all__ = [
    "Pool",
    "agenda_of",
    "applicants_told",
    "by_code",
    "committee_vote_of",
    "digest",
    "doubles_in",
    "draw_file",
    "expert_pool",
    "frozen_pool",
    "late_cycles",
    "late_reporters",
    "meeting_of",
    "package_of",
    "passed_for_publicity",
    "report_due",
    "reported_by_speciality",
    "sending_due",
    "undecided",
]
