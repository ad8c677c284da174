"""Hypothesis strategies for one person's facts, as JSON objects of the eligibility contract."""

from datetime import date

from hypothesis import strategies as st

LEVELS = ["high_school", "secondary", "associate", "bachelor", "master", "doctor"]
DAYS = st.dates(date(2018, 1, 1), date(2028, 12, 31)).map(date.isoformat)


@st.composite
def spans(draw, dates):
    """Two date texts in order when both have a day."""
    first, last = draw(dates), draw(dates)
    if len(first) == len(last) == 10 and last < first:
        first, last = last, first
    return first, last


@st.composite
def education(draw, dates):
    started, awarded = draw(spans(dates))
    record = {
        "level": draw(st.sampled_from(LEVELS)),
        "award": draw(st.sampled_from(["diploma", "degree", "both"])),
        "outcome": draw(st.sampled_from(["graduated", "graduated", "graduated", "withdrawn"])),
        "mode": draw(st.sampled_from(["full_time", "adult", "in_service"])),
        "awarded_on": awarded,
    }
    return record | ({"started_on": started} if draw(st.booleans()) else {})


@st.composite
def work(draw, dates):
    began, ended = draw(spans(dates))
    return {
        "from": began,
        "to": draw(st.sampled_from([ended, None])),
        "engineering": draw(st.sampled_from([True, True, True, False])),
        "relation": draw(st.sampled_from(["same", "related", "other"])),
        "full_time": draw(st.sampled_from([True, True, True, False])),
    }


@st.composite
def post(draw, dates):
    began, ended = draw(spans(dates))
    title = draw(st.sampled_from(["technician", "assistant_engineer"]))
    return {"title": title, "appointed_from": began, "appointed_to": draw(st.sampled_from([ended, None]))}


@st.composite
def people(draw, dates=DAYS, sizes=(3, 3, 3)):
    """Facts with up to so many records of study, work and posts."""
    as_of = draw(st.dates(date(2024, 1, 1), date(2027, 12, 31)))
    applied = draw(st.none() | st.dates(date(2023, 6, 1), as_of).map(date.isoformat))
    grades = st.sampled_from(["excellent", "qualified", "qualified", "basically_qualified", "unqualified"])
    years = st.sampled_from([str(as_of.year - n) for n in range(4)])
    return {
        "id": "p",
        "level": draw(st.sampled_from(["engineer", "assistant_engineer"])),
        "as_of": as_of.isoformat(),
        "applied_on": applied,
        "education": draw(st.lists(education(dates), max_size=sizes[0])),
        "work": draw(st.lists(work(dates), max_size=sizes[1])),
        "posts": draw(st.lists(post(dates), max_size=sizes[2])),
        "assessments": draw(st.dictionaries(years, grades, max_size=4)),
        "continuing_education": draw(
            st.dictionaries(years, st.sampled_from(["0", "89.99", "90", "90.0", "120"]), max_size=2)
        ),
        "evidence_closed": draw(st.booleans()),
        "courses_match": draw(st.sampled_from([None, 0, 2, 3, 9])),
        "initial_check": draw(st.sampled_from([None, "qualified", "unqualified"])),
        "exceptional_file": draw(st.booleans()),
    }


def with_precision(text, length):
    return text[:length]


VAGUE = st.builds(with_precision, DAYS, st.sampled_from([4, 7, 7, 10, 10]))


@st.composite
def on_the_edge(draw):
    """Two years of work, give or take some days, out of which vague full-time study takes some."""
    as_of = date(2026, 12, 31)
    near = st.dates(date(2024, 10, 1), date(2025, 3, 31)).map(date.isoformat)
    month = st.sampled_from(["2024-11", "2024-12", "2025-01", "2025"])
    study = {
        "level": draw(st.sampled_from(["associate", "master"])),
        "award": draw(st.sampled_from(["diploma", "degree", "both"])),
        "outcome": "graduated",
        "mode": draw(st.sampled_from(["full_time", "adult"])),
        "awarded_on": draw(near | month),
    }
    more_study = {
        **study,
        "outcome": "withdrawn",
        "mode": "full_time",
        "started_on": draw(month),
        "awarded_on": draw(st.sampled_from(["2025-01", "2025-02-03", "2025"])),
    }
    return {
        "id": "p",
        "level": draw(st.sampled_from(["engineer", "assistant_engineer"])),
        "as_of": as_of.isoformat(),
        "education": [study, *([more_study] if draw(st.booleans()) else [])],
        "work": [
            {
                "from": draw(near),
                "to": draw(st.none() | st.sampled_from(["2026-12", "2027-01-09"])),
                "engineering": True,
                "relation": draw(st.sampled_from(["same", "related", "other"])),
                "full_time": True,
            }
        ],
        "posts": [],
        "assessments": {"2025": "qualified"},
        "continuing_education": {},
        "evidence_closed": False,
        "courses_match": draw(st.sampled_from([None, 3])),
        "initial_check": "qualified",
        "exceptional_file": False,
    }
