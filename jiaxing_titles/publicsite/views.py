"""First page, the 办法 and the guides."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jiaxing_titles import clock
from jiaxing_titles.policy.models import Cycle, PolicyDocument
from jiaxing_titles.policy.queries import published_interpretations
from jiaxing_titles.policy.text import measures
from jiaxing_titles.publicity.choices import PeriodState
from jiaxing_titles.publicity.models import PublicityPeriod
from jiaxing_titles.publicsite.stages import stages_of

SHOWN_NOTICES = 10
GUIDES = {
    "enterprise": "企业申请试点",
    "applicant": "个人申报",
    "objection": "提出公示异议",
    "verification": "查结果、验证书",
    "accessibility": "无障碍与大字版",
    "privacy": "个人信息保护",
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The year's stages, what is on notice now, the three things that people come for."""
    today = clock.today()
    cycle = Cycle.objects.filter(year=today.year).first()
    running = PublicityPeriod.objects.filter(state=PeriodState.RUNNING).select_related("organisation")
    context = {
        "cycle": cycle,
        "stages": stages_of(cycle, today) if cycle else [],
        "notices": [_Notice(period, today) for period in running.order_by("ends_on", "id")[:SHOWN_NOTICES]],
    }
    return render(request, "public/home.html", context)


class _Notice:
    """A running 公示 as the first page tells it: company, kind, how long still. No names (decision 38)."""

    def __init__(self, period: PublicityPeriod, today: object) -> None:
        self.organisation = period.organisation.name
        self.kind = period.get_kind_display()
        self.title = period.title
        self.is_public = period.kind == "city"
        self.ends_on = period.ends_on
        self.days_left = sum(day >= str(today) for day in period.counted_days)


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """The 办法 in full, an anchor at each clause that can be cited; below it what was interpreted and what binds."""
    paragraphs = measures()
    headings = [one for one in paragraphs if one.anchor and one.kind in ("heading", "title")]
    today = clock.today()
    this_year = Cycle.objects.filter(basis=OuterRef("pk"), year=today.year)
    context = {
        "paragraphs": paragraphs,
        "headings": headings,
        "documents": PolicyDocument.objects.confirmed().annotate(is_cited=Exists(this_year)),
        "interpretations": published_interpretations(today),
        "today": today,
    }
    return render(request, "public/policy.html", context)


@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    return render(request, "public/guides.html", {"guides": GUIDES})


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """One 办事指南, with this year's dates and numbers."""
    if slug not in GUIDES:
        raise Http404
    cycle = Cycle.objects.current()
    return render(request, f"public/guide/{slug}.html", {"guide_title": GUIDES[slug], "cycle": cycle})
