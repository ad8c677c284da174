"""Uploads are believed only after they were opened: one sentence for each kind of file that may not come in."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO, Any

import filetype
from django.core.exceptions import ValidationError

from jiaxing_titles.attachments import pdf, pictures
from jiaxing_titles.sheets.guard import (
    MAX_ENTRIES_TO_KEEP,
    OLE,
    Refused,
    check_package,
    kind_of_package,
)

MAX_MB = 20
KINDS = ("pdf", "jpg", "png", "xlsx", "docx", "ofd")
_WORDS = {
    "pdf": "PDF",
    "jpg": "JPG 图片",
    "png": "PNG 图片",
    "xlsx": "Excel（xlsx）",
    "docx": "Word（docx）",
    "ofd": "OFD",
}
_SAME = {"jpeg": "jpg", "jpe": "jpg"}
# Kinds a program or browser would run; as an inner extension (报告.exe.pdf) they are meant to deceive.
_PROGRAMS = {
    "exe",
    "com",
    "bat",
    "cmd",
    "scr",
    "pif",
    "msi",
    "dll",
    "jar",
    "js",
    "jse",
    "vbs",
    "vbe",
    "wsf",
    "ps1",
    "sh",
    "lnk",
}
_PAGES = {"hta", "htm", "html", "xhtml", "shtml", "svg", "php", "asp", "aspx"}
_WITH_MACROS = {"jsp", "xlsm", "xltm", "docm", "dotm"}
_RUNNABLE = _PROGRAMS | _PAGES | _WITH_MACROS
_INVISIBLE = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True)
class CheckedUpload:
    """An upload that may be stored: `content` is what will be kept (pictures re-encoded), `pages` None if unknown."""

    name: str
    kind: str
    content: bytes
    pages: int | None


def check_upload(upload: IO[bytes] | Any, *, kinds: Collection[str] = KINDS, max_mb: int = MAX_MB) -> CheckedUpload:
    """Opens the upload (anything with name and read()) and returns what may be kept.

    Raises ValidationError with one sentence: empty, too large, other kind than allowed or than its name says,
    damaged, locked, or with content that acts (scripts, macros, embedded files).
    """
    name = clean_name(getattr(upload, "name", "") or "")
    size = getattr(upload, "size", None)
    if size is not None and size > max_mb * 2**20:
        raise _too_large(size, max_mb)
    upload.seek(0)
    content = upload.read(max_mb * 2**20 + 1)
    if not content:
        raise ValidationError("文件是空的（0 字节），请重新选择。", code="empty")
    if len(content) > max_mb * 2**20:
        raise _too_large(len(content), max_mb)
    _check_name(name, kinds)
    kind = _kind(content, kinds)
    _check_agreement(name, kind)
    try:
        return _open(name, kind, content)
    except Refused as problem:
        raise ValidationError(str(problem), code="content") from problem


def clean_name(name: str) -> str:
    """The last part of the name, without invisible or direction-changing characters, at most 200 long."""
    name = _INVISIBLE.sub("", unicodedata.normalize("NFC", name.replace("\\", "/")))
    last = PurePosixPath(name).name.strip(" .") or "未命名"
    stem, dot, extension = last.rpartition(".")
    return f"{stem[:190]}{dot}{extension[:9]}" if dot else last[:200]


def _too_large(size: int, max_mb: int) -> ValidationError:
    shown = f"{size / 2**20:.1f}"
    return ValidationError(f"文件有 {shown} MB，超过 {max_mb} MB 的上限。请压缩或拆分后再上传。", code="size")


def _listed(kinds: Collection[str]) -> str:
    return "、".join(_WORDS[kind] for kind in KINDS if kind in kinds)


def _extension(part: str) -> str:
    part = part.lower()
    return _SAME.get(part, part)


def _check_name(name: str, kinds: Collection[str]) -> None:
    *inner, last = name.split(".") if "." in name else (name, "")
    extension = _extension(last)
    if extension in ("xls", "doc"):
        raise ValidationError(f"不接收旧版 Office 文件（{extension}）。请另存为 {extension}x 再上传。", code="name")
    if extension not in kinds:
        shown = f"“.{last}”" if extension else "没有扩展名的"
        raise ValidationError(f"不接收{shown}文件。可以上传：{_listed(kinds)}。", code="name")
    if any(_extension(part.strip()) in _RUNNABLE for part in inner[1:]):
        raise ValidationError("文件名有两个扩展名，像是伪装的程序，未予接收。请改名后再上传。", code="name")


def _kind(content: bytes, kinds: Collection[str]) -> str:
    """What the content is; refuses everything outside `kinds`."""
    if content.startswith(OLE):
        try:
            check_package(BytesIO(content), "xlsx")
        except Refused as problem:
            raise ValidationError(str(problem), code="content") from problem
    guess = filetype.guess_extension(content[:8192])
    if content.startswith(b"PK"):
        guess = kind_of_package(BytesIO(content)) or "zip"
    elif re.match(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*<", content[:200]):
        raise ValidationError(f"这是网页或 SVG 文件，不能上传。可以上传：{_listed(kinds)}。", code="content")
    if guess in kinds:
        return str(guess)
    what = f"是 {guess} 类型的" if guess else "不是可识别的"
    raise ValidationError(f"文件内容{what}文件。可以上传：{_listed(kinds)}。", code="content")


def _check_agreement(name: str, kind: str) -> None:
    extension = _extension(name.rpartition(".")[2])
    if extension != kind:
        raise ValidationError(
            f"文件名是 .{extension}，内容却是 {_WORDS[kind]}。请把扩展名改为 .{kind} 后再上传。", code="mismatch"
        )


def _open(name: str, kind: str, content: bytes) -> CheckedUpload:
    if kind == "pdf":
        return CheckedUpload(name, kind, content, pdf.check_pdf(content))
    if kind in ("jpg", "png"):
        return CheckedUpload(name, kind, pictures.re_encoded(content, kind), 1)
    check_package(BytesIO(content), kind, max_entries=MAX_ENTRIES_TO_KEEP)
    return CheckedUpload(name, kind, content, None)
