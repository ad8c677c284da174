"""撤销: a title obtained by false material goes by a decision of its own; the old document stays readable."""

import datetime as dt

import pytest

from applications.models import TitleApplication
from certificates.models import AnnouncementDocument, Annulment, Appointment, CertificateBatch, TitleGrant
from enterprises.models import CreditRecord
from tests.journeys.chapters.declaring import application_of
from tests.journeys.driver import fresh

pytestmark = pytest.mark.django_db

SIX = "办法六"


def test_revoked_everywhere_from_its_own_day(year, issued, profile):
    issued("张三", "李四")
    layout = profile()
    application, me = application_of("张三"), year.applicant("张三")
    grant, document = TitleGrant.objects.get(application=application), AnnouncementDocument.objects.get()
    year.at("2027-03-01 09:00:00")
    assert "已撤销" not in year.visitor.open(f"/verify/{grant.verify_code}/").text

    facts = {"ground": "false_material", "facts": "业绩证明系伪造。"}
    year.county.stranger("certificates.open_annulment", application)
    year.clerk.do("certificates.open_annulment", application, **facts)
    case = Annulment.objects.get()
    year.clerk.do("certificates.notice_annulment", case, statement_due_on=dt.date(2027, 3, 10))
    assert year.told(me, "陈述申辩")
    year.clerk.refused("certificates.close_hearing", case, "还没有陈述申辩", clause=SIX)
    assert facts["facts"] in me.open(case.get_absolute_url()).text
    me.do("certificates.state_defence", case, statement="对事实无异议。")
    year.clerk.do("certificates.close_hearing", case)
    year.clerk.do("certificates.submit_annulment", case, conclusion="撤销资格。")
    year.clerk.stranger("certificates.review_annulment", case)
    year.reviewer.do("certificates.review_annulment", case)
    assert application_of("张三").state == "announced"
    year.at("2027-03-15 09:00:00")
    decision = {"number": "嘉人社〔2027〕9号", "dated_on": dt.date(2027, 3, 15)}
    year.leader.refused(
        "certificates.decide_annulment", case, "3号", number="嘉人社〔2026〕3号", dated_on=dt.date(2027, 3, 15)
    )
    year.leader.do("certificates.decide_annulment", case, **decision)

    assert application_of("张三").state == "revoked"
    assert application_of("李四").state == "announced"
    assert "已撤销" in year.visitor.open(f"/verify/{grant.verify_code}/").text
    page = year.visitor.open(f"/notices/documents/{document.pk}/")
    assert "张三" in page.text
    assert "嘉人社〔2027〕9号" in page.text
    assert Appointment.objects.get(grant=grant).state == "ended"
    assert CreditRecord.objects.filter(enterprise=application.enterprise, person=me.user).exists()
    bureau = year.city["city"].bureau
    told = {"cycle": year.city.cycle, "kind": "revocation", "profile": layout, "purpose": "报送撤销名单"}
    year.clerk.do("certificates.draft_batch", bureau, **told)
    sent = CertificateBatch.objects.get()
    assert [line.grant for line in sent.lines.all()] == [grant]
    wanted = {"cycle": year.city.cycle, "kind": "grant", "profile": layout, "purpose": "报送"}
    year.clerk.do("certificates.draft_batch", bureau, **wanted)
    others = CertificateBatch.objects.get(kind="grant")
    assert [line.grant.person.name for line in others.lines.all()] == ["李四"]
    assert fresh(document).content_hash == document.content_hash
    assert TitleApplication.objects.filter(state="revoked").count() == 1
