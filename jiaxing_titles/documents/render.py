"""HTML templates to PDF: WeasyPrint with our own fonts, our own style sheet and no way out to the network.

WeasyPrint needs pango; it is imported at the first rendering, so the site starts without it (check documents.W001).
"""

import atexit
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from html import unescape
from pathlib import Path
from re import compile as pattern
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from django.template.loader import render_to_string
from django.utils.html import strip_tags

from jiaxing_titles.documents import faces

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

PACKAGE = Path(__file__).resolve().parent
STYLE_SHEET = PACKAGE / "print.css"

# Family names used in print.css, one for each part of faces.PARTS.
FAMILIES = {"fangsong": "GW FangSong", "title": "GW Title", "hei": "GW Hei", "kai": "GW Kai", "names": "GW Names"}

# Pango and fontconfig are not safe for two threads of a web process at once.
_lock = threading.Lock()
_undrawable: ContextVar[dict[str, None] | None] = ContextVar("undrawable", default=None)
_NOT_TEXT = pattern(r"(?s)<(style|script)\b.*?</\1>")


def render_pdf(template_name: str, context: Mapping[str, Any]) -> bytes:
    """One document as PDF/UA bytes. Split batches at about 200 certificates: memory grows with pages.

    Raises jiaxing_titles.documents.faces.FontsMissing when the fonts folder is incomplete.
    """
    return html_to_pdf(render_to_string(template_name, dict(context)))


def html_to_pdf(html: str) -> bytes:
    """As render_pdf, for HTML already at hand. Only `data:` and files of the fonts folder are fetched."""
    from weasyprint import HTML  # needs pango and takes 0.5 s: not at start-up

    _note_undrawable(html)
    with _lock:
        style, fonts, fetcher = _stage(faces.folder())
        document = HTML(string=html, url_fetcher=fetcher, base_url="about:blank")
        pdf: bytes = document.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
    return pdf


@contextmanager
def collecting_undrawable() -> Iterator[dict[str, None]]:
    """Inside the block, gathers every character that no font can draw (keys, in order of appearance)."""
    found: dict[str, None] = {}
    token = _undrawable.set(found)
    try:
        yield found
    finally:
        _undrawable.reset(token)


def _note_undrawable(html: str) -> None:
    found = _undrawable.get()
    if found is not None:
        text = unescape(strip_tags(_NOT_TEXT.sub("", html)))
        found.update(dict.fromkeys(faces.undrawable(text)))


@cache
def _stage(where: Path) -> "tuple[CSS, FontConfiguration, Any]":
    """Parsed style sheet, font configuration and fetcher, kept for the life of the process.

    A font configuration per document makes the process grow by megabytes each time.
    """
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    fetcher = _own_files_fetcher(where)
    source = _font_faces(where) + STYLE_SHEET.read_text(encoding="utf-8")
    return CSS(string=source, font_config=fonts, url_fetcher=fetcher), fonts, fetcher


# Freed while the libraries are still loaded; at interpreter shutdown it would be too late.
atexit.register(_stage.cache_clear)


def _font_faces(where: Path) -> str:
    return "".join(
        f'@font-face {{ font-family: "{FAMILIES[part]}"; src: url("{path.as_uri()}"); }}\n'
        for part, path in faces.files(where).items()
    )


def _own_files_fetcher(where: Path) -> Any:
    from weasyprint.urls import URLFetcher

    class OwnFilesFetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint ships no types
        """Nothing but inline data and the font files: no network, no other file of the machine."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            parts = urlsplit(url)
            if parts.scheme == "file":
                path = Path(unquote(parts.path)).resolve()
                if path not in faces.files(where).values():
                    raise ValueError("a document may only read the files of the fonts folder")
            elif parts.scheme != "data":
                raise ValueError(f"a document may not fetch {parts.scheme}: addresses")
            return super().fetch(url, headers)

    return OwnFilesFetcher(allowed_protocols={"file", "data"}, allow_redirects=False)
