"""The bureaus of the city, before anybody is there who could act: run once when the product is installed."""

from __future__ import annotations

from django.db import transaction

from enterprises.catalogue import CITY, COUNTIES, Desk
from enterprises.models import Bureau
from jiaxing_titles.accounts.models import Organisation


@transaction.atomic
def found_city() -> Bureau:
    """The city bureau, seven counties and two functional districts (Q-4); running it twice changes nothing."""
    city = _found(CITY, Organisation.Kind.CITY_BUREAU, None)
    for desk in COUNTIES:
        _found(desk, Organisation.Kind.COUNTY_BUREAU, city.organisation)
    return city


def _found(desk: Desk, kind: str, supervisor: Organisation | None) -> Bureau:
    organisation, _ = Organisation.objects.get_or_create(
        code=desk.code,
        defaults={"kind": kind, "name": desk.name, "short_name": desk.short_name, "supervisor": supervisor},
    )
    bureau, _ = Bureau.objects.get_or_create(
        organisation=organisation, defaults={"area_code": desk.code, "functional": desk.functional}
    )
    return bureau
