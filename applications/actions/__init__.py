"""Every step of this stage; importing the package registers them."""

from applications.actions.application import (
    recall_submission,
    start_application,
    submit,
    withdraw_application,
)
from applications.actions.exceptional import acknowledge_exceptional, decline_exceptional, examine_exceptional
from applications.actions.importing import check_import, confirm_import, discard_import
from applications.actions.notice import correct_entry, open_notice
from applications.actions.records import (
    attach_evidence,
    remove_evidence,
    save_exceptional,
    save_person,
    save_records,
    save_scope,
)
from applications.actions.review import (
    check_facts,
    disqualify,
    endorse,
    reconsider,
    record_initial_check,
    refuse,
    return_application,
    supplement_hours,
)
from applications.actions.round import close_round, open_round, prepare_round, reopen_round, reschedule
from applications.actions.staff import add_staff, change_staff, record_departure

__all__ = [
    "acknowledge_exceptional",
    "add_staff",
    "attach_evidence",
    "change_staff",
    "check_facts",
    "check_import",
    "close_round",
    "confirm_import",
    "correct_entry",
    "decline_exceptional",
    "discard_import",
    "disqualify",
    "endorse",
    "examine_exceptional",
    "open_notice",
    "open_round",
    "prepare_round",
    "recall_submission",
    "reconsider",
    "record_departure",
    "record_initial_check",
    "refuse",
    "remove_evidence",
    "reopen_round",
    "reschedule",
    "return_application",
    "save_exceptional",
    "save_person",
    "save_records",
    "save_scope",
    "start_application",
    "submit",
    "supplement_hours",
    "withdraw_application",
]
