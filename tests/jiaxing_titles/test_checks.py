"""Each thing that must not reach production is refused by `check --deploy`, and a right setting passes."""

import base64
import os
import secrets
from pathlib import Path

import psycopg2
import pytest
from django.core.checks import registry
from django.db import connection, connections

from jiaxing_titles import checks


@pytest.fixture
def sound(settings, tmp_path: Path):
    """Settings under which nothing is wrong; each test spoils one of them."""
    settings.DEBUG = settings.DEMO = False
    settings.SECRET_KEY = secrets.token_urlsafe(50)
    settings.BLIND_INDEX_KEY = secrets.token_urlsafe(50)
    settings.FIELD_KEYS = {"k1": base64.b64encode(secrets.token_bytes(32)).decode()}
    tmp_path.chmod(0o700)
    settings.MEDIA_ROOT = str(tmp_path)
    return settings


def ids(*found: list) -> list[str]:
    return [message.id for messages in found for message in messages]


def settings_ids() -> list[str]:
    return ids(checks.switches(None), checks.keys(None), checks.files(None))


def test_nothing_to_say_about_sound_settings(sound):
    assert settings_ids() == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DEBUG", True, "jiaxing.E001"),
        ("DEMO", True, "jiaxing.E002"),
        ("CELERY_TASK_ALWAYS_EAGER", True, "jiaxing.E003"),
        ("SECRET_KEY", "not-for-production-" * 3, "jiaxing.E004"),
        ("SECRET_KEY", "short-but-random-9x", "jiaxing.E004"),
        ("SECRET_KEY", "a" * 60, "jiaxing.E004"),
        ("BLIND_INDEX_KEY", "not-for-production-" * 3, "jiaxing.E005"),
        ("BLIND_INDEX_KEY", "", "jiaxing.E005"),
        ("FIELD_KEYS", {}, "jiaxing.E006"),
        ("FIELD_KEYS", {"k1": base64.b64encode(b"0" * 32).decode()}, "jiaxing.E006"),
        ("FIELD_KEYS", {"k1": base64.b64encode(secrets.token_bytes(16)).decode()}, "jiaxing.E006"),
        ("FIELD_KEYS", {"k1": "不是 base64"}, "jiaxing.E006"),
    ],
)
def test_one_spoilt_setting_is_named(sound, name, value, expected):
    setattr(sound, name, value)
    assert settings_ids() == [expected]


def test_one_key_for_two_purposes_is_refused(sound):
    sound.BLIND_INDEX_KEY = sound.SECRET_KEY
    assert settings_ids() == ["jiaxing.E007"]


@pytest.mark.parametrize("mode", [0o701, 0o704, 0o755])
def test_open_media_folder_is_refused(sound, mode):
    Path(sound.MEDIA_ROOT).chmod(mode)
    assert settings_ids() == ["jiaxing.E008"]


def test_checks_run_with_deploy_only():
    ours = {checks.switches, checks.keys, checks.files, checks.database}
    assert ours <= set(registry.registry.deployment_checks)
    assert not ours & set(registry.registry.registered_checks)


@pytest.fixture
def locked_clock(movable_clock, db):
    """Other tests may move the clock; a deployment must not be able to."""
    with _owner().cursor() as cursor:
        cursor.execute("REVOKE UPDATE ON clock_setting FROM PUBLIC")
        yield
        cursor.execute("GRANT UPDATE ON clock_setting TO PUBLIC")


def _owner():
    """A connection of the owner to the test database."""
    settings = connection.settings_dict
    made = psycopg2.connect(os.environ["DATABASE_OWNER_URL"], dbname=settings["NAME"])
    made.autocommit = True
    return made


def test_our_own_server_and_role_pass(locked_clock):
    assert ids(checks.database(None)) == []


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("log_statement", "mod"),
        ("log_statement", "all"),
        ("log_min_duration_statement", "250"),
        ("log_min_error_statement", "error"),
        ("log_error_verbosity", "default"),
        ("log_parameter_max_length", "-1"),
        ("log_parameter_max_length_on_error", "-1"),
    ],
)
def test_a_database_that_logs_rows_is_refused(locked_clock, setting, value):
    """Only a superuser can change these for a session, so the rule is asked about what the server would answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(checks.SILENT)])
        log = dict(cursor.fetchall())
    assert set(log) == set(checks.SILENT), "the server does not know one of the settings"
    (message,) = checks._log(log | {setting: value})
    assert message.id == "jiaxing.E010"
    assert setting in message.msg


@pytest.mark.parametrize("url", ["DATABASE_OWNER_URL", "DATABASE_ADMIN_URL"])
@pytest.mark.django_db(transaction=True)
def test_owner_and_superuser_are_refused(url):
    if url not in os.environ:
        pytest.fail(f"{url} is needed for this test")
    kept = dict(connection.settings_dict)
    user, password = os.environ[url].split("//", 1)[1].split("@", 1)[0].split(":", 1)
    try:
        connections["default"].close()
        connections["default"].settings_dict.update(USER=user, PASSWORD=password)
        assert "jiaxing.E011" in ids(checks.database(None))
    finally:
        connections["default"].close()
        connections["default"].settings_dict.update(USER=kept["USER"], PASSWORD=kept["PASSWORD"])


@pytest.mark.parametrize("right", ["SELECT", "SELECT (ciphertext)"])
def test_an_application_that_reads_sealed_ballots_is_refused(locked_clock, right):
    with _owner().cursor() as cursor:
        cursor.execute(f"GRANT {right} ON reviews_sealedballot TO jiaxing_app")
        try:
            assert ids(checks.database(None)) == ["jiaxing.E014"]
        finally:
            cursor.execute(f"REVOKE {right} ON reviews_sealedballot FROM jiaxing_app")
            cursor.execute("GRANT SELECT (receipt, sheet_id, seat_id) ON reviews_sealedballot TO jiaxing_app")


def test_missing_roles_are_named():
    (message,) = checks._roles({"jiaxing_tally"})
    assert message.id == "jiaxing.E012"
    assert "jiaxing_tally" in message.msg


@pytest.mark.django_db
def test_a_clock_that_may_be_moved_is_refused(movable_clock):
    assert ids(checks.database(None)) == ["jiaxing.E013"]


def test_a_clock_that_was_moved_is_refused(locked_clock):
    with _owner().cursor() as cursor:
        cursor.execute("UPDATE clock_setting SET shift = '1 day'")
        try:
            assert ids(checks.database(None)) == ["jiaxing.E013"]
        finally:
            cursor.execute("UPDATE clock_setting SET shift = '0'")


@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_answer_is_an_error_and_no_traceback():
    kept = connection.settings_dict["NAME"]
    try:
        connections["default"].close()
        connections["default"].settings_dict["NAME"] = "no_such_database"
        assert ids(checks.database(None)) == ["jiaxing.E009"]
    finally:
        connections["default"].close()
        connections["default"].settings_dict["NAME"] = kept
