"""Personal numbers at rest: nothing readable in the table, nothing movable, keys that can be changed."""

import base64
import secrets

import pytest
from django.db import connection

from jiaxing_titles.accounts.models import User
from jiaxing_titles.identity import papers
from jiaxing_titles.identity.fields import blind_index, decrypt, encrypt

NUMBER = "11010519491231002X"


def new_key():
    return base64.b64encode(secrets.token_bytes(32)).decode()


def test_every_kind_of_the_account_has_its_rule():
    assert dict(User.IdKind.choices) == papers.PAPERS


def test_the_same_text_is_never_stored_twice_alike():
    first, second = encrypt(NUMBER, "user.id"), encrypt(NUMBER, "user.id")
    assert first != second
    assert NUMBER not in first
    assert first.startswith("v1.")
    assert decrypt(first, "user.id") == decrypt(second, "user.id") == NUMBER


def test_a_value_moved_to_another_column_is_not_read():
    with pytest.raises(ValueError, match="无法解密"):
        decrypt(encrypt(NUMBER, "user.phone"), "user.id")


@pytest.mark.parametrize("place", [-8, -20, 20])
def test_an_altered_value_is_not_read(place):
    stored = encrypt(NUMBER, "user.id")
    altered = stored[:place] + ("A" if stored[place] != "A" else "B") + stored[place + 1 :]
    with pytest.raises(ValueError, match="无法解密"):
        decrypt(altered, "user.id")


def test_old_values_stay_readable_after_the_key_changed(settings):
    old = {"a": new_key()}
    settings.FIELD_KEYS, settings.FIELD_KEY_CURRENT = old, "a"
    stored = encrypt(NUMBER, "user.id")
    settings.FIELD_KEYS, settings.FIELD_KEY_CURRENT = old | {"b": new_key()}, "b"
    assert decrypt(stored, "user.id") == NUMBER
    assert encrypt(NUMBER, "user.id").split(".")[1] == "b"
    settings.FIELD_KEYS = {"b": settings.FIELD_KEYS["b"]}
    with pytest.raises(ValueError, match="无法解密"):
        decrypt(stored, "user.id")


def test_the_blind_index_depends_on_purpose_and_key(settings):
    found = blind_index(NUMBER, "identity:resident")
    assert found == blind_index(NUMBER.lower(), "identity:resident")
    assert found != blind_index(NUMBER, "identity:passport")
    settings.BLIND_INDEX_KEY = "another"
    assert found != blind_index(NUMBER, "identity:resident")


@pytest.mark.django_db
def test_the_column_holds_ciphertext_and_the_attribute_plain_text():
    user = User(username="zhang", name="张三", id_kind="resident", id_number=NUMBER)
    user.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number FROM accounts_user WHERE id = %s", [user.pk])
        stored = cursor.fetchone()[0]
    assert NUMBER not in stored
    assert User.objects.get(pk=user.pk).id_number == NUMBER
    with pytest.raises(TypeError, match="blind index"):
        User.objects.filter(id_number=NUMBER)
