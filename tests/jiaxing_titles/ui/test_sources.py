"""What the templates, the stylesheet and the script may contain: the CSP and the browser floor leave no choice."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = [path for path in sorted((ROOT / "templates").rglob("*.html")) if "documents" not in path.parts]
BANNED_IN_MARKUP = {
    "inline style": re.compile(r"<[^>]*\sstyle\s*="),
    "style element": re.compile(r"<style\b"),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)"),
    "outside address": re.compile(r"(?:src|href)=[\"']https?://"),
}
UNESCAPED = re.compile(r"\|\s*safe\b|autoescape off")
TEMPLATE_TAGS = re.compile(r"{%.*?%}|{{.*?}}", re.S)
BANNED_IN_CSS = re.compile(
    r":has\(|@layer|oklch|color-mix|@container|\ddvh|aspect-ratio|[^-]gap\s*:\s|@import|https?://"
)
BANNED_IN_JS = re.compile(r"\?\.|\?\?|\bimport\b|\beval\(|innerHTML|document\.write|\*\*=|#private|https?://")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_keeps_to_the_policy(path):
    text = path.read_text(encoding="utf-8")
    markup = TEMPLATE_TAGS.sub("", text)  # `{% if one == two %}` is no event attribute
    assert not [name for name, pattern in BANNED_IN_MARKUP.items() if pattern.search(markup)]
    assert not UNESCAPED.search(text)
    assert text.count("\n") <= 150


def test_the_bans_bite():
    spoiled = '<p style="x"><style></style><a onclick="x"><script>1</script>{{ x|safe }}<img src="https://x">'
    assert all(pattern.search(TEMPLATE_TAGS.sub("", spoiled)) for pattern in BANNED_IN_MARKUP.values())
    assert UNESCAPED.search(spoiled)
    assert BANNED_IN_CSS.search("a { display: flex; gap: 1rem }") and BANNED_IN_JS.search("a?.b")


def test_stylesheet_and_script_suit_the_oldest_browser_and_stay_small():
    css, script = (ROOT / "static/site.css").read_text("utf-8"), (ROOT / "static/site.js").read_text("utf-8")
    assert not BANNED_IN_CSS.search(re.sub(r"/\*.*?\*/", "", css, flags=re.S)) and not BANNED_IN_JS.search(script)
    assert len(css.encode()) <= 28 * 1024 and len(script.encode()) <= 15 * 1024


def test_every_icon_that_is_used_is_in_the_sprite():
    sprite = (ROOT / "static/vendor/tabler/icons.svg").read_text("utf-8")
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    used = {name for path in TEMPLATES for name in re.findall(r'{% icon "([^"]+)"', path.read_text("utf-8"))}
    assert used and used <= drawn


def test_vendored_files_come_with_their_licences_and_without_source_maps():
    for folder in ("bootstrap", "tabler"):
        assert "MIT" in (ROOT / "static/vendor" / folder / "LICENSE").read_text("utf-8")
    for path in (ROOT / "static/vendor").rglob("*.min.*"):
        assert "sourceMappingURL" not in path.read_text("utf-8")


def _luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("tone", ["blue", "red", "green", "amber", "purple"])
def test_tags_are_readable(tone):
    css = (ROOT / "static/site.css").read_text("utf-8")
    tokens = dict(re.findall(r"--([a-z]+-\d): (#[0-9a-f]{6})", css))
    dark, light = sorted((_luminance(tokens[f"{tone}-7"]), _luminance(tokens[f"{tone}-1"])))
    assert (light + 0.05) / (dark + 0.05) >= 6.5
