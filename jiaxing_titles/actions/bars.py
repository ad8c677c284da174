"""What the database refuses by content, whoever writes: the prohibitions that no step, script or SQL gets past.

A bar never asks more than the gates of the moves that it stands behind; people meet the gate's sentence first.
"""

from __future__ import annotations

import re

import pgtrigger
from django.db import DatabaseError

from jiaxing_titles.reasons import Reason

# The day in Jiaxing, by the clock that Python asks too.
TODAY = "(app_now() AT TIME ZONE 'Asia/Shanghai')::date"
WRITES = pgtrigger.Insert | pgtrigger.Update
ANY = WRITES | pgtrigger.Delete


def bar(name: str, when: str, says: str, *, on: pgtrigger.Operation = pgtrigger.Update) -> pgtrigger.Trigger:
    """A trigger that raises `says` where the SQL condition `when` holds; NEW and OLD are NULL where there is none.

    `says` begins with the prohibitions it stands for (`PR-5、PR-8 公示期没有满`), by which `reason_of` knows it.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=on,
        func=f"""
            IF {when} THEN
                RAISE EXCEPTION '{says}';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


def moved(*targets: str, source: str = "") -> str:
    """SQL: the row is on its way into one of these states, out of `source` when that is given."""
    into = ", ".join(f"'{target}'" for target in targets)
    out_of = f" AND OLD.state = '{source}'" if source else ""
    return f"(OLD.state IS DISTINCT FROM NEW.state AND NEW.state IN ({into}){out_of})"


def reason_of(error: DatabaseError) -> Reason | None:
    """What a bar refused, where one did: something changed between the gate's answer and the writing."""
    told = getattr(getattr(error.__cause__, "diag", None), "message_primary", None) or ""
    found = re.match(r"((?:PR|R)-[\d.]+(?:、(?:PR|R)-[\d.]+)*) (.+)", told)
    return Reason(f"{found[2]}。", rule=found[1], remedy="请刷新页面，看现在的情况。") if found else None
