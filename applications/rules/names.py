"""Whether a typed name is the person's: widths, spaces, invisible characters and the kinds of 间隔号 do not matter."""

import unicodedata

_DOTS = str.maketrans(dict.fromkeys("•・．‧∙⋅.", "·"))


def folded(name: str) -> str:
    """The name without anything that a keyboard adds; middle dots first, because NFKC turns one into a full stop."""
    text = unicodedata.normalize("NFKC", name.translate(_DOTS)).translate(_DOTS)
    return "".join(char for char in text if not char.isspace() and unicodedata.category(char) != "Cf")


def same_name(one: str, other: str) -> bool:
    """Equal as people read them."""
    return folded(one) == folded(other)
