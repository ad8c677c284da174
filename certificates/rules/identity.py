"""What an 18-digit resident number itself says: the certificate data asks for it, nobody has to type it."""

from datetime import date


def birth_date_of(id_kind: str, id_number: str) -> date | None:
    """Day of birth from a resident's paper; None for papers that do not carry it."""
    if id_kind == "resident" and len(id_number) == 18:
        digits = id_number[6:14]
    elif id_kind == "resident_old" and len(id_number) == 15:
        digits = "19" + id_number[6:12]
    else:
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def gender_of(id_kind: str, id_number: str) -> str:
    """男 or 女 by the sequence digit; "" where the paper does not say."""
    if id_kind == "resident" and len(id_number) == 18:
        digit = id_number[16]
    elif id_kind == "resident_old" and len(id_number) == 15:
        digit = id_number[14]
    else:
        return ""
    return ("女", "男")[int(digit) % 2] if digit.isascii() and digit.isdigit() else ""


def masked_name(name: str) -> str:
    """张三 → 张*, 王小明 → 王*明: enough for the holder to know it is meant, not for a stranger to learn it."""
    if len(name) <= 2:
        return name[:1] + "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]
