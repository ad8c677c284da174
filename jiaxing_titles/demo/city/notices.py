"""评前公示 in the company, with the objections that come in (办法五（二）)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from applications import actions
from applications.models import AnnualRound, TitleApplication
from jiaxing_titles.accounts.actor import SYSTEM
from jiaxing_titles.demo.city.places import City, Company
from jiaxing_titles.demo.city.timeline import Script
from jiaxing_titles.publicity import actions as objections
from jiaxing_titles.publicity.models import Objection, PublicityPeriod

DAY = dt.timedelta(days=1)


def round_of(city: City, company: Company, year: int) -> AnnualRound:
    """The company's round of the year as it stands now."""
    return AnnualRound.objects.get(enterprise=company.enterprise, cycle__year=year)


def publish(city: City, company: Company, day: dt.datetime) -> Script:
    """Closed when its last day has passed, then on the wall."""
    yield day
    year = round_of(city, company, day.year)
    if year.state == "open":
        year = city.do(actions.close_round, year, company.hr)
    contact = f"{company.hr.user.name if company.hr.user else ''}，0573-80000000"
    city.do(actions.open_notice, year, company.hr, contact=contact)


def object_to(
    city: City, application: TitleApplication, day: dt.datetime, text: str, *, by: Any, outcome: str = "",
    settled_on: dt.datetime | None = None,
) -> Script:  # fmt: skip
    """An objection by name against one person; `outcome` is upheld, rejected or nothing yet."""
    yield day
    line = TitleApplication.objects.get(pk=application.pk)
    held = getattr(line, "roster_entry", None)
    entry = held.entry if held is not None and line.state in ("noticing", "noticed") else line.roster_line.entry
    facts = {"complainant": "赵反映", "phone": "13800009999", "text": text, "entry": entry}
    objection: Objection = city.do(objections.receive_objection, entry.period, SYSTEM, **facts)
    yield day + DAY
    objection = city.do(objections.investigate, objection, by)
    if settled_on is None:
        return
    yield settled_on
    if outcome == "upheld":
        words = {"findings": "经核查，所列业绩由他人完成，反映属实。", "reply": "反映属实，已终止其本次申报。"}
        city.do(objections.uphold, objection, by, **words)
    else:
        words = {"findings": "查阅项目资料并询问有关人员，业绩为本人完成。", "reply": "经核查，反映的情况不属实。"}
        city.do(objections.reject, objection, by, **words)


def city_period(year: int) -> PublicityPeriod:
    """The city's notice of the year."""
    return PublicityPeriod.objects.get(kind="city", cycle__year=year)
