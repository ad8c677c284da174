"""A PDF is opened and its whole object graph walked: nothing in it may act."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from jiaxing_titles.sheets.guard import Refused

MAX_OBJECTS = 300_000
# Scanners pad their files; more than this after the last %%EOF is another file glued on.
_MAX_TAIL = 1_024

_SCRIPT = "PDF 含有脚本（JavaScript），未予接收。请用“打印—另存为 PDF”生成新文件后再上传。"
_LAUNCH = "PDF 含有会启动程序或外发数据的动作，未予接收。请用“打印—另存为 PDF”生成新文件后再上传。"
_EMBEDDED = "PDF 内嵌了其他文件，未予接收。请用“打印—另存为 PDF”生成新文件，内嵌的文件单独上传。"
_MEDIA = "PDF 含有动态表单或多媒体，未予接收。请用“打印—另存为 PDF”生成新文件后再上传。"
_DAMAGED = "PDF 已损坏，无法打开。请重新生成或扫描后再上传。"
_LOCKED = "PDF 设了打开密码。请取消密码后重新保存再上传。"
_GLUED = "PDF 末尾附带了其他内容，未予接收。请用“打印—另存为 PDF”生成新文件后再上传。"

_FORBIDDEN_KEYS = {
    "/JavaScript": _SCRIPT,
    "/JS": _SCRIPT,
    "/EmbeddedFiles": _EMBEDDED,
    "/EF": _EMBEDDED,
    "/XFA": _MEDIA,
}
_FORBIDDEN_VALUES = {
    ("/S", "/JavaScript"): _SCRIPT,
    ("/S", "/Launch"): _LAUNCH,
    ("/S", "/SubmitForm"): _LAUNCH,
    ("/S", "/ImportData"): _LAUNCH,
    ("/S", "/GoToE"): _EMBEDDED,
    ("/Type", "/EmbeddedFile"): _EMBEDDED,
    ("/Subtype", "/FileAttachment"): _EMBEDDED,
    ("/Subtype", "/RichMedia"): _MEDIA,
    ("/Subtype", "/Movie"): _MEDIA,
    ("/Subtype", "/Screen"): _MEDIA,
    ("/Subtype", "/3D"): _MEDIA,
}


def check_pdf(content: bytes) -> int:
    """Number of pages of a PDF that opens without a password and holds nothing active. Raises Refused.

    A file locked only against changes (it opens with the empty password, as many official e-documents do) is taken.
    """
    if not content.startswith(b"%PDF-"):
        raise Refused(_DAMAGED)
    end = content.rfind(b"%%EOF")
    if end >= 0 and len(content[end + 5 :].strip(b"\0 \t\r\n")) > _MAX_TAIL:
        raise Refused(_GLUED)
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused(_LOCKED)
        pages = len(reader.pages)
        _walk(reader)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(_DAMAGED) from error
    if pages == 0:
        raise Refused(_DAMAGED)
    return pages


def _walk(reader: PdfReader) -> None:
    """Every object that can be reached from the root, each once; names arrive decoded (`/J#53` is `/JS`)."""
    seen: set[tuple[int, int]] = set()
    waiting: list[Any] = [reader.trailer["/Root"]]
    count = 0
    while waiting:
        item = waiting.pop()
        count += 1
        if count > MAX_OBJECTS * 10 or len(seen) > MAX_OBJECTS:
            raise Refused("PDF 内部对象过多，无法检查。请用“打印—另存为 PDF”生成新文件后再上传。")
        if isinstance(item, IndirectObject):
            key = (item.idnum, item.generation)
            if key in seen:
                continue
            seen.add(key)
            item = item.get_object()
        if isinstance(item, DictionaryObject):
            _check_dictionary(item)
            waiting.extend(dict.values(item))
        elif isinstance(item, ArrayObject):
            waiting.extend(list.__iter__(item))


def _check_dictionary(item: DictionaryObject) -> None:
    for key, sentence in _FORBIDDEN_KEYS.items():
        if key in item:
            raise Refused(sentence)
    for (key, value), sentence in _FORBIDDEN_VALUES.items():
        if key not in item:
            continue
        found: object = item[key]  # [] follows references, get() would not
        if isinstance(found, str) and found == value:
            raise Refused(sentence)
