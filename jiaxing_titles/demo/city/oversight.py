"""随机抽查 of the running year: drawn in autumn, the first company inspected, the others to come (办法六（一）)."""

from __future__ import annotations

import datetime as dt

from enterprises import actions as enterprises
from enterprises.choices import CheckItem, CheckResult
from enterprises.models import Inspection
from jiaxing_titles.demo.city.places import City
from jiaxing_titles.demo.city.timeline import Script
from reviews import actions
from reviews.rules.draw import commitment

DAY = dt.timedelta(days=1)


def inspect(city: City, day: dt.datetime, *, choose: int) -> Script:
    """One thing is at fault and to be put right by the end of the year."""
    yield day
    facts = {"cycle": city.cycle(day.year), "choose": choose}
    draw = city.do(actions.prepare_inspection_draw, city.bureau, city.clerk, **facts)
    secret = commitment.new_secret()
    draw = city.do(actions.contribute_secret, draw, city.officials["sup"], supervisor_secret=secret)
    due_on = dt.date(day.year, 11, 30)
    city.do(actions.draw_companies, draw, city.clerk, supervisor_secret=secret, due_on=due_on)
    yield day + 14 * DAY
    first = Inspection.objects.filter(cycle__year=day.year).order_by("pk")[0]
    county = next(one.county for one in city.companies.values() if one.enterprise.pk == first.enterprise_id)
    answers = {item.value: {"result": CheckResult.OK, "note": ""} for item in CheckItem}
    answers[CheckItem.HONOURED] = {"result": CheckResult.NONE, "note": "本年度尚未公布"}
    answers[CheckItem.CONDITIONS] = {"result": CheckResult.FAULT, "note": "两人的继续教育证明没有存档"}
    city.do(
        enterprises.record_inspection,
        first,
        county,
        inspected_on=(day + 14 * DAY).date(),
        inspectors=county.user.name if county.user else "",
        answers=answers,
        conclusion="评审组织规范，个别材料归档不全，限期补齐。",
        rectify_due_on=dt.date(day.year, 12, 31),
    )
