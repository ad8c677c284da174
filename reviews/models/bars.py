"""What the database asks of meetings, seats and votes, whoever writes: PR-4, PR-7, PR-9, PR-10, PR-11."""

import pgtrigger

from applications.models import TitleApplication
from jiaxing_titles.actions.bars import ANY, WRITES, bar, moved

_UNFILED = """NOT EXISTS (
    SELECT 1 FROM reviews_reviewfiling f WHERE f.meeting_id = NEW.id AND f.state = 'acknowledged')"""
OPENED_AFTER_FILING = bar("opened_after_filing", f"{moved('signing_in')} AND {_UNFILED}", "PR-4 开评前须向市局备案")
FILED_WHILE_IT_SITS = bar(
    "filed_while_it_sits",
    """OLD.state = 'acknowledged' AND NEW.state <> 'acknowledged' AND EXISTS (
        SELECT 1 FROM reviews_reviewmeeting m WHERE m.id = OLD.meeting_id AND m.state <> 'planned')""",
    "PR-4 评审会已经开始，或没有安排新的时间，备案不能变更",
)
RECORD_STANDS = bar(
    "record_stands",
    "OLD.state = 'concluded' AND (OLD.record, OLD.record_hash, OLD.minutes)"
    " IS DISTINCT FROM (NEW.record, NEW.record_hash, NEW.minutes)",
    "PR-9 结论已形成，会议记录不能再改动",
)

_TOO_MANY_EXTERNALS = """(
    SELECT count(*) FILTER (WHERE m.external) * c.ext_den > count(*) * c.ext_num
    FROM reviews_panelmember m, applications_annualround r JOIN policy_cycle c ON c.id = r.cycle_id
    WHERE m.panel_id = NEW.id AND r.id = NEW.round_id GROUP BY c.id)"""
EXTERNALS_WITHIN_THE_THIRD = bar(
    "externals_within_the_third",
    f"{moved('settled')} AND btrim(NEW.over_ratio_reason) = '' AND {_TOO_MANY_EXTERNALS}",
    "外聘专家一般不超过三分之一，超过须说明原因",
)


def signs_in_himself_in_time(meetings: str, seats: str) -> pgtrigger.Trigger:
    """A seat of this very meeting, taken while its doors are open; `seats` is SQL over the member `m` and `s`."""
    seat = f"SELECT 1 FROM {meetings} s, {seats} AND s.id = NEW.meeting_id AND m.id = NEW.member_id"
    taken = "(NEW.meeting_id, NEW.member_id) IS DISTINCT FROM (OLD.meeting_id, OLD.member_id)"
    return bar(
        "in_person_and_in_time",
        f"{taken} AND NOT EXISTS ({seat} AND s.state = 'signing_in')",
        "PR-11 签到已截止，或不是本次会议的评委",
        on=WRITES,
    )


SEATS_CHECKED_BY_TWO = bar(
    "seats_checked_by_two",
    f"""{moved("in_session")} AND EXISTS (
        SELECT 1 FROM reviews_committeeattendance a WHERE a.meeting_id = NEW.id AND a.confirmed_by_id IS NULL)""",
    "PR-11 每一席须由两名工作人员核对本人到会后才能开会",
)


def nobody_checks_his_own_seat(members: str) -> pgtrigger.Trigger:
    """`members` is the table of the listed members."""
    return bar(
        "nobody_checks_his_own_seat",
        f"""EXISTS (SELECT 1 FROM {members} m
                    WHERE m.id = NEW.member_id AND m.user_id IN (NEW.checked_by_id, NEW.confirmed_by_id))""",
        "PR-11 评委不能核对自己的签到",
        on=WRITES,
    )


ROLL_STANDS = bar(
    "roll_stands",
    """EXISTS (SELECT 1 FROM reviews_committeemeeting m
               WHERE m.id = OLD.meeting_id AND m.state IN ('in_session', 'closed'))""",
    "PR-11 开会后签到名单不能再改动",
    on=pgtrigger.Update | pgtrigger.Delete,
)

_CHECKS = "ARRAY['checked_by_id', 'confirmed_by_id']"
PANEL_ROLL_STANDS = bar(
    "roll_stands",
    f"""EXISTS (SELECT 1 FROM reviews_reviewmeeting m WHERE m.id = OLD.meeting_id
                AND m.state IN ('in_session', 'voting', 'counted', 'concluded'))
        AND (TG_OP = 'DELETE' OR OLD.confirmed_by_id IS NOT NULL
             OR (to_jsonb(NEW) - {_CHECKS}) <> (to_jsonb(OLD) - {_CHECKS}))""",
    "PR-11 开会后签到名单不能再改动，只能补核对",
    on=pgtrigger.Update | pgtrigger.Delete,
)

SCORES_STAND = bar(
    "scores_stand",
    """EXISTS (
        SELECT 1 FROM reviews_meetingitem i JOIN reviews_reviewmeeting m ON m.id = i.meeting_id
        WHERE i.id = OLD.item_id AND m.scores_closed_at IS NOT NULL)""",
    "PR-9 评分已关闭，评价不能再改动",
    on=pgtrigger.Update | pgtrigger.Delete,
)

