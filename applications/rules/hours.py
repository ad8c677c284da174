"""继续教育学时: hours of a year added up, a certificate handed in twice counted once (附件二, X-21)."""

from collections.abc import Iterable
from decimal import Decimal


def hours_by_year(records: Iterable[tuple[int, Decimal, str]]) -> dict[str, str]:
    """(year, hours, certificate number) → {"2026": "89.5"}; never rounded, trailing zeros dropped."""
    totals: dict[int, Decimal] = {}
    seen: set[tuple[int, str]] = set()
    for year, hours, certificate in records:
        number = certificate.strip()
        if number and (year, number) in seen:
            continue
        seen.add((year, number))
        totals[year] = totals.get(year, Decimal(0)) + hours
    return {str(year): plain(total) for year, total in sorted(totals.items())}


def plain(hours: Decimal) -> str:
    """`89.5`, `90`: a decimal in digits, without trailing zeros."""
    text = f"{hours:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
