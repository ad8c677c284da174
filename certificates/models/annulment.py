"""无效与撤销: results outside the authority are void, titles got by fraud are revoked (办法六、3)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from applications.models import TitleApplication
from certificates import gates
from certificates.choices import AnnulmentGround, AnnulmentKind
from certificates.choices import AnnulmentState as S
from certificates.models.final import final_once
from certificates.models.grant import TitleGrant
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Organisation, User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Case, StateField, guarded, move
from jiaxing_titles.attachments.models import Attachment
from jiaxing_titles.documents.models import DocumentJob


@guarded
class Annulment(Case):
    """A new dated fact with its own document; nothing that was announced is ever rewritten.

    告知 → 陈述申辩 → 经办 → 审核 → 领导, each a different official.
    """

    organisation_path = "organisation"
    locks = ("application",)

    kind = models.CharField("处理", max_length=10, choices=AnnulmentKind)
    ground = models.CharField("情形", max_length=20, choices=AnnulmentGround)
    application = models.ForeignKey(
        TitleApplication, models.PROTECT, related_name="annulments", verbose_name="职称申报"
    )
    grant = models.ForeignKey(
        TitleGrant, models.PROTECT, null=True, blank=True, related_name="annulments", verbose_name="取得的资格"
    )
    person = models.ForeignKey(User, models.PROTECT, related_name="annulments", verbose_name="当事人")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="处理机关")
    facts = models.TextField("查明的事实", max_length=4000)
    evidence = models.ManyToManyField(Attachment, blank=True, related_name="+", verbose_name="证据")
    noticed_on = models.DateField("告知日期", null=True, blank=True)
    statement_due_on = models.DateField("陈述申辩期限", null=True, blank=True)
    statement = models.TextField("陈述申辩", blank=True)
    stated_on = models.DateField("陈述日期", null=True, blank=True)
    conclusion = models.TextField("处理意见", blank=True)
    number = models.CharField("发文字号", max_length=30, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    pdf = models.ForeignKey(
        DocumentJob, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="决定书（PDF）"
    )
    state = StateField(S)

    class Meta:
        verbose_name = verbose_name_plural = "无效、撤销处理"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=~Q(state="dropped"), name="one_live_annulment_an_application"
            ),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="one_annulment_a_number"),
            models.CheckConstraint(
                condition=~Q(state="decided") | (~Q(number="") & Q(decided_on__isnull=False)),
                name="a_decision_has_number_and_date",
            ),
            models.CheckConstraint(
                condition=Q(kind="void", ground__in=["out_of_scope", "other_employer"])
                | Q(kind="revoke", ground__in=["false_material", "covert_dealing"]),
                name="the_ground_fits_the_kind",
            ),
            models.CheckConstraint(
                condition=~Q(kind="revoke") | Q(grant__isnull=False), name="only_a_title_can_be_revoked"
            ),
        ]
        triggers = final_once(
            "decided",
            [
                "kind",
                "ground",
                "application_id",
                "grant_id",
                "person_id",
                "organisation_id",
                "facts",
                "statement",
                "conclusion",
                "number",
                "decided_on",
            ],
        )

    def __str__(self) -> str:
        return f"{self.person}：{self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("certificates:annulment", args=[self.pk])

    @classmethod
    def also_visible(cls, actor: Actor) -> Q:
        """The person, his company and its county see it from the 告知 on; before that the city alone."""
        if actor.organisation is None:
            return Q(pk__in=[])
        known = ~Q(state=S.DRAFT)
        if actor.role in Role.enterprise_side():
            return known & Q(application__enterprise__organisation=actor.organisation)
        if actor.role == Role.COUNTY:
            return known & Q(application__enterprise__organisation__supervisor=actor.organisation)
        if actor.role == Role.APPLICANT:
            return known & Q(person=actor.user)
        return Q(pk__in=[])

    @move(state, S.DRAFT, S.NOTICED, label="告知当事人")
    def notice(self) -> None: ...

    @move(state, S.NOTICED, S.HEARD, gate=gates.hearing_is_due, label="听取陈述申辩")
    def hear(self) -> None: ...

    @move(state, S.HEARD, S.SUBMITTED, label="提交审核")
    def submit(self) -> None: ...

    @move(state, S.SUBMITTED, S.REVIEWED, label="审核通过")
    def review(self) -> None: ...

    @move(state, [S.SUBMITTED, S.REVIEWED], S.HEARD, label="退回补充")
    def send_back(self) -> None: ...

    @move(state, S.REVIEWED, S.DECIDED, label="作出决定")
    def decide(self) -> None: ...

    @move(state, [S.DRAFT, S.NOTICED, S.HEARD], S.DROPPED, label="不予处理")
    def drop(self) -> None: ...
