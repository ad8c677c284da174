"""Columns that take their instant from `app_now()`, as everything else does (decision 33)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Now


class AppNow(Now):
    """`app_now()` as an expression."""

    template = "app_now()"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=self.template, **context)


class StampField(models.DateTimeField):  # type: ignore[type-arg] # Django's fields take no parameters at run time
    """When the row was made, or with `renewed` when it was last saved; the database fills it in.

    Django's auto_now would ask the web machine's clock. An instance just saved learns the value when it is read again.
    """

    def __init__(self, *args: Any, renewed: bool = False, **kwargs: Any) -> None:
        self.renewed = renewed
        super().__init__(*args, **{**kwargs, "editable": False, "blank": True})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        kwargs.pop("blank", None)
        return name, path, args, {**kwargs, "renewed": True} if self.renewed else kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if add or self.renewed:
            return AppNow()
        instant = super().pre_save(model_instance, add)
        return models.F(self.attname) if instant is None else instant  # not read since it was made: it stays
