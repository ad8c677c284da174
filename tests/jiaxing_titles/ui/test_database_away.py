"""A connection that was refused or lost is told as such by every page, and the next request works again."""

import signal
import socket
import time

import psycopg2
import pytest
from django.contrib.sessions.models import Session
from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    close_old_connections,
    connection,
)
from django.test import Client, RequestFactory

from jiaxing_titles.ui import errors

pytestmark = pytest.mark.django_db(transaction=True)
PUBLIC, OWN = "/notices/", "/todo/"


class Visitor(Client):
    """As the web server serves it: an error is a page, and after each request old connections are closed."""

    def __init__(self, cookies):
        super().__init__(raise_request_exception=False)
        self.cookies = cookies

    def request(self, **sent):
        try:
            return super().request(**sent)
        finally:
            close_old_connections()


@pytest.fixture
def visitor(login):
    return Visitor(login("ent_hr", "A").cookies)


@pytest.fixture
def elsewhere(monkeypatch):
    """`elsewhere(folder)`: from now on connections are sought there; `elsewhere()` at the right place again."""

    def seek(folder=None):
        connection.close()
        connection.settings_dict["OPTIONS"] = right | ({"host": str(folder)} if folder else {})

    right = connection.settings_dict["OPTIONS"]
    yield seek
    seek()


def is_told(response):
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "系统暂时连不上数据库" in page and "不会丢失" in page and "再点一次" in page and "不会计两次" in page
    assert page.count("<h1>") == 1 and "12333" in page and 'href="/"' in page
    assert "default-src 'none'" in response["Content-Security-Policy"] and response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("path", "status"), [(PUBLIC, 200), (OWN, 200), ("/console/", 302)])
def test_a_refused_connection_is_told_and_the_next_request_works(visitor, elsewhere, tmp_path, path, status):
    elsewhere(tmp_path)
    is_told(visitor.get(path))
    is_told(visitor.get(path))
    elsewhere()
    assert visitor.get(path).status_code == status


def test_every_statement_of_a_page_may_lose_its_connection(visitor, cut):
    with cut(None) as all_of_them:
        assert visitor.get(OWN).status_code == 200
    assert len(all_of_them) > 5
    for number in range(len(all_of_them)):
        with cut(number) as said:
            is_told(visitor.get(OWN))
        assert len(said) == number + 1, "the page that tells asks nothing"
        assert visitor.get(OWN).status_code == 200, "at once, without a restart"


def test_a_session_that_could_not_be_saved_is_told_too(visitor, cut, city):
    """The framework makes a bad request of it."""
    [chosen] = city.person("ent_hr", "A").memberships.all()
    with cut(None) as all_of_them:
        assert visitor.post("/switch/", {"membership": chosen.pk}).status_code == 302
    assert "django_session" in all_of_them[-1] and all_of_them[-1].startswith("UPDATE")
    with cut(len(all_of_them) - 1):
        is_told(visitor.post("/switch/", {"membership": chosen.pk}))
    assert visitor.post("/switch/", {"membership": chosen.pk}).status_code == 302


def test_a_session_that_was_ended_meanwhile_stays_a_bad_request(visitor, cut, city):
    """No connection is lost, so it is not told as one."""
    [chosen] = city.person("ent_hr", "A").memberships.all()

    def end_session(execute, sql, params, many, context):
        if sql.startswith('UPDATE "django_session"'):
            Session.objects.all().delete()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(end_session):
        assert visitor.post("/switch/", {"membership": chosen.pk}).status_code == 400


def test_what_was_looked_at_tries_again_by_itself_and_what_was_sent_does_not(visitor, elsewhere, tmp_path):
    elsewhere(tmp_path)
    assert 'data-refresh-seconds="10"' in visitor.get(PUBLIC).content.decode()
    sent = visitor.post("/switch/", {"membership": 1})
    is_told(sent)
    assert "refresh" not in sent.content.decode()


def test_between_two_requests_nobody_notices(visitor, power, admin):
    assert visitor.get(OWN).status_code == 200
    admin().execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
    assert visitor.get(OWN).status_code == 200
    kept = connection.connection
    power.cycle(signal.SIGINT)  # orderly: the tests' server does not wait for the disk, a cut would lose the session
    connection.connection = kept  # the test's own restart closes what it can
    assert visitor.get(OWN).status_code == 200


def test_a_server_that_does_not_answer_is_given_up_after_seconds(visitor, elsewhere, tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as silent:
        silent.bind(str(tmp_path / ".s.PGSQL.5432"))
        silent.listen()
        elsewhere(tmp_path)
        began = time.monotonic()
        is_told(visitor.get(PUBLIC))
        assert time.monotonic() - began < 5


def status_after(work):
    """What the page of an error would be, seen from inside the request that it broke."""
    try:
        work()
    except Exception:
        return errors.server_error(RequestFactory().get("/")).status_code
    raise AssertionError("nothing broke")


def say(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("SELECT nonsense", ProgrammingError),
        ("SELECT 1 / 0", DataError),
        ("INSERT INTO accounts_user (name) VALUES (NULL)", IntegrityError),
        ("SET statement_timeout = 50; SELECT pg_sleep(9)", OperationalError),
    ],
)
def test_other_errors_of_the_database_are_errors_of_ours(statement, kind):
    with pytest.raises(kind):
        say(statement)
    assert status_after(lambda: say(statement)) == 500


def test_a_closed_connection_or_cursor_is_a_lost_one():
    """What the driver says where somebody went on after the loss."""

    def go_on_with_closed(what):
        with connection.cursor() as cursor:
            (connection.connection if what == "connection" else cursor.cursor).close()
            cursor.execute("SELECT 1")

    for what in ("connection", "cursor"):
        with pytest.raises(InterfaceError):
            go_on_with_closed(what)
        connection.close()
        assert status_after(lambda what=what: go_on_with_closed(what)) == 503
        connection.close()


def test_the_driver_has_two_names_for_a_loss_and_django_uses_one_of_them_itself():
    def lose():
        with connection.wrap_database_errors:
            raise psycopg2.DatabaseError("server closed the connection unexpectedly")

    def find_no_row():
        raise DatabaseError("Save with update_fields did not affect any rows.")

    assert status_after(lose) == 503
    assert status_after(find_no_row) == 500


def test_an_error_behind_a_lost_connection_is_told_as_the_loss(cut):
    def lose():
        with cut(0):
            try:
                say("SELECT 1")
            except OperationalError as lost:
                raise KeyError("what the code made of it") from lost

    assert status_after(lose) == 503
    assert status_after(lambda: 1 / 0) == 500
