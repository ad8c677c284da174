"""Sealing to a meeting's public key: HPKE (RFC 9180) with ML-KEM-768 + X25519, against those who store now and break
later."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SUITE = "MLKEM768-X25519,HKDF-SHA256,AES-256-GCM"
_MLKEM_SEED, _MLKEM_PUBLIC = 64, 1184
_suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class CannotOpen(Exception):
    """Not sealed to this key and context, or altered."""


class KeyPair:
    """Both keys that a seed stands for. Lives in memory only while a box is opened or a key is made."""

    def __init__(self, seed: bytes) -> None:
        material = HKDF(hashes.SHA256(), _MLKEM_SEED + 32, salt=None, info=b"jiaxing ballot key 1").derive(seed)
        lattice = MLKEM768PrivateKey.from_seed_bytes(material[:_MLKEM_SEED])
        curve = X25519PrivateKey.from_private_bytes(material[_MLKEM_SEED:])
        self._private = MLKEM768X25519PrivateKey(lattice, curve)
        self.public = lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """The plaintext, or CannotOpen."""
        try:
            return _suite.decrypt(sealed, self._private, info=context)
        except (InvalidTag, ValueError) as refused:
            raise CannotOpen from refused


def seal(plaintext: bytes, public: bytes, context: bytes) -> bytes:
    """Only the owner of the key can open it, and only for the same context."""
    lattice = MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC])
    curve = X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC:])
    return _suite.encrypt(plaintext, MLKEM768X25519PublicKey(lattice, curve), info=context)


def receipt_of(sealed: bytes) -> str:
    """SHA-256 of the sealed ballot: tells that it is in the box, and nothing about what is in it."""
    return hashlib.sha256(sealed).hexdigest()
