"""Real PDFs, looked into with pypdf and drawn with pdftoppm."""

import json
import resource
import shutil
import subprocess
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from jiaxing_titles.documents import checks, faces, render
from jiaxing_titles.documents.letter import Letter
from jiaxing_titles.documents.listing import ListColumn, list_context
from jiaxing_titles.documents.management.commands.font_coverage import write
from jiaxing_titles.documents.templatetags.print import official_date, qr_code, rare, title_lines

NAMES = ["张昇", "李堃", "王䶮", "赵𬭎", "陈喆", "阿卜杜拉·买买提"]
LETTER = Letter(
    title="关于公布2026年度嘉兴市民营企业自主评审工程师资格的通知",
    number="嘉人社〔2027〕3号",
    addressee="各县（市、区）人力资源和社会保障局",
    signer="嘉兴市人力资源和社会保障局",
    dated_on=date(2027, 1, 3),
    annexes=("人员名单",),
    copies_to="浙江省人力资源和社会保障厅",
    printed_by="嘉兴市人力资源和社会保障局办公室",
    printed_on=date(2027, 1, 3),
    verify_url="https://example.invalid/verify/ABCD",
)


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def drawn(pdf: bytes, page: int = 1) -> Image.Image:
    command = [shutil.which("pdftoppm"), "-r", "60", "-gray", "-png", "-f", str(page), "-l", str(page), "-"]
    return Image.open(BytesIO(subprocess.run(command, input=pdf, capture_output=True, check=True).stdout))


def test_announcement(samples, settings):
    settings.DOCUMENT_RED_HEAD = "嘉兴市人力资源和社会保障局文件"
    rows = [("示例机械有限公司", name, "工程师") for name in NAMES * 8]
    pdf = render.render_pdf("samples/announcement.html", {"letter": LETTER, "names": NAMES, "rows": rows})
    reader = PdfReader(BytesIO(pdf))
    assert reader.metadata.title == LETTER.title and reader.metadata.author == LETTER.signer
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] and reader.trailer["/Root"]["/Lang"] == "zh-Hans"
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    texts = pages_of(pdf)
    together = "".join(texts).replace("\n", "")
    for wanted in [settings.DOCUMENT_RED_HEAD, LETTER.number, LETTER.addressee + "：", "（印章）", *NAMES]:
        assert wanted in together
    assert "2027年1月3日" in together and "附件：" in together and "抄送：" in together
    assert all("序号" in text for text in texts[-2:])  # the head of the table is repeated
    assert all(f"— {number} —" in text for number, text in enumerate(texts, start=1))


def test_page_numbers_stand_outside(samples):
    """Odd pages right, even pages left; the head stays away until the office has set it."""
    context = {"letter": LETTER, "text": "字" * 1500}
    pdf = render.render_pdf("samples/lines.html", context)
    assert "文件" not in pages_of(pdf)[0].split(LETTER.title[:10])[0]
    foot = [drawn(pdf, page).crop((0, 625, 496, 660)) for page in (1, 2)]
    middles = [(box[0] + box[2]) / 2 for box in (image.point(lambda v: 255 * (v < 128)).getbbox() for image in foot)]
    assert middles[0] > 350 and middles[1] < 150


@pytest.mark.parametrize("text", ["字" * 1700, "字堃𬭎" * 560])
def test_22_lines_of_28_characters_also_with_rare_characters(samples, text):
    pdf = render.render_pdf("samples/lines.html", {"letter": LETTER, "text": text})
    lines = [line for line in pages_of(pdf)[1].splitlines() if not line.startswith("—")]
    assert len(lines) == 22 and {len(line) for line in lines} == {28}


@pytest.mark.parametrize("name", ["昇", "堃", "䶮", "𬭎", "喆"])
def test_rare_characters_are_drawn_and_embedded(samples, name):
    """Not a box, not blank: the picture differs from that of every other rare character."""
    pictures = {}
    for char in ["昇", "堃", "䶮", "𬭎", "喆"]:
        pdf = render.html_to_pdf(f"<html lang=zh><title>x</title><body><p>{rare(char)}")
        pictures[char] = drawn(pdf).point(lambda level: 255 * (level < 160))
        fonts = PdfReader(BytesIO(pdf)).pages[0]["/Resources"]["/Font"]
        assert any("GW-Names" in font["/BaseFont"] for font in fonts.values())
    assert pictures[name].getbbox()
    assert all(pictures[name].tobytes() != other.tobytes() for char, other in pictures.items() if char != name)


