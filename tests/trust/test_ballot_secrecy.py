"""What the database keeps apart, refuses and forgets: the electronic ballot against whoever reads or writes rows."""

import os

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction

from jiaxing_titles.actions import Blocked
from reviews import actions
from reviews.models import BallotSeat, Board, KeyCeremony, SealedBallot, Slip, VoteLine, VoteSheet
from reviews.rules.ballot.sealing import receipt_of
from reviews.rules.ballot.unsealing import Sealed
from tests.scenes.balloting import cast, opened, seat_of
from tests.scenes.registry import reload
from tests.trust.attempts import barred

pytestmark = pytest.mark.django_db

COLUMNS = {
    "reviews_sealedballot": {
        "receipt": "character varying",
        "sheet_id": "bigint",
        "seat_id": "bigint",
        "recused": "jsonb",
        "ciphertext": "bytea",
    },
    "reviews_slip": {
        "code": "character varying",
        "sheet_id": "bigint",
        "number": "smallint",
        "choice": "character varying",
    },
    "reviews_board": {"sheet_id": "bigint", "file": "text", "sha256": "character varying"},
}


def stands(scenes):
    scenes.deliberated("张三", "李四")


@pytest.fixture
def sec(actor):
    return actor("committee_sec", "city")


@pytest.fixture
def meeting(deliberated):
    return deliberated("张三", "李四")


@pytest.fixture
def parts(meeting, keyed):
    return keyed(meeting)[1]


@pytest.fixture
def casting(meeting, parts, sec):
    return opened(meeting.sheets.get(), sec)


@pytest.fixture
def sealed(casting, sec, judge):
    """Five ballots in a closed box."""
    for number in range(1, 6):
        cast(casting, judge(number), "yes" if number <= 3 else "no")
    return actions.close_ballot(reload(casting), actor=sec, missing_known=True)


