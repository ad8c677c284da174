"""Wrong input in every form of every step: a sentence in Chinese beside the field and in the summary, nothing written.

What was typed stays; an old page says who changed what; a second click does nothing twice; a stranger's number is 404.
"""

import re
from urllib.parse import urlencode

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from django.utils.html import escape

from applications.gates.parts import RELATIONS
from applications.models import StaffMember
from enterprises.models import Enterprise, PilotApplication
from jiaxing_titles.actions import steps
from jiaxing_titles.audit.models import AuditEvent
from tests.architecture.access import Knocker, known_by_sight, written
from tests.scenes.engineer import RECORDS
from tests.scenes.town import everybody

pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def wrong_value(field):
    """Something that this kind of field cannot take; None where every value is fine."""
    if isinstance(field, forms.FileField):
        return SimpleUploadedFile("证明.pdf", b"MZ\x90\x00 This program cannot be run in DOS mode.", "application/pdf")
    if isinstance(field, forms.BooleanField):
        return None
    if isinstance(field, forms.DateField):
        return "2026-02-30"
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return "不在其中"
    if isinstance(field, forms.EmailField):
        return "不是邮箱"
    if isinstance(field, forms.IntegerField | forms.DecimalField | forms.TimeField | forms.DateTimeField):
        return "八十"
    return "甲\x00乙"


def post(knocker, url, facts):
    files = any(hasattr(value, "read") for value in facts.values())
    if not files:
        return knocker.read("POST", url, urlencode(facts))
    return knocker.read("POST", url, encode_multipart(BOUNDARY, facts), MULTIPART_CONTENT)


def doors(login, actor):
    """(step, case, the person who may, url) of every step that has a form of its own."""
    people = everybody()
    actors = {name: actor(*who) for name, who in people.items()}
    clients = {}
    for step in steps.values():
        case = step.model._base_manager.order_by("pk").first()
        name = next((name for name, one in actors.items() if case and not step.refusal(case, one)), None)
        if name is None:
            continue
        if name not in clients:
            clients[name] = Knocker(name, login(*people[name]), len(clients) + 1)
        console = "console_do" if actors[name].is_official else "do"
        yield step, clients[name], reverse(console, args=[step.name, case.pk])


def told_twice(answer, field):
    """The complaints of the field that do not stand both beside it and in the summary, in Chinese."""
    text = answer.content.decode()
    places = 1 if field.is_hidden else 2  # a hidden field has no beside
    return [one for one in field.messages if text.count(escape(one)) < places or not CHINESE.search(one)]


def test_every_form_of_every_step_says_what_is_wrong(whole_year, login, actor):
    whole_year()
    all_doors = list(doors(login, actor))
    with known_by_sight():
        wrong, tried = all_wrong(all_doors)
    assert not wrong, "\n".join(wrong)
    assert tried > 150


def all_wrong(doors):
    """(what is amiss, how many forms were tried)"""
    wrong, tried = [], 0
    for step, knocker, url in doors:
        shown = knocker.read("GET", url)
        if shown.status_code != 200:
            wrong.append(f"{step.name}: GET {shown.status_code}")
            continue
        form = shown.context["form"]
        required = [name for name, field in form.fields.items() if field.required]
        typed = {name: wrong_value(field) for name, field in form.fields.items() if wrong_value(field) is not None}
        before = written()
        for facts, expected in (({}, required), (typed, typed)):
            if not expected:
                continue
            tried += 1
            answer = post(knocker, url, facts)
            wrong += [f"{step.name} {sorted(facts)[:1]}: {one}" for one in complaints(answer, facts, expected)]
        if unrecorded(written()) != unrecorded(before):
            wrong.append(f"{step.name}: a refused form has written")
    return wrong, tried


def unrecorded(counts):
    """Without the audit trail: a refusal by the step itself is on record, and nothing else of it."""
    return {name: number for name, number in counts.items() if not name.startswith("audit_")}


def complaints(answer, facts, expected):
    if answer.status_code == 409 and "现在还不能办理" in answer.content.decode():
        return  # a file whose kind only the step can judge, on a case that is not there yet
    if answer.status_code != 422:
        yield f"status {answer.status_code}"
        return
    form, text = answer.context["form"], answer.content.decode()
    if "<title>错误：" not in text:
        yield "the title does not begin with 错误："
    for name in expected:
        if name not in form.errors:
            yield f"{name} takes {facts.get(name)!r} without a word"
        elif untold := told_twice(answer, form[name]):
            yield f"{name}: {untold}"
        typed = facts.get(name)
        if typed == "2026-02-30" and typed not in text:
            yield f"{name}: what was typed is gone"


@pytest.fixture
def staff(company, login):
    """`staff(name=…)` sends HR's form for a new person and gives the answer."""
    enterprise = company("A")
    hr = login("ent_hr", "A")
    url = reverse("do", args=["applications.add_staff", enterprise.pk])

    def send(**changes):
        facts = {
            "name": "陈一",
            "id_kind": "passport",
            "id_number": "E12345678",
            "department": "工艺部",
            "position": "工艺员",
            "employment": "contract",
            "joined_on": "2021-07-01",
        }
        return hr.post(url, {**facts, **changes})

    return send


