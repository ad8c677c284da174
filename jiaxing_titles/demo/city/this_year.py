"""2026, the running year: twelve companies, each in the middle of something on 28 October (ux §9.3)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from applications.actions import check_import
from enterprises import actions as enterprises
from enterprises.choices import Measure
from jiaxing_titles.demo.city import applicants, cast, committee, meetings, notices, oversight, pilot, plans, results
from jiaxing_titles.demo.city.applicants import Course, Dates
from jiaxing_titles.demo.city.places import City, Company
from jiaxing_titles.demo.city.timeline import Script, on
from jiaxing_titles.demo.city.workbooks import seven_mistakes, workbook

Y = 2026


@dataclass(frozen=True)
class Chapter:
    """One company's year by its days; a day that is missing is a step that it never takes."""

    people: int
    filed: dt.datetime
    county: dt.datetime
    outcome: str = "approve"
    corrections: tuple[dt.datetime, ...] = ()
    plan: dict[str, Any] = field(default_factory=lambda: {"begun_on": on(Y, 5, 6)})
    opens: dt.datetime | None = None
    closes: dt.date | None = None
    checked: dt.datetime | None = None
    course: dict[str, Any] = field(default_factory=dict)
    notice: dt.datetime | None = None
    panel: dt.datetime | None = None
    seats: tuple[int, int] = (5, 2)
    filing: dt.datetime | None = None
    meets: dt.datetime | None = None
    acknowledged: dt.datetime | None = None
    guidance: dict[str, bool] = field(default_factory=dict)
    postponed: int = 0
    second: tuple[dt.datetime, dt.datetime, dt.datetime] | None = None
    report: dt.datetime | None = None
    received: dt.datetime | None = None


