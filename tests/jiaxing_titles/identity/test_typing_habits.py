"""What is forgiven of what people type, and what is left as it is."""

import pytest

from jiaxing_titles.identity import typing_habits


@pytest.mark.parametrize(
    ("typed", "half"),
    [
        ("！～", "!~"),
        ("Ａｚ０９", "Az09"),
        ("甲\u3000乙", "甲 乙"),
        ("\uff00\uff5f変变", "\uff00\uff5f変变"),
    ],
)
def test_full_width_signs(typed, half):
    assert typing_habits.half_width(typed) == half


def test_only_invisible_signs_are_dropped():
    assert typing_habits.visible("变\u00ad\u200b\u2069\ufeff\u202e体") == "变体"
    assert typing_habits.visible("e\u0301") == "é"


@pytest.mark.parametrize("sign", "-‐‑‒–—―－_ \u3000\n")
def test_a_number_is_joined(sign):
    assert typing_habits.compact(f"变{sign}a1") == "变A1"


@pytest.mark.parametrize(("text", "shown"), [("1234567", "*******"), ("12345678", "123*5678"), ("", "")])
def test_stars(text, shown):
    assert typing_habits.stars(text, 3, 4) == shown
