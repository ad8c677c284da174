"""查询码: what an applicant keeps to ask for his result without an account (decision 39)."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base32: nothing that reads like something else
LENGTH = 8
_MISREAD = str.maketrans("ILOU", "110V")


def new_lookup_code() -> str:
    """Eight characters, 40 bits; the limiter in front of the query makes guessing hopeless."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """`ABCD-7K2M`."""
    return f"{code[:4]}-{code[4:]}"


def typed(text: str) -> str:
    """What somebody typed, as it was issued: spaces and dashes away, misread letters put right."""
    return "".join(char for char in text.upper() if char.isalnum()).translate(_MISREAD)
