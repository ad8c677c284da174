"""What waits for whom in this stage, oldest first."""

from __future__ import annotations

from django.db.models import QuerySet

from applications.choices import ApplicationState, ExceptionalFileState, RoundState
from applications.models import AnnualRound, ExceptionalFile, TitleApplication
from enterprises.models import Enterprise
from enterprises.stages import stage
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.inbox.registry import todo
from jiaxing_titles.policy.models import Cycle

S = ApplicationState


@todo(Role.ENT_HR, label="待审核的申报", url_name="applications:applicants")
def to_verify(actor: Actor) -> QuerySet[TitleApplication]:
    """Submitted applications of the company, those handed in first on top."""
    rows = TitleApplication.objects.visible_to(actor).filter(state=S.SUBMITTED)
    found: QuerySet[TitleApplication] = rows.select_related("person", "enterprise").order_by("submitted_at", "pk")
    return found


@todo(Role.ENT_HR, label="待发布单位公示的年度评审", url_name="applications:rounds")
def to_notice(actor: Actor) -> QuerySet[AnnualRound]:
    """Closed rounds whose notice has not opened."""
    rows = AnnualRound.objects.visible_to(actor).filter(state=RoundState.CLOSED)
    found: QuerySet[AnnualRound] = rows.select_related("enterprise__organisation", "cycle").order_by("closes_on", "pk")
    return found


@todo(Role.APPLICANT, label="还没有提交或需要补正的申报", url_name="applications:my")
def to_finish(actor: Actor) -> QuerySet[TitleApplication]:
    """One's own drafts and returned applications."""
    rows = TitleApplication.objects.visible_to(actor).filter(state__in=S.editable())
    found: QuerySet[TitleApplication] = rows.select_related("person").order_by("pk")
    return found


@todo(Role.CITY_CLERK, label="待提出意见的破格申报")
def to_examine(actor: Actor) -> QuerySet[ExceptionalFile]:
    """破格 files that HR has sent up."""
    return _files(actor, ExceptionalFileState.SENT)


@todo(Role.CITY_REVIEWER, label="待审核的破格申报")
def to_acknowledge(actor: Actor) -> QuerySet[ExceptionalFile]:
    """破格 files with the clerk's opinion."""
    return _files(actor, ExceptionalFileState.EXAMINED)


def _files(actor: Actor, state: str) -> QuerySet[ExceptionalFile]:
    rows = ExceptionalFile.objects.visible_to(actor).filter(state=state)
    found: QuerySet[ExceptionalFile] = rows.select_related("application__person").order_by("updated_at", "pk")
    return found


@stage("申报和单位公示")
def noticed(enterprise: Enterprise, cycle: Cycle) -> bool:
    found = AnnualRound.objects.filter(enterprise=enterprise, cycle=cycle)
    return found.filter(state__in=[RoundState.NOTICED, RoundState.DONE]).exists()
