"""The contract of the eligibility interface, written a second time and plainly: every day, every reading.

Shares nothing with the product but the JSON facts; the tests compare the two.
"""

import itertools
from datetime import date, timedelta
from decimal import Decimal

ORDER = ["high_school", "secondary", "associate", "bachelor", "master", "doctor"]


def meanings(text):
    """The first and the last day that a date text may mean."""
    if text is None:
        return [None]
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return [date(*parts)]
    if len(parts) == 1:
        return [date(parts[0], 1, 1), date(parts[0], 12, 31)]
    following = date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)
    return [date(*parts, 1), following - timedelta(days=1)]


BASE = date(1900, 1, 1)


def days(first, last):
    """The days as the bits of one number."""
    if last < first:
        return 0
    return ((1 << (last - first).days + 1) - 1) << (first - BASE).days


def anniversary(day, years):
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def lasts(found, years):
    if not found:
        return False
    first = BASE + timedelta(days=(found & -found).bit_length() - 1)
    return first + timedelta(days=found.bit_count()) >= anniversary(first, years)


def later(found, day):
    return found & ~days(BASE, day)


def within(day, found):
    return bool(found & days(day, day))


class Naive:
    """One reading: dates are days, nothing is open."""

    def __init__(self, facts, answers):
        self.facts, self.answers = facts, answers
        self.as_of = date.fromisoformat(facts["as_of"])
        self.applied_on = date.fromisoformat(facts.get("applied_on") or facts["as_of"])
        self.counted = [r for r in facts["education"] if r["outcome"] == "graduated" and r["awarded_on"] <= self.as_of]

    def worked(self, relations, engineering=True):
        found = 0
        for job in self.facts["work"]:
            if job["relation"] in relations and (not engineering or (job["engineering"] and job["full_time"])):
                found |= days(job["from"], min(job["to"] or self.as_of, self.as_of))
        for record in self.facts["education"]:
            if record["mode"] == "full_time" and record.get("started_on") and engineering:
                found &= ~days(record["started_on"], record["awarded_on"])
        return found

    def every(self):
        return self.worked({"same", "related", "other"})

    def rel(self):
        return self.worked({"same", "related"})

    def near(self):
        return self.worked({"same", "related"} if self.answers["courses"] >= 3 else {"same"})

    def posts(self, title):
        found = 0
        for post in self.facts["posts"]:
            if post["title"] == title:
                found |= days(post["appointed_from"], min(post["appointed_to"] or self.as_of, self.as_of))
        return found

    def at_least(self, level):
        return [r for r in self.counted if ORDER.index(r["level"]) >= ORDER.index(level)]

    def grad(self, level):
        return min((r["awarded_on"] for r in self.at_least(level) if r["award"] in ("diploma", "both")), default=None)

    def doctor(self):
        return any(r["level"] == "doctor" and r["award"] in ("degree", "both") for r in self.counted)

    def master(self, found, any_speciality):
        g = min((r["awarded_on"] for r in self.at_least("master")), default=None)
        if g is None:
            return False
        usual = lasts(found, 2) and lasts(later(found, g), 1)
        return usual or (any_speciality and lasts(later(self.every(), g), 2))

    def worked_after(self, level, years, found=None):
        g = self.grad(level)
        return g is not None and lasts(later(self.every() if found is None else found, g), years)

    def or_post(self, level, years):
        g = self.grad(level)
        if g is None:
            return False
        held = self.posts("technician")
        return self.worked_after(level, years) or lasts(held if self.answers["posts"] else later(held, g), years)

    def routes(self):
        if self.facts["level"] == "engineer":
            return {
                "A-3.1(1)": self.doctor() and within(self.applied_on, self.every()),
                "A-3.1(2)": self.master(self.rel(), self.answers["speciality"]),
                "A-3.1(3)": self.worked_after("bachelor", 4),
                "A-3.1(4)": self.worked_after("associate", 6),
                "A-3.1(5)": self.grad("associate") is not None and lasts(self.posts("assistant_engineer"), 4),
            }
        return {
            "A-3.2(1)": self.grad("bachelor") is not None and within(self.applied_on, self.every()),
            "A-3.2(2)": self.or_post("associate", 2),
            "A-3.2(3)": self.or_post("secondary", 4),
            "A-3.2(4)": self.worked_after("high_school", 7),
        }

    def initial(self):
        near = self.near()

        def common(level):
            studied = any(r["mode"] in ("full_time", "adult") for r in self.at_least(level))
            return studied and within(self.applied_on, near) and self.answers["check"] == "qualified"

        if self.facts["level"] == "engineer":
            return {
                "A-4.1(1)": common("doctor") and self.doctor(),
                "A-4.1(2)": common("master") and self.master(near, False),
            }
        return {
            "A-4.2(1)": common("bachelor") and self.grad("bachelor") is not None,
            "A-4.2(2)": common("associate") and self.worked_after("associate", 2, near),
            "A-4.2(3)": common("secondary") and self.worked_after("secondary", 4, near),
        }

    def assessment(self):
        worked = self.worked({"same", "related", "other"}, engineering=False)
        grades = [
            self.facts["assessments"].get(str(year))
            for year in range(self.as_of.year - 3, self.as_of.year)
            if worked & days(date(year, 1, 1), date(year, 12, 31))
        ]
        if any(grade in ("basically_qualified", "unqualified") for grade in grades):
            return "fail"
        if None in grades:
            return "unknown"
        return "pass" if grades else "not_applicable"


