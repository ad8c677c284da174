"""What the city settled of the points that the annex leaves open, and the rule sets that came of it (办法六（四））."""

from __future__ import annotations

import datetime as dt

import pgtrigger
from django.db import models
from django.db.models import F, Q

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.actions.case import Case, CaseQuerySet, StateField, guarded, move
from jiaxing_titles.policy import gates
from jiaxing_titles.policy.choices import InterpretationState as S
from jiaxing_titles.policy.choices import Question
from jiaxing_titles.policy.compositions import BASE, Composition, Settled


class InterpretationQuerySet(CaseQuerySet):
    def issued(self) -> InterpretationQuerySet:
        """Numbered and public, in effect or not yet."""
        return self.filter(state=S.ISSUED)


@guarded
class Interpretation(Case):
    """政策解释: the city's answer to a question that the annex leaves open (办法六（四）, R-6.4.2).

    It judges from its day on; what was judged before stays judged. What was issued is never changed: another answer
    is another interpretation, and a repeal is a dated fact.
    """

    organisation_path = "bureau"
    locks = ("bureau",)  # numbers are taken one after the other

    bureau = models.ForeignKey(Organisation, models.PROTECT, related_name="interpretations", verbose_name="解释机关")
    question = models.CharField("解释的问题", max_length=40, choices=Question)
    answer = models.BooleanField("答复", choices=[(True, "是"), (False, "否")])
    text = models.TextField("解释内容", max_length=2000)
    effective_on = models.DateField("施行日期")
    year = models.PositiveSmallIntegerField("编号年份", null=True, blank=True)
    serial = models.PositiveSmallIntegerField("序号", null=True, blank=True)
    number = models.CharField("编号", max_length=60, blank=True)
    issued_at = models.DateTimeField("公布时间", null=True, blank=True)
    opinion = models.TextField("审核意见", blank=True, max_length=2000)
    repealed_on = models.DateField("废止日期", null=True, blank=True)
    state = StateField(S)

    objects = InterpretationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "政策解释"
        ordering = ["-effective_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="one_interpretation_a_number"),
            models.UniqueConstraint(
                fields=["question", "effective_on"], condition=Q(state="issued"), name="one_answer_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="issued")
                | Q(year__isnull=False, serial__isnull=False, issued_at__isnull=False) & ~Q(number=""),
                name="an_issued_interpretation_is_numbered",
            ),
            models.CheckConstraint(
                condition=Q(repealed_on=None) | Q(repealed_on__gt=F("effective_on")),
                name="repealed_after_it_was_in_force",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="issued_is_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="issued"),
                func="""
                    IF TG_OP = 'UPDATE' AND OLD.repealed_on IS NULL
                       AND (to_jsonb(NEW) - ARRAY['repealed_on', 'version', 'updated_at'])
                         = (to_jsonb(OLD) - ARRAY['repealed_on', 'version', 'updated_at'])
                    THEN RETURN NEW; END IF;
                    RAISE EXCEPTION 'R-6.4.2 已公布的解释不能改动';
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.number or '未编号的解释'}（{Question(self.question).clause}）"

    def get_absolute_url(self) -> str:
        return "/policy/#interpretations"

    @classmethod
    def also_visible(cls, actor: Actor) -> Q:
        """What is public is for everybody."""
        return Q(state=S.ISSUED)

    @property
    def clause(self) -> str:
        return Question(self.question).clause

    @property
    def decided(self) -> str:
        """The answer as a statement."""
        return Question(self.question).decided(self.answer)

    @property
    def settled(self) -> Settled:
        """As the rules take it; for issued ones."""
        return Settled(
            self.question, self.answer, f"{self.year}-{self.serial}", self.number, self.effective_on, self.repealed_on
        )

    @move(state, S.RETURNED, S.SUBMITTED)
    def submit_again(self) -> None: ...

    @move(state, S.SUBMITTED, S.RETURNED)
    def send_back(self) -> None: ...

    @move(state, S.RETURNED, S.DROPPED)
    def drop(self) -> None: ...

    @move(state, S.SUBMITTED, S.ISSUED, gate=gates.interpretation)
    def issue(self) -> None: ...


class RuleSetVersion(models.Model):
    """规则版本: the annex with the interpretations in force, under a code that stored verdicts name. Never changed.

    `answers` = {question: {"answer": bool, "reference": "2026-1", "number": "…", "effective_on": ISO date}}.
    """

    code = models.CharField("编号", max_length=80, unique=True)
    base = models.CharField("基础规则", max_length=40, default=BASE)
    answers = models.JSONField("已作的解释", default=dict)
    made_at = models.DateTimeField("形成时间")

    class Meta:
        verbose_name = verbose_name_plural = "规则版本"
        ordering = ["-id"]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.code

    @property
    def composition(self) -> Composition:
        found = {
            question: Settled(
                question,
                kept["answer"],
                kept["reference"],
                kept["number"],
                dt.date.fromisoformat(kept["effective_on"]),
            )
            for question, kept in self.answers.items()
        }
        return Composition(found, self.base)

    @classmethod
    def kept(cls, composition: Composition) -> RuleSetVersion | None:
        """The stored row of this composition, made where there is none; None for the bare annex, which is shipped."""
        if not composition.answers:
            return None
        answers = {
            question: {
                "answer": one.answer,
                "reference": one.reference,
                "number": one.number,
                "effective_on": one.effective_on.isoformat(),
            }
            for question, one in composition.answers.items()
        }
        row, _ = cls.objects.get_or_create(
            code=composition.code,
            defaults={"base": composition.base, "answers": answers, "made_at": clock.now()},
        )
        return row
