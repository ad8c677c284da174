"""一次性告知: a company's application and a person's application go back once, with everything, and return."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.journeys.chapters.declaring import application_of, tick_and_endorse
from tests.journeys.driver import fresh, rows
from tests.scenes.engineer import RECORDS

pytestmark = pytest.mark.django_db


def test_the_county_returns_an_application_and_takes_it_back_after_the_window(year, applied):
    application = applied("A", "submitted")
    year.at("2026-03-30 10:00:00")
    year.county.open(application.console_url())
    year.head.refused("enterprises.recall_application", application, "不能再撤回")
    correction = reverse("admin:enterprises_application_correction", args=[application.pk])
    items = [
        {"place": "hr_system", "defect": "制度没有盖章。", "remedy": "盖章后重新上传。"},
        {"place": "talent", "defect": "中级人数与名册不一致。", "remedy": "核对后改正。"},
    ]
    year.county.send(correction, press="告知", due_on=dt.date(2026, 4, 13), **rows("items", *items))
    assert fresh(application).state == "returned"
    assert year.told(year.hr, "需要补正")
    page = year.hr.open(f"/ent/pilot/{application.pk}/")
    for item in items:
        assert item["defect"] in page.text
    year.hr.send(f"/ent/pilot/{application.pk}/files/", press="上传", slot="hr_system", file=year.pdf("制度.pdf"))
    year.at("2026-04-10 16:00:00")  # the window closed on 31 March; the correction's own day counts
    year.hr.do("enterprises.hand_application_to_lead", application, commitment=True)
    year.head.do("enterprises.submit_application", application, responsibility=True)
    application = fresh(application)
    assert application.state == "submitted"
    assert application.open_correction is None


def test_hr_returns_a_person_who_corrects_and_submits_a_second_version(year, open_round, submitted):
    one = open_round()
    application = submitted(one, "张三")
    me, hr = year.applicant("张三"), year.hr
    first = application.latest
    notice = {
        "due_on": dt.date(2026, 9, 8),
        "topic_1": "education",
        "problem_1": "毕业时间与证书不一致。",
        "remedy_1": "按证书改正。",
        "topic_2": "hours",
        "problem_2": "证明没有盖章。",
    }
    hr.do("applications.return_application", application, **notice)
    assert year.told(me, "需要补正")
    here = f"/my/applications/{application.pk}"
    page = me.open(f"{here}/")
    assert notice["problem_1"] in page.text
    assert notice["problem_2"] in page.text
    hr.refused("applications.endorse", application, "需要补正")

    school = {**RECORDS["education"][0], "awarded_on": "2021-06-25"}
    known = {key: value for key, value in school.items() if value}
    me.send(f"{here}/education/", press="稍后再填", **rows("education", known))
    me.send(f"{here}/hours/", press="稍后再填", file=year.pdf("学时.pdf"))
    me.send(f"{here}/check/", agreed=True, typed_name="张三")
    application = application_of("张三")
    assert (application.state, application.latest.number) == ("submitted", 2)
    first.refresh_from_db()
    assert first.snapshot["topics"]["education"] != application.latest.snapshot["topics"]["education"]

    again = hr.send(
        hr.open(hr.step_url("applications.return_application", application)),
        why_not_earlier="新发现的问题。",
        **{key: notice[key] for key in ("due_on", "topic_1", "problem_1")},
    )
    assert again.status == 200
    assert application.returns.count() == 2
    me.send(f"{here}/check/", agreed=True, typed_name="张三")
    tick_and_endorse(year, application_of("张三"))
