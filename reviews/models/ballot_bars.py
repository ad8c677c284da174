"""What the database asks of electronic ballots, whoever writes: G1, G4, G7, G8, G13 and PR-7, PR-9, PR-10, PR-11."""

import pgtrigger

from jiaxing_titles.actions.bars import bar

_GONE = pgtrigger.Update | pgtrigger.Delete

KEY_STANDS = bar(
    "key_stands",
    """(NEW.public_key IS DISTINCT FROM OLD.public_key OR TG_OP = 'DELETE') AND EXISTS (
        SELECT 1 FROM reviews_votesheet s
        WHERE (s.meeting_id = OLD.meeting_id OR s.session_id = OLD.session_id)
          AND s.mode <> 'paper' AND s.state <> 'prepared')""",
    "PR-9 已经用这把钥匙投过票，钥匙不能更换",
    on=_GONE,
)

_SIGNED_IN = """(
    SELECT 1 FROM reviews_votesheet s
    WHERE s.id = NEW.sheet_id AND s.state = 'prepared' AND s.mode <> 'paper'
      AND (EXISTS (SELECT 1 FROM reviews_meetingattendance a JOIN reviews_panelmember m ON m.id = a.member_id
                   WHERE a.meeting_id = s.meeting_id AND m.id = NEW.panel_member_id
                     AND m.user_id = NEW.user_id AND a.stepped_down_reason = ''
                     AND a.confirmed_by_id IS NOT NULL)
        OR EXISTS (SELECT 1 FROM reviews_committeeattendance a JOIN reviews_committeemember m ON m.id = a.member_id
                   WHERE a.meeting_id = s.session_id AND m.id = NEW.committee_member_id
                     AND m.user_id = NEW.user_id)))"""
# The step writes ballot, seat and record one after another, so what belongs together is asked at commit.
_CAST_BY_HIMSELF = """(
    SELECT 1 FROM reviews_ballotseat b
    JOIN reviews_sealedballot s ON s.seat_id = b.id
    JOIN audit_auditevent e ON e.subject_id = b.id AND e.user_id = b.user_id
    JOIN django_content_type c ON c.id = e.subject_type_id
    WHERE b.id = {seat} AND b.state = 'voted'
      AND (c.app_label, c.model) = ('reviews', 'ballotseat') AND e.step LIKE 'reviews.cast%' AND e.outcome = 'done')"""


def together(name: str, operation: pgtrigger.Operation, when: str, seat: str) -> pgtrigger.Trigger:
    """At commit: no ballot without its seat marked as voted and its member on record as the caster, and no such seat
    without a ballot: nobody stuffs the box for another, and nobody is taken for having voted."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=operation,
        timing=pgtrigger.Deferred,
        func=f"""
            IF {when} AND NOT EXISTS {_CAST_BY_HIMSELF.format(seat=seat)} THEN
                RAISE EXCEPTION 'PR-11 选票、席位和本人的投票记录不相符，不能代投';
            END IF;
            RETURN NULL;
        """,
    )


SEAT = [
    bar(
        "signed_in_seats_only",
        f"NOT EXISTS {_SIGNED_IN}",
        "PR-11 只有本人到会签到的评委才有表决席位，企业评审会须经两人核对，投票开始后不能增加",
        on=pgtrigger.Insert,
    ),
    bar(
        "roll_stands",
        """TG_OP = 'DELETE' OR (to_jsonb(NEW) - ARRAY['state', 'version', 'updated_at'])
            <> (to_jsonb(OLD) - ARRAY['state', 'version', 'updated_at'])""",
        "PR-9 投票开始后席位和回避不能再改动",
        on=_GONE,
    ),
    together("voted_with_a_ballot", pgtrigger.Insert | pgtrigger.Update, "NEW.state = 'voted'", "NEW.id"),
]

# FOR SHARE: whoever closes the box waits for the ballots that are on their way, and none comes in behind him.
_INTO_THE_BOX = """
    PERFORM 1 FROM reviews_votesheet s WHERE s.id = NEW.sheet_id AND s.state = 'casting' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'PR-11 票箱没有打开，不能投票';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM reviews_ballotseat b
                   WHERE b.id = NEW.seat_id AND b.sheet_id = NEW.sheet_id AND b.may_vote
                     AND b.recused = NEW.recused) THEN
        RAISE EXCEPTION 'PR-11 这一席位没有签到，对票上所有人回避，或回避的人不符，不能投票';
    END IF;
    IF NEW.receipt <> encode(sha256(NEW.ciphertext), 'hex') THEN
        RAISE EXCEPTION 'PR-7 回执与选票不符';
    END IF;
    RETURN NEW;