def test_rare_escapes_and_wraps_only_what_is_rare():
    assert rare("<b>张昇堃&") == '&lt;b&gt;张<i class="rare">昇堃</i>&amp;'
    assert rare(None) == "" and rare(3) == "3"
    assert official_date(date(2027, 1, 3)) == "2027年1月3日" and official_date(None) == ""
    assert qr_code("x").startswith('<img class="qr" alt="核验二维码" src="data:image/svg+xml')


def test_a_title_is_broken_by_its_sense():
    lines = title_lines("嘉兴市人社局关于公布2026年度助理工程师资格的通知")
    whole = '<span class="whole">{}</span>'
    years, level = whole.format("2026年度"), whole.format("助理工程师")
    assert lines == f"嘉兴市人社局<br>关于公布{years}{level}资格的通知"
    assert title_lines("关于公布<资格>的通知") == "关于公布&lt;资格&gt;的通知"


def test_a_frozen_day_is_printed_as_a_date():
    assert official_date("2027-01-03") == official_date(date(2027, 1, 3)) == "2027年1月3日"


def test_what_no_font_has_is_reported():
    with render.collecting_undrawable() as missing:
        render.html_to_pdf("<html><style>p{content:'𠂇'}</style><body><p>𠮷林堃&#x20BB8;")
    assert "".join(missing) == "𠮷𠮸"


def test_stored_coverage_is_that_of_the_fonts():
    stored = json.loads((faces.VENDORED / "coverage.json").read_text(encoding="utf-8"))
    for path in faces.files(faces.VENDORED).values():
        assert stored[path.name] == faces.as_ranges(faces.read_cmap(path))


def test_the_office_may_bring_its_own_fonts(tmp_path, settings):
    shutil.copy(faces.VENDORED / "FandolKai-Regular.otf", tmp_path / "office.otf")
    (tmp_path / "faces.json").write_text(json.dumps({"fangsong": "office.otf"}))
    html = "<html lang=zh><title>x</title><body><p>职称"
    vendored = drawn(render.html_to_pdf(html))
    settings.DOCUMENT_FONTS_DIR = str(tmp_path)
    write(tmp_path, {tmp_path / "office.otf"})
    assert faces.files(faces.folder())["fangsong"] == tmp_path / "office.otf"
    assert drawn(render.html_to_pdf(html)).tobytes() != vendored.tobytes()


def test_an_incomplete_folder_is_an_error_at_start(tmp_path, settings):
    settings.DOCUMENT_FONTS_DIR = str(tmp_path)
    assert [message.id for message in checks.fonts_are_there(None)] == ["documents.E001"]
    settings.DOCUMENT_FONTS_DIR = ""
    assert checks.fonts_are_there(None) == []


def test_missing_pango_is_named():
    assert checks.missing_packages(checks.LIBRARIES) == []
    assert checks.missing_packages({"libnothere.so.9": "libpango-1.0-0"}) == ["libpango-1.0-0"]


@pytest.fixture
def canary():
    """A server on loopback that remembers who called."""
    calls = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *unused):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/x", calls
    server.shutdown()
    thread.join()


def test_nothing_is_fetched_from_outside(samples, canary, tmp_path):
    address, calls = canary
    secret = tmp_path / "secret.txt"
    secret.write_text("top secret")
    for target in [
        address,
        secret.as_uri(),
        f"file://{faces.VENDORED}/../fonts/../../settings.py",
        "ftp://127.0.0.1/x",
    ]:
        pdf = render.render_pdf("samples/attack.html", {"letter": LETTER, "address": target, "text": "<img src=x>"})
        assert b"top secret" not in pdf and b"EmbeddedFile" not in pdf
        assert "<img src=x>" in "".join(pages_of(pdf))
    assert calls == []


def test_list_is_landscape_and_repeats_its_head():
    columns = [ListColumn("序号", "number"), ListColumn("姓名", "name"), ListColumn("备注")]
    rows = [(number, NAMES[number % 6], None) for number in range(80)]
    pdf = render.render_pdf("documents/base_list.html", list_context(LETTER, columns, rows))
    page = PdfReader(BytesIO(pdf)).pages[0]
    assert [round(float(side)) for side in page.mediabox[2:]] == [842, 595]
    texts = pages_of(pdf)
    assert len(texts) > 2 and all("姓名" in text for text in texts) and "None" not in "".join(texts)
    with pytest.raises(ValueError):
        list_context(LETTER, columns, [(1, 2)])


def test_memory_stays_flat():
    """A font configuration for each document would add megabytes every time."""
    html = "<html lang=zh><title>x</title><body><p>嘉兴市职称评审堃"
    for _ in range(3):
        render.html_to_pdf(html)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(25):
        render.html_to_pdf(html)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # KiB
