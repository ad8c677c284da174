"""From the invitation to one's own first page."""

import re

import pytest
from django.core import mail
from django.test import Client

from jiaxing_titles.accounts import grants
from jiaxing_titles.accounts.actions import invite, invite_company, print_desk_code
from jiaxing_titles.accounts.models import Invitation, Membership, User
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.notifications.models import Notification
from jiaxing_titles.notifications.tasks import deliver

pytestmark = pytest.mark.django_db
NEW = {"name": "陆新来", "email": "lu@example.com"}
CHOSEN = {"username": "luxinlai", "password": "Xin-Lai-2026!", "again": "Xin-Lai-2026!"}


@pytest.fixture
def invitation(city, actor) -> Invitation:
    return invite_company(city["A"], actor=actor("county", "haining"), role="ent_hr", **NEW)


def link(settings) -> str:
    deliver()
    [message] = mail.outbox
    assert message.to == ["lu@example.com"]
    return re.search(r"https?://[^/]+(/invite/\S+/)", message.body)[1]


def test_the_mail_leads_to_the_first_page_of_the_role(invitation, settings):
    path, visitor = link(settings), Client()
    assert visitor.get(path).status_code == 200
    done = visitor.post(path, CHOSEN, follow=True)
    assert done.redirect_chain[-1][0] == "/ent/"
    assert Membership.objects.current().filter(user=invitation.user, role="ent_hr").count() == 1
    assert grants.differences() == []


def test_no_link_that_opens_stands_in_the_database(invitation, settings):
    path = link(settings)
    assert Notification.objects.get().url == f"/invite/{invitation.pk}/"
    assert path != Notification.objects.get().url
    assert Client().get(f"/invite/{invitation.pk}/").status_code == 404


def test_a_link_works_once(invitation, settings):
    path = link(settings)
    Client().post(path, CHOSEN)
    again = Client().get(path)
    assert again.status_code == 410
    assert "已经用过或过期" in again.content.decode()


def test_a_link_ends_after_fourteen_days(invitation, settings, at):
    path = link(settings)
    at("2026-02-16 09:00:00")
    assert Client().get(path).status_code == 410


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"password": "short", "again": "short"}, "密码"),
        ({"again": "Another-2026!"}, "两次输入的密码不一样"),
        ({"username": "county-haining-"}, "这个用户名已被使用"),
    ],
)
def test_bad_choices_are_told_beside_the_field(invitation, settings, typed, sentence):
    page = Client().post(link(settings), {**CHOSEN, **typed})
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert Membership.objects.filter(user=invitation.user).count() == 0


def test_a_forged_link_is_not_found(invitation):
    assert Client().get(f"/invite/{invitation.pk}:forged/").status_code == 404


def test_a_printed_code_needs_a_second_official_and_opens_the_same_page(city, actor, login):
    first, second = actor("county", "haining"), login("county", "haining", "第二经办")
    invitation = invite_company(city["A"], actor=first, role="ent_lead", name="无邮箱", phone="13800001234")
    with pytest.raises(Blocked, match="另一名经办人打印"):
        print_desk_code(invitation, actor=first)
    url = f"/console/desk-code/{invitation.pk}/"
    page = second.get(url).context
    shown = second.post(url, {"version": page["version"], "key": page["key"]})
    code = re.search(r"<strong>([A-Z2-9-]{14})</strong>", shown.content.decode())[1]
    assert Invitation.objects.get(pk=invitation.pk).code_hash not in ("", code)
    done = Client().post("/invite/code/", {"code": code.lower()}, follow=True)
    assert "设置您的用户名和密码" in done.content.decode()


def test_a_wrong_code_tells_nothing(city):
    page = Client().post("/invite/code/", {"code": "AAAA-BBBB-CCCC"})
    assert page.status_code == 422
    assert "没有查到这个口令" in page.content.decode()


@pytest.mark.parametrize(
    ("role", "place", "wanted", "error"),
    [
        ("ent_hr", "A", "ent_lead", Blocked),
        ("ent_hr", "B", "applicant", NotPermitted),
        ("applicant", "A", "applicant", NotPermitted),
    ],
)
def test_nobody_lets_in_beyond_his_own(city, actor, role, place, wanted, error):
    with pytest.raises(error):
        invite(city["A"], actor=actor(role, place), role=wanted, **NEW)
    assert Invitation.objects.count() == 0


def test_an_address_that_belongs_to_another_name_is_refused(city, actor):
    User.objects.create(username="other", name="别人", email="lu@example.com")
    with pytest.raises(Blocked, match="登记在另一个姓名下"):
        invite_company(city["A"], actor=actor("county", "haining"), role="ent_hr", **NEW)
