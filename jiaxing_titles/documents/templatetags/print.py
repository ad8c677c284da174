"""Tags for document templates: rare characters, official dates, QR codes."""

import re
from datetime import date

import segno
from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from jiaxing_titles.documents import faces

register = template.Library()


@register.filter
def rare(value: object) -> SafeString:
    """Wraps characters the text faces lack, so that the fallback face does not stretch the line (22 a page)."""
    pieces = (
        (format_html('<i class="rare">{}</i>', run) if is_rare else conditional_escape(run),)
        for is_rare, run in faces.runs("" if value is None else str(value))
    )
    return format_html_join("", "{}", pieces)


@register.filter
def title_lines(value: str) -> SafeString:
    """A title broken by its sense: the issuing office on its own line, years and titles never torn."""
    office, about, rest = value.partition("关于")
    lines = [office, about + rest] if office and about else [value]
    return format_html_join(SafeString("<br>"), "{}", ((_whole_years(line),) for line in lines))


def _whole_years(line: str) -> SafeString:
    pieces = re.split(r"(\d{4}年度|(?:助理)?工程师)", line)
    html = [
        format_html('<span class="whole">{}</span>' if number % 2 else "{}", rare(piece))
        for number, piece in enumerate(pieces)
    ]
    return format_html_join("", "{}", ((one,) for one in html))


@register.filter
def official_date(day: date | str | None) -> str:
    """2027年1月3日: no leading zeros, as GB/T 9704 writes the 成文日期; frozen facts hold ISO text."""
    day = date.fromisoformat(day) if isinstance(day, str) and day else day
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


@register.simple_tag
def qr_code(text: str) -> SafeString:
    """A QR code as an inline picture. The text must hold no personal data."""
    return format_html('<img class="qr" alt="核验二维码" src="{}">', segno.make(text, error="m").svg_data_uri(border=1))
