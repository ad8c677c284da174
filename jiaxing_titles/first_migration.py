"""The operation of an app's first migration: all its tables at once.

Django renders every model related to a changed one again after each single operation. Where everything hangs on the
person, as here, that is nearly all models for each of some two hundred operations, and takes a minute; at once it
takes a second (docs/decisions).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateTogether(Operation):
    """Apply generated operations to the state one by one, then make each table in its final form.

    Only for models that are new: CreateModel with the AddField, AddIndex and AddConstraint that complete them.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # rendered again once, when it is next asked for
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        for model in self._models(app_label, to_state):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        for model in reversed(self._models(app_label, from_state)):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def describe(self) -> str:
        return "Create all tables of the app"

    def _models(self, app_label: str, state: Any) -> list[Any]:
        made = [operation for operation in self.operations if isinstance(operation, CreateModel)]
        return [state.apps.get_model(app_label, operation.name) for operation in made]