CHAPTERS = {
    "E01": Chapter(
        18, on(Y, 2, 9), on(Y, 3, 2),
        opens=on(Y, 8, 31), closes=dt.date(Y, 9, 18), checked=on(Y, 9, 22), course={"refused": (17,)},
        notice=on(Y, 9, 25), panel=on(Y, 10, 12), filing=on(Y, 10, 12, 10), acknowledged=on(Y, 10, 14),
        meets=on(Y, 10, 20), report=on(Y, 10, 23), received=on(Y, 10, 26),
    ),
    "E02": Chapter(
        14, on(Y, 3, 24), on(Y, 3, 30),
        opens=on(Y, 9, 14), closes=dt.date(Y, 9, 30), checked=on(Y, 10, 9), course={"withdrawn": (13,)},
        notice=on(Y, 10, 12), panel=on(Y, 10, 21), seats=(6, 3), filing=on(Y, 10, 26), acknowledged=on(Y, 10, 29),
        meets=on(Y, 11, 6), report=on(Y, 11, 10), received=on(Y, 11, 12),
    ),
    "E03": Chapter(
        16, on(Y, 3, 10), on(Y, 3, 25),
        opens=on(Y, 8, 31), closes=dt.date(Y, 9, 11), checked=on(Y, 9, 15),
        notice=on(Y, 9, 16), panel=on(Y, 10, 12), filing=on(Y, 10, 13), acknowledged=on(Y, 10, 15),
        guidance={"assign": True, "draw": True, "accept": True},
        meets=on(Y, 10, 28, 14), report=on(Y, 11, 4), received=on(Y, 11, 6),
    ),
    "E04": Chapter(
        12, on(Y, 3, 12), on(Y, 3, 30), corrections=(on(Y, 3, 25),),
        opens=on(Y, 9, 21), closes=dt.date(Y, 10, 16), checked=on(Y, 10, 20),
        notice=on(Y, 10, 26), panel=on(Y, 11, 3), filing=on(Y, 11, 3, 10), acknowledged=on(Y, 11, 5),
        meets=on(Y, 11, 12), report=on(Y, 11, 16), received=on(Y, 11, 17),
    ),
    "E05": Chapter(
        20, on(Y, 3, 23), on(Y, 3, 27),
        opens=on(Y, 8, 24), closes=dt.date(Y, 9, 11), checked=on(Y, 9, 29),
        notice=on(Y, 9, 30), panel=on(Y, 10, 14), filing=on(Y, 10, 14, 10), acknowledged=on(Y, 10, 15),
        meets=on(Y, 10, 22), postponed=6, second=(on(Y, 10, 23), on(Y, 10, 26), on(Y, 10, 28, 8)),
        report=on(Y, 11, 9), received=on(Y, 11, 11),
    ),
    "E06": Chapter(
        10, on(Y, 3, 2), on(Y, 3, 30), corrections=(on(Y, 3, 10), on(Y, 3, 24)),
        plan={"begun_on": on(Y, 6, 15), "returned_on": on(Y, 9, 8), "reworked_on": on(Y, 10, 9)},
        opens=on(Y, 10, 19), closes=dt.date(Y, 11, 3), checked=on(Y, 11, 4),
        notice=on(Y, 11, 5), panel=on(Y, 11, 9), filing=on(Y, 11, 13), acknowledged=on(Y, 11, 16),
        meets=on(Y, 11, 18), report=on(Y, 11, 20), received=on(Y, 11, 20, 15),
    ),
    "E07": Chapter(
        15, on(Y, 2, 25), on(Y, 3, 16),
        opens=on(Y, 8, 31), closes=dt.date(Y, 9, 18), checked=on(Y, 9, 21),
        notice=on(Y, 9, 22), panel=on(Y, 10, 9), filing=on(Y, 10, 10), acknowledged=on(Y, 10, 13),
        meets=on(Y, 10, 19), report=on(Y, 11, 20), received=on(Y, 11, 23),
    ),
    "E08": Chapter(
        9, on(Y, 3, 25), on(Y, 3, 31),
        opens=on(Y, 9, 14), closes=dt.date(Y, 9, 30), checked=on(Y, 10, 9),
        notice=on(Y, 10, 10), panel=on(Y, 10, 20), seats=(4, 3), filing=on(Y, 10, 21), acknowledged=on(Y, 10, 27),
        guidance={"assign": True}, meets=on(Y, 11, 4), report=on(Y, 11, 9), received=on(Y, 11, 11),
    ),
    "E09": Chapter(
        12, on(Y, 3, 27), on(Y, 3, 31),
        opens=on(Y, 9, 14), closes=dt.date(Y, 10, 12), checked=on(Y, 10, 15),
        notice=on(Y, 10, 21), panel=on(Y, 10, 30), filing=on(Y, 10, 30, 10), acknowledged=on(Y, 11, 3),
        meets=on(Y, 11, 10),
    ),
    "E10": Chapter(
        11, on(Y, 2, 26), on(Y, 3, 17), plan={"begun_on": on(Y, 4, 24)},
        opens=on(Y, 5, 11), closes=dt.date(Y, 5, 22), checked=on(Y, 5, 26), course={"drafts": (8, 9, 10)},
        notice=on(Y, 6, 10),
    ),
    "E11": Chapter(
        13, on(Y, 3, 11), on(Y, 3, 25),
        opens=on(Y, 9, 1), closes=dt.date(Y, 9, 18), checked=on(Y, 9, 22),
        notice=on(Y, 9, 24), panel=on(Y, 10, 12), filing=on(Y, 10, 14), acknowledged=on(Y, 10, 19),
        meets=on(Y, 10, 29), report=on(Y, 11, 5), received=on(Y, 11, 9),
    ),
    "E12": Chapter(0, on(Y, 3, 3), on(Y, 3, 18), outcome="refuse"),
}  # fmt: skip


