"""监督检查 (办法六（一）：事中事后监管): a company drawn or named, a checklist, what is to be put right."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from enterprises import gates
from enterprises.choices import CheckItem, CheckResult, InspectionKind, InspectionState
from enterprises.models.organisation import Enterprise
from jiaxing_titles.actions import Case, StateField, guarded, move
from jiaxing_titles.policy.models import Cycle


@guarded
class Inspection(Case):
    """One company's inspection. `answers`: code of the item → result and note; `origin` names the draw or says why."""

    organisation_path = "enterprise__organisation"
    locks = ("enterprise",)

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="inspections", verbose_name="企业")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="inspections", verbose_name="年度")
    kind = models.CharField("检查类型", max_length=20, choices=InspectionKind)
    origin = models.CharField("来由", max_length=200)
    due_on = models.DateField("检查期限")
    inspected_on = models.DateField("检查日期", null=True, blank=True)
    inspectors = models.CharField("检查人员", max_length=120, blank=True)
    answers = models.JSONField("检查清单", default=dict, blank=True)
    conclusion = models.TextField("检查结论", blank=True, max_length=2000)
    rectify_due_on = models.DateField("整改期限", null=True, blank=True)
    rectification = models.TextField("整改情况", blank=True, max_length=2000)
    evidence = models.ForeignKey(
        "attachments.Attachment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="整改证明"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="记录人"
    )
    state = StateField(InspectionState)

    class Meta:
        verbose_name = verbose_name_plural = "监督检查"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "cycle"],
                condition=Q(kind=InspectionKind.RANDOM),
                name="one_random_inspection_a_year",
            )
        ]

    def __str__(self) -> str:
        return f"{self.enterprise}{self.cycle.year}年度{self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("enterprises:inspection", args=[self.pk])

    @property
    def findings(self) -> list[tuple[str, str]]:
        """(item, note) of what was not as it should be."""
        found = [(item.label, self.answers.get(item, {})) for item in CheckItem]
        return [(label, answer.get("note", "")) for label, answer in found if answer.get("result") == CheckResult.FAULT]

    @property
    def faults(self) -> list[str]:
        """The items that were not as they should be."""
        return [label for label, _ in self.findings]

    @move(state, InspectionState.ORDERED, InspectionState.DONE)
    def record(self) -> None:
        """The checklist is filled in."""

    @move(state, InspectionState.DONE, InspectionState.RECTIFIED, gate=gates.has_faults)
    def rectify(self) -> None:
        """What was wrong has been put right."""
