"""What the database asks of an application on its way, beside the order of its states: PR-2, PR-3, PR-5, PR-8.

Later stages add theirs beside their own tables: the result of a vote, the name on a document.
"""

from applications.choices import Employment
from jiaxing_titles.actions.bars import TODAY, WRITES, bar, moved
from jiaxing_titles.publicity.models import CLEAR

_OWN_STAFF = ", ".join(f"'{one.value}'" for one in Employment.own_staff())
# Onwards, as far as the gates ask for scope and employment; a step back is free.
_ONWARD = " OR ".join(
    [
        moved("endorsed", "noticing", "in_review", "reported", "committee_passed", "city_noticing", "announced"),
        moved("panel_passed", source="in_review"),
        moved("submitted", source="draft"),
        moved("submitted", source="returned"),
    ]
)
_OUT_OF_SCOPE = """NOT EXISTS (
    SELECT 1 FROM enterprises_reviewauthority a
    JOIN enterprises_reviewauthority_specialities s ON s.reviewauthority_id = a.id
    WHERE a.enterprise_id = NEW.enterprise_id AND a.cycle_id = NEW.cycle_id
      AND NEW.level = ANY (a.levels) AND s.speciality_id = NEW.speciality_id)"""
_NOT_EMPLOYED = f"""NOT EXISTS (
    SELECT 1 FROM applications_staffmember m
    WHERE m.enterprise_id = NEW.enterprise_id AND m.person_id = NEW.person_id AND m.employment IN ({_OWN_STAFF})
      AND m.joined_on <= {TODAY} AND (m.left_on IS NULL OR m.left_on >= {TODAY}))"""
_OTHER_ROUND = """NOT EXISTS (
    SELECT 1 FROM applications_annualround r
    WHERE r.id = NEW.round_id AND r.enterprise_id = NEW.enterprise_id AND r.cycle_id = NEW.cycle_id)"""
_PAST_NOTICE = f"({moved('noticed', source='noticing')} OR {moved('in_review', 'reported')})"
_NOT_CLEAR = f"""NOT EXISTS (
    SELECT 1 FROM applications_rosterentry line JOIN publicity_publicityentry e ON e.id = line.entry_id
    WHERE line.application_id = NEW.id AND {CLEAR})"""

ON_APPLICATIONS = [
    bar("in_scope", f"({_ONWARD}) AND {_OUT_OF_SCOPE}", "PR-2 申报的级别、专业不在评审权限内"),
    bar("own_people", f"({_ONWARD}) AND {_NOT_EMPLOYED}", "PR-3 不是本单位在职人员"),
    bar("in_own_round", _OTHER_ROUND, "PR-3 不是本单位本年度的申报", on=WRITES),
    bar("notice_over_and_clear", f"{_PAST_NOTICE} AND {_NOT_CLEAR}", "PR-5、PR-8 公示期没有满或有异议"),
]
