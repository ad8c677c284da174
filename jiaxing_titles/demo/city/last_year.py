"""2025, a finished year: eight companies, ninety-six people, from the application in spring to the appointment."""

from __future__ import annotations

import datetime as dt

from jiaxing_titles.demo.city import applicants, cast, committee, meetings, notices, pilot, plans, results
from jiaxing_titles.demo.city.applicants import Course, Dates
from jiaxing_titles.demo.city.places import City, Company
from jiaxing_titles.demo.city.timeline import Script, on

COMPANIES = ("E01", "E02", "E03", "E04", "E05", "E07", "E08", "E11")
REFUSED = {"E02": (11,), "E04": (11,), "E05": (11,), "E08": (11,)}
PANEL_FAILED = {key: (9,) for key in ("E01", "E02", "E03", "E04", "E05", "E07", "E08")}
COMMITTEE_FAILED = {"E05": (8,), "E07": (8,), "E11": (8,)}
LEFT_OUT = {"E05": 2, "E07": 2, "E08": 1}


class LastYear:
    """`people` by company key, for those who look back on the year."""

    def __init__(self, city: City, keys: tuple[str, ...], size: int) -> None:
        self.city, self.keys, self.size = city, keys, size
        self.courses: dict[str, Course] = {}

    def scripts(self) -> list[Script]:
        chapters = [self._company(self.city.companies[key], order) for order, key in enumerate(self.keys)]
        return [*chapters, pilot.publish_list(self.city, on(2025, 4, 14)), self._city()]

    def _company(self, company: Company, order: int) -> Script:
        city, key = self.city, company.plate.key
        course = self.courses[key] = Course(refused=REFUSED.get(key, ()))
        yield from pilot.apply(city, company, on(2025, 2, 10 + order), county_on=on(2025, 3, 3 + order))
        yield from plans.write(city, company, on(2025, 5, 7))
        people = cast.last_year(city, company, self.size)
        dates = Dates(on(2025, 8, 25), dt.date(2025, 9, 12), on(2025, 9, 16))
        yield from applicants.hold(city, company, people, dates, course)
        yield from notices.publish(city, company, on(2025, 9, 18))
        if key == "E03" and self.size > 10:
            text = "所列夹具改造不是本人完成的。"
            settled = {"outcome": "upheld", "settled_on": on(2025, 9, 26)}
            yield from notices.object_to(city, course.people[10], on(2025, 9, 19), text, by=company.hr, **settled)
        if key == "E07":
            text = "工作年限不足。"
            settled = {"outcome": "rejected", "settled_on": on(2025, 9, 28)}
            yield from notices.object_to(city, course.people[0], on(2025, 9, 22), text, by=company.hr, **settled)
        yield from meetings.compose(city, company, on(2025, 9, 29))
        if key == "E04":  # after the last day: marked as late, answered all the same
            text = "论文不是第一作者。"
            settled = {"outcome": "rejected", "settled_on": on(2025, 10, 8)}
            yield from notices.object_to(city, course.people[1], on(2025, 9, 30), text, by=company.hr, **settled)
        yield from meetings.file(city, company, on(2025, 10, 9), on(2025, 10, 22))
        yield from meetings.acknowledge(city, company, on(2025, 10, 13))
        yield from meetings.hold(city, company, on(2025, 10, 22), failed=self._ids(key, PANEL_FAILED))
        yield from meetings.report(city, company, on(2025, 10, 30), received_on=on(2025, 11, 3))
        yield from results.appoint(city, key, 2025, on(2026, 2, 25), left_out=LEFT_OUT.get(key, 0))

    def _ids(self, key: str, places: dict[str, tuple[int, ...]]) -> list[int]:
        return [self.courses[key].people[place].pk for place in places.get(key, ()) if place < self.size]

    def _city(self) -> Script:
        city = self.city
        yield from committee.consolidate(city, on(2025, 11, 21), on(2025, 11, 27))
        yield from committee.convene(city, on(2025, 12, 1), on(2025, 12, 16), members=15)
        failed = [pk for key in self.keys for pk in self._ids(key, COMMITTEE_FAILED)]
        yield from committee.sit(city, on(2025, 12, 16), absent=2, failed=failed)
        yield from results.notice(city, 2025, on(2025, 12, 26))
        held = self.courses["E02"].people[0] if "E02" in self.keys else None
        objection = (
            notices.object_to(
                city, held, on(2025, 12, 29), "本人业绩不实。", by=city.clerk, outcome="rejected",
                settled_on=on(2026, 1, 12),
            )
            if held
            else iter(())
        )  # fmt: skip
        document = results.announce(city, 2025, on(2026, 1, 8), "嘉人社〔2026〕2号", dt.date(2025, 12, 16))
        if held is None:
            yield from document
        else:
            yield from _together(objection, document)
            yield from results.announce(city, 2025, on(2026, 1, 20), "嘉人社〔2026〕5号", dt.date(2025, 12, 16))
        yield from results.certify(city, 2025, on(2026, 1, 22), rejected=1, receipt_on=on(2026, 2, 3))
        if "E11" in self.keys:
            yield from results.revoke(city, self.courses["E11"].people[0], on(2026, 5, 11), "嘉人社〔2026〕31号")


def _together(first: Script, second: Script) -> Script:
    """Two scripts in turn by their days."""
    waiting = {one: next(one, None) for one in (first, second)}
    while live := {one: day for one, day in waiting.items() if day is not None}:
        soonest = min(live, key=lambda one: live[one])
        yield live[soonest]
        waiting[soonest] = next(soonest, None)
