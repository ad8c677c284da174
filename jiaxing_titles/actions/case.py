"""Cases and their states: an FSM table in Python, and the same table as a trigger in the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django_fsm import ConcurrentTransitionMixin, FSMField, FSMFieldDescriptor, FSMModelMixin, transition

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.clock.fields import StampField
from jiaxing_titles.reasons import Reason

Gate = Callable[[Any], list[Reason]]
ModelType = TypeVar("ModelType", bound=type[models.Model])


class _StateDescriptor(FSMFieldDescriptor):
    """Refuses assignment, except to the one case that is just being read back."""

    def __set__(self, instance: Any, value: Any) -> None:
        if instance.__dict__.get("_being_read_back"):
            instance.__dict__.pop(self.field.name, None)
        super().__set__(instance, value)


class StateField(FSMField):
    """The protected state of a case; its default is the first member of the choices."""

    descriptor_class = _StateDescriptor

    def __init__(self, choices: type[models.TextChoices] | Any = None, **kwargs: Any) -> None:
        if isinstance(choices, type) and issubclass(choices, models.TextChoices):
            kwargs.setdefault("default", choices.values[0])
            choices = choices.choices
        kwargs.setdefault("protected", True)
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("verbose_name", "状态")
        super().__init__(choices=choices, **kwargs)


def move(
    field: StateField, source: str | Sequence[str], target: str, *, gate: Gate | None = None, label: str = ""
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A legal change of state. `gate` lists what stands against it and is asked even when called directly."""
    conditions = [] if gate is None else [lambda case: not gate(case)]
    sources = source if isinstance(source, str) else [str(one) for one in source]
    decorate: Callable[[Callable[..., None]], Callable[..., None]] = transition(
        field=field, source=sources, target=str(target), conditions=conditions, custom={"gate": gate, "label": label}
    )
    return decorate


def transition_pairs(model: type[models.Model]) -> list[tuple[str, str]]:
    """(source, target) of every legal move of the model, sorted; `*` is spelled out."""
    field = state_field(model)
    values = [value for value, _ in field.flatchoices]
    pairs: set[tuple[str, str]] = set()
    for one in field.get_all_transitions(model):
        sources = values if one.source in ("*", "+") else [one.source]
        pairs |= {(str(source), str(one.target)) for source in sources}
    return sorted(pairs)


def state_field(model: type[models.Model]) -> StateField:
    for field in model._meta.concrete_fields:
        if isinstance(field, StateField):
            return field
    raise LookupError(f"{model.__name__} has no StateField")


def guarded(model: ModelType) -> ModelType:
    """Put the model's FSM table into the database: rows start at the first state and move along legal pairs only."""
    field = state_field(model)
    pgtrigger.register(
        pgtrigger.FSM(name="legal_moves", field=field.name, transitions=transition_pairs(model)),
        pgtrigger.Protect(
            name="starts_at_first",
            operation=pgtrigger.Insert,
            condition=pgtrigger.Q(**{f"new__{field.name}__df": field.default}),
        ),
    )(model)
    return model


def follow(case: Any, path: str) -> Any:
    """The object at the end of a dotted path such as `enterprise.organisation.supervisor`; the case itself for ""."""
    for name in filter(None, path.split(".")):
        case = getattr(case, name)
    return case


def follow_key(case: Any, path: str) -> Any:
    """The primary key of what `follow` finds; the object itself is not fetched where a foreign key holds it."""
    way, _, last = path.rpartition(".")
    holder = follow(case, way)
    key = f"{last}_id" if last else "pk"
    return getattr(holder, key) if hasattr(holder, key) else getattr(holder, last).pk


class CaseQuerySet(models.QuerySet[Any]):
    """Rows of a case model, narrowed to whom they concern."""

    def visible_to(self, actor: Actor | None) -> CaseQuerySet:
        """What the acting role may see at all; the one scope of every list and every id in a URL.

        The city sees the city, a county its enterprises, an enterprise itself, a person his own rows
        (`owner_path`). Models add to it in `also_visible`, for roles that this rule does not know.
        """
        if not actor:
            return self.none()
        model: Any = self.model
        rows = self.filter(_scope(model, actor) | model.also_visible(actor))
        return rows.distinct() if model.joins_many else rows


def _scope(model: Any, actor: Actor) -> Q:
    nobody = Q(pk__in=[])
    path = model.organisation_path
    if actor.role in Role.city_side() or actor.role == Role.SYSTEM:
        return ~nobody  # not Q(): an empty condition vanishes when another is or-ed to it
    if actor.organisation is None or not path:
        return nobody
    if actor.role in Role.enterprise_side():
        return Q(**{path: actor.organisation.pk})
    if actor.role == Role.COUNTY:
        return Q(**{f"{path}__supervisor": actor.organisation.pk})
    if actor.role == Role.APPLICANT and model.owner_path:
        return Q(**{model.owner_path: actor.user.pk if actor.user else None})
    return nobody


class Case(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """Something with a state that steps move along. Only `jiaxing_titles.actions` writes it."""

    organisation_path: str = ""
    owner_path: str = ""
    locks: tuple[str, ...] = ()
    joins_many: bool = False
    """Whether `also_visible` joins over to-many relations, so that rows must be made distinct."""

    version = models.PositiveIntegerField("版本", default=1, editable=False)
    created_at = StampField("建立时间")
    updated_at = StampField("更新时间", renewed=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        abstract = True

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Not as the library does it: that lifts the field's protection for all threads meanwhile, so that of two that
        read back at the same moment one fails, and for good where reading fails.
        """
        self._being_read_back = True
        try:
            models.Model.refresh_from_db(self, *args, **kwargs)
        finally:
            del self._being_read_back
        self._update_initial_state()

    @classmethod
    def also_visible(cls, actor: Actor) -> Q:
        """Further rows for roles outside the general rule; nothing by default."""
        return Q(pk__in=[])

    def console_url(self) -> str:
        """Its page in the officials' console; empty when the model is not registered there."""
        try:
            return reverse(f"admin:{self._meta.app_label}_{self._meta.model_name}_change", args=[self.pk])
        except NoReverseMatch:
            return ""


def get_visible(model: type[Any], actor: Actor | None, pk: Any, related: Iterable[str] = ()) -> Any:
    """The row when the acting role may see it; 404 for strangers, so that guessing an id tells nothing."""
    from django.shortcuts import get_object_or_404

    rows = model.objects.visible_to(actor)
    if related:
        rows = rows.select_related(*related)
    return get_object_or_404(rows, pk=pk)
