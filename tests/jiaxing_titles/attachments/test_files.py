"""Storing, who may read, and the headers with which files leave."""

import errno
import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from PIL import Image

from jiaxing_titles.attachments import access
from jiaxing_titles.attachments.fields import AttachmentField, AttachmentsField
from jiaxing_titles.attachments.models import Attachment
from jiaxing_titles.attachments.store import store
from tests.jiaxing_titles.attachments.conftest import chinese_pdf, docx, pdf, picture, uploaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def clean_registry(monkeypatch):
    monkeypatch.setattr(access, "_resolvers", {})


@pytest.fixture
def kept(actor, clean_registry):
    """A PDF of 12 pages kept by 企业经办 of A."""
    return store(uploaded("李堃 学历“证书”.pdf", pdf(12)), actor=actor("ent_hr", "A"), slot="学历证书")


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


def test_store(kept, media, city):
    path = Path(kept.file.path)
    assert path.is_relative_to(media) and oct(path.stat().st_mode & 0o777) == "0o600"
    assert kept.sha256 == hashlib.sha256(path.read_bytes()).hexdigest() and kept.size == path.stat().st_size
    assert (kept.kind, kept.pages, kept.slot, kept.uploaded_by) == ("pdf", 12, "学历证书", city.person("ent_hr", "A"))
    assert kept.original_name == "李堃 学历“证书”.pdf" and "李" not in kept.file.name and "." not in kept.file.name


def test_a_bad_upload_leaves_nothing(actor, media):
    with pytest.raises(ValidationError):
        store(uploaded("a.pdf", b"MZ"), actor=actor("ent_hr", "A"), slot="")
    assert not files_in(media) and not Attachment.objects.exists()


def test_full_disk_leaves_nothing(actor, media, monkeypatch):
    """As on a full disk, the file exists and half of it is written when the error comes."""
    real = default_storage._wrapped.__class__._save

    def half(storage, name, content):
        saved = real(storage, name, content)
        raise OSError(errno.ENOSPC, "No space left on device", saved)

    monkeypatch.setattr(default_storage._wrapped.__class__, "_save", half)
    with pytest.raises(ValidationError) as caught:
        store(uploaded("a.pdf", pdf()), actor=actor("ent_hr", "A"), slot="")
    assert caught.value.messages == ["服务器存储空间已满，文件没有保存。请稍后再试或联系管理员。"]
    assert not files_in(media) and not Attachment.objects.exists()


def test_download_headers(kept, login):
    response = login("ent_hr", "A").get(kept.get_absolute_url())
    assert b"".join(response.streaming_content) == Path(kept.file.path).read_bytes()
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E6%9D%8E%E5%A0%83%20%E5%AD%A6%E5%8E%86%E2%80%9C%E8%AF%81%E4%B9%A6%E2%80%9D.pdf"
    )
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'self'"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", ["download", "view"])
def test_strangers_see_nothing(kept, login, client, name):
    url = reverse(f"attachments:{name}", args=[kept.pk])
    assert login("ent_hr", "B").get(url).status_code == 404
    assert login("county", "haining").get(url).status_code == 404
    assert login("ent_hr", "A").get(reverse(f"attachments:{name}", args=[kept.pk + 1])).status_code == 404
    anonymous = client.get(url)
    assert anonymous.status_code == 302 and anonymous["Location"].startswith("/account/login/")


def test_the_owner_decides_once_there_is_one(kept, login, actor):
    """A county reads what hangs on a case of its own; the uploader has no say once the file is linked."""

    @access.resolver("tests.case")
    def county_only(attachment, reader):
        return reader.role == "county" if attachment.pk == kept.pk else None

    assert login("county", "haining").get(kept.get_absolute_url()).status_code == 200
    assert login("ent_hr", "A").get(kept.get_absolute_url()).status_code == 404
    other = store(uploaded("b.pdf", pdf()), actor=actor("ent_hr", "A"), slot="")
    assert login("ent_hr", "A").get(other.get_absolute_url()).status_code == 200

    @access.resolver("tests.second")
    def uploader_too(attachment, reader):
        return attachment.uploaded_by_id == reader.user.pk

    assert login("ent_hr", "A").get(kept.get_absolute_url()).status_code == 200
    with pytest.raises(ValueError):
        access.resolver("tests.case")(uploader_too)


