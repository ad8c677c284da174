"""Bureaus are founded once; a county registers a company by its page, with a code that is checked."""

from io import StringIO

import pytest
from django.core.management import call_command

from enterprises.models import Bureau, Enterprise
from tests.enterprises.test_pages import do, text
from tests.scenes.pilot import credit_code

FACTS = {
    "name": "海宁示例经编有限公司",
    "short_name": "示例经编",
    "ownership": "private",
    "address": "海宁市经编路8号",
    "legal_person": "沈建国",
    "contact_name": "陈芳",
    "contact_phone": "13800000001",
}


def test_the_city_is_founded_once(db):
    call_command("found_city", stdout=StringIO())
    call_command("found_city", stdout=StringIO())
    assert Bureau.objects.count() == 10
    assert Bureau.objects.filter(functional=True).count() == 2
    assert Bureau.objects.get(area_code="330481").organisation.supervisor.code == "330400"


def test_a_county_registers_a_company(bureaus, login, city):
    county = login("county", "haining")
    typed = f" {credit_code(7)[:8]}-{credit_code(7)[8:].lower()} "
    done = do(county, "register_enterprise", bureaus["haining"], place="console", credit_code=typed, **FACTS)
    assert done.status_code == 302
    made = Enterprise.objects.get()
    assert (made.credit_code, made.bureau) == (credit_code(7), city["haining"])
    twice = do(county, "register_enterprise", bureaus["haining"], place="console", credit_code=typed, **FACTS)
    assert twice.status_code == 422
    assert "已经登记过" in text(twice)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (credit_code(7)[:17] + ("0" if credit_code(7)[17] != "0" else "1"), "校验位不对"),
        (credit_code(7)[:17], "您填了17位"),
        ("91330481MA2BO00071", "不使用字母"),
    ],
)
def test_a_wrong_code_is_told(bureaus, login, code, sentence):
    county = login("county", "haining")
    response = do(county, "register_enterprise", bureaus["haining"], place="console", credit_code=code, **FACTS)
    assert response.status_code == 422
    assert sentence in text(response)
    assert "沈建国" in text(response)  # nothing typed is lost
    assert not Enterprise.objects.exists()


def test_another_countys_desk_is_not_found(bureaus, login):
    response = login("county", "tongxiang").get(f"/console/do/enterprises.register_enterprise/{bureaus['haining'].pk}/")
    assert response.status_code == 404
