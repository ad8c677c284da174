"""The portal's menu: every role can open what its menu names, and sees where it stands and what is unread."""

import pytest

from jiaxing_titles import clock
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.notifications.models import Notification
from jiaxing_titles.ui.menu import ENTRIES, menu_of

pytestmark = pytest.mark.django_db
PLACES = {Role.LIBRARY_MEMBER: "city", Role.COMMITTEE: "city", Role.TELLER: "city"}
ROLES = sorted({role for entry in ENTRIES for role in entry.roles})


@pytest.mark.parametrize("role", ROLES)
def test_no_word_of_the_menu_leads_to_a_closed_door(company, login, role):
    company("A")
    client = login(role, PLACES.get(role, "A"))
    paths = [one.entry.path for one in menu_of(role, "/")]
    assert paths
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


@pytest.mark.parametrize(
    ("role", "path", "label"),
    [
        (Role.ENT_HR, "/ent/", "首页"),
        (Role.ENT_HR, "/ent/filing/7/", "评审会"),
        (Role.PANEL_SEC, "/panel/meetings/7/pads/", "评审会"),
        (Role.ENT_LEAD, "/appointments/7/", "聘任兑现"),
        (Role.APPLICANT, "/my/titles/", "我的资格"),
        (Role.APPLICANT, "/my/applications/7/", "我的申报"),
        (Role.PANEL_EXPERT, "/ent/meetings/7/", "我的评审"),
        (Role.TELLER, "/todo/", ""),
    ],
)
def test_the_menu_marks_where_the_page_belongs(role, path, label):
    assert "".join(one.entry.label for one in menu_of(role, path) if one.here) == label


def test_unread_messages_are_counted_in_the_masthead(city, login):
    client = login("ent_hr", "A")
    told = {"user": city.person("ent_hr", "A"), "title": "受理", "text": "已受理。", "created_at": clock.now()}
    Notification.objects.bulk_create([Notification(key=f"k{number}", **told) for number in range(3)])
    page = client.get("/todo/").content.decode()
    assert 'href="/messages/">消息 <span class="count">3</span>' in page
    client.post("/messages/")
    assert '<span class="count">' not in client.get("/todo/").content.decode()
