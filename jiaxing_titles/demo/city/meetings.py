"""评审机构, 备案, the panel's day, the report upwards (办法五（二）、五（三）)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.demo.city import ballots
from jiaxing_titles.demo.city.notices import round_of
from jiaxing_titles.demo.city.people import acting
from jiaxing_titles.demo.city.places import TERM_UNTIL, City, Company
from jiaxing_titles.demo.city.timeline import Script
from reviews import actions
from reviews.models import MeetingItem, Panel, ReviewMeeting, VoteSheet
from reviews.rules.draw import commitment

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
SEAT = (
    "external", "employer", "department", "duty", "rank", "title", "titled_on", "speciality", "post", "term_until",
)  # fmt: skip
"""What a substitute has in common with whom he comes in for."""


def compose(city: City, company: Company, day: dt.datetime, *, internal: int = 5, external: int = 2) -> Script:
    """The panel with its chair; the experts take the seats in their order. Above a third external with the reason."""
    yield day
    year = round_of(city, company, day.year)
    name = f"{company.plate.short_name}{day.year}年度职称评审委员会"
    panel: Panel = city.do(actions.create_panel, year, company.hr, name=name, from_reserve=False)
    for order, expert in enumerate(company.experts[: internal + external]):
        outside = order >= internal
        assert expert.user is not None
        city.do(
            actions.add_member,
            panel,
            company.hr,
            user=expert.user,
            name=expert.user.name,
            external=outside,
            employer="示例理工大学" if outside else company.plate.name,
            department="工程学院" if outside else "技术部",
            duty="副教授" if outside else "主任工程师",
            rank="senior",
            title="高级工程师",
            titled_on=dt.date(2015, 12, 1),
            speciality=company.scope[order % len(company.scope)],
            post="chair" if order == 0 else "member",
            term_until=TERM_UNTIL,
        )
    if 3 * external > internal + external:
        reason = "质量与计量专业本企业没有高级工程师，确需外聘。"
        city.do(actions.explain_ratio, panel, company.hr, over_ratio_reason=reason)


def file(
    city: City,
    company: Company,
    day: dt.datetime,
    meets_at: dt.datetime,
    *,
    confirmed: bool = True,
    substitute: int = 0,
) -> Script:
    """The meeting planned, its experts invited and its filing sent; `confirmed`: the head has sent it on to the city.

    `substitute`: the expert of this order comes in for the last one, who cannot.
    """
    yield day
    year = round_of(city, company, day.year)
    facts = {"planned_at": meets_at, "place": "三楼会议室", "mode": "in_person"}
    contact = f"{company.hr.user.name if company.hr.user else ''} 0573-80000000"
    meeting = city.do(actions.plan_meeting, year, company.hr, **facts, contact=contact)
    meeting = city.do(actions.invite_experts, meeting, company.hr)
    if substitute:
        last = meeting.invitations.select_related("user", "member").latest("pk")
        expert = acting(last.user, Role.PANEL_EXPERT, last.organisation)
        city.do(actions.decline_invitation, last, expert, absence_reason="会议当天在外地授课。")
        facts = {name: getattr(last.member, name) for name in SEAT} | {"member": last.member}
        other = company.experts[substitute].user
        assert other is not None
        city.do(actions.replace_expert, meeting.panel, company.hr, user=other, name=other.name, **facts)
    filing = city.do(actions.present_filing, meeting.filing, company.hr)
    if confirmed:
        city.do(actions.confirm_filing, filing, company.lead)


def meeting_of(city: City, company: Company, year: int) -> ReviewMeeting:
    """The company's latest meeting of the year."""
    return round_of(city, company, year).meetings.order_by("-pk")[0]


def acknowledge(
    city: City, company: Company, day: dt.datetime, *, assign: bool = False, draw: bool = False, accept: bool = False
) -> Script:
    """予以备案, whether an expert is sent, who it is by the draw, and his answer."""
    yield day
    filing = meeting_of(city, company, day.year).filing
    members = filing.panel.members
    externals, everybody = members.filter(external=True).count(), members.count()
    consented = externals if 3 * externals > everybody else None
    facts: dict[str, Any] = {"opinion": "同意备案。", "consented_externals": consented}
    filing = city.do(actions.acknowledge_filing, filing, city.clerk, **facts)
    reason = "首次开展自主评审，指派一名专家到会指导。" if assign else "该企业往年评审规范，本次不指派。"
    filing = city.do(actions.decide_guidance, filing, city.clerk, assign=assign, reason=reason)
    if draw:
        yield day + HOUR
        pool = city.do(actions.prepare_draw, filing, city.clerk)
        secret = commitment.new_secret()
        pool = city.do(actions.contribute_secret, pool, city.officials["sup"], supervisor_secret=secret)
        assignment = city.do(actions.draw_expert, pool, city.clerk, supervisor_secret=secret)
        if accept:
            yield day + DAY
            expert = next(one for one in city.library if one.user == assignment.expert)
            city.do(actions.accept_guidance, assignment, expert)
    meeting = meeting_of(city, company, day.year)
    _answer(city, meeting)
    city.do(actions.name_tellers, meeting, company.hr, first=company.hr.user, second=company.secretary.user)


def _answer(city: City, meeting: ReviewMeeting) -> None:
    """As many as make the quorum come, and substitutes; the next one has not answered, the others cannot."""
    substitutes = set(meeting.invitations.exclude(replaced_by=None).values_list("replaced_by", flat=True))
    waiting = list(meeting.invitations.filter(state="waiting").select_related("user").order_by("pk"))
    seats = _quorum_of(meeting.panel.members.count())
    for order, one in enumerate(waiting):
        expert = acting(one.user, Role.PANEL_EXPERT, one.organisation)
        if order < seats or one.pk in substitutes:
            city.do(actions.accept_invitation, one, expert)
        elif order > seats:
            city.do(actions.decline_invitation, one, expert, absence_reason="会议期间出差。")


