"""What waits for whom in this stage."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from applications.choices import ApplicationState
from applications.models import TitleApplication
from certificates.choices import (
    AnnulmentState,
    AppointmentState,
    BatchState,
    DocumentState,
    LineFate,
    ProfileState,
    RosterState,
)
from certificates.models import (
    AnnouncementDocument,
    Annulment,
    Appointment,
    CertificateBatch,
    CertificateFile,
    ColumnProfile,
    ResultRoster,
    RosterLine,
)
from certificates.queries.deadlines import announcing_due, documents_to_export, exporting_due, issuing_due
from certificates.queries.fulfilment import unhonoured
from enterprises.models import Enterprise
from enterprises.stages import stage
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.documents.models import DocumentJob
from jiaxing_titles.inbox.registry import todo
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.workdays.calendar import Deadline
from reviews.choices import ConsolidationState
from reviews.models import Consolidation


def _due(appointment: Appointment) -> Deadline:
    return Deadline(appointment.due_on)


@todo(Role.CITY_CLERK, label="审议通过、待拟定市局公示")
def passed_people(actor: Actor) -> QuerySet[Any]:
    """The consolidation of a year in which somebody passed and stands on no notice yet."""
    passed = TitleApplication.objects.filter(
        cycle=OuterRef("cycle"), state=ApplicationState.COMMITTEE_PASSED, roster_line=None
    )
    rows = Consolidation.objects.visible_to(actor).filter(Exists(passed), state=ConsolidationState.COMPLETE)
    return rows.select_related("cycle").order_by("pk")


@todo(Role.CITY_CLERK, label="拟稿中的市局公示")
def rosters_drafted(actor: Actor) -> QuerySet[Any]:
    return ResultRoster.objects.visible_to(actor).filter(state=RosterState.DRAFT).order_by("pk")


@todo(Role.CITY_REVIEWER, label="待审核的市局公示")
def rosters_to_review(actor: Actor) -> QuerySet[Any]:
    return ResultRoster.objects.visible_to(actor).filter(state=RosterState.SUBMITTED).order_by("pk")


@todo(Role.CITY_LEAD, label="待签发的市局公示")
def rosters_to_sign(actor: Actor) -> QuerySet[Any]:
    return ResultRoster.objects.visible_to(actor).filter(state=RosterState.REVIEWED).order_by("pk")


@todo(Role.CITY_CLERK, label="公示期满、待行文公布", due=announcing_due)
def rosters_to_announce(actor: Actor) -> QuerySet[Any]:
    """Somebody's days are over and no document that is still open holds him."""
    over = RosterLine.objects.filter(
        roster=OuterRef("pk"), fate=LineFate.WAITING, entry__passed_at__isnull=False, announcement_line=None
    )
    rows = ResultRoster.objects.visible_to(actor).filter(Exists(over), state=RosterState.SIGNED)
    rows = rows.exclude(announcements__state__in=[DocumentState.SUBMITTED, DocumentState.REVIEWED])
    return rows.select_related("cycle").order_by("pk")


def _documents(actor: Actor, state: str) -> QuerySet[Any]:
    rows = AnnouncementDocument.objects.visible_to(actor).filter(state=state)
    return rows.select_related("roster__cycle").order_by("pk")


@todo(Role.CITY_CLERK, label="拟稿中的公布文件", due=issuing_due)
def documents_drafted(actor: Actor) -> QuerySet[Any]:
    return _documents(actor, DocumentState.DRAFT)


@todo(Role.CITY_REVIEWER, label="待审核的公布文件", due=issuing_due)
def documents_to_review(actor: Actor) -> QuerySet[Any]:
    return _documents(actor, DocumentState.SUBMITTED)


@todo(Role.CITY_LEAD, label="待签发的公布文件", due=issuing_due)
def documents_to_sign(actor: Actor) -> QuerySet[Any]:
    return _documents(actor, DocumentState.REVIEWED)


@todo(Role.CITY_CLERK, label="已公布、还没有报送省系统的文件", due=exporting_due)
def documents_to_send(actor: Actor) -> QuerySet[Any]:
    return documents_to_export().filter(pk__in=AnnouncementDocument.objects.visible_to(actor))


@todo(Role.CITY_REVIEWER, label="待启用的列设置")
def profiles_to_use(actor: Actor) -> QuerySet[Any]:
    return ColumnProfile.objects.visible_to(actor).filter(state=ProfileState.DRAFT).order_by("pk")


