"""人员名册: one paper one person, in two companies too; departures hold (R-6.3.2)."""

import datetime as dt

import pytest

from applications import actions
from applications.models import StaffMember
from jiaxing_titles.accounts.models import Membership, User
from jiaxing_titles.actions import Blocked, NotPermitted

pytestmark = pytest.mark.django_db

FACTS = {
    "name": "买买提•吐尔逊",
    "id_kind": "passport",
    "id_number": " e1234567 ",
    "department": "工艺部",
    "position": "工艺员",
    "employment": "contract",
    "joined_on": dt.date(2021, 7, 1),
}


@pytest.fixture
def add(company, actor, at):
    at("2026-09-01 09:00:00")

    def add_to(place: str = "A", **changes) -> StaffMember:
        return actions.add_staff(company(place), actor=actor("ent_hr", place), **{**FACTS, **changes})

    return add_to


def test_a_person_is_stored_as_the_papers_write_it(add):
    member = add()
    assert (member.person.name, member.person.id_number) == ("买买提·吐尔逊", "E1234567")
    assert Membership.objects.filter(user=member.person, role="applicant", ended_at=None).count() == 1


def test_the_same_paper_in_a_second_company_is_the_same_person(add):
    first, second = add("A"), add("B")
    assert first.person == second.person
    assert User.objects.filter(name="买买提·吐尔逊").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"id_number": "12"}, "id_number"),
        ({"id_kind": "resident", "id_number": "330402199001011234"}, "id_number"),
        ({"phone": "12345"}, "phone"),
        ({"joined_on": dt.date(2026, 9, 2)}, "joined_on"),
    ],
)
def test_a_wrong_entry_is_refused_beside_its_field_and_nobody_is_made(add, changes, field):
    before = User.objects.count()
    with pytest.raises(Blocked) as refused:
        add(**changes)
    assert [one.field for one in refused.value.reasons] == [field]
    assert not StaffMember.objects.exists()
    assert not User.objects.filter(username__startswith="r").exists() and User.objects.count() <= before + 1


def test_another_name_on_a_known_paper_is_refused(add):
    add("A")
    with pytest.raises(Blocked) as refused:
        add("B", name="别的名字")
    assert refused.value.reasons[0].field == "name"
    assert "示例精密" not in str(refused.value)


def test_twice_on_the_same_register_is_refused(add):
    add()
    with pytest.raises(Blocked):
        add()


def test_leaving_ends_the_role_and_coming_back_is_a_new_employment(add, actor):
    member = add()
    hr = actor("ent_hr", "A")
    member = actions.record_departure(member, actor=hr, left_on=dt.date(2026, 8, 31), reason="辞职")
    assert not Membership.objects.filter(user=member.person, role="applicant", ended_at=None).exists()
    with pytest.raises(Blocked):
        actions.record_departure(member, actor=hr, left_on=dt.date(2026, 8, 31), reason="再次")
    assert add().pk != member.pk


@pytest.mark.parametrize("left_on", [dt.date(2026, 9, 2), dt.date(2021, 6, 30)])
def test_nobody_leaves_tomorrow_or_before_he_came(add, actor, left_on):
    member = add()
    with pytest.raises(Blocked) as refused:
        actions.record_departure(member, actor=actor("ent_hr", "A"), left_on=left_on, reason="辞职")
    assert refused.value.reasons[0].field == "left_on"


def test_another_companys_desk_may_not_touch_the_register(add, actor, company):
    member = add()
    company("B")
    with pytest.raises(NotPermitted):
        actions.change_staff(
            member, actor=actor("ent_hr", "B"), number="1", department="x", position="x", employment="contract"
        )
