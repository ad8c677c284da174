"""What a resident number itself says: the certificate data asks for it, nobody has to type it."""

from datetime import date

from jiaxing_titles.identity import resident_id

_EIGHTEEN = ("resident", "residence")


def birth_date_of(id_kind: str, id_number: str) -> date | None:
    """Day of birth from a resident's paper; None for papers that do not carry it."""
    full = _full(id_kind, id_number)
    try:
        return resident_id.birth_date(full) if full else None
    except ValueError:
        return None


def gender_of(id_kind: str, id_number: str) -> str:
    """男 or 女 by the sequence digit; "" where the paper does not say."""
    full = _full(id_kind, id_number)
    return ("女", "男")[int(full[16]) % 2] if full else ""


def _full(id_kind: str, id_number: str) -> str:
    """Eighteen characters, a fifteen-digit number brought to eighteen; "" for any other paper."""
    if id_kind == "resident_old" and len(id_number) == 15:
        id_number = resident_id.upgraded(id_number)
    elif id_kind not in _EIGHTEEN:
        return ""
    sound = len(id_number) == 18 and id_number[:17].isascii() and id_number[:17].isdigit()
    return id_number if sound else ""