def test_missing_file_is_a_page_not_an_error(kept, login, caplog):
    default_storage.delete(kept.file.name)
    client = login("ent_hr", "A")
    assert client.get(kept.get_absolute_url()).status_code == 404
    assert client.get(reverse("attachments:page", args=[kept.pk, 1])).status_code == 404
    assert f"attachment {kept.pk} is missing in storage" in caplog.text


def test_viewer_page(kept, login):
    client = login("ent_hr", "A")
    response = client.get(kept.view_url)
    page = response.content.decode()
    assert page.count("<img") == 10 and "?from=11" in page and "<script" not in page
    assert "sandbox allow-same-origin allow-downloads" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    last = client.get(kept.view_url, {"from": "11"}).content.decode()
    assert last.count("<img") == 2 and "?from=1" in last
    for odd in ("0", "-1", "²", "99999999999", "x"):
        assert client.get(kept.view_url, {"from": odd}).status_code == 200


def test_pdf_page_is_a_picture_with_the_characters_drawn(actor, login, clean_registry, media):
    """宋体 is named, not embedded: without stand-in fonts the page would come out white."""
    attachment = store(uploaded("a.pdf", chinese_pdf("嘉兴市职称")), actor=actor("ent_hr", "A"), slot="")
    client = login("ent_hr", "A")
    url = reverse("attachments:page", args=[attachment.pk, 1])
    response = client.get(url)
    assert response["Content-Type"] == "image/png" and response["X-Content-Type-Options"] == "nosniff"
    with Image.open(BytesIO(response.content)) as page:
        assert page.size == (1240, 1755)
        dark = sum(page.convert("L").point(lambda level: level < 128).histogram()[1:])
        assert dark > 3000
    kept_files = len(files_in(media))
    assert client.get(url).content == response.content and len(files_in(media)) == kept_files
    assert client.get(reverse("attachments:page", args=[attachment.pk, 2])).status_code == 404
    assert login("ent_hr", "B").get(url).status_code == 404


def test_pictures_are_shown_and_word_is_not(actor, login, clean_registry):
    photo = store(uploaded("a.jpg", picture("JPEG")), actor=actor("ent_hr", "A"), slot="")
    client = login("ent_hr", "A")
    response = client.get(reverse("attachments:page", args=[photo.pk, 1]))
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'self'"
    word = store(uploaded("a.docx", docx()), actor=actor("ent_hr", "A"), slot="")
    assert "这类文件不能在线显示，请下载后查看。" in client.get(word.view_url).content.decode()
    assert client.get(reverse("attachments:page", args=[word.pk, 1])).status_code == 404


class OneForm(forms.Form):
    file = AttachmentField(label="学历证书", kinds=("pdf", "jpg"))


class ManyForm(forms.Form):
    files = AttachmentsField(label="业绩材料", max_files=2)


def test_fields_clean_to_what_store_takes(actor):
    form = OneForm({}, {"file": uploaded("a.pdf", pdf())})
    assert form.is_valid()
    assert store(form.cleaned_data["file"], actor=actor("ent_hr", "A"), slot="学历证书").pages == 1
    assert 'accept=".pdf,.jpg,.jpeg"' in str(form["file"])


def test_fields_say_what_is_wrong():
    assert OneForm({}, {}).errors["file"] == ["请选择要上传的文件。"]
    assert OneForm({}, {"file": uploaded("a.pdf", b"")}).errors["file"] == ["文件是空的（0 字节），请重新选择。"]
    several = MultiValueDict({"files": [uploaded("好.pdf", pdf()), uploaded("坏.pdf", b"MZ" + b"\0" * 600)]})
    assert ManyForm({}, several).errors["files"][0].startswith("坏.pdf：文件内容是 exe 类型的文件。")
    three = MultiValueDict({"files": [uploaded("好.pdf", pdf())] * 3})
    assert ManyForm({}, three).errors["files"] == ["一次最多上传 2 个文件，请分几次上传。"]
    good = ManyForm({}, MultiValueDict({"files": [uploaded("好.pdf", pdf())] * 2}))
    assert good.is_valid() and len(good.cleaned_data["files"]) == 2