def _quorum_of(size: int) -> int:
    """How many sign in: two thirds, five at least."""
    return max(5, -(-2 * size // 3))


def recuse_second(city: City, company: Company, day: dt.datetime) -> Script:
    """The panel's second member was the teacher of two applicants."""
    yield day
    meeting = meeting_of(city, company, day.year)
    items = list(meeting.items.order_by("number")[:2])
    member = meeting.panel.members.get(user=company.experts[1].user)
    facts = {"member": member, "items": items, "kind": "mentor", "note": "曾任两名申报人的导师。"}
    city.do(actions.recuse_member, meeting, company.hr, **facts)


def hold(
    city: City, company: Company, day: dt.datetime, *, failed: Iterable[int] = (),
    postponed: Iterable[int] = (), electronic: bool = False,
) -> Script:  # fmt: skip
    """签到 to 结论; `failed` and `postponed` are application ids. `electronic`: the boxes stay open for some hours."""
    yield day - HOUR / 2
    meeting = meeting_of(city, company, day.year)
    size = meeting.panel.members.count()
    seats = company.experts[: _quorum_of(size)]
    meeting = city.do(actions.open_sign_in, meeting, company.hr)
    for expert in seats:
        city.do(actions.sign_in, meeting, expert, promised=True)
    yield day
    meeting = city.do(actions.start_session, meeting, seats[0])
    _hear(city, company, meeting, set(postponed))
    _score(city, meeting, seats)
    meeting = city.do(actions.close_scoring, meeting, seats[0])
    if electronic:
        yield from _open_boxes(city, company, meeting, day, seats[0])
    else:
        for sheet in meeting.sheets.all():
            _vote(city, sheet, company, seats[0], set(failed))
    meeting = city.do(actions.announce_count, meeting, seats[0])
    city.do(actions.conclude_meeting, meeting, seats[0], minutes="按程序完成述职、考核、评价和投票，结果如计票单。")


def _open_boxes(city: City, company: Company, meeting: ReviewMeeting, day: dt.datetime, chair: Actor) -> Script:
    """Two votes are in each box; the others come in the afternoon."""
    ballots.see_everybody(city, company, meeting)
    ballots.make_panel_key(city, company, meeting)
    for sheet in meeting.sheets.all():
        ballots.vote(city, ballots.open_box(city, sheet, company.hr), at_most=2)
    yield day + 6 * HOUR
    for sheet in meeting.sheets.all():
        ballots.vote(city, sheet)
        ballots.count_box(city, sheet, company.hr, company.hr, [ballots.PANEL_SHARE], chair)


def _hear(city: City, company: Company, meeting: ReviewMeeting, postponed: set[int]) -> None:
    for item in MeetingItem.objects.filter(meeting=meeting, state="waiting").order_by("number"):
        if item.application_id in postponed:
            reason = "出差未能到会述职，转下次会议。"
            city.do(actions.postpone_item, item, company.secretary, reason=reason)
            continue
        facts = {"report_mode": "in_person", "self_report": "介绍近三年承担的技术工作和成效。"}
        city.do(actions.present_item, item, company.secretary, **facts, check_note="考核合格。")


def _score(city: City, meeting: ReviewMeeting, seats: list[Actor]) -> None:
    chance = city.registry.random
    for expert in seats:
        member = meeting.panel.members.get(user=expert.user)
        for pad in member.assessments.filter(item__meeting=meeting, item__state="presented").order_by("pk"):
            base = chance.randint(74, 92)
            scores = {"ethics": base + 5, "innovation": base - 3, "performance": base, "contribution": base + 1}
            city.do(actions.assess, pad, expert, **scores, comment="")


def _vote(city: City, sheet: VoteSheet, company: Company, chair: Actor, failed: set[int]) -> None:
    sheet = city.do(actions.issue_sheet, sheet, company.secretary)
    count(city, sheet, (company.hr, company.secretary), failed)
    city.do(actions.sign_tally, sheet, chair)


def count(city: City, sheet: VoteSheet, tellers: Iterable[Actor], failed: set[int]) -> None:
    """Both tellers key the same totals: all sheets back and valid, half against those who fail."""
    marks: dict[str, dict[str, int]] = {}
    for line in sheet.lines.order_by("number"):
        voting = sheet.seats - line.recused_seats
        no = voting // 2 if line.application_id in failed else city.registry.random.choice((0, 0, 0, 1))
        shares = {"yes": voting - no, "no": no, "abstain": 0, "invalid": 0, "recused": line.recused_seats}
        marks[str(line.number)] = shares
    totals: dict[str, Any] = {"issued": sheet.seats, "returned": sheet.seats, "missing": 0}
    for teller in tellers:
        city.do(actions.key_count, sheet, teller, **totals, valid=sheet.seats, invalid=0, marks=marks)


def report(city: City, company: Company, day: dt.datetime, *, received_on: dt.datetime | None = None) -> Script:
    """评审结果上报, confirmed by the head, received by the city."""
    yield day
    year = round_of(city, company, day.year)
    made = city.do(actions.open_report, year, company.hr)
    words = "评审会按程序召开，述职、考核、评价和投票均有记录，结果如名册。"
    made = city.do(actions.write_summary, made, company.hr, work_summary=words)
    made = city.do(actions.present_report, made, company.hr)
    made = city.do(actions.confirm_report, made, company.lead)
    if received_on is not None:
        yield received_on
        city.do(actions.receive_report, made, city.clerk)
