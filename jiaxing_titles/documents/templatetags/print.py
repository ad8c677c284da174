"""Tags for document templates: rare characters, official dates, QR codes."""

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
def official_date(day: date | None) -> str:
    """2027年1月3日: Arabic digits without leading zeros, as GB/T 9704 writes the 成文日期."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


@register.simple_tag
def qr_code(text: str) -> SafeString:
    """A QR code as an inline picture. The text must hold no personal data."""
    return format_html('<img class="qr" alt="核验二维码" src="{}">', segno.make(text, error="m").svg_data_uri(border=1))
