import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from jiaxing_titles.accounts.actor import SYSTEM
from jiaxing_titles.audit.chain import Draft, broken_links, record
from jiaxing_titles.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def write(count: int) -> list[AuditEvent]:
    return record(SYSTEM, [Draft("test.step", f"第{n}步", facts={"n": n}) for n in range(count)])


def as_owner(sql: str) -> None:
    """Do what only a database administrator can: change a row behind the triggers."""
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_each_event_carries_the_hash_of_the_one_before(city):
    first, second = write(2)
    assert (second.seq, second.prev_hash) == (first.seq + 1, first.hash)
    assert list(broken_links()) == []


def test_an_event_reads_back_to_the_hash_it_was_written_with(city, actor):
    [event] = record(
        actor("ent_hr", "A"), [Draft("test.step", "一步", subject=city["A"], reason="理由", facts={"日": 1})]
    )
    stored = AuditEvent.objects.get(pk=event.pk)
    assert stored.digest() == event.hash
    assert (stored.user_name, stored.role, stored.subject_label) == ("企业经办A", "ent_hr", "示例精密机械有限公司")


@pytest.mark.parametrize("sql", ["UPDATE audit_auditevent SET label = 'x'", "DELETE FROM audit_auditevent"])
def test_the_app_role_can_neither_change_nor_remove_events(city, sql):
    write(1)
    with pytest.raises(DatabaseError, match="permission denied|append-only"), transaction.atomic():
        as_owner(sql)
    assert AuditEvent.objects.count() == 1


def test_the_app_role_cannot_truncate(city):
    with pytest.raises(DatabaseError, match="permission denied|append-only"), transaction.atomic():
        as_owner("TRUNCATE audit_auditevent")


def test_an_event_out_of_line_is_refused_by_the_database(city):
    [event] = write(1)
    event.seq += 5
    with pytest.raises(DatabaseError, match="does not follow the chain"), transaction.atomic():
        AuditEvent.objects.bulk_create([event])


def test_verify_audit_says_all_is_whole(city, capsys):
    write(3)
    call_command("verify_audit")
    assert capsys.readouterr().out.startswith("办理记录完整：共 3 条，末条校验值 ")


@pytest.mark.parametrize("column", ["label", "reason", "after", "role", "facts"])
def test_verify_audit_names_the_first_altered_event(city, column, monkeypatch):
    write(3)
    rows = list(AuditEvent.objects.order_by("seq"))
    value = {"n": 99} if column == "facts" else "改了"
    setattr(rows[1], column, value)
    monkeypatch.setattr(AuditEvent.objects.all().__class__, "iterator", lambda self, chunk_size: iter(rows))
    with pytest.raises(CommandError, match="第 2 条办理记录.*被改动过"):
        call_command("verify_audit")


def test_verify_audit_names_a_missing_event(city, monkeypatch):
    write(3)
    rows = [row for row in AuditEvent.objects.order_by("seq") if row.seq != 2]
    monkeypatch.setattr(AuditEvent.objects.all().__class__, "iterator", lambda self, chunk_size: iter(rows))
    with pytest.raises(CommandError, match="第 2 条办理记录缺失"):
        call_command("verify_audit")
