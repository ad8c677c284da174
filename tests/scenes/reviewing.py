"""Company A's review, from the finished notice on; every earlier stage goes through its own steps."""

import datetime as dt

from enterprises.models import Speciality
from jiaxing_titles import clock
from jiaxing_titles.publicity import service
from reviews import actions
from reviews.models import PanelMember, ResultReport, ReviewFiling, ReviewMeeting
from tests.scenes.registry import reload, scene

MEETING_DAY = dt.datetime(2026, 10, 28, 9, 0, tzinfo=clock.SHANGHAI)


@scene
def noticed(noticed_round, at):
    """`noticed("张三", "李四")` → the round whose notice is over, on 19 October 2026."""

    def finish(*names: str):
        year = noticed_round(*names)
        at("2026-10-19 09:00:00")
        service.settle(year.roster.period)
        return reload(year)

    return finish


@scene
def expert(actor):
    """`expert(1)` → the actor of the panel expert with this number at company A."""
    return lambda number, place="A": actor("panel_expert", place, f"专家{number}")


@scene
def panel_of(actor, expert):
    """`panel_of(round, internal=6, external=3)` → a panel whose member 1 is the chair, all with accounts."""

    def compose(year, internal: int = 6, external: int = 3, accounts: bool = True):
        hr = actor("ent_hr", "A")
        panel = actions.create_panel(year, actor=hr, name="示例精密2026年度职称评审委员会", from_reserve=False)
        for number in range(1, internal + external + 1):
            panel = actions.add_member(
                panel,
                actor=hr,
                user=expert(number).user if accounts else None,
                name=f"专家{number}",
                external=number > internal,
                employer="示例精密" if number <= internal else "示例学院",
                department="技术部",
                duty="主任工程师",
                rank="senior",
                title="高级工程师",
                titled_on=dt.date(2015, 12, 1),
                speciality=Speciality.objects.get(name="机械设计"),
                post="chair" if number == 1 else "member",
                term_until=None,
            )
        return panel

    return compose


@scene
def planned_meeting(panel_of, actor):
    """`planned_meeting(round)` → the meeting of 28 October with its filing in draft; `invited`: its experts asked."""

    def plan(year, invited: bool = False, **composition) -> ReviewMeeting:
        panel_of(year, **composition)
        hr = actor("ent_hr", "A")
        facts = {"planned_at": MEETING_DAY, "place": "三楼会议室", "mode": "in_person", "contact": "李人事 0573-1"}
        meeting = actions.plan_meeting(reload(year), actor=hr, **facts)
        return actions.invite_experts(meeting, actor=hr) if invited else meeting

    return plan


@scene
def filed(planned_meeting, actor):
    """`filed(round)` → the filing as the city receives it."""

    def submit(year, **composition) -> ReviewFiling:
        filing = planned_meeting(year, **composition).filing
        filing = actions.present_filing(filing, actor=actor("ent_hr", "A"))
        return actions.confirm_filing(filing, actor=actor("ent_lead", "A"))

    return submit


def drawn(filing, actor, same_speciality: bool = False):
    """The first draw in its three phases."""
    secret = bytes(range(100, 132))
    draw = actions.prepare_draw(filing, actor=actor("city_clerk", "city"), same_speciality=same_speciality)
    draw = actions.contribute_secret(draw, actor=actor("supervisor", "city"), supervisor_secret=secret)
    return actions.draw_expert(draw, actor=actor("city_clerk", "city"), supervisor_secret=secret)


@scene
def ready_meeting(filed, actor, at, bureaus):
    """`ready_meeting(round)` → acknowledged, tellers named, on the morning of the meeting; the city sends a `guest`."""

    def acknowledge(year, consented=None, guest: bool = False, **composition) -> ReviewMeeting:
        clerk = actor("city_clerk", "city")
        filing = filed(year, **composition)
        filing = actions.acknowledge_filing(filing, actor=clerk, opinion="同意", consented_externals=consented)
        if guest:
            member = actor("library_member", "city", "专家库甲")
            enrol_in_library(bureaus, actor, member.user)
            actions.decide_guidance(filing, actor=clerk, assign=True, reason="首次开展自主评审。")
            actions.accept_guidance(drawn(reload(filing), actor), actor=member)
        else:
            actions.decide_guidance(filing, actor=clerk, assign=False, reason="该企业往年评审规范。")
        meeting = reload(filing.meeting)
        hr, sec = actor("ent_hr", "A"), actor("panel_sec", "A")
        meeting = actions.name_tellers(meeting, actor=hr, first=hr.user, second=sec.user)
        at("2026-10-28 08:30:00")
        return meeting

    return acknowledge