@pytest.mark.parametrize("table", COLUMNS)
def test_no_time_number_or_ordered_key_stands_beside_a_ballot(table):
    """G3: a new column fails here and has to be argued for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type, column_default FROM information_schema.columns WHERE table_name = %s",
            [table],
        )
        found = cursor.fetchall()
    assert {name: kind for name, kind, _ in found} == COLUMNS[table]
    assert [default for _, _, default in found if default] == []


def as_tally(statement: str) -> list[tuple]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE jiaxing_tally")
        cursor.execute(statement)
        found = cursor.fetchall()
        cursor.execute("RESET ROLE")
    return found


def test_the_role_that_unseals_reads_what_is_sealed_and_not_whose_it_is(sealed):
    assert len(as_tally("SELECT sheet_id, recused, ciphertext FROM reviews_sealedballot")) == 5
    for column in ("seat_id", "receipt", "xmin", "ctid", "*"):
        with pytest.raises(DatabaseError, match="permission denied"):
            as_tally(f"SELECT {column} FROM reviews_sealedballot")
    for table in ("reviews_ballotseat", "reviews_votesheet", "reviews_slip", "audit_auditevent", "django_session"):
        with pytest.raises(DatabaseError, match="permission denied"):
            as_tally(f"SELECT 1 FROM {table}")


def test_the_role_of_the_pages_reads_whose_it_is_and_not_what_is_sealed(sealed):
    assert SealedBallot.objects.values("seat", "receipt").count() == 5
    for statement in (
        "SELECT ciphertext FROM reviews_sealedballot",
        "SELECT * FROM reviews_sealedballot",
        "UPDATE reviews_sealedballot SET seat_id = seat_id",
        "DELETE FROM reviews_sealedballot",
        "UPDATE reviews_slip SET choice = 'yes'",
        "DELETE FROM reviews_slip",
        "UPDATE reviews_board SET file = ''",
        "TRUNCATE reviews_sealedballot",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_ciphertexts_of_a_sheet_are_equally_long(sealed):
    assert len({len(row[0]) for row in as_tally("SELECT ciphertext FROM reviews_sealedballot")}) == 1


def put(sheet, seat, sealed=b"", receipt="", recused=None):
    sealed = sealed or os.urandom(60)
    given = {"receipt": receipt or receipt_of(sealed), "recused": seat.recused if recused is None else recused}
    SealedBallot.objects.create(sheet=sheet, seat=seat, ciphertext=sealed, **given)


def test_the_box_takes_one_ballot_of_a_seat_that_may_vote_while_it_is_open(casting, sec, judge):
    first, second, recused = (seat_of(casting, judge(number)) for number in (1, 2, 11))
    with pytest.raises(DatabaseError, match="PR-11"), transaction.atomic():
        put(casting, recused)
    with pytest.raises(DatabaseError, match="PR-7"), transaction.atomic():
        put(casting, first, receipt="0" * 64)
    with pytest.raises(DatabaseError, match="回避的人不符"), transaction.atomic():
        put(casting, first, recused=[1])
    put(casting, first, b"once")
    with pytest.raises(IntegrityError, match="one_ballot_a_seat_and_sheet"), transaction.atomic():
        put(casting, first)
    with pytest.raises(IntegrityError), transaction.atomic():
        put(casting, second, b"once")  # the same sealed ballot from another seat
    other = VoteSheet.objects.exclude(pk=casting.pk).first()
    with pytest.raises(DatabaseError, match="PR-11"), transaction.atomic():
        put(other, second)
    actions.close_ballot(reload(casting), actor=sec, missing_known=True)
    with pytest.raises(DatabaseError, match="PR-11"), transaction.atomic():
        put(casting, second)
    transaction.set_rollback(True)  # a ballot without its seat and record does not reach a commit


def test_the_clock_of_a_machine_opens_no_box(casting, sec, judge, at):
    """G7: what counts is the row, locked, and not what time anybody believes it is."""
    sheet = actions.close_ballot(reload(casting), actor=sec, missing_known=True)
    for moment in ("2026-12-15 08:00:00", "2026-12-15 09:00:00", "2027-01-01 00:00:00"):
        at(moment)
        with pytest.raises(Blocked, match="不得事后补投"):
            cast(sheet, judge(1), "yes")
        with pytest.raises(DatabaseError, match="PR-11"), transaction.atomic():
            put(sheet, seat_of(sheet, judge(1)))


def test_roll_form_names_and_key_stand_from_the_opening(casting, meeting, judge):
    seat, line = casting.roll.first(), casting.lines.first()
    outsider = judge(11).user
    for number, attempt, write in (
        ("PR-9", "recusal changed", lambda: BallotSeat.objects.filter(pk=seat.pk).update(recused=[1])),
        ("PR-9", "seat given away", lambda: BallotSeat.objects.filter(pk=seat.pk).update(user=outsider)),
        ("PR-9", "seat removed", lambda: BallotSeat.objects.filter(pk=seat.pk)._raw_delete("default")),
        ("PR-11", "seat added", lambda: BallotSeat.objects.create(
            sheet=casting, user=outsider, committee_member=meeting.members.first())),
        ("PR-9", "form changed", lambda: VoteSheet.objects.filter(pk=casting.pk).update(form="{}")),
        ("PR-9", "way changed", lambda: VoteSheet.objects.filter(pk=casting.pk).update(mode="paper")),
        ("PR-9", "name renumbered", lambda: VoteLine.objects.filter(pk=line.pk).update(number=9)),
        ("PR-9", "key changed", lambda: KeyCeremony.objects.update(public_key=b"mine")),
    ):  # fmt: skip
        barred(number, attempt, write)


def test_slips_and_boards_come_from_unsealing_alone(casting, sec, judge, holder, parts):
    cast(casting, judge(1), "yes")
    slip = {"code": "ab" * 10, "sheet": casting, "number": 1, "choice": "yes"}
    barred("PR-10", "slip while open", lambda: Slip.objects.create(**slip))
    barred("PR-10", "board while open", lambda: Board.objects.create(sheet=casting, file="{}", sha256="0" * 64))
    sheet = actions.close_ballot(reload(casting), actor=sec, missing_known=True)
    barred("PR-10", "board with a wrong hash", lambda: Board.objects.create(sheet=sheet, file="{}", sha256="0" * 64))
    barred("PR-10", "unsealed by hand", lambda: VoteSheet.objects.filter(pk=sheet.pk).update(state="unsealed"))
    sheet = actions.unseal_ballot(sheet, actor=holder(1), shares=parts[:2])
    barred("PR-10", "slip afterwards", lambda: Slip.objects.create(**{**slip, "sheet": sheet}))


def test_totals_that_the_slips_do_not_give_are_refused_at_commit(sealed, holder, parts):
    sheet = actions.unseal_ballot(sealed, actor=holder(1), shares=parts[:2])
    with pytest.raises(DatabaseError, match="PR-10"), transaction.atomic():
        VoteLine.objects.filter(sheet=sheet, number=1).update(yes=5, no=0)
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    with transaction.atomic():
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
        connection.cursor().execute("SET CONSTRAINTS ALL DEFERRED")  # the next test stands in the same transaction
    assert list(sheet.lines.values_list("yes", "no")) == [(3, 2), (3, 2)]


def test_a_ballot_altered_in_the_box_stops_the_unsealing(sealed, holder, parts, monkeypatch):
    """As whoever owns the tables could: the receipts of the closed box no longer fit."""
    from reviews.actions import ballot

    def spoiled(sheet):
        return [Sealed(os.urandom(len(one.data)), one.recused) for one in honest(sheet)]

    honest = ballot.sealed_in
    monkeypatch.setattr(ballot, "sealed_in", spoiled)
    with pytest.raises(Blocked, match="与封箱时的校验值不符"):
        actions.unseal_ballot(sealed, actor=holder(1), shares=parts[:2])
    assert not Slip.objects.exists()


class Stop(OperationalError):
    """Power fails."""


def test_unsealing_is_all_or_nothing_at_every_statement(sealed, holder, parts):
    """B6: broken off before its first, second … last statement; then it runs through and counts the same."""

    def stop_at(number):
        seen = iter(range(number + 1))

        def wrapper(execute, sql, params, many, context):
            if next(seen, None) == number:
                raise Stop(sql)
            return execute(sql, params, many, context)

        return wrapper

    broken = 0
    while True:
        try:
            with connection.execute_wrapper(stop_at(broken)):
                actions.unseal_ballot(reload(sealed), actor=holder(1), shares=parts[:2])
            break
        except Stop:
            broken += 1
        assert (Slip.objects.count(), Board.objects.count()) == (0, 0)
        assert reload(sealed).state == "sealed"
        assert not VoteLine.objects.filter(sheet=sealed).exclude(yes=None).exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == ("jiaxing_app",)
    assert broken > 15
    assert list(sealed.lines.values_list("yes", "no")) == [(3, 2), (3, 2)]


def test_slips_come_in_one_statement_that_no_ballot_shares(sealed, holder, parts):
    """B2, within one test transaction; tests/trust/test_ballot_forensics.py does it with committed rows."""
    with connection.cursor() as cursor:
        actions.unseal_ballot(sealed, actor=holder(1), shares=parts[:2])
        cursor.execute("SELECT count(DISTINCT xmin::text), count(*) FROM reviews_slip")
        assert cursor.fetchone() == (1, 10)
