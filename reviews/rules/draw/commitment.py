"""What binds the two parties before anybody can know the outcome: a hash chain and a hash."""

from __future__ import annotations

import hashlib
import re
import secrets

SECRET_BYTES = 32
CHAIN = 10
"""Links of the bureau's chain. The secret itself is never used, so a pool serves nine runs."""
LEAST_BITS = 128
_DISTINCT = 8


class Mismatch(ValueError):
    """Something revealed is not what was committed to; the text is a sentence for the person."""


def new_secret() -> bytes:
    return secrets.token_bytes(SECRET_BYTES)


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def chained(secret: bytes, times: int) -> bytes:
    """H^times(secret)."""
    for _ in range(times):
        secret = sha256(secret)
    return secret


def code_of_run(secret: bytes, run_no: int) -> bytes:
    """What the bureau reveals in its run: H^(CHAIN - run_no)(secret). Raises LookupError when the chain is used up."""
    if not 0 < run_no < CHAIN:
        raise LookupError("the chain is used up")
    return chained(secret, CHAIN - run_no)


def read_secret(text: str) -> bytes:
    """A typed secret. Raises ValueError where it cannot hold 128 bits: too short, no hex, or hardly any variety."""
    plain = re.sub(r"[\s-]", "", text).lower()
    raw = bytes.fromhex(plain)
    if len(raw) * 8 < LEAST_BITS or len(raw) > SECRET_BYTES or len(set(plain)) < _DISTINCT:
        raise ValueError("too easy to guess")
    return raw


def check_reveal(previous: bytes, code: bytes, supervisor_hash: bytes, secret: bytes) -> None:
    """`previous` is the code of the run before, for the first run the commitment. Raises Mismatch."""
    if sha256(code) != previous:
        raise Mismatch("市局的密数与备池时公布的校验值不符。")
    if sha256(secret) != supervisor_hash:
        raise Mismatch("监督员密数与抽取前提交的校验值不符，请核对后重新输入。")
