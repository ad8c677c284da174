"""What a ZIP-based office file must prove before any parser opens it (ASVS 5.2.3, 5.2.5)."""

import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

MAX_TOTAL = 100 * 1024 * 1024
MAX_RATIO = 100
# Small files of many equal rows compress well and harm nobody; the ratio counts from here on.
RATIO_FREE = 5 * 1024 * 1024
MAX_ENTRIES_TO_READ = 50
MAX_ENTRIES_TO_KEEP = 1_000
_CHUNK = 256 * 1024

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_MACROS = ("vbaproject.bin", "/macrosheets/", "/activex/")
_MAIN_PARTS = {"xlsx": "xl/workbook.xml", "docx": "word/document.xml", "ofd": "ofd.xml"}


class Refused(ValueError):
    """The file as a whole cannot be taken; the text is a sentence for the person."""


def check_package(file: IO[bytes], kind: str, *, max_entries: int = MAX_ENTRIES_TO_READ) -> None:
    """Checks the ZIP directory and then the real size of every entry of an xlsx, docx or ofd.

    Nothing is parsed and at most one chunk is held in memory. Leaves the file at its start. Raises Refused.
    """
    file.seek(0)
    head = file.read(8)
    if head == OLE:
        raise Refused(_ole_sentence(file))
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as package:
            entries = package.infolist()
            _check_directory(entries, max_entries)
            _check_parts({entry.filename.lower() for entry in entries}, kind)
            for entry in entries:
                _check_real_size(file, entry)
            _check_relationships(package, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, OSError) as error:
        raise Refused(f"文件已损坏或不是 {kind} 文件，无法打开。请用 Excel 或 WPS 重新另存一份再上传。") from error
    finally:
        file.seek(0)


def kind_of_package(file: IO[bytes]) -> str:
    """`xlsx`, `docx`, `ofd`, or "" for any other ZIP; reads the directory only."""
    try:
        file.seek(0)
        with zipfile.ZipFile(file) as package:
            names = {name.lower() for name in package.namelist()}
    except (zipfile.BadZipFile, OSError, NotImplementedError, UnicodeDecodeError):
        return ""
    finally:
        file.seek(0)
    return next((kind for kind, part in _MAIN_PARTS.items() if part in names), "")


def _ole_sentence(file: IO[bytes]) -> str:
    file.seek(0)
    if "EncryptedPackage".encode("utf-16-le") in file.read(2 * 1024 * 1024):
        return "文件设了打开密码。请在 Excel 或 WPS 中取消密码后重新保存再上传。"
    return "这是旧版 Office 文件（xls、doc）。请用 Excel 或 WPS 另存为 xlsx 或 docx 再上传，只改文件名没有用。"


def _check_directory(entries: list[zipfile.ZipInfo], max_entries: int) -> None:
    if len(entries) > max_entries:
        raise Refused(
            f"文件内含 {len(entries)} 个部件，超过 {max_entries} 个的上限。请只保留需要的工作表，另存后再上传。"
        )
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if total > MAX_TOTAL:
        raise Refused(
            f"文件解压后有 {total // 2**20} MB，超过 {MAX_TOTAL // 2**20} MB 的上限。请删除多余内容后再上传。"
        )
    if total > RATIO_FREE and total > MAX_RATIO * max(packed, 1):
        raise Refused(f"文件压缩比超过 {MAX_RATIO} 倍，可能是压缩炸弹，未予接收。请把内容复制到新文件后再上传。")
    for entry in entries:
        _check_entry(entry)
    if len({entry.filename.lower() for entry in entries}) != len(entries):
        raise Refused("文件内有重名部件，可能被篡改，未予接收。请重新另存一份再上传。")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name:
        raise Refused("文件内含指向外部位置的路径，未予接收。请重新另存一份再上传。")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Refused("文件内含符号链接，未予接收。请重新另存一份再上传。")
    if entry.flag_bits & 0x1:
        raise Refused("文件内容被加密。请取消密码后重新保存再上传。")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused("文件使用了不支持的压缩方式。请用 Excel 或 WPS 重新另存一份再上传。")


def _check_parts(names: set[str], kind: str) -> None:
    if _MAIN_PARTS[kind] not in names:
        raise Refused(f"文件不是有效的 {kind} 文件。请用 Excel 或 WPS 另存为 {kind} 再上传，只改文件名没有用。")
    slashed = ["/" + name for name in names]
    if any(mark in name for name in slashed for mark in _MACROS):
        raise Refused("文件含有宏，未予接收。请另存为不含宏的文件（xlsx、docx）再上传。")
    if any("/externallinks/" in name for name in slashed):
        raise Refused("文件引用了其他工作簿的数据。请在“数据—编辑链接”中断开链接，保存后再上传。")
    if any("/embeddings/" in name or name.endswith((".zip", ".rar", ".7z", ".exe")) for name in slashed):
        raise Refused("文件里嵌入了其他文件。请删除嵌入的对象，或把它们单独上传。")


def _check_real_size(file: IO[bytes], entry: zipfile.ZipInfo) -> None:
    """The directory may lie about the size, and not every parser stops at it."""
    size = sum(_inflated(file, entry))
    if size != entry.file_size:
        raise Refused("文件目录与实际内容不符，可能是压缩炸弹，未予接收。请重新另存一份再上传。")


def _inflated(file: IO[bytes], entry: zipfile.ZipInfo) -> Iterator[int]:
    """Lengths of the inflated chunks; ends one chunk after the declared size is passed."""
    file.seek(entry.header_offset + 26)
    lengths = file.read(4)
    if len(lengths) < 4:
        raise zipfile.BadZipFile("entry without header")
    file.seek(int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little"), 1)
    if entry.compress_type == zipfile.ZIP_STORED:
        yield len(file.read(entry.compress_size))
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    left, done = entry.compress_size, 0
    pending = b""
    while not inflater.eof and done <= entry.file_size:
        if not pending:
            pending = file.read(min(_CHUNK, left))
            left -= len(pending)
        piece = inflater.decompress(pending, _CHUNK)
        pending = inflater.unconsumed_tail
        if not piece and not pending and not left:
            return
        done += len(piece)
        yield len(piece)


def _check_relationships(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Hyperlinks may point outside; templates, pictures and objects fetched from outside may not."""

    def start(tag: str, attributes: dict[str, str]) -> None:
        outside = attributes.get("TargetMode", "").lower() == "external"
        if tag.endswith("Relationship") and outside and not attributes.get("Type", "").endswith("/hyperlink"):
            raise Refused("文件会从外部地址读取内容，未予接收。请删除外部链接后重新保存再上传。")

    for entry in entries:
        if entry.filename.lower().endswith(".rels"):
            parse_xml(package.open(entry), start)


def parse_xml(
    stream: IO[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Streams XML through expat handlers; a document type (the door to entities) is refused."""

    def doctype(*unused: object) -> None:
        raise Refused("文件内含 XML 实体声明，未予接收。请把内容复制到新文件后再上传。")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Refused("文件已损坏，无法读取。请用 Excel 或 WPS 重新另存一份再上传。") from error
