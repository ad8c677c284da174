"""Each workbook that must be refused as a whole, with its exact sentence."""

import re
import resource
import zipfile
from io import BytesIO

import pytest

from jiaxing_titles.sheets import Refused, Schema, read_workbook
from tests.jiaxing_titles.sheets.conftest import GOOD, PEOPLE, headers, repack, with_people, workbook

BROKEN = "文件已损坏或不是 xlsx 文件，无法打开。请用 Excel 或 WPS 重新另存一份再上传。"
SHEET_XML = "xl/worksheets/sheet1.xml"


def refusal(file: BytesIO, schema: Schema) -> str:
    with pytest.raises(Refused) as caught:
        read_workbook(file, schema)
    return str(caught.value)


def patched(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    return data.replace(old, new)


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all" * 10, b"PK\x03\x04" + b"\0" * 400])
def test_not_a_zip(content, people):
    assert refusal(BytesIO(content), people) == BROKEN


def test_truncated(people):
    assert refusal(BytesIO(with_people(GOOD).getvalue()[:-200]), people) == BROKEN


def test_old_xls_renamed(people):
    content = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 1000 + "Workbook".encode("utf-16-le")
    assert refusal(BytesIO(content), people) == (
        "这是旧版 Office 文件（xls、doc）。请用 Excel 或 WPS 另存为 xlsx 或 docx 再上传，只改文件名没有用。"
    )


def test_encrypted(people):
    content = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le")
    assert refusal(BytesIO(content), people) == "文件设了打开密码。请在 Excel 或 WPS 中取消密码后重新保存再上传。"


def test_zip_that_is_no_workbook(people):
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("readme.txt", "hello")
    assert refusal(file, people) == "文件不是有效的 xlsx 文件。请用 Excel 或 WPS 另存为 xlsx 再上传，只改文件名没有用。"


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "xl/activeX/activeX1.bin"])
def test_macros(part, people):
    file = repack(with_people(GOOD), {part: b"x"})
    assert refusal(file, people) == "文件含有宏，未予接收。请另存为不含宏的文件（xlsx、docx）再上传。"


def test_external_links(people):
    file = repack(with_people(GOOD), {"xl/externalLinks/externalLink1.xml": b"<x/>"})
    assert refusal(file, people) == "文件引用了其他工作簿的数据。请在“数据—编辑链接”中断开链接，保存后再上传。"


def test_external_relationship(people):
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        b'Target="http://evil.invalid/x.png" TargetMode="External"/></Relationships>'
    )
    file = repack(with_people(GOOD), {"xl/worksheets/_rels/sheet1.xml.rels": rels})
    assert refusal(file, people) == "文件会从外部地址读取内容，未予接收。请删除外部链接后重新保存再上传。"


def test_hyperlinks_are_no_external_relationship(people):
    file = workbook(
        {"人员": [headers(), GOOD]}, touch=lambda book, pages: pages["人员"].write_url("Z9", "http://a.invalid")
    )
    assert [row.values["name"] for row in read_workbook(file, people).rows["人员"]] == ["李堃"]


@pytest.mark.parametrize("part", ["xl/embeddings/object.bin", "xl/inner.zip"])
def test_embedded_files(part, people):
    file = repack(with_people(GOOD), {part: b"x"})
    assert refusal(file, people) == "文件里嵌入了其他文件。请删除嵌入的对象，或把它们单独上传。"


@pytest.mark.parametrize("part", ["../evil", "/etc/passwd", "xl/..\\..\\evil", "C:/evil"])
def test_paths_out_of_the_package(part, people):
    file = repack(with_people(GOOD), {part: b"x"})
    assert refusal(file, people) == "文件内含指向外部位置的路径，未予接收。请重新另存一份再上传。"


