"""Draws one page of the PDF on standard input as PNG on standard output. A program of its own, run by preview.py.

usage: rasterise.py PAGE [FONT_FOLDER …]   (fonts stand in for Chinese fonts that the PDF names but does not embed)
"""

import ctypes
import resource
import sys
from io import BytesIO

_DPI = 150
_MAX_PIXELS = 6_000_000


def main() -> None:
    page_number = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CPU, (15, 15))
    resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    content = sys.stdin.buffer.read()
    sys.stdout.buffer.write(draw(content, page_number, sys.argv[2:]))


def draw(content: bytes, page_number: int, font_folders: list[str]) -> bytes:
    """PNG bytes; the scale goes down for large pages so that the picture stays below six million pixels."""
    import pypdfium2 as pdfium  # imports under the limits set in main
    import pypdfium2.raw as raw

    if font_folders:
        names = [ctypes.create_string_buffer(folder.encode()) for folder in font_folders]
        pointers = [ctypes.cast(name, ctypes.POINTER(ctypes.c_char)) for name in names]
        paths = (ctypes.POINTER(ctypes.c_char) * (len(names) + 1))(*pointers)
        raw.FPDF_DestroyLibrary()
        config = raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=paths)
        raw.FPDF_InitLibraryWithConfig(config)
    page = pdfium.PdfDocument(content)[page_number - 1]
    width, height = page.get_size()
    scale = min(_DPI / 72, (_MAX_PIXELS / max(width * height, 1)) ** 0.5)
    out = BytesIO()
    page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB").save(out, "PNG")
    return out.getvalue()


if __name__ == "__main__":
    main()
