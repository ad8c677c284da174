"""The conditions of the annex, one function a clause, with the annex's own words.

Each takes one reading and tells whether the condition holds on the counting day, the earliest counting day on
which it would, and the periods that were measured on the way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from applications.rules.eligibility.readings import Reading
from applications.rules.eligibility.tenure import Days, after, first_from, full_on
from applications.rules.eligibility.vocabulary import RANK

SECONDARY, ASSOCIATE, BACHELOR = RANK["secondary"], RANK["associate"], RANK["bachelor"]
MASTER, DOCTOR, HIGH_SCHOOL = RANK["master"], RANK["doctor"], RANK["high_school"]


class Measure(NamedTuple):
    """A period of which the clause asks «满N年»: what it is, its days up to the horizon, N."""

    what: str
    days: Days
    years: int


class Outcome(NamedTuple):
    """`ready`: the smallest counting day on which the condition holds (None within the horizon)."""

    holds: bool
    ready: int | None
    measures: tuple[Measure, ...] = ()
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A route of the annex: where it stands, its words, and how it is decided."""

    id: str
    cite: str
    words: str
    decide: Callable[[Reading], Outcome]
    open: bool = False  # whether the annex or a fact left blank keeps a question open beyond the dates


def _both(left: int | None, right: int | None) -> int | None:
    return None if left is None or right is None else max(left, right)


def _either(left: int | None, right: int | None) -> int | None:
    if left is None or right is None:
        return left if right is None else right
    return min(left, right)


def _working(reading: Reading, days: Days, since: int | None, lacks: str) -> Outcome:
    """Something reached on `since`, together with 从事工程技术工作 on the day of application."""
    if since is None:
        return Outcome(False, None, (), lacks)
    working = reading.applies_in(days)
    ready = first_from(days, since)
    if reading.applied_on is not None:  # that day stays where it is, whatever the counting day
        ready = since if working else None
    holds = working and since <= reading.as_of
    return Outcome(holds, ready, (), lacks if since > reading.as_of else "" if working else "申报时须从事工程技术工作")


def _doctor(reading: Reading) -> Outcome:
    return _working(reading, reading.history.engineering, reading.history.doctor_degree, "须具有博士学位")


def _master_on(reading: Reading, days: Days, any_speciality: bool) -> Outcome:
    """满2年 in all, of it 满1年 after the degree: the one year never replaces the two."""
    awarded = reading.history.any_award[MASTER]
    if awarded is None:
        return Outcome(False, None, (), "须具有研究生学历或硕士学位")
    total = Measure("本专业或相近专业工作年限（取得学历或学位前后相加）", days, 2)
    later = Measure("其中取得学历或学位后的年限", after(days, awarded), 1)
    ready = _both(full_on(total.days, 2), full_on(later.days, 1))
    measures: tuple[Measure, ...] = (total, later)
    if any_speciality:
        whole = Measure("取得学历或学位后从事工程技术工作（不限专业）", after(reading.history.engineering, awarded), 2)
        ready = _either(ready, full_on(whole.days, 2))
        measures = (total, later, whole)
    return Outcome(reading.by(ready), ready, measures)


def _master(reading: Reading) -> Outcome:
    return _master_on(reading, reading.history.related, reading.any_speciality_after_degree)


def _after_graduation(level: int, years: int, name: str) -> Callable[[Reading], Outcome]:
    def decide(reading: Reading) -> Outcome:
        graduated = reading.history.diploma[level]
        if graduated is None:
            return Outcome(False, None, (), f"须有{name}及以上学历（毕业）")
        worked = Measure(f"{name}毕业后从事工程技术工作", after(reading.history.engineering, graduated), years)
        ready = full_on(worked.days, years)
        return Outcome(reading.by(ready), ready, (worked,))

    return decide


def _as_assistant(reading: Reading) -> Outcome:
    held = Measure("担任助理工程师职务", reading.history.assistant, 4)
    graduated = reading.history.diploma[ASSOCIATE]
    ready = _both(graduated, full_on(held.days, 4))
    lacks = "" if reading.by(graduated) else "须有大专及以上学历（毕业）"
    return Outcome(reading.by(ready), ready, (held,), lacks)


def _never(reading: Reading) -> Outcome:
    """破格 is for people to judge; the machine refers it (see `verdict`), it never passes it."""
    return Outcome(False, None)


def _with_bachelor(reading: Reading) -> Outcome:
    return _working(
        reading, reading.history.engineering, reading.history.diploma[BACHELOR], "须有大学本科及以上学历（毕业）"
    )


def _worked_or_held(level: int, years: int, name: str) -> Callable[[Reading], Outcome]:
    def decide(reading: Reading) -> Outcome:
        graduated = reading.history.diploma[level]
        if graduated is None:
            return Outcome(False, None, (), f"须有{name}及以上学历（毕业）")
        worked = Measure(f"{name}毕业后从事工程技术工作", after(reading.history.engineering, graduated), years)
        posts = reading.history.technician
        if not reading.posts_before_graduation_count:
            posts = after(posts, graduated)
        held = Measure("担任技术员职务", posts, years)
        ready = _either(full_on(worked.days, years), _both(graduated, full_on(posts, years)))
        return Outcome(reading.by(ready), ready, (worked, held))

    return decide


