"""人才结构: every speciality is counted three ways, and the three sums must agree (F-04)."""

from dataclasses import dataclass

TITLES = ("senior", "middle", "junior", "untitled")
DEGREES = ("doctor", "master", "bachelor", "associate", "secondary")
AGES = ("under_36", "under_51", "over_50")


@dataclass(frozen=True)
class Sums:
    """One speciality's people by title, by degree and by age."""

    by_title: int
    by_degree: int
    by_age: int


def mismatch(sums: Sums) -> str:
    """Names the numbers when the three sums of one row differ; empty when they agree."""
    if sums.by_title == sums.by_degree == sums.by_age:
        return ""
    return (
        f"合计不符：按职称是{sums.by_title}人，按学历是{sums.by_degree}人，按年龄是{sums.by_age}人，"
        "同一批人的三种合计应当相等，请核对。"
    )


def headcount_problem(total_staff: int, technical: int) -> str:
    """Technical staff are part of the staff."""
    if technical > total_staff:
        return f"人才结构表合计{technical}人，多于职工总数{total_staff}人，请核对职工总数或人才结构表。"
    return ""