@pytest.mark.parametrize(
    "name", ["陈\x00一", "陈\ud83d一", "陈😀一", "\u202e一陈", "字" * 51, "​", "   ", "〇", "<b>陈</b>", "12345"]
)
def test_a_name_is_refused_in_words_or_kept_as_it_is(staff, name):
    """NUL, lone surrogate, emoji, RTL, too long, nothing to see, mark-up, digits."""
    sent = name.encode("utf-8", "replace").decode() if "\ud83d" in name else name
    answer = staff(name=sent)
    assert answer.status_code in (302, 422)
    if answer.status_code == 422:
        assert CHINESE.search(" ".join(answer.context["form"]["name"].messages))
        assert not StaffMember.objects.exists()
    else:
        assert StaffMember.objects.get().person.name == name.strip("\u202e\u200b ")


@pytest.mark.parametrize("day", ["2026-02-30", "二〇二四年", "2026/13/1", "0000-00-00", "99999-01-01", "²026-01-01"])
def test_a_day_that_is_none_is_refused_beside_its_field(staff, day):
    answer = staff(joined_on=day)
    assert answer.status_code == 422
    assert CHINESE.search(" ".join(answer.context["form"]["joined_on"].messages))
    assert escape(day) in answer.content.decode()
    assert not StaffMember.objects.exists()


@pytest.mark.parametrize(
    ("topic", "field", "typed", "told"),
    [
        ("education", "awarded_on", "2031-06-30", "毕业（取得）时间晚于今天，核对后重填。"),
        ("education", "awarded_on", "1990-06-30", "毕业时间早于入学时间"),
        ("education", "started_on", "1997-09", "入学时间早于出生日期，核对这两个日期。"),
        ("education", "started_on", "一九九七年", "不是日期"),
        ("hours", "year", "2027", "年度晚于今年，核对后重填。"),
        ("hours", "year", "-1", "大于"),
        ("hours", "hours", "九十", "数"),
        ("hours", "hours", "-5", "大于"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_lost(
    topic, field, typed, told, open_round, drafted_application, login
):
    application = drafted_application(open_round("A"), "张三")
    me = login("applicant", "A", "张三")
    before = written()
    sent = {f"{topic}-0-{name}": value for name, value in RECORDS[topic][0].items()}
    sent |= {f"{topic}-TOTAL_FORMS": 1, f"{topic}-INITIAL_FORMS": 1, f"{topic}-0-{field}": typed}
    answer = me.post(reverse("applications:records", args=[application.pk, topic]), sent)
    assert answer.status_code == 422
    [errors] = answer.context["formset"].errors
    assert [one for one in errors[field] if told in one], errors
    assert escape(typed) in answer.content.decode()
    assert getattr(application, RELATIONS[topic]).get().order == 0
    assert unrecorded(written()) == unrecorded(before)


def test_a_strangers_number_is_not_found(company, draft, login, staff):
    application = draft("A")
    staff()
    other = login("ent_hr", "B")
    company("B")
    member = StaffMember.objects.get()
    urls = [
        application.get_absolute_url(),
        f"{application.get_absolute_url()}profile/",
        member.get_absolute_url(),
        reverse("do", args=["enterprises.withdraw_application", application.pk]),
        reverse("do", args=["applications.record_departure", member.pk]),
        reverse("do", args=["applications.add_staff", application.enterprise_id]),
    ]
    for url in urls:
        for answer in (other.get(url), other.post(url, {"reason": "试试"})):
            assert answer.status_code in (403, 404, 405), url
            assert "示例精密" not in answer.content.decode(), url
    assert PilotApplication.objects.get().state == "draft"
    assert not AuditEvent.objects.filter(organisation=other_company(application)).exists()


def other_company(application):
    return Enterprise.objects.exclude(pk=application.enterprise_id).get().organisation


def test_an_old_page_says_who_did_what_and_keeps_what_was_typed(applied, login, city):
    """The county recommended while the city had an older page open."""
    application = applied("A", "recommended")
    url = reverse("console_do", args=["enterprises.send_application_to_county", application.pk])
    clerk = login("city_clerk", "city")
    version = re.search(r'name="version" value="(\d+)"', clerk.get(url).content.decode())[1]
    facts = {"version": int(version) - 1, "key": "k-1", "reason": "人才结构表与社保人数不符，请核对。"}
    answer = clerk.post(url, facts)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "已在" in text
    assert "推荐" in text
    assert city.person("county", "haining").name in text
    assert facts["reason"] in text
    assert PilotApplication.objects.get().state == "recommended"
    fresh = re.search(r'name="version" value="(\d+)"', text)[1]
    assert clerk.post(url, {**facts, "version": fresh}).status_code == 302


def test_a_second_click_does_it_once(staff):
    """The same key twice: one person, one event, the same page to land on."""
    first, second = staff(key="click-1"), staff(key="click-1")
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.headers["Location"] == second.headers["Location"]
    assert StaffMember.objects.count() == 1
    assert AuditEvent.objects.filter(step="applications.add_staff").count() == 1