def enrol_in_library(bureaus, actor, user, works_at=None):
    """The person becomes a member of 中评委专家库, on the list until the end of 2028."""
    return actions.enrol_expert(
        bureaus["city"],
        actor=actor("city_clerk", "city"),
        user=user,
        employer="示例研究院",
        rank="senior",
        title="高级工程师",
        speciality=Speciality.objects.get(name="机械设计"),
        term_until=dt.date(2028, 12, 31),
        works_at=works_at,
    )


@scene
def session(ready_meeting, actor, expert, at):
    """`session(round, present=9)` → in session with the first `present` members."""

    def start(year, present: int = 9, **composition) -> ReviewMeeting:
        meeting = actions.open_sign_in(ready_meeting(year, **composition), actor=actor("ent_hr", "A"))
        for number in range(1, present + 1):
            meeting = actions.sign_in(meeting, actor=expert(number), promised=True)
        at("2026-10-28 09:00:00")
        return actions.start_session(meeting, actor=expert(1))

    return start


def seen_by_two(meeting, actor):
    """Every seat seen by the secretary and, after her, by the company's head."""
    for role in ("panel_sec", "ent_lead"):
        meeting = actions.check_panel_roll(reload(meeting), actor=actor(role, "A"), in_person=True)
    return meeting


SCORES = {"ethics": 90, "innovation": 85, "performance": 88, "contribution": 86}


def present_all(meeting, sec) -> None:
    """述职 and 综合考核 of everybody on the agenda."""
    for item in meeting.items.filter(state="waiting"):
        actions.present_item(
            item, actor=sec, report_mode="in_person", self_report="近三年完成产线改造。", check_note="考核合格。"
        )


def score_all(meeting, expert) -> None:
    """Every seated member fills every pad that is still wanted of him."""
    for number, member in enumerate(meeting.panel.members.order_by("pk"), start=1):
        pads = member.assessments.filter(item__meeting=meeting, state="open", item__state="presented")
        for pad in pads.exclude(item__recusals__member=member):
            actions.assess(pad, actor=expert(number), **SCORES, comment="")


@scene
def scored(session, actor, expert):
    """`scored(round, present=9)` → scores closed by the chair; the sheets wait."""

    def close(year, present: int = 9, **composition) -> ReviewMeeting:
        meeting = session(year, present, **composition)
        present_all(meeting, actor("panel_sec", "A"))
        score_all(meeting, expert)
        return actions.close_scoring(reload(meeting), actor=expert(1))

    return close


@scene
def voting(scored, actor):
    """`voting(round)` → scores closed by the chair, sheets issued."""

    def close(year, present: int = 9, **composition) -> ReviewMeeting:
        meeting = scored(year, present, **composition)
        for sheet in meeting.sheets.all():
            actions.issue_sheet(sheet, actor=actor("panel_sec", "A"))
        return reload(meeting)

    return close


def marks_of(sheet, yes: dict[int, int] | int, returned: int) -> dict[str, dict[str, int]]:
    """Marks that add up: `yes` for each number (or the same for all), the rest against."""
    marks = {}
    for line in sheet.lines.all():
        agreed = yes if isinstance(yes, int) else yes[line.number]
        recused = line.recused_seats
        marks[str(line.number)] = {
            "yes": agreed,
            "no": returned - agreed - recused,
            "abstain": 0,
            "invalid": 0,
            "recused": recused,
        }
    return marks


def count(sheet, tellers, yes, returned=None) -> None:
    """Both tellers key the same count: everything returned and valid unless told otherwise."""
    returned = sheet.seats if returned is None else returned
    facts = {"issued": sheet.seats, "returned": returned, "missing": sheet.seats - returned}
    for teller in tellers:
        actions.key_count(sheet, actor=teller, **facts, valid=returned, invalid=0, marks=marks_of(sheet, yes, returned))


@scene
def concluded(voting, actor, expert):
    """`concluded(round, yes=8)` → counted, signed, announced, concluded."""

    def finish(year, yes: dict[int, int] | int = 8, present: int = 9, **composition) -> ReviewMeeting:
        meeting = voting(year, present, **composition)
        tellers = (actor("ent_hr", "A"), actor("panel_sec", "A"))
        for sheet in meeting.sheets.all():
            count(sheet, tellers, yes)
            actions.sign_tally(reload(sheet), actor=expert(1))
        meeting = actions.announce_count(reload(meeting), actor=expert(1))
        return actions.conclude_meeting(meeting, actor=expert(1), minutes="按程序完成评审。")

    return finish


def member_of(meeting, number: int) -> PanelMember:
    return meeting.panel.members.order_by("pk")[number - 1]


def reported(year, actor) -> ResultReport:
    """The company's report on its finished meeting, sent up by its head."""
    hr = actor("ent_hr", "A")
    report = actions.open_report(year, actor=hr)
    report = actions.write_summary(report, actor=hr, work_summary="评审会按程序召开。")
    report = actions.present_report(report, actor=hr)
    return actions.confirm_report(report, actor=actor("ent_lead", "A"))
