"""公布文件: the document by which the city makes the titles known, and its 附件名单 (办法五（四）)."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from certificates import gates
from certificates.choices import DocumentState as S
from certificates.models import bars
from certificates.models.final import final_once
from certificates.models.roster import ResultRoster, RosterLine
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.actions import Case, StateField, guarded, move
from jiaxing_titles.documents.models import DocumentJob
from jiaxing_titles.policy.models import Cycle

_LINE_IS_FINAL = """
    IF EXISTS (SELECT 1 FROM certificates_announcementdocument
               WHERE id = OLD.document_id AND state = 'issued') THEN
        RAISE EXCEPTION 'an issued document is never changed; correct it by a further document';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


@guarded
class AnnouncementDocument(Case):
    """Clean names only (R-5.4.2). Names held by an objection follow in a document with `supplementary_to`."""

    organisation_path = "organisation"
    locks = ("cycle", "roster")

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="announcements", verbose_name="年度")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="发文机关")
    roster = models.ForeignKey(ResultRoster, models.PROTECT, related_name="announcements", verbose_name="公示名单")
    supplementary_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supplements", verbose_name="补充公布"
    )
    title = models.CharField("标题", max_length=160)
    addressee = models.CharField("主送机关", max_length=200)
    met_on = models.DateField("中评委会议日期")
    qualified_on = models.DateField("取得资格时间")
    number = models.CharField("发文字号", max_length=30, blank=True)
    dated_on = models.DateField("成文日期", null=True, blank=True)
    content_hash = models.CharField("内容校验值", max_length=64, blank=True, editable=False)
    pdf = models.ForeignKey(
        DocumentJob, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="公布文件（PDF）"
    )
    state = StateField(S)

    class Meta:
        verbose_name = verbose_name_plural = "公布文件"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="one_announcement_a_number"),
            models.CheckConstraint(
                condition=~Q(state="issued") | (~Q(number="") & Q(dated_on__isnull=False)),
                name="an_issued_document_has_number_and_date",
            ),
        ]
        triggers = [
            *final_once(
                "issued",
                [
                    "cycle_id",
                    "organisation_id",
                    "roster_id",
                    "supplementary_to_id",
                    "title",
                    "addressee",
                    "met_on",
                    "qualified_on",
                    "number",
                    "dated_on",
                    "content_hash",
                ],
            ),
            bars.NAMES_ARE_CLEAR,
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）" if self.number else self.title

    def get_absolute_url(self) -> str:
        if self.state == S.ISSUED:
            return reverse("certificates:announcement", args=[self.pk])
        return self.console_url()

    @move(state, S.DRAFT, S.SUBMITTED, gate=gates.names_are_clear, label="提交审核")
    def submit(self) -> None: ...

    @move(state, S.SUBMITTED, S.REVIEWED, gate=gates.names_are_clear, label="审核通过")
    def review(self) -> None: ...

    @move(state, [S.SUBMITTED, S.REVIEWED], S.DRAFT, label="退回修改")
    def send_back(self) -> None: ...

    @move(state, S.REVIEWED, S.ISSUED, gate=gates.names_are_clear, label="签发公布")
    def issue(self) -> None: ...


class AnnouncementLine(models.Model):
    """A name on the document; a name stands on one document only."""

    document = models.ForeignKey(AnnouncementDocument, models.CASCADE, related_name="lines", verbose_name="公布文件")
    line = models.OneToOneField(
        RosterLine, models.PROTECT, related_name="announcement_line", verbose_name="公示名单人员"
    )
    number = models.PositiveIntegerField("序号")

    class Meta:
        verbose_name = verbose_name_plural = "公布名单人员"
        ordering = ["document_id", "number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_number_a_document")]
        triggers = [
            bars.LINE_IS_CLEAR,
            pgtrigger.Trigger(
                name="issued_line_is_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=_LINE_IS_FINAL,
            ),
        ]

    def __str__(self) -> str:
        return str(self.line)