_RUNNING = """EXISTS (
    SELECT 1 FROM reviews_reviewmeeting m WHERE m.id = NEW.meeting_id AND m.state = 'voting'
    UNION ALL
    SELECT 1 FROM reviews_committeemeeting m WHERE m.id = NEW.session_id AND m.state = 'in_session')"""
SHEET = [
    bar("issued_in_session", f"{moved('counting', 'casting')} AND NOT {_RUNNING}", "PR-4、PR-11 只能在会上发票"),
    bar(
        "panel_seats_checked_by_two",
        f"""{moved("casting")} AND EXISTS (
            SELECT 1 FROM reviews_meetingattendance a
            WHERE a.meeting_id = NEW.meeting_id AND a.stepped_down_reason = '' AND a.confirmed_by_id IS NULL)""",
        "PR-11 每一席须由两人核对本人到会后才能投电子票",
    ),
    bar(
        "no_voter_holds_a_share",
        f"""{moved("casting")} AND EXISTS (
            SELECT 1 FROM reviews_keyceremony k JOIN reviews_keyholder h ON h.ceremony_id = k.id
            WHERE (k.meeting_id = NEW.meeting_id AND h.user_id IN (
                    SELECT m.user_id FROM reviews_panelmember m JOIN reviews_reviewmeeting s ON s.panel_id = m.panel_id
                    WHERE s.id = NEW.meeting_id))
               OR (k.session_id = NEW.session_id AND h.user_id IN (
                    SELECT m.user_id FROM reviews_committeemember m WHERE m.meeting_id = NEW.session_id)))""",
        "PR-7 表决的评委不能保管开票钥匙",
    ),
    bar(
        "by_its_mode",
        f"{moved('counting')} AND NEW.mode <> 'paper' OR {moved('casting')} AND NEW.mode = 'paper'"
        f" OR {moved('unsealed')} AND NOT EXISTS (SELECT 1 FROM reviews_board b WHERE b.sheet_id = NEW.id)",
        "PR-10 纸票由计票人计票，电子票封箱后开票",
    ),
    bar(
        "form_stands",
        "OLD.state <> 'prepared' AND (OLD.mode, OLD.form, OLD.form_hash) IS DISTINCT FROM"
        " (NEW.mode, NEW.form, NEW.form_hash)"
        " OR OLD.state NOT IN ('prepared', 'casting') AND OLD.box_hash IS DISTINCT FROM NEW.box_hash",
        "PR-9 投票开始后票样不能改动，封箱后票箱不能改动",
    ),
    bar(
        "seats_stand",
        "OLD.state <> 'prepared' AND (OLD.members, OLD.seats) IS DISTINCT FROM (NEW.members, NEW.seats)",
        "PR-9 发票后席数不能再改动",
    ),
]
RESULT_STANDS = bar(
    "result_stands",
    "EXISTS (SELECT 1 FROM reviews_votesheet s WHERE s.id IN (OLD.sheet_id, NEW.sheet_id)"
    " AND s.state IN ('signed', 'replaced'))",
    "PR-9 计票结果已签认，不能再改动",
    on=ANY,
)
NAMES_STAND = bar(
    "names_stand",
    "(OLD.sheet_id, OLD.application_id, OLD.number, OLD.recused_seats) IS DISTINCT FROM"
    " (NEW.sheet_id, NEW.application_id, NEW.number, NEW.recused_seats)"
    " AND EXISTS (SELECT 1 FROM reviews_votesheet s WHERE s.id IN (OLD.sheet_id, NEW.sheet_id)"
    " AND s.mode <> 'paper' AND s.state <> 'prepared')",
    "PR-9 投票开始后票上的人和回避不能再改动",
    on=ANY,
)
COUNT = [
    bar(
        "counted_in_session",
        "EXISTS (SELECT 1 FROM reviews_votesheet s WHERE s.id IN (OLD.sheet_id, NEW.sheet_id)"
        " AND (s.state <> 'counting' OR NEW.issued > s.seats))",
        "PR-9、PR-11 不在计票中，或票数多于到会席数",
        on=ANY,
    ),
    bar(
        "totals_only",
        """EXISTS (
            SELECT 1 FROM jsonb_each(NEW.marks) line, jsonb_each(line.value) mark
            WHERE mark.key NOT IN ('yes', 'no', 'abstain', 'invalid', 'recused')
               OR jsonb_typeof(mark.value) <> 'number')""",
        "PR-7 只记各人的总票数，不记谁投了什么票",
        on=WRITES,
    ),
]


def _voted(kind: str, passed: str, failed: str, source: str) -> str:
    """SQL: the person leaves `source` with another result than a signed tally of that kind of meeting gives."""
    return f"""{moved(passed, failed, source=source)} AND NOT EXISTS (
        SELECT 1 FROM reviews_voteline l JOIN reviews_votesheet s ON s.id = l.sheet_id
        WHERE l.application_id = NEW.id AND s.state = 'signed' AND s.{kind}_id IS NOT NULL
          AND l.passed = (NEW.state = '{passed}'))"""


_PANEL = _voted("meeting", "panel_passed", "panel_failed", "in_review")
_COMMITTEE = _voted("session", "committee_passed", "committee_failed", "reported")
RESULT_OF_THE_VOTE = bar("result_of_the_vote", f"{_PANEL} OR {_COMMITTEE}", "PR-10 结论只由签认的计票得出")
pgtrigger.register(RESULT_OF_THE_VOTE)(TitleApplication)
