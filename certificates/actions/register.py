"""Taking a 发文字号, once and for all documents of this stage."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from certificates.models import IssuedNumber
from certificates.rules.numbers import parse_number
from jiaxing_titles.actions import Blocked
from jiaxing_titles.reasons import Reason


def take_number(text: str, *, used_for: str, on: date) -> str:
    """The number as printed, entered in the register. Raises Blocked beside the field when wrong or taken."""
    number = parse_number(text)
    if isinstance(number, Reason):
        raise Blocked([number])
    try:
        with transaction.atomic():
            IssuedNumber(
                prefix=number.prefix, year=number.year, serial=number.serial, used_for=used_for[:200], issued_on=on
            ).save(force_insert=True)
    except IntegrityError:
        earlier = IssuedNumber.objects.get(prefix=number.prefix, year=number.year, serial=number.serial)
        taken = Reason(
            f"{number}已用于“{earlier.used_for}”。", field="number", remedy="文号不能重复使用，请改用新的文号。"
        )
        raise Blocked([taken]) from None
    if number.year != on.year:
        wrong_year = Reason(
            f"文号的年份是{number.year}，成文日期在{on.year}年。", field="number", remedy="请核对文号和日期。"
        )
        raise Blocked([wrong_year])
    return str(number)
