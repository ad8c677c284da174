"""Personal numbers at rest: encrypted with AES-256-GCM, found again by a keyed hash."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    _Text = models.TextField[str, str]  # Django's class takes type arguments for the checker only
else:
    _Text = models.TextField

_VERSION = "v1"
_NONCE_BYTES = 12


def encrypt(text: str, context: str) -> str:
    """`v1.<key id>.<nonce>.<ciphertext>`; `context` (table.column) is bound in, so values cannot be moved about."""
    key_id = settings.FIELD_KEY_CURRENT
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(_key(key_id)).encrypt(nonce, text.encode(), context.encode())
    return ".".join([_VERSION, key_id, _b64(nonce), _b64(sealed)])


def decrypt(stored: str, context: str) -> str:
    """The text again. Raises ValueError when the value was altered, moved, or its key is not configured."""
    try:
        _, key_id, nonce, sealed = stored.split(".")
        return AESGCM(_key(key_id)).decrypt(_unb64(nonce), _unb64(sealed), context.encode()).decode()
    except (InvalidTag, KeyError, ValueError) as error:
        raise ValueError(f"加密字段 {context} 无法解密") from error


def blind_index(value: str, purpose: str) -> str:
    """Keyed hash for equality search; the same number under another `purpose` gives another hash."""
    message = f"{purpose}:{value.strip().upper()}".encode()
    return hmac.new(settings.BLIND_INDEX_KEY.encode(), message, hashlib.sha256).hexdigest()


def _key(key_id: str) -> bytes:
    return base64.b64decode(settings.FIELD_KEYS[key_id])


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()


def _unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text)


class EncryptedField(_Text):
    """A text that only the application can read; the column holds ciphertext, the attribute plain text."""

    @property
    def context(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> str:
        return encrypt(str(value), self.context) if value else ""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str:
        return decrypt(value, self.context) if value else ""

    def get_lookup(self, lookup_name: str) -> Any:
        """Ciphertext cannot be compared: search by blind_index instead."""
        raise TypeError("an encrypted field cannot be searched; use its blind index")
