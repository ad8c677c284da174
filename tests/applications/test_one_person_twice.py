"""The same person in two companies or at two levels is stopped, and neither company learns of the other (F-26, X-23).

By the pages, as the two desks and the person meet it.
"""

import re

import pytest
from django.urls import reverse

from applications.models import StaffMember, TitleApplication
from enterprises.models import Enterprise, Speciality
from jiaxing_titles.accounts.models import Membership, User
from jiaxing_titles.identity.resident_id import check_character

BODY = "33048119850315001"  # 海宁, 1985: real numbers of this kind fail in libraries that tie codes to years
NUMBER = BODY + check_character(BODY)
WIDE = "".join(chr(ord(char) + 0xFEE0) for char in NUMBER)
NAME = "阿卜杜拉·买买提"
AT_A = {
    "name": NAME,
    "id_kind": "resident",
    "id_number": NUMBER,
    "number": "A-007",
    "department": "甲厂保密车间",
    "position": "甲厂工艺员",
    "employment": "contract",
    "joined_on": "2021-07-01",
    "phone": "13812340001",
    "email": "first@example.com",
}
AT_B = {**AT_A, "number": "", "phone": "", "email": "", "department": "乙厂一车间", "position": "乙厂技术员"}
SECRETS = ("示例精密机械", "甲厂", "A-007", "13812340001", "first@example.com", NUMBER)


def stands(scenes):
    scenes.plan_in_force("A")
    scenes.plan_in_force("B")


@pytest.fixture
def rounds(open_round):
    return {"A": open_round("A"), "B": open_round("B")}


@pytest.fixture
def send(login, rounds):
    """`send("B", name=…)` → what the add-staff page of that company answers, after following to where it leads."""

    def add(place: str, **changes):
        enterprise = Enterprise.objects.get(organisation=rounds[place].enterprise.organisation)
        url = reverse("do", args=["applications.add_staff", enterprise.pk])
        return login("ent_hr", place).post(url, {**(AT_A if place == "A" else AT_B), **changes}, follow=True)

    return add


@pytest.fixture
def person(city, send):
    """On the register of A first, then of B, where HR types the name with another dot and the number full width."""
    assert send("A").status_code == 200
    answer = send("B", name="阿卜杜拉•买买提", id_number=WIDE)
    assert answer.status_code == 200
    made = User.objects.get(name=NAME)
    for place in "AB":
        city.people["applicant" + NAME, place] = made
    return made


@pytest.fixture
def me(login, rounds, person):
    """`me("B")` → the person, switched to that company by the switch in the masthead."""

    def at(place: str):
        client = login("applicant", place, NAME)
        membership = Membership.objects.get(
            user=person, role="applicant", organisation=rounds[place].enterprise.organisation
        )
        client.post(reverse("switch_role"), {"membership": membership.pk})
        return client

    return at


def begin(client, year, level: str = "engineer"):
    url = reverse("do", args=["applications.start_application", year.pk])
    speciality = Speciality.objects.get(name="机械设计").pk
    return client.post(url, {"level": level, "speciality": speciality, "route": "review"}, follow=True)


def texts(client, *pages: str) -> str:
    return "".join(client.get(page).content.decode() for page in pages)


def test_one_paper_is_one_person_whatever_the_writing(person):
    terms = StaffMember.objects.filter(person=person)
    assert sorted(one.department for one in terms) == ["乙厂一车间", "甲厂保密车间"]
    assert User.objects.filter(name__startswith="阿卜杜拉").count() == 1


def test_the_second_company_learns_nothing_of_the_first(person, rounds, login):
    client = login("ent_hr", "B")
    staff = StaffMember.objects.get(person=person, enterprise=rounds["B"].enterprise)
    seen = texts(client, "/ent/people/", staff.get_absolute_url(), "/ent/applicants/", "/ent/")
    assert "乙厂一车间" in seen
    assert not [word for word in SECRETS if word in seen]


def test_who_applies_in_one_company_is_stopped_in_the_other(me, rounds, login):
    begin(me("A"), rounds["A"])
    application = TitleApplication.objects.get()
    second = begin(me("B"), rounds["B"])
    (refusal,) = map(str, second.context["reasons"])  # the switch above it names his own employers to himself
    assert "本年度已有一份申报在办理，同一人一年只能申报一次" in refusal
    assert not [word for word in SECRETS if word in refusal]
    assert TitleApplication.objects.get() == application
    hr = login("ent_hr", "B")
    seen = texts(hr, "/ent/applicants/", "/ent/people/", rounds["B"].get_absolute_url())
    assert not [word for word in SECRETS if word in seen] and "在别的单位" not in seen
    for page in ("review", "supplement"):
        assert hr.get(reverse(f"applications:{page}", args=[application.pk])).status_code == 404
    first = texts(login("ent_hr", "A"), "/ent/applicants/", "/ent/people/")
    assert "乙厂" not in first and "示例化纤" not in first


def test_who_gave_up_in_one_company_may_apply_in_the_other(me, rounds):
    begin(me("A"), rounds["A"])
    url = reverse("do", args=["applications.withdraw_application", TitleApplication.objects.get().pk])
    assert me("A").post(url, {"reason": "改由现单位申报"}).status_code == 302
    begin(me("B"), rounds["B"])
    assert TitleApplication.objects.filter(enterprise=rounds["B"].enterprise, state="draft").exists()


def test_two_levels_in_one_year_are_stopped(me, rounds):
    begin(me("A"), rounds["A"])
    second = begin(me("A"), rounds["A"], "assistant_engineer").content.decode()
    assert f"{NAME}本年度已经有一份申报" in second
    assert TitleApplication.objects.get().level == "engineer"


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"id_number": BODY + ("0" if NUMBER[-1] != "0" else "1")}, "id_number", "校验位"),
        ({"id_number": "33048119850230001X"}, "id_number", "1985-02-30不存在"),
        ({"id_number": NUMBER[:-1]}, "id_number", "您填了17位"),
        ({"name": "阿卜杜拉3"}, "name", "“3”不是文字"),
        ({"name": "别的姓名"}, "name", "已登记在另一个姓名下"),
        ({"id_kind": "residence"}, "id_number", "81、82或83"),
        ({"id_kind": "passport", "id_number": "一二三"}, "id_number", "护照号码应为"),
    ],
)
def test_what_is_wrong_with_name_or_paper_is_told_beside_its_field(send, typed, field, told):
    send("A")
    answer = send("B", **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(f'class="error" id="id_{field}_error">.*?{told}', page, re.S)
    assert not [word for word in SECRETS[:5] if word in page]
    assert not StaffMember.objects.filter(enterprise__organisation__name__startswith="示例化纤").exists()


@pytest.mark.parametrize("name", ["䶮𠮷", "王\U0002b740", "迪丽热巴·艾尼瓦尔江·买买提吐尔逊"])
def test_rare_characters_and_long_names_come_back_as_they_are(send, login, name):
    body = "33048319920608002"
    assert send("A", name=name, id_number=body + check_character(body)).status_code == 200
    assert name in texts(login("ent_hr", "A"), "/ent/people/")