class ThisYear:
    """The scripts of 2026; what lies behind the day at which the city stops stays for the visitor."""

    def __init__(self, city: City, keys: tuple[str, ...], people: int | None = None) -> None:
        self.city, self.keys, self.people = city, keys, people
        self.courses: dict[str, Course] = {}
        self._deal = cast.ThisYear(city)

    def scripts(self) -> list[Script]:
        made = [self._company(self.city.companies[key], CHAPTERS[key]) for key in self.keys]
        if "E04" in self.keys:
            made.append(_faulty_workbook(self.city, self.city.companies["E04"]))
        if "E10" in self.keys:
            made.append(_suspend(self.city, self.city.companies["E10"]))
        inspection = oversight.inspect(self.city, on(Y, 9, 28), choose=min(2, len(self.keys) - 1))
        return [*made, pilot.publish_list(self.city, on(Y, 4, 14)), inspection, self._city()]

    def _company(self, company: Company, chapter: Chapter) -> Script:
        city, key = self.city, company.plate.key
        yield from pilot.apply(
            city, company, chapter.filed, county_on=chapter.county, outcome=chapter.outcome,
            corrections=chapter.corrections, city_on=on(Y, 4, 7),
        )  # fmt: skip
        if chapter.opens is None or chapter.closes is None or chapter.checked is None:
            return
        yield from plans.write(city, company, **chapter.plan)
        size = chapter.people if self.people is None else min(self.people, chapter.people)
        course = self.courses[key] = Course(**chapter.course)
        people = self._deal.people(city, company, size)
        dates = Dates(chapter.opens, chapter.closes, chapter.checked)
        yield from applicants.hold(city, company, people, dates, course)
        if chapter.notice is not None:
            yield from notices.publish(city, company, chapter.notice)
        if key == "E03":
            yield from _two_objections(city, company, course)
        yield from self._review(company, chapter, course)

    def _review(self, company: Company, chapter: Chapter, course: Course) -> Script:
        city = self.city
        if chapter.panel is None or chapter.filing is None or chapter.meets is None or chapter.acknowledged is None:
            return
        internal, external = chapter.seats
        yield from meetings.compose(city, company, chapter.panel, internal=internal, external=external)
        substitute = 7 if company.plate.key == "E08" else 0
        yield from meetings.file(city, company, chapter.filing, chapter.meets, substitute=substitute)
        yield from meetings.acknowledge(city, company, chapter.acknowledged, **chapter.guidance)
        if company.plate.key == "E11":
            yield from meetings.recuse_second(city, company, chapter.acknowledged + dt.timedelta(days=1))
        later = [one.pk for one in course.people[-chapter.postponed :]] if chapter.postponed else []
        failed = [one.pk for one in course.people[7:8]]
        yield from meetings.hold(city, company, chapter.meets, failed=failed, postponed=later)
        if chapter.second is not None:
            filed, acknowledged, meets = chapter.second
            yield from meetings.file(city, company, filed, meets)
            yield from meetings.acknowledge(city, company, acknowledged)
            yield from meetings.hold(city, company, meets, electronic=True)
        if chapter.report is not None:
            yield from meetings.report(city, company, chapter.report, received_on=chapter.received)

    def _city(self) -> Script:
        """From the consolidation to the province's receipt: reached only when the city runs on past the demo's day."""
        city = self.city
        yield from committee.consolidate(city, on(Y, 11, 23, 10), on(Y, 12, 3))
        yield from committee.convene(city, on(Y, 12, 4), on(Y, 12, 22), members=21)
        yield from committee.sit(city, on(Y, 12, 22), absent=3)
        yield from results.notice(city, Y, on(Y, 12, 23))


def _two_objections(city: City, company: Company, course: Course) -> Script:
    if len(course.people) < 7:
        return
    first, second = course.people[3], course.people[6]
    yield from notices.object_to(
        city, first, on(Y, 9, 17), "所列项目不是本人主持。", by=company.hr, outcome="upheld", settled_on=on(Y, 9, 29)
    )
    yield from notices.object_to(
        city, second, on(Y, 9, 29, 10), "年度考核弄虚作假。", by=company.hr, outcome="rejected",
        settled_on=on(Y, 10, 9),
    )  # fmt: skip


def _faulty_workbook(city: City, company: Company) -> Script:
    """HR has sent in a workbook with seven kinds of mistakes; its findings wait to be looked at."""
    yield on(Y, 9, 24)
    people = cast.strangers(city, company, 8)
    file = workbook(people, [company.scope[0].name] * len(people), spoil=seven_mistakes)
    city.do(check_import, company.enterprise, company.hr, file=file)


def _suspend(city: City, company: Company) -> Script:
    """暂停自主评审工作: found, told, answered, decided, in effect while the notice is open (办法六（三）)."""
    yield on(Y, 6, 1)
    facts = "2026年评审启动后，未经备案自行更改方案中的评价标准。"
    case = city.do(
        enterprises.open_sanction,
        company.enterprise,
        city.clerk,
        cycle=city.cycle(Y),
        measure=Measure.SUSPEND,
        clause="办法六（三）",
        facts=facts,
    )
    case = city.do(enterprises.notify_company, case, city.clerk, answer_due_on=dt.date(Y, 6, 8))
    yield on(Y, 6, 5)
    case = city.do(enterprises.answer_notice, case, company.lead, answer="情况属实，已停止使用，申请从轻处理。")
    yield on(Y, 6, 9)
    words = {"measure": Measure.SUSPEND, "opinion": "事实清楚，建议暂停。", "effective_on": dt.date(Y, 6, 12)}
    case = city.do(enterprises.propose_measure, case, city.clerk, **words)
    case = city.do(enterprises.review_sanction, case, city.reviewer, opinion="同意。")
    yield on(Y, 6, 11)
    decision = "暂停你单位2026年度自主评审工作，整改合格后恢复。"
    case = city.do(
        enterprises.decide_sanction, case, city.leader, decision_number="嘉人社处〔2026〕1号", decision=decision
    )
    yield on(Y, 6, 12)
    city.do(enterprises.execute_sanction, case, city.clerk)
