"""The public verification code: 16 base32 characters, 80 random bits (decision 39)."""

import secrets
import unicodedata

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
LENGTH = 16


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def canonical(text: str) -> str | None:
    """The code that was typed or scanned; None when no code could look like that.

    People type lower case, groups with spaces or dashes, and take 0 and 1 for O and I: neither digit is in the
    alphabet, so nothing is guessed.
    """
    folded = unicodedata.normalize("NFKC", text[:80]).upper()
    bare = "".join(char for char in folded if char not in " -·—").replace("0", "O").replace("1", "I")
    if len(bare) != LENGTH or any(char not in ALPHABET for char in bare):
        return None
    return bare


def grouped(code: str) -> str:
    """As printed below a QR code: four groups of four."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
