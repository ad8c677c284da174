"""What people type without meaning it: full-width characters, blanks, hyphens, invisible signs."""

import unicodedata

# Zero-width and directional signs that come along with copied text; joiners bind letters in no name we hold.
INVISIBLE = frozenset(
    "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2066\u2067\u2068\u2069\ufeff"
)
_HYPHENS = frozenset("-‐‑‒–—―－_")


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as ASCII; the ideographic space as a space. Han characters stay."""
    return "".join(
        chr(ord(char) - 0xFEE0) if 0xFF01 <= ord(char) <= 0xFF5E else " " if char == "\u3000" else char for char in text
    )


def visible(text: str) -> str:
    """The text in NFC (never NFKC, which changes names) without invisible signs."""
    return "".join(char for char in unicodedata.normalize("NFC", text) if char not in INVISIBLE)


def compact(text: str) -> str:
    """A number as typed: half width, without blanks, hyphens and invisible signs, in capitals."""
    plain = half_width(visible(text))
    return "".join(char for char in plain if not char.isspace() and char not in _HYPHENS).upper()


def stars(text: str, head: int, tail: int) -> str:
    """The text with all but its first and last characters replaced; nothing of a text that is too short is shown."""
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]
