"""取得的资格: that a person stands on an issued document. The certificate itself is the province's (decision 18)."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q

from applications.models import TitleApplication
from certificates.choices import AnnulmentKind, AnnulmentState, GrantStanding
from certificates.models.announcement import AnnouncementDocument
from certificates.models.roster import RosterLine
from certificates.rules.codes import grouped, new_code
from enterprises.models import Enterprise
from jiaxing_titles.accounts.models import User
from jiaxing_titles.actions import Case, CaseQuerySet
from jiaxing_titles.policy.models import Cycle


class GrantQuerySet(CaseQuerySet):
    def with_standing(self) -> GrantQuerySet:
        """Adds `is_revoked` and `is_voided`, so that `standing` costs no query."""
        decided = TitleGrant.annulments.rel.related_model.objects.filter(
            grant=OuterRef("pk"), state=AnnulmentState.DECIDED
        )
        return self.annotate(
            is_revoked=Exists(decided.filter(kind=AnnulmentKind.REVOKE)),
            is_voided=Exists(decided.filter(kind=AnnulmentKind.VOID)),
        )


class TitleGrant(Case):
    """Never deleted and never changed but for the certificate number that comes back from the province.

    Whether it still stands follows from dated facts (`annulments`), not from a column here.
    """

    organisation_path = "enterprise__organisation"
    owner_path = "person"

    application = models.OneToOneField(TitleApplication, models.PROTECT, related_name="grant", verbose_name="职称申报")
    person = models.ForeignKey(User, models.PROTECT, related_name="grants", verbose_name="专业技术人员")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="grants", verbose_name="工作单位")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="grants", verbose_name="年度")
    document = models.ForeignKey(AnnouncementDocument, models.PROTECT, related_name="grants", verbose_name="公布文件")
    line = models.OneToOneField(RosterLine, models.PROTECT, related_name="grant", verbose_name="公示名单人员")
    qualified_on = models.DateField("取得资格时间")
    certificate_number = models.CharField("证书编号", max_length=40, blank=True)
    verify_code = models.CharField("验证码", max_length=16, unique=True, default=new_code, editable=False)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "取得的资格"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate_number"], condition=~Q(certificate_number=""), name="one_grant_a_certificate"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="grants_stay", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="grants_are_final",
                fields=[
                    "application",
                    "person",
                    "enterprise",
                    "cycle",
                    "document",
                    "line",
                    "qualified_on",
                    "verify_code",
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}（{self.line.title}）"

    @property
    def standing(self) -> GrantStanding:
        """有效, 已撤销 or 无效; read rows through `with_standing()` to spare the queries."""
        if not hasattr(self, "is_revoked"):
            marked = type(self).objects.with_standing().get(pk=self.pk)
            self.is_revoked, self.is_voided = marked.is_revoked, marked.is_voided
        if self.is_voided:
            return GrantStanding.VOIDED
        return GrantStanding.REVOKED if self.is_revoked else GrantStanding.VALID

    @property
    def printed_code(self) -> str:
        return grouped(self.verify_code)
