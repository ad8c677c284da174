"""Sealing to a meeting's public key: HPKE (RFC 9180), in the suite that the form of a sheet names.

`ON_SERVER` holds against those who store now and break later. `IN_BROWSER` is what browsers have built in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
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

ON_SERVER = "MLKEM768-X25519,HKDF-SHA256,AES-256-GCM"
IN_BROWSER = "P256-HKDF-SHA256,HKDF-SHA256,AES-256-GCM"
SUITES = f"{ON_SERVER};{IN_BROWSER}"
_MLKEM_SEED, _MLKEM_PUBLIC, _X25519_PUBLIC, _TAG = 64, 1184, 32, 16
_CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256, FIPS 186-5


class CannotOpen(Exception):
    """Not sealed to this key and context, or altered."""


@dataclass(frozen=True)
class _Sealing:
    """One suite: where its public key lies within a meeting's, and how long the part before the ciphertext is."""

    hpke: Suite
    public: slice
    read: Callable[[bytes], Any]
    encapsulated: int


def _hybrid(public: bytes) -> MLKEM768X25519PublicKey:
    lattice = MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC])
    return MLKEM768X25519PublicKey(lattice, X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC:]))


def _point(public: bytes) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, public)


_HYBRID_PUBLIC = _MLKEM_PUBLIC + _X25519_PUBLIC
_SEALINGS = {
    ON_SERVER: _Sealing(
        Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
        slice(0, _HYBRID_PUBLIC),
        _hybrid,
        KEM.MLKEM768_X25519.enc_length(),
    ),
    IN_BROWSER: _Sealing(
        Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
        slice(_HYBRID_PUBLIC, None),
        _point,
        KEM.P256.enc_length(),
    ),
}


class KeyPair:
    """Both keys that a seed stands for, in either suite: knowing one of the two tells nothing about the other.

    Lives in memory only while a box is opened or a key is made. `public` is that of both suites, one after the other.
    """

    def __init__(self, seed: bytes) -> None:
        material = _derive(seed, b"jiaxing ballot key 1", _MLKEM_SEED + 32)
        lattice = MLKEM768PrivateKey.from_seed_bytes(material[:_MLKEM_SEED])
        x25519 = X25519PrivateKey.from_private_bytes(material[_MLKEM_SEED:])
        # 128 bits more than the order has: no value is likelier than another (FIPS 186-5, A.2.1)
        scalar = int.from_bytes(_derive(seed, b"jiaxing ballot key 1, P-256", 48), "big") % (_ORDER - 1) + 1
        point = ec.derive_private_key(scalar, _CURVE)
        self._private: dict[str, Any] = {ON_SERVER: MLKEM768X25519PrivateKey(lattice, x25519), IN_BROWSER: point}
        self.public = (
            lattice.public_key().public_bytes_raw()
            + x25519.public_key().public_bytes_raw()
            + point.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
        )

    def open(self, sealed: bytes, context: bytes, suite: str) -> bytes:
        """The plaintext, or CannotOpen."""
        try:
            return _SEALINGS[suite].hpke.decrypt(sealed, self._private[suite], info=context)
        except (InvalidTag, ValueError) as refused:
            raise CannotOpen from refused


def _derive(seed: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt=None, info=purpose).derive(seed)


def seal(plaintext: bytes, public: bytes, context: bytes, suite: str) -> bytes:
    """Only the owner of the key can open it, and only for the same context; `public` is that of the key pair."""
    found = _SEALINGS[suite]
    return found.hpke.encrypt(plaintext, found.read(public[found.public]), info=context)


def sealed_length(plaintext: int, suite: str) -> int:
    """Bytes of a sealed ballot that has so many before."""
    return _SEALINGS[suite].encapsulated + plaintext + _TAG


def receipt_of(sealed: bytes) -> str:
    """SHA-256 of the sealed ballot: tells that it is in the box, and nothing about what is in it."""
    return hashlib.sha256(sealed).hexdigest()
