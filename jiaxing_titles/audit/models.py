"""The record of what was done: append-only, hash-chained, in the same transaction as the deed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.accounts.roles import Role

GENESIS = "0" * 64

_REFUSE = "RAISE EXCEPTION 'audit events are append-only';"
# Emptying the table is left to the owner alone, and only where a test run asks for it by name.
_REFUSE_TRUNCATE = """
    IF current_setting('jiaxing.reset', true) IS DISTINCT FROM 'on'
       OR NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN
        RAISE EXCEPTION 'audit events are append-only';
    END IF;
    RETURN NULL;
"""
_LINK = """
    SELECT seq, hash INTO last_seq, last_hash FROM audit_auditevent ORDER BY seq DESC LIMIT 1;
    IF NEW.seq <> coalesce(last_seq, 0) + 1 OR NEW.prev_hash <> coalesce(last_hash, repeat('0', 64)) THEN
        RAISE EXCEPTION 'audit event % does not follow the chain', NEW.seq;
    END IF;
    RETURN NEW;
"""


class AuditEvent(models.Model):
    """One act, refusal or look at personal data. `hash` covers every other column and the hash before it."""

    class Outcome(models.TextChoices):
        DONE = "done", "已办理"
        REFUSED = "refused", "被拒绝"
        REVEALED = "revealed", "查看个人信息"

    seq = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    outcome = models.CharField("结果", max_length=10, choices=Outcome)
    step = models.CharField("步骤", max_length=80)
    label = models.CharField("事项", max_length=80)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="人员")
    user_name = models.CharField("姓名", max_length=50, blank=True)
    role = models.CharField("角色", max_length=20, choices=Role)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", verbose_name="单位")
    organisation_name = models.CharField("单位名称", max_length=120, blank=True)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+", verbose_name="对象类别")
    subject_id = models.BigIntegerField("对象编号", null=True)
    subject_label = models.CharField("对象", max_length=200, blank=True)
    before = models.CharField("原状态", max_length=30, blank=True)
    after = models.CharField("新状态", max_length=30, blank=True)
    facts = models.JSONField("内容", default=dict, encoder=DjangoJSONEncoder)
    reason = models.TextField("意见", blank=True)
    request_id = models.CharField("请求号", max_length=32, blank=True)
    prev_hash = models.CharField("上一条校验值", max_length=64)
    hash = models.CharField("校验值", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "办理记录"
        ordering = ["seq"]
        indexes = [models.Index(fields=["subject_type", "subject_id", "seq"], name="event_subject")]
        triggers = [
            pgtrigger.Trigger(
                name="append_only", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_REFUSE
            ),
            pgtrigger.Trigger(
                name="no_truncate",
                when=pgtrigger.Before,
                level=pgtrigger.Statement,
                operation=pgtrigger.Truncate,
                func=_REFUSE_TRUNCATE,
            ),
            pgtrigger.Trigger(
                name="follows_the_chain",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("last_seq", "BIGINT"), ("last_hash", "TEXT")],
                func=_LINK,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.label} {self.subject_label}"

    def content(self) -> dict[str, Any]:
        """Every column but `hash`, as the primitives that the hash is taken over."""
        return {
            field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields if field.name != "hash"
        }

    def digest(self) -> str:
        """SHA-256 of the canonical JSON of `content()`."""
        return hashlib.sha256(_canonical(self.content()).encode()).hexdigest()


def _canonical(content: dict[str, Any]) -> str:
    content = {**content, "at": content["at"].astimezone(dt.UTC).isoformat()}
    return json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class StepReceipt(models.Model):
    """That a form was already worked on: a second click with the same key does nothing twice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="人员")
    key = models.CharField("防重键", max_length=36)
    step = models.CharField("步骤", max_length=80)
    subject_id = models.BigIntegerField("对象编号")
    result_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+", verbose_name="结果类别")
    result_id = models.BigIntegerField("结果编号", null=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "办理回执"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_receipt_a_key")]

    def __str__(self) -> str:
        return f"{self.step} {self.key}"