"""
BALLOT = [
    pgtrigger.Trigger(name="into_an_open_box", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_INTO_THE_BOX),
    bar(
        "ballot_stands",
        """TG_OP = 'DELETE' OR NEW.ciphertext <> ''
            OR (to_jsonb(NEW) - 'ciphertext') <> (to_jsonb(OLD) - 'ciphertext')
            OR NOT EXISTS (
                SELECT 1 FROM reviews_votesheet s
                JOIN reviews_keyceremony k ON k.meeting_id = s.meeting_id OR k.session_id = s.session_id
                WHERE s.id = OLD.sheet_id AND s.state IN ('signed', 'replaced') AND k.state = 'erasing')""",
        "PR-9 投进票箱的选票不能改动或取出，复核期满后只能由两人删除密封的内容",
        on=_GONE,
    ),
    together("cast_by_the_seats_own_member", pgtrigger.Insert, "true", "NEW.seat_id"),
]


def _unsealing(sheet: str) -> str:
    """SQL: the sheet is closed and has no board yet."""
    return f"""EXISTS (
        SELECT 1 FROM reviews_votesheet s WHERE s.id = {sheet} AND s.state = 'sealed'
          AND NOT EXISTS (SELECT 1 FROM reviews_board b WHERE b.sheet_id = s.id))"""


SLIP = [
    pgtrigger.Trigger(  # once a statement: a sheet has 750 slips
        name="slips_when_unsealing",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="slips"),
        func=f"""
            IF EXISTS (SELECT 1 FROM (SELECT DISTINCT sheet_id FROM slips) n WHERE NOT {_unsealing("n.sheet_id")}) THEN
                RAISE EXCEPTION 'PR-10 票面只在开票时一次写入';
            END IF;
            RETURN NULL;
        """,
    ),
    bar("slip_stands", "true", "PR-9 票面不能改动", on=_GONE),
]


def recounts(name: str, operation: pgtrigger.Operation, lines: str) -> pgtrigger.Trigger:
    """At commit: totals of these `lines` are what the slips say, and every ballot of the box is accounted for."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=operation,
        timing=pgtrigger.Deferred,
        func=f"""
            IF EXISTS (SELECT 1 FROM reviews_board b WHERE b.sheet_id = NEW.sheet_id) AND EXISTS (
                SELECT 1 FROM reviews_voteline l LEFT JOIN LATERAL (
                    SELECT count(*) FILTER (WHERE p.choice = 'yes') AS yes,
                           count(*) FILTER (WHERE p.choice = 'no') AS no,
                           count(*) FILTER (WHERE p.choice = 'abstain') AS abstain
                    FROM reviews_slip p WHERE p.sheet_id = l.sheet_id AND p.number = l.number) c ON true
                WHERE {lines} AND (
                    (l.yes, l.no, l.abstain) IS DISTINCT FROM (c.yes, c.no, c.abstain)
                    OR l.yes + l.no + l.abstain + l.recused + l.invalid IS DISTINCT FROM
                       (SELECT count(*) FROM reviews_sealedballot s WHERE s.sheet_id = l.sheet_id)))
            OR TG_OP = 'INSERT' AND EXISTS (
                SELECT 1 FROM (SELECT DISTINCT sheet_id, number FROM reviews_slip WHERE sheet_id = NEW.sheet_id) p
                LEFT JOIN reviews_voteline l ON l.sheet_id = p.sheet_id AND l.number = p.number
                WHERE l.id IS NULL)
            THEN
                RAISE EXCEPTION 'PR-10 各人票数与票面重新计数不符';
            END IF;
            RETURN NULL;
        """,
    )


BOARD = [
    bar(
        "board_when_unsealing",
        f"NOT {_unsealing('NEW.sheet_id')} OR NEW.sha256 <> encode(sha256(convert_to(NEW.file, 'UTF8')), 'hex')",
        "PR-10 计票文件只在开票时写入，并与其校验值相符",
        on=pgtrigger.Insert,
    ),
    bar("board_stands", "true", "PR-9 计票文件不能改动", on=_GONE),
    recounts("board_is_recounted", pgtrigger.Insert, "l.sheet_id = NEW.sheet_id"),
]
LINES_ARE_RECOUNTED = recounts("lines_are_recounted", pgtrigger.Update, "l.id = NEW.id")
