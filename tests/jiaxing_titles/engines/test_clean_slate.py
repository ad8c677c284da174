"""A test that commits leaves nothing to the next one, and takes nothing that the migrations made."""

import psycopg2
import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import ProgrammingError, connection, transaction

MIGRATED: dict[str, int] = {}


def counts() -> dict[str, int]:
    """Rows of every table, as the app role sees them."""
    with connection.cursor() as cursor:
        found = {}
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")
            found[name] = cursor.fetchone()[0]
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second", "third"])
def test_each_turn_starts_as_migrated(turn):
    if not MIGRATED:
        MIGRATED.update(counts())
    assert counts() == MIGRATED
    assert MIGRATED["django_content_type"] > 20, "migrated rows are there to be kept"
    Group.objects.create(name=turn)
    if turn == "second":  # also when a test destroys what the migrations made
        Permission.objects.all().delete()
        ContentType.objects.filter(model="group").delete()
    assert counts() != MIGRATED


@pytest.mark.django_db
def test_an_ordinary_test_sees_the_migrated_rows_too():
    assert ContentType.objects.filter(model="group").exists()
    assert not Group.objects.filter(name__in=["first", "second", "third"]).exists()


@pytest.mark.django_db
def test_tests_run_with_the_rights_of_the_web_processes():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("jiaxing_app",)
    for statement in ("TRUNCATE auth_group CASCADE", "ALTER TABLE auth_group ADD x int", "CREATE TABLE x ()"):
        with pytest.raises(ProgrammingError) as refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert isinstance(refused.value.__cause__, psycopg2.errors.InsufficientPrivilege)
