"""One step of a case: lock, permission, reasons, transition, full save, event, notice — in one transaction."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, models, transaction
from django.forms import Form
from django.urls import reverse
from django_fsm import TransitionNotAllowed

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions.bars import reason_of
from jiaxing_titles.actions.case import Case, follow_key, state_field
from jiaxing_titles.actions.errors import Blocked, NotPermitted, Stale
from jiaxing_titles.actions.tells import Tell, everyone
from jiaxing_titles.audit.chain import Draft, record
from jiaxing_titles.audit.models import AuditEvent, StepReceipt
from jiaxing_titles.audit.queries import doers
from jiaxing_titles.notifications.outbox import notify
from jiaxing_titles.reading import one_reading
from jiaxing_titles.reasons import Reason

# Personal data stays where it is encrypted; the record is read by many and never changes.
PERSONAL = frozenset({"id_number", "phone", "email", "complainant", "contact_phone", "contact_email", "password"})

steps: dict[str, Step] = {}
"""Every step of the product by name, `<app>.<function>`; filled when the stages' actions are imported."""


@dataclass(eq=False)
class Step:
    """What a step is: who may do it, on whose organisation, what stands against it, whom it tells.

    Called as `step(case, actor=…, expected_version=…, key=…, **facts)`; returns the case as saved, or the new
    case of a `creates` step. Raises Blocked, NotPermitted or Stale and then has written nothing but the
    event of the refusal.
    """

    body: Callable[..., Any]
    model: type[Any]
    label: str
    by: Sequence[Role]
    on: str
    move: str = ""
    when: Sequence[str] = ()
    form: type[Form] | None = None
    blockers: Callable[[Any, Actor], list[Reason]] | None = None
    other_than: Sequence[str] = ()
    own: str = ""
    tells: Sequence[Tell] = ()
    effects: Sequence[str] = ()
    kind: str = "normal"
    """`danger` does harm, `aside` is not what comes next: neither is the button that a page puts first."""
    instead: str = ""
    """Name of the step that is done where this one should not be; its page leads there."""
    creates: bool = False
    hidden: bool = False
    crowded: bool = False
    """Whether many people do it on one case at the same time, each for himself: what the others did is no conflict."""
    over: Callable[[Any, Actor], bool] | None = None
    """Whether this person has done his part, so that he is not offered it again."""
    unrecorded: Sequence[str] = ()
    """Facts that the event must not hold, because others may read it before they may read those."""
    notes: Sequence[str] = ()
    """Attributes of the case as saved that the event holds beside the facts: what the step itself found out."""
    name: str = field(init=False)

    # A template that says {{ step.label }} would otherwise call the step and print nothing.
    do_not_call_in_templates = True

    def __post_init__(self) -> None:
        app = self.body.__module__.split(".actions")[0].rpartition(".")[2]
        self.name = f"{app}.{self.body.__name__}"
        if self.name in steps:
            raise ValueError(f"two steps are called {self.name}")
        steps[self.name] = self
        functools.update_wrapper(self, self.body, updated=())

    # -- asking -------------------------------------------------------------------------------------------

    def fits(self, case: Case) -> bool:
        """Whether the case stands where this step starts."""
        if self.move:
            current = getattr(case, state_field(type(case)).name)
            method = getattr(type(case), self.move)
            return any(source in ("*", "+", current) for source in method._django_fsm.transitions)
        if self.when:
            return getattr(case, state_field(type(case)).name) in self.when
        return True

    def refusal(self, case: Case, actor: Actor) -> str:
        """Why this actor may not do it at all; empty when he may."""
        if actor.role not in self.by:
            allowed = "、".join(role.label for role in self.by)
            return f"“{self.label}”由{allowed}办理，您现在的身份是{actor.role.label}。"
        if not actor.may_act_on(Organisation(pk=follow_key(case, self.on))):
            return f"您不是该单位的{actor.role.label}，不能办理“{self.label}”。"
        if self.own and follow_key(case, self.own) != actor.person.pk:
            return f"“{self.label}”只能由本人办理。"
        return ""

    def reasons(self, case: Case, actor: Actor) -> list[Reason]:
        """Everything that stands against the step now, with clauses: the same list on page, console and event."""
        if not self.fits(case):
            state = getattr(case, f"get_{state_field(type(case)).name}_display")()
            return [Reason(f"{case}现在是“{state}”，不能办理“{self.label}”。")]
        with one_reading():
            found = list(self.gate(case))
            if self.blockers is not None:
                found += self.blockers(case, actor)
        if self.other_than and actor.user is not None and actor.user.pk in doers(case, self._qualified()):
            found.append(Reason(f"“{self.label}”须由前一环节以外的人办理，您已办过前一环节。", "经办、审核、领导分设"))
        return found

    def gate(self, case: Case) -> list[Reason]:
        """The reasons of the FSM move's own gate."""
        if not self.move:
            return []
        for one in getattr(type(case), self.move)._django_fsm.transitions.values():
            gate = one.custom.get("gate")
            return gate(case) if gate else []
        return []

    def url(self, case: Case, actor: Actor | None = None) -> str:
        name = "console_do" if actor and actor.is_official else "do"
        return reverse(name, args=[self.name, case.pk])

    def _qualified(self) -> list[str]:
        app = self.name.partition(".")[0]
        return [one if "." in one else f"{app}.{one}" for one in self.other_than]

    # -- doing --------------------------------------------------------------------------------------------

    def __call__(
        self, case: Case, *, actor: Actor, expected_version: int | None = None, key: str | None = None, **facts: Any
    ) -> Any:
        try:
            with transaction.atomic():
                return self._perform(case, actor, expected_version, key, facts)
        except (Blocked, NotPermitted) as refused:
            self._record_refusal(case, actor, refused)
            raise
        except DatabaseError as error:
            reason = reason_of(error)
            if reason is None:
                raise
            barred = Blocked([reason])
            self._record_refusal(case, actor, barred)
            raise barred from error

    def _perform(
        self, case: Case, actor: Actor, expected_version: int | None, key: str | None, facts: dict[str, Any]
    ) -> Any:
        case = lock(self.model, case.pk)
        receipt = self._receipt(case, actor, key)
        if receipt is not None and receipt.result_type is not None:
            return receipt.result_type.get_object_for_this_type(pk=receipt.result_id)
        if expected_version is not None and case.version != expected_version:
            raise Stale(case)
        if sentence := self.refusal(case, actor):
            raise NotPermitted(sentence)
        if found := self.reasons(case, actor):
            raise Blocked(found)
        before = self._state(case)
        made = self.body(case, actor=actor, **facts)
        subject = made if self.creates else self._finish(case)
        self._write_down(subject, actor, before, facts)
        if receipt is not None:
            receipt.result_type = ContentType.objects.get_for_model(subject)
            receipt.result_id = subject.pk
            receipt.save()
        return subject

    def _finish(self, case: Case) -> Case:
        if self.move:
            try:
                with one_reading():
                    getattr(case, self.move)()  # asks the gate again: the body may have changed what it asks about
            except TransitionNotAllowed as refused:
                found = self.gate(case) or [Reason(f"{case}现在不能办理“{self.label}”。")]
                raise Blocked(found) from refused
        case.version += 1
        case.save()
        return case

    def _write_down(self, subject: Any, actor: Actor, before: str, facts: dict[str, Any]) -> None:
        told = everyone(self.tells, subject, facts)
        draft = Draft(
            self.name,
            self.label,
            subject=subject,
            before="" if self.creates else before,
            after=self._state(subject),
            facts=recordable(facts, {"reason", *self.unrecorded}) | {one: getattr(subject, one) for one in self.notes},
            reason=str(facts.get("reason") or ""),
        )
        notify(
            told,
            about=subject,
            title=self.label,
            key=f"{self.name}:{subject._meta.label_lower}:{subject.pk}:{getattr(subject, 'version', 1)}",
        )
        record(actor, [draft])

    def _receipt(self, case: Case, actor: Actor, key: str | None) -> StepReceipt | None:
        if not key or actor.user is None:
            return None
        receipt, _ = StepReceipt.objects.get_or_create(
            user=actor.user, key=key, defaults={"step": self.name, "subject_id": case.pk, "at": clock.now()}
        )
        return receipt

    def _record_refusal(self, case: Case, actor: Actor, refused: Blocked | NotPermitted) -> None:
        if isinstance(refused, Blocked):
            told = [{"text": r.text, "clause": r.clause, "gate": r.gate, "rule": r.rule} for r in refused.reasons]
            facts: dict[str, Any] = {"reasons": told}
        else:
            facts = {"sentence": refused.sentence}
        draft = Draft(self.name, self.label, AuditEvent.Outcome.REFUSED, case, self._state(case), "", facts)
        with transaction.atomic():
            record(actor, [draft])

    @staticmethod
    def _state(case: Any) -> str:
        return str(getattr(case, "state", ""))