def _initial(level: int, inner: Callable[[Reading], Outcome]) -> Callable[[Reading], Outcome]:
    """附件四: 全日制或成人教育毕业, 本专业或相近专业岗位, 考核合格; and then the clause's own condition."""

    def decide(reading: Reading) -> Outcome:
        found = inner(reading)
        since = _both(found.ready, reading.history.initial_study[level])
        if since is None:
            lacks = found.lacks or ("" if found.ready is None else "须为全日制或成人教育毕业")
            return Outcome(False, None, found.measures, lacks)
        working = _working(reading, reading.near, since, found.lacks)
        if not reading.initial_check:
            return Outcome(False, None, found.measures, "初定考核须为合格")
        return working._replace(measures=found.measures)

    return decide


def _initial_doctor(reading: Reading) -> Outcome:
    ready = reading.history.doctor_degree
    return Outcome(reading.by(ready), ready, (), "" if reading.by(ready) else "须具有博士学位")


def _initial_master(reading: Reading) -> Outcome:
    return _master_on(reading, reading.near, False)


def _initial_bachelor(reading: Reading) -> Outcome:
    ready = reading.history.diploma[BACHELOR]
    return Outcome(reading.by(ready), ready, (), "" if reading.by(ready) else "须有大学本科及以上学历（毕业）")


def _initial_after(level: int, years: int, name: str) -> Callable[[Reading], Outcome]:
    def decide(reading: Reading) -> Outcome:
        graduated = reading.history.diploma[level]
        if graduated is None:
            return Outcome(False, None, (), f"须有{name}及以上学历（毕业）")
        worked = Measure(f"{name}毕业后在本专业或相近专业岗位工作", after(reading.near, graduated), years)
        ready = full_on(worked.days, years)
        return Outcome(reading.by(ready), ready, (worked,))

    return decide


EXCEPTIONAL = "A-3.1(6)"
_MASTER_WORDS = (
    "具有研究生学历或硕士学位者，从事工程技术工作满2年（学历或学位取得前后从事本专业或相近专业的工作年限"
    "可以相加，但学历或学位取得后从事专业工作须满1年）"
)
ROUTES: dict[str, tuple[Condition, ...]] = {
    "engineer": (
        Condition("A-3.1(1)", "附件三、1（1）", "具有博士学位，从事工程技术工作", _doctor),
        Condition("A-3.1(2)", "附件三、1（2）", _MASTER_WORDS, _master, open=True),
        Condition(
            "A-3.1(3)",
            "附件三、1（3）",
            "大学本科毕业后从事工程技术工作满4年",
            _after_graduation(BACHELOR, 4, "大学本科"),
        ),
        Condition(
            "A-3.1(4)", "附件三、1（4）", "大专毕业后从事工程技术工作满6年", _after_graduation(ASSOCIATE, 6, "大专")
        ),
        Condition("A-3.1(5)", "附件三、1（5）", "具有大学本科或大专学历，担任助理工程师职务满4年", _as_assistant),
        Condition(EXCEPTIONAL, "附件三、1（6）", "其他符合破格晋升条件的", _never),
    ),
    "assistant_engineer": (
        Condition("A-3.2(1)", "附件三、2（1）", "具有大学本科及以上学历，从事工程技术工作", _with_bachelor),
        Condition(
            "A-3.2(2)",
            "附件三、2（2）",
            "大专毕业后从事工程技术工作满2年或担任技术员职务满2年",
            _worked_or_held(ASSOCIATE, 2, "大专"),
            open=True,
        ),
        Condition(
            "A-3.2(3)",
            "附件三、2（3）",
            "中专（中职）毕业后从事工程技术工作满4年或担任技术员职务满4年",
            _worked_or_held(SECONDARY, 4, "中专（中职）"),
            open=True,
        ),
        Condition(
            "A-3.2(4)", "附件三、2（4）", "高中毕业后，从事工程技术工作满7年", _after_graduation(HIGH_SCHOOL, 7, "高中")
        ),
    ),
}
INITIAL: dict[str, tuple[Condition, ...]] = {
    "engineer": (
        Condition(
            "A-4.1(1)", "附件四、1（1）", "具有博士学位，从事工程技术工作", _initial(DOCTOR, _initial_doctor), open=True
        ),
        Condition("A-4.1(2)", "附件四、1（2）", _MASTER_WORDS, _initial(MASTER, _initial_master), open=True),
    ),
    "assistant_engineer": (
        Condition(
            "A-4.2(1)",
            "附件四、2（1）",
            "具有大学本科及以上学历，从事工程技术工作",
            _initial(BACHELOR, _initial_bachelor),
            open=True,
        ),
        Condition(
            "A-4.2(2)",
            "附件四、2（2）",
            "大专毕业后从事工程技术工作满2年",
            _initial(ASSOCIATE, _initial_after(ASSOCIATE, 2, "大专")),
            open=True,
        ),
        Condition(
            "A-4.2(3)",
            "附件四、2（3）",
            "中专（中职）毕业后从事工程技术工作满4年",
            _initial(SECONDARY, _initial_after(SECONDARY, 4, "中专（中职）")),
            open=True,
        ),
    ),
}