def test_symbolic_link(people):
    file = with_people(GOOD)
    link = zipfile.ZipInfo("xl/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(file, "a") as package:
        package.writestr(link, "/etc/passwd")
    assert refusal(file, people) == "文件内含符号链接，未予接收。请重新另存一份再上传。"


def test_too_many_entries(people):
    file = repack(with_people(GOOD), {f"xl/junk{i}.xml": b"<x/>" for i in range(60)})
    said = refusal(file, people)
    assert re.fullmatch(r"文件内含 \d+ 个部件，超过 50 个的上限。请只保留需要的工作表，另存后再上传。", said)


def test_bomb_by_ratio(people):
    file = repack(with_people(GOOD), {"xl/bomb.xml": b"<a>" + b" " * 50_000_000 + b"</a>"})
    assert len(file.getvalue()) < 200_000
    assert refusal(file, people) == "文件压缩比超过 100 倍，可能是压缩炸弹，未予接收。请把内容复制到新文件后再上传。"


def test_bomb_by_size_is_refused_without_unpacking(people):
    file = repack(with_people(GOOD), {"xl/bomb.xml": b" " * 200_000_000})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refusal(file, people) == "文件解压后有 190 MB，超过 100 MB 的上限。请删除多余内容后再上传。"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_directory_that_lies_about_the_size(people):
    """Central directory says 10 bytes where 3 MB come out; a parser that trusts the stream would unpack them all."""
    file = repack(with_people(GOOD), {"xl/zz.xml": b"\0" * 3_000_000})
    raw = bytearray(file.getvalue())
    entry = raw.rindex(b"PK\x01\x02", 0, raw.rindex(b"xl/zz.xml"))
    raw[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    assert refusal(BytesIO(bytes(raw)), people) == (
        "文件目录与实际内容不符，可能是压缩炸弹，未予接收。请重新另存一份再上传。"
    )


def test_entities(people):
    doctype = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

    def replace(name, data):
        return doctype + data.split(b"?>", 1)[1] if name == SHEET_XML else data

    said = refusal(repack(with_people(GOOD), replace=replace), people)
    assert said == "文件内含 XML 实体声明，未予接收。请把内容复制到新文件后再上传。"


def test_broken_xml(people):
    file = repack(with_people(GOOD), replace=lambda name, data: data[:-30] if name == SHEET_XML else data)
    assert refusal(file, people) == "文件已损坏，无法读取。请用 Excel 或 WPS 重新另存一份再上传。"


def test_too_many_rows(people):
    file = with_people(*([GOOD] * 12))
    limited = Schema(people.title, people.version, people.sheets, max_rows=10)
    assert refusal(file, limited) == "工作表“人员”超过 10 行的上限。请拆成几个文件分别上传。"


@pytest.mark.parametrize("cell", ["XFD1", "XFD5001", "BI3"])
def test_a_far_cell_does_not_build_the_rectangle(cell, people):
    file = workbook({"人员": [headers(), GOOD]}, touch=lambda book, pages: pages["人员"].write(cell, "x"))
    letters = cell.rstrip("0123456789")
    assert refusal(file, people) in (
        f"工作表“人员”超过 60 列的上限（{letters} 列有内容）。请使用模板填写。",
        "工作表“人员”超过 5000 行的上限。请拆成几个文件分别上传。",
    )


def test_a_million_empty_formatted_rows_are_no_rows(people):
    """Excel leaves them behind when a whole column was formatted."""
    rows = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (i, i) for i in range(3, 300_000))

    def replace(name, data):
        return patched(data, b"</sheetData>", rows + b"</sheetData>") if name == SHEET_XML else data

    reading = read_workbook(repack(with_people(GOOD), replace=replace), people)
    assert len(reading.rows["人员"]) == 1 and not reading.errors


def test_old_template(people):
    file = workbook({"填写说明": [["人员导入"], ["模板版本", "2025-1"]], "人员": [headers(), GOOD]})
    assert refusal(file, people) == ("模板版本是 2025-1，现行版本是 2026-1。请重新下载模板，把数据粘贴过去再上传。")


def test_thousands_of_errors_are_one_sentence(people):
    file = with_people(*([["", "", 1, "?", "?", "?", "?", "?"]] * 300))
    assert refusal(file, people) == ("错误超过 2000 处，多半是列错位或用错了模板。请重新下载模板，核对后再上传。")


def test_the_good_row_is_good(people):
    reading = read_workbook(with_people(GOOD), people)
    assert not reading.errors and len(reading.rows["人员"]) == 1 and PEOPLE.required