def recordable(facts: Any, left_out: Collection[str] = ()) -> Any:
    """The facts as the event may hold them: without personal data at any depth, and without `left_out`."""
    if isinstance(facts, dict):
        kept = {key: value for key, value in facts.items() if key not in PERSONAL and key not in left_out}
        return {key: recordable(value) for key, value in kept.items()}
    if isinstance(facts, list | tuple):
        return [recordable(one) for one in facts]
    return facts


def step(model: type[Any], **declared: Any) -> Callable[[Callable[..., Any]], Step]:
    """Declare the decorated function as the body of a step on the model; see Step for what can be declared."""

    def decorate(body: Callable[..., Any]) -> Step:
        return Step(body=body, model=model, **declared)

    return decorate


def lock(model: type[Any], pk: Any) -> Any:
    """The row, locked, after the rows it hangs on (`locks`), so that two steps never wait for each other.

    Its organisation and its owner, which permission, gates and texts ask for, come along unlocked.
    """
    base = model._base_manager
    names = getattr(model, "locks", ())
    parents: dict[str, models.Model] = {}
    if names:
        keys = base.filter(pk=pk).values_list(*names).get()
        for name, key in zip(names, keys, strict=True):
            if key is not None:
                rows = model._meta.get_field(name).related_model._base_manager
                parents[name] = _for_update(rows, _paths(model, under=name)).get(pk=key)
    case = _for_update(base, [path for path in _paths(model) if path.partition("__")[0] not in parents]).get(pk=pk)
    for name, parent in parents.items():
        if getattr(case, model._meta.get_field(name).attname) == parent.pk:
            setattr(case, name, parent)
    return case