def readings(facts):
    """Every combination of the meanings of dates and of the answers to what is open."""
    places = []
    for table, keys in (
        ("education", ("awarded_on", "started_on")),
        ("work", ("from", "to")),
        ("posts", ("appointed_from", "appointed_to")),
    ):
        for index, record in enumerate(facts[table]):
            places += [(table, index, key, meanings(record.get(key))) for key in keys]
            if table == "education":
                awards = ["degree", "both"] if record["award"] == "degree" else [record["award"]]
                places.append((table, index, "award", awards))
    courses, check = facts.get("courses_match"), facts.get("initial_check")
    open_answers = itertools.product(
        [0, 3] if courses is None else [courses],
        ["qualified", "unqualified"] if check is None else [check],
        [False, True],
        [False, True],
    )
    answers = [dict(zip(("courses", "check", "posts", "speciality"), row, strict=True)) for row in open_answers]
    for chosen in itertools.product(*(place[3] for place in places)):
        fixed = {**facts, **{t: [dict(r) for r in facts[t]] for t in ("education", "work", "posts")}}
        for (table, index, key, _), value in zip(places, chosen, strict=True):
            fixed[table][index][key] = value
        for answer in answers:
            yield Naive(fixed, answer)


def one(values):
    if len(values) == 1:
        return values.pop()
    return "pass" if values == {"pass", "not_applicable"} else "unknown"


def expected(facts):
    """gates, routes, initial and verdict by the letter of the contract."""
    assessments, routes, initial = set(), {}, {}
    for reading in readings(facts):
        assessments.add(reading.assessment())
        for table, found in ((routes, reading.routes()), (initial, reading.initial())):
            for key, holds in found.items():
                table.setdefault(key, set()).add("pass" if holds else "fail")
    gates = {"A-1": one(assessments)}
    routes = {key: one(values) for key, values in routes.items()}
    if facts["level"] == "engineer":
        hours = facts["continuing_education"].get(facts["as_of"][:4])
        enough = hours is not None and Decimal(hours) >= 90
        lacking = "fail" if facts["evidence_closed"] else "unknown" if hours is None else "pending"
        gates["A-2"] = "pass" if enough else lacking
        routes["A-3.1(6)"] = "refer" if facts["exceptional_file"] else "fail"
    found = set(routes.values())
    if "fail" in gates.values():
        verdict = "not_eligible"
    elif "pass" in found and set(gates.values()) <= {"pass", "not_applicable"}:
        verdict = "eligible"
    elif found & {"pass", "unknown"}:
        verdict = "needs_evidence"
    else:
        verdict = "refer" if "refer" in found else "not_eligible"
    return {
        "gates": gates,
        "routes": routes,
        "initial": {key: one(values) for key, values in initial.items()},
        "verdict": verdict,
    }
