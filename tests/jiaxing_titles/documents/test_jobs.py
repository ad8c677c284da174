"""Jobs: asked for, made once, shown to their owner alone."""

import datetime as dt
import hashlib
from pathlib import Path

import pytest
from billiard.exceptions import SoftTimeLimitExceeded
from django.core.files.storage import default_storage
from django.db import OperationalError
from django.db.models.functions import Now
from kombu.exceptions import OperationalError as BrokerDown

from jiaxing_titles.accounts.actor import SYSTEM
from jiaxing_titles.documents import jobs, registry, tasks
from jiaxing_titles.documents.models import DocumentJob
from jiaxing_titles.documents.registry import DocumentError, document
from jiaxing_titles.documents.render import html_to_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def private_registry(monkeypatch, tmp_path, settings):
    monkeypatch.setattr(registry, "_kinds", {})
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def sent(monkeypatch):
    """What goes to the broker."""
    messages = []
    monkeypatch.setattr(jobs.current_app, "send_task", lambda name, arguments: messages.append((name, arguments)))
    return messages


def files(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def roster(job, progress):
    progress(1, 2)
    return "名册.txt", f"{job.parameters['year']} 年".encode()


def expire(job):
    DocumentJob.objects.filter(pk=job.pk).update(lease_until=Now() - dt.timedelta(seconds=1))


@pytest.fixture
def job(actor, sent):
    document("tests.roster", "名册")(roster)
    return jobs.request_document("tests.roster", actor=actor("ent_hr", "A"), title="2026 年名册", year=2026)


def test_published_after_commit(actor, sent, django_capture_on_commit_callbacks):
    document("tests.roster", "名册")(roster)
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.request_document("tests.roster", actor=actor("ent_hr", "A"), title="名册", year=2026)
        assert sent == []
    assert sent == [(jobs.MAKE, [job.pk])]
    job.refresh_from_db()
    assert job.state == "queued" and job.published_at


def test_broker_down_is_no_failure(job, monkeypatch):
    def down(name, arguments):
        raise BrokerDown

    monkeypatch.setattr(jobs.current_app, "send_task", down)
    jobs.publish(job.pk)
    job.refresh_from_db()
    assert job.published_at is None and jobs.due_again() == [job.pk]


def test_only_known_kinds_and_primitives(actor, sent):
    with pytest.raises(LookupError):
        jobs.request_document("tests.unknown", actor=actor("ent_hr", "A"), title="x")
    document("tests.roster", "名册")(roster)
    with pytest.raises(TypeError):
        jobs.request_document("tests.roster", actor=actor("ent_hr", "A"), title="x", day=dt.date(2026, 1, 1))
    with pytest.raises(TypeError):
        jobs.request_document("tests.roster", actor=actor("ent_hr", "A"), title="x", share=0.5)
    with pytest.raises(ValueError):
        document("tests.roster", "另一个")(lambda job, progress: ("x", b""))


def test_make_twice_ends_once(job, settings):
    tasks.make(job.pk)
    tasks.make(job.pk)
    job.refresh_from_db()
    assert (job.state, job.filename, job.progress_done, job.progress_total) == ("done", "名册.txt", 2, 2)
    assert job.sha256 == hashlib.sha256("2026 年".encode()).hexdigest() and job.finished_at
    assert job.attempts == 1 and len(files(settings)) == 1 and "名册" not in job.file.name
    assert jobs.due_again() == []


def test_a_file_as_result(actor, sent):
    def build(job, progress):
        path = progress.folder / "x.csv"
        path.write_bytes(b"a,b")
        return "导出.csv", path

    document("tests.export", "导出")(build)
    job = jobs.request_document("tests.export", actor=SYSTEM, title="导出")
    tasks.make(job.pk)
    job.refresh_from_db()
    assert job.file.read() == b"a,b" and job.requested_by is None


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (DocumentError("名单为空，没有可导出的人员。"), "名单为空，没有可导出的人员。"),
        (SoftTimeLimitExceeded(), "生成时间超过上限，已停止。请缩小范围（例如分企业或分批）后重新生成。"),
        (ZeroDivisionError(), "生成文件时出错，请稍后重新生成；仍不成功请联系管理员，并告知任务编号 {pk}。"),
    ],
)
def test_failure_is_a_sentence(actor, sent, settings, problem, sentence):
    def build(job, progress):
        raise problem

    document("tests.bad", "坏")(build)
    job = jobs.request_document("tests.bad", actor=actor("ent_hr", "A"), title="坏")
    tasks.make(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", sentence.format(pk=job.pk)) and not files(settings)


def test_database_gone_is_tried_again(actor, sent):
    def build(job, progress):
        raise OperationalError

    document("tests.gone", "断")(build)
    job = jobs.request_document("tests.gone", actor=actor("ent_hr", "A"), title="断")
    with pytest.raises(OperationalError):
        tasks.make(job.pk)
    assert jobs.due_again() == []
    expire(job)
    assert jobs.due_again() == [job.pk]


def test_undrawable_characters_are_named(actor, sent):
    document("tests.pdf", "公文")(lambda job, progress: ("公文.pdf", html_to_pdf("<p>𠮷先生")))
    job = jobs.request_document("tests.pdf", actor=actor("ent_hr", "A"), title="公文")
    tasks.make(job.pk)
    job.refresh_from_db()
    assert job.note == ("现有字库没有这些字，文件中会显示为方框：𠮷（U+20BB7）。请人工补写或联系管理员更换字库。")


def test_a_run_that_lost_its_lease_leaves_nothing(job, settings):
    first = jobs.claim(job.pk)
    assert jobs.claim(job.pk) is None
    expire(job)
    second = jobs.claim(job.pk)
    assert second.claim != first.claim
    assert not jobs.finish(first, "old.txt", b"old") and not files(settings)
    jobs.fail(first, "old")
    with pytest.raises(jobs.LeaseLost):
        jobs.Progress(first, Path("/nowhere"))(1, 5)
    assert jobs.finish(second, "new.txt", b"new")
    job.refresh_from_db()
    assert (job.state, job.filename, job.file.read()) == ("done", "new.txt", b"new")


def test_the_file_of_a_dead_run_is_cleared_away(job, settings):
    """Killed between storing the file and finishing the row."""
    first = jobs.claim(job.pk)
    jobs._store(first.claim, b"half")
    expire(job)
    assert jobs.finish(jobs.claim(job.pk), "new.txt", b"new")
    assert [path.read_bytes() for path in files(settings)] == [b"new"]


def test_resume_offers_lost_messages_again_but_not_at_once(job, sent):
    tasks.resume()
    tasks.resume()
    assert sent == [(jobs.MAKE, [job.pk])]
    DocumentJob.objects.filter(pk=job.pk).update(published_at=Now() - jobs.REPUBLISH_AFTER)
    tasks.resume()
    assert len(sent) == 2


def test_a_job_that_kills_its_worker_is_given_up(job, sent):
    for _ in range(jobs.MAX_ATTEMPTS):
        assert jobs.claim(job.pk)
        expire(job)
    assert jobs.claim(job.pk) is None
    tasks.resume()
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", jobs.GAVE_UP) and sent == []


def test_pages_belong_to_the_one_who_asked(job, login, actor, client):
    url, file_url = job.get_absolute_url(), f"{job.get_absolute_url()}file/"
    mine = login("ent_hr", "A")
    page = mine.get(url).content.decode()
    assert "排队中" in page and '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert 'hx-trigger="every 2s"' in page and mine.get(file_url).status_code == 404
    tasks.make(job.pk)
    part = mine.get(url, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<div id="job"') and "hx-trigger" not in part and file_url in part
    assert "refresh" not in mine.get(url).content.decode()
    response = mine.get(file_url)
    assert b"".join(response.streaming_content) == "2026 年".encode()
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E5%90%8D%E5%86%8C.txt")
    assert response["X-Content-Type-Options"] == "nosniff" and "sandbox" in response["Content-Security-Policy"]
    for stranger in (login("ent_lead", "A"), login("ent_hr", "B"), login("city_clerk", "city")):
        assert stranger.get(url).status_code == 404 and stranger.get(file_url).status_code == 404
    assert client.get(url).status_code == 302


def test_officials_where_the_kind_says_so(actor, sent, login):
    document("tests.filed", "备案表", readers=lambda job, reader: reader.role == "county")(roster)
    job = jobs.request_document("tests.filed", actor=actor("ent_hr", "A"), title="备案表", year=2026)
    assert login("county", "haining").get(job.get_absolute_url()).status_code == 200
    assert login("city_clerk", "city").get(job.get_absolute_url()).status_code == 404


def test_acting_elsewhere_the_owner_has_no_access(job, actor, city):
    assert jobs.may_read(job, actor("ent_hr", "A"))
    there = actor("ent_hr", "B")
    moved = type(there)(user=job.requested_by, role=there.role, organisation=there.organisation)
    assert not jobs.may_read(job, moved) and not jobs.may_read(job, None)


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_own_jobs(job, login, actor, count, django_assert_num_queries):
    for number in range(count - 1):
        jobs.request_document("tests.roster", actor=actor("ent_hr", "A"), title=f"又一份 {number}", year=2026)
    jobs.request_document("tests.roster", actor=actor("ent_hr", "B"), title="别家的", year=2026)
    mine = login("ent_hr", "A")
    mine.get("/jobs/")
    with django_assert_num_queries(5):
        page = mine.get("/jobs/").content.decode()
    assert page.count("排队中") == count and "别家的" not in page
    assert default_storage is not None


def test_files_go_after_thirty_days_and_the_row_stays(job, settings, at):
    at("2026-10-01 09:00:00")
    tasks.make(job.pk)
    digest = DocumentJob.objects.get(pk=job.pk).sha256
    at("2026-10-31 09:00:00")
    tasks.forget_files()
    assert (len(files(settings)), DocumentJob.objects.get(pk=job.pk).has_file) == (1, True)
    at("2026-10-31 09:00:01")
    tasks.forget_files()
    kept = DocumentJob.objects.get(pk=job.pk)
    assert files(settings) == []
    assert (kept.state, kept.has_file, kept.sha256) == ("done", False, digest)
