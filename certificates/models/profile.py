"""制证数据的列: a new template of the province is configured, not coded (F-80)."""

from __future__ import annotations

from django.db import models

from certificates import gates
from certificates.choices import ProfileState as S
from certificates.rules.columns import Column, from_json
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.actions import Case, StateField, guarded, move


@guarded
class ColumnProfile(Case):
    """A layout in use is not edited: a new one is drafted from it, and batches keep the columns they were made with."""

    organisation_path = "organisation"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="维护机关")
    name = models.CharField("名称", max_length=60, unique=True)
    text = models.TextField("列的设置", help_text="每行一列：列名 | 字段 | 必填 | 代码对照。")
    columns = models.JSONField("列", default=list, editable=False)
    state = StateField(S)

    class Meta:
        verbose_name = verbose_name_plural = "制证数据列设置"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def layout(self) -> list[Column]:
        return from_json(self.columns)

    @move(state, S.DRAFT, S.IN_USE, gate=gates.profile_is_sound, label="启用")
    def put_in_use(self) -> None: ...

    @move(state, S.IN_USE, S.RETIRED, label="停用")
    def retire(self) -> None: ...
