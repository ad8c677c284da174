"""The meeting's key in the hands of its 监票人: any `needed` of their shares rebuild it, fewer tell nothing."""

from __future__ import annotations

import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from Crypto.Protocol.SecretSharing import Shamir

from reviews.rules.ballot.sealing import KeyPair

SEED_BYTES = 16
_SHARE = re.compile(r"([1-9])([0-9a-f]{32})([0-9a-f]{4})")
_BETWEEN = re.compile(r"[\s\-‐-―－]+")  # what people type or paste between the groups


class UnreadableShare(ValueError):
    """A digit is missing or wrong; nothing was tried with it."""


class WrongShares(ValueError):
    """The shares do not rebuild the key of this meeting."""


@dataclass(frozen=True, repr=False)
class Share:
    """One 监票人's share. Never stored and never logged, therefore without a repr."""

    index: int
    secret: bytes

    @property
    def text(self) -> str:
        """As printed: number, eight groups of four, a group that catches mistyping."""
        digits = self.secret.hex()
        groups = [digits[start : start + 4] for start in range(0, len(digits), 4)]
        return "-".join([str(self.index), *groups, self._check])

    @property
    def _check(self) -> str:
        return f"{binascii.crc_hqx(bytes([self.index]) + self.secret, 0):04x}"

    @property
    def fingerprint(self) -> str:
        """By which a share is known again without being kept: SHA-256 over 128 random bits."""
        return hashlib.sha256(b"share %d " % self.index + self.secret).hexdigest()


def read_share(text: str) -> Share:
    """What a 监票人 typed, with or without hyphens, spaces, capitals."""
    found = _SHARE.fullmatch(_BETWEEN.sub("", text).lower())
    if not found:
        raise UnreadableShare("not the form of a share")
    share = Share(int(found[1]), bytes.fromhex(found[2]))
    if share._check != found[3]:
        raise UnreadableShare("mistyped")
    return share


@dataclass(frozen=True, repr=False)
class Dealt:
    """A new key: what may be stored (`public`), and the shares, which may not."""

    public: bytes
    shares: tuple[Share, ...]

    @property
    def fingerprints(self) -> list[str]:
        return [share.fingerprint for share in self.shares]


def deal(needed: int, holders: int) -> Dealt:
    """A fresh key in `holders` shares, any `needed` of which open; ValueError unless 1 ≤ needed ≤ holders ≤ 9."""
    if not 1 <= needed <= holders <= 9:
        raise ValueError("needed of holders, nine at most")
    seed = secrets.token_bytes(SEED_BYTES)
    split = Shamir.split(needed, holders, seed, ssss=False)
    return Dealt(KeyPair(seed).public, tuple(Share(index, bytes(secret)) for index, secret in split))


def rebuild(shares: Sequence[Share], public: bytes) -> KeyPair:
    """The key pair, when these shares make the one with this public key; else WrongShares."""
    if not shares or len({share.index for share in shares}) != len(shares):
        raise WrongShares("a share is missing or came twice")
    seed = Shamir.combine([(share.index, share.secret) for share in shares], ssss=False)
    pair = KeyPair(bytes(seed))
    if not hmac.compare_digest(pair.public, public):
        raise WrongShares("another key")
    return pair
