"""People by number, made to stand within days of the limits of the annex: the same number is the same person.

Periods are laid out so that they come to N years give or take two days: in pieces, with gaps and overlaps, over
29 February, with full-time study in between, around the day of graduation. One in four has vague dates.
"""

import random
from datetime import date, timedelta

DAY = timedelta(days=1)
LEVELS = ["high_school", "secondary", "associate", "bachelor", "master", "doctor"]
LEAP_EDGES = [date(2020, 2, 28), date(2020, 2, 29), date(2020, 3, 1), date(2024, 2, 29), date(2019, 2, 28)]
NEAR = [-2, -1, -1, 0, 0, 0, 1, 1, 2]
YEARS = {"engineer": [1, 2, 4, 6], "assistant_engineer": [2, 4, 7]}
TITLES = ["technician", "assistant_engineer"]
GRADES = ["excellent", "qualified", "qualified", "qualified", "basically_qualified", "unqualified"]
HOURS = ["89", "89.99", "90", "90.0", 90, "120", "0"]


def person(number):
    """Facts as the JSON object of the contract."""
    return _Maker(random.Random(number)).person(number)


def years_later(day, years):
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


class _Maker:
    def __init__(self, dice):
        self.dice = dice
        self.vague_left = dice.choice([0, 0, 0, 1, 2, 3]) if dice.random() < 0.5 else 0

    def chance(self, share):
        return self.dice.random() < share

    def day(self, first, last):
        return first + DAY * self.dice.randrange((last - first).days + 1)

    def person(self, number):
        dice = self.dice
        level = dice.choice(list(YEARS))
        begin = dice.choice(LEAP_EDGES) if self.chance(0.2) else self.day(date(2015, 1, 1), date(2025, 6, 30))
        jobs, end = self.run(begin, dice.choice(YEARS[level]))
        held, posts_end = self.run(self.near(begin, 60), dice.choice([2, 4]))
        as_of = self.near(dice.choice([end, end, end, posts_end, date(end.year, 12, 31)]), 1)
        education = self.education(begin, end, level)
        asked = [str(as_of.year - back) for back in range(1, 4)]
        facts = {
            "id": str(number),
            "level": level,
            "as_of": as_of.isoformat(),
            "education": education,
            "work": [self.work(*span, end) for span in jobs],
            "posts": [self.post(*span, posts_end) for span in held] if self.chance(0.6) else [],
            "assessments": {year: dice.choice(GRADES[:4] if self.chance(0.8) else GRADES) for year in asked},
            "continuing_education": {str(as_of.year): dice.choice(HOURS)} if self.chance(0.8) else {},
            "evidence_closed": self.chance(0.4),
            "courses_match": dice.choice([None, 0, 2, 3, 3, 4]),
            "initial_check": dice.choice([None, "qualified", "qualified", "qualified", "unqualified"]),
            "exceptional_file": self.chance(0.1),
        }
        if self.chance(0.3):
            facts["assessments"].pop(dice.choice(asked))
        if self.chance(0.4):
            edges = [as_of, begin, begin - DAY, end, *(last for _, last in jobs), *(last + DAY for _, last in jobs)]
            facts["applied_on"] = min(dice.choice(edges), as_of).isoformat()
        for table in ("education", "work", "posts"):
            dice.shuffle(facts[table])
        return facts

    def near(self, day, spread):
        return day + DAY * self.dice.randint(-spread, spread)

    def run(self, begin, years):
        """(first, last) of pieces that make up N years give or take two days, and the last day of all."""
        dice = self.dice
        left = (years_later(begin, years) - begin).days + dice.choice(NEAR)
        pieces, day = [], begin
        for count in range(dice.choice([1, 1, 2, 3]), 0, -1):
            length = left if count == 1 else dice.randint(1, max(1, left - count))
            left -= length
            pieces.append((day, day + DAY * (length - 1)))
            day += DAY * (length + dice.choice([0, 0, 1, 30, 200]))
            if left <= 0:
                break
        end = pieces[-1][1]
        if self.chance(0.2):  # a second job at the same time
            first = self.day(begin, end)
            pieces.append((first, self.day(first, end)))
        return pieces, end

    def work(self, first, last, end):
        dice = self.dice
        return {
            "from": self.text(first),
            "to": None if last == end and self.chance(0.7) else self.text(last),
            "engineering": self.chance(0.95),
            "relation": dice.choice(["same", "same", "same", "related", "related", "other"]),
            "full_time": self.chance(0.95),
        }

    def post(self, first, last, end):
        return {
            "title": self.dice.choice(TITLES),
            "appointed_from": self.text(first),
            "appointed_to": None if last == end and self.chance(0.7) else self.text(last),
        }

    def education(self, begin, end, level):
        """Graduation around the first day of work, or so that a year is left after it; now and then more study."""
        dice = self.dice
        year_before_end = years_later(end + DAY, -1) - DAY
        days = [begin - DAY, begin - DAY, begin, begin + DAY, year_before_end, self.day(begin, end), end, end + DAY]
        likely = LEVELS[2:] if level == "engineer" else LEVELS[:4]
        found = []
        for _ in range(dice.choice([0, 1, 1, 1, 1, 2, 2])):
            awarded = dice.choice(days[:2] if self.chance(0.5) else days) + DAY * dice.choice([0, 0, 0, -1, 1])
            found.append(self.study(dice.choice(likely if self.chance(0.9) else LEVELS), awarded))
        if self.chance(0.2):
            started = self.day(begin, end)
            hole = self.study(dice.choice(LEVELS), started + DAY * dice.choice([0, 1, 20, 300]))
            hole |= {"mode": "full_time", "started_on": self.text(started)}
            found.append(hole | {"outcome": dice.choice(["graduated", "completed", "withdrawn"])})
        return [row for row in found if not _backwards(row)]

    def study(self, level, awarded):
        dice = self.dice
        row = {
            "level": level,
            "award": dice.choice(["diploma", "degree", "both", "both"]),
            "outcome": "graduated" if self.chance(0.95) else dice.choice(["completed", "withdrawn"]),
            "mode": dice.choice(["full_time", "adult", "adult", "in_service"]),
            "awarded_on": self.text(awarded),
        }
        if self.chance(0.3):
            row["started_on"] = self.text(awarded - DAY * dice.choice([0, 1, 400, 1400]))
        return row

    def text(self, day):
        """The day, its month or its year; never more than three vague dates a person."""
        if self.vague_left and self.chance(0.4):
            self.vague_left -= 1
            return day.isoformat()[: self.dice.choice([4, 7, 7])]
        return day.isoformat()


def _backwards(row):
    return len(row["awarded_on"]) == 10 == len(row.get("started_on", "")) and row["awarded_on"] < row["started_on"]
