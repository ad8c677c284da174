"""The numbers of the 办法 as a plain value, and the clause that each comes from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

CLAUSES = {
    "apply_from": "办法四（一）",
    "apply_until": "办法四（一）",
    "county_forward_on": "办法四（二）（年度设置）",
    "list_due_on": "办法四（二）",
    "list_publish_days": "办法四（二）（年度设置）",
    "plan_due_on": "办法五（一）",
    "counting_day": "附件三、1",
    "evidence_closes_on": "附件二",
    "report_reminder_on": "办法五（三）",
    "report_due_on": "办法五（三）",
    "report_days": "办法五（三）（年度设置）",
    "committee_due_on": "办法五（三）",
    "publicity_days": "办法五（二）",
    "count_first_day": "办法五（二）",
    "after_hours_next_day": "办法五（二）",
    "outage_hours": "办法五（二）（年度设置）",
    "ext_num": "办法五（二）",
    "ext_den": "办法五（二）",
    "quorum_num": "人社部令第40号（年度设置）",
    "quorum_den": "人社部令第40号（年度设置）",
    "pass_num": "人社部令第40号（年度设置）",
    "pass_den": "人社部令第40号（年度设置）",
    "panel_min": "办法五（二）（年度设置）",
    "panel_advised": "办法五（二）（年度设置）",
    "committee_min": "办法五（三）（年度设置）",
    "committee_shares": "办法五（三）（年度设置）",
    "committee_shares_needed": "办法五（三）（年度设置）",
    "panel_shares": "办法五（二）（年度设置）",
    "panel_shares_needed": "办法五（二）（年度设置）",
    "ballot_least": "办法五（三）（年度设置）",
    "draw_former_years": "办法五（二）（年度设置）",
    "draw_most": "办法五（二）（年度设置）",
    "answer_hours": "办法五（二）（年度设置）",
    "ballots_kept_days": "办法五（三）（年度设置）",
    "filing_lead_days": "办法五（二）（年度设置）",
    "objection_reply_days": "办法五（四）（年度设置）",
    "announce_days": "办法五（四）（年度设置）",
    "export_days": "办法五（四）（年度设置）",
    "appointment_reminder_days": "办法五（四）（年度设置）",
    "notice_page_days": "办法五（四）（年度设置）",
    "initial_needs_committee": "附件四（年度设置）",
    "interpretation_mark": "办法六（四）（年度设置）",
    "max_file_mb": "年度设置",
}


@dataclass(frozen=True)
class Policy:
    """A year's numbers, as the rules take them; see `Cycle` for what each means."""

    year: int
    apply_from: dt.date
    apply_until: dt.date
    counting_day: dt.date
    evidence_closes_on: dt.date | None
    report_reminder_on: dt.date
    report_due_on: dt.date
    committee_due_on: dt.date
    publicity_days: int
    count_first_day: bool
    after_hours_next_day: bool
    ext_num: int
    ext_den: int
    quorum_num: int
    quorum_den: int
    pass_num: int
    pass_den: int
    panel_min: int
    panel_advised: int
    committee_min: int
    filing_lead_days: int
    objection_reply_days: int
    appointment_reminder_days: int
    notice_page_days: int
    initial_needs_committee: bool
    max_file_mb: int
