"""查询码 + 姓名 → the application (decision 39)."""

from __future__ import annotations

from applications.models import TitleApplication
from applications.rules.lookup_code import typed
from jiaxing_titles.identity.fields import blind_index
from jiaxing_titles.identity.names import folded

PURPOSE = "application-lookup"


def find_by_lookup_code(code: str, name: str) -> TitleApplication | None:
    """None for a wrong code and for a wrong name alike; the caller limits the tries."""
    found: TitleApplication | None = (
        TitleApplication.objects.filter(lookup_index=blind_index(typed(code), PURPOSE))
        .select_related("person", "cycle", "enterprise__organisation", "speciality")
        .first()
    )
    if found is None or folded(found.person.name) != folded(name):
        return None
    return found