@todo(Role.CITY_REVIEWER, label="待审核的制证数据")
def batches_to_review(actor: Actor) -> QuerySet[Any]:
    return CertificateBatch.objects.visible_to(actor).filter(state=BatchState.SUBMITTED).order_by("pk")


@todo(Role.CITY_CLERK, label="已生成、待报送的制证数据")
def batches_to_deliver(actor: Actor) -> QuerySet[Any]:
    unmade = CertificateFile.objects.filter(batch=OuterRef("pk")).exclude(job__state=DocumentJob.State.DONE)
    rows = CertificateBatch.objects.visible_to(actor).filter(state=BatchState.MAKING)
    return rows.exclude(Exists(unmade)).order_by("pk")


@todo(Role.CITY_CLERK, label="已报送、待回执的制证数据")
def batches_to_reconcile(actor: Actor) -> QuerySet[Any]:
    return CertificateBatch.objects.visible_to(actor).filter(state=BatchState.DELIVERED).order_by("pk")


@todo(Role.ENT_HR, label="待登记的聘任兑现", due=_due)
def appointments_to_record(actor: Actor) -> QuerySet[Any]:
    waiting = [AppointmentState.PENDING, AppointmentState.DISPUTED]
    rows = Appointment.objects.visible_to(actor).filter(state__in=waiting)
    return rows.select_related("person").order_by("due_on", "pk")


@todo(Role.APPLICANT, label="待您确认的聘任兑现", due=_due)
def appointments_to_confirm(actor: Actor) -> QuerySet[Any]:
    rows = Appointment.objects.visible_to(actor).filter(state=AppointmentState.RECORDED)
    return rows.select_related("person").order_by("due_on", "pk")


@todo(Role.COUNTY, label="待核查的聘任兑现", due=_due)
def appointments_to_verify(actor: Actor) -> QuerySet[Any]:
    """Disputed ones at once; recorded ones when the person has let the due day pass without a word."""
    silent = Q(state=AppointmentState.RECORDED, due_on__lt=clock.today())
    rows = Appointment.objects.visible_to(actor).filter(silent | Q(state=AppointmentState.DISPUTED))
    return rows.select_related("person").order_by("due_on", "pk")


@todo(Role.CITY_CLERK, label="聘任兑现逾期，建议记入信用档案", step="certificates.record_late_appointments")
def late_appointments_to_record(actor: Actor) -> QuerySet[Any]:
    return unhonoured()


@todo(Role.CITY_CLERK, label="办理中的无效、撤销案件")
def annulments_to_handle(actor: Actor) -> QuerySet[Any]:
    open_ones = [AnnulmentState.DRAFT, AnnulmentState.NOTICED, AnnulmentState.HEARD]
    return Annulment.objects.visible_to(actor).filter(state__in=open_ones).select_related("person").order_by("pk")


@todo(Role.CITY_REVIEWER, label="待审核的无效、撤销案件")
def annulments_to_review(actor: Actor) -> QuerySet[Any]:
    rows = Annulment.objects.visible_to(actor).filter(state=AnnulmentState.SUBMITTED)
    return rows.select_related("person").order_by("pk")


@todo(Role.CITY_LEAD, label="待决定的无效、撤销案件")
def annulments_to_decide(actor: Actor) -> QuerySet[Any]:
    rows = Annulment.objects.visible_to(actor).filter(state=AnnulmentState.REVIEWED)
    return rows.select_related("person").order_by("pk")


@todo(Role.APPLICANT, label="请您陈述申辩")
def annulments_to_answer(actor: Actor) -> QuerySet[Any]:
    rows = Annulment.objects.visible_to(actor).filter(state=AnnulmentState.NOTICED, statement="")
    return rows.select_related("person").order_by("pk")


@stage("审议公布")
def announced(enterprise: Enterprise, cycle: Cycle) -> bool:
    return Appointment.objects.filter(enterprise=enterprise, grant__cycle=cycle).exists()


@stage("聘任兑现")
def fulfilled(enterprise: Enterprise, cycle: Cycle) -> bool:
    """Nobody of the year is still waiting for the company."""
    found = Appointment.objects.filter(enterprise=enterprise, grant__cycle=cycle)
    return not found.filter(state__in=[AppointmentState.PENDING, AppointmentState.DISPUTED]).exists()
