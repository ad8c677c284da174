"""Records of the facts in one line of Chinese, for the explanation."""

from datetime import date
from functools import lru_cache

from applications.rules.eligibility import vocabulary as words
from applications.rules.eligibility.facts import Facts, When
from applications.rules.eligibility.trace import Row


@lru_cache(maxsize=4_096)
def iso(day: int) -> str:
    """`2026-12-31`."""
    return date.fromordinal(day).isoformat()


@lru_cache(maxsize=4_096)
def in_chinese(day: int) -> str:
    """`2026年12月31日`."""
    found = date.fromordinal(day)
    return f"{found.year}年{found.month}月{found.day}日"


def written(when: When) -> str:
    """The date as the facts gave it: day, month or year."""
    first, last = when
    text = in_chinese(first)
    if first == last:
        return text
    return text[: text.index("月" if last - first < 31 else "年") + 1]


def path_of(row: Row) -> str:
    """`work[0]`, `assessments[2025]`."""
    return f"{row[0]}[{row[1]}]"


def in_words(facts: Facts, row: Row) -> dict[str, str]:
    """What the facts say in that place as `text`, and `verified` where the caller said how far it is proven."""
    table, place = row
    if isinstance(place, str):
        if table == "assessments":
            return {"text": f"{int(place)}年度考核{words.GRADES[facts.assessments[place]]}"}
        return {"text": f"{int(place)}年继续教育{facts.continuing_education[place]}学时"}
    text, verified = {"education": _education, "work": _work, "posts": _post}[table](facts, place)
    return {"text": text, "verified": verified} if verified else {"text": text}


def _education(facts: Facts, place: int) -> tuple[str, str]:
    level, award, outcome, mode, awarded_on, started_on, verified = facts.education[place]
    said = [words.EDUCATION_LEVELS[level], words.AWARDS[award], words.OUTCOMES[outcome], words.MODES[mode]]
    if started_on is not None:
        said.append(f"{written(started_on)}入学")
    said.append(f"{written(awarded_on)}{'取得' if outcome == 'graduated' else '离校'}")
    return "，".join(said), verified


def _work(facts: Facts, place: int) -> tuple[str, str]:
    began, ended, engineering, relation, full_time, verified = facts.work[place]
    kind = "工程技术工作" if engineering else "非工程技术工作"
    time = "全职" if full_time else "非全职"
    return f"{written(began)}至{_end(ended)}，{kind}，{words.RELATIONS[relation]}，{time}", verified


def _post(facts: Facts, place: int) -> tuple[str, str]:
    title, began, ended, verified = facts.posts[place]
    return f"{words.POST_TITLES[title]}，{written(began)}聘任，至{_end(ended)}", verified


def _end(ended: When | None) -> str:
    return "今" if ended is None else written(ended)