def _for_update(rows: models.Manager[Any], along: Sequence[str]) -> models.QuerySet[Any]:
    locked = rows.select_for_update(of=("self",))
    return locked.select_related(*along) if along else locked


def _paths(model: type[Any], under: str = "") -> list[str]:
    """Relation paths to the case's organisation and owner; with `under`, what is left of them behind that relation."""
    found = [path for path in (getattr(model, "organisation_path", ""), getattr(model, "owner_path", "")) if path]
    if not under:
        return found
    return [path.removeprefix(f"{under}__") for path in found if path.startswith(f"{under}__")]


@dataclass(frozen=True)
class Offer:
    """A step that the actor may do on the case, with what stands against it now."""

    step: Step
    reasons: list[Reason]
    url: str

    @property
    def blocked(self) -> bool:
        return bool(self.reasons)


def offered(case: Case, actor: Actor | None) -> list[Offer]:
    """The steps that this actor could do from here, blocked ones with their reasons, never silently hidden."""
    if not actor:
        return []
    found = []
    with one_reading():
        for one in steps_of(type(case)):
            if one.hidden or actor.role not in one.by or not one.fits(case) or one.refusal(case, actor):
                continue
            if one.over is not None and one.over(case, actor):
                continue
            found.append(Offer(one, one.reasons(case, actor), one.url(case, actor)))
    return found


def steps_of(model: type[models.Model]) -> Iterable[Step]:
    return [one for one in steps.values() if one.model is model]
