"""Resident numbers, other papers, credit codes, telephone numbers. All numbers are made up."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jiaxing_titles.identity import credit_code, papers, phones, resident_id
from jiaxing_titles.identity.errors import Unacceptable

TODAY = date(2026, 11, 22)
AREAS = st.sampled_from(["330402", "330481", "330421", "330483", "330419", "330499", "110101", "999999"])


def number(area, born, sequence):
    body = f"{area}{born:%Y%m%d}{sequence:03d}"
    return body + resident_id.check_character(body)


@given(AREAS, st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999))
def test_every_real_date_and_any_area_is_taken(area, born, sequence):
    made = number(area, born, sequence)
    assert resident_id.accept(made, today=TODAY) == made
    assert resident_id.birth_date(made) == born


@given(AREAS, st.dates(date(1950, 1, 1), TODAY), st.integers(0, 999), st.integers(0, 16), st.sampled_from("0123456789"))
def test_any_single_wrong_digit_is_caught(area, born, sequence, place, digit):
    made = number(area, born, sequence)
    assume(made[place] != digit)
    with pytest.raises(Unacceptable):
        resident_id.accept(made[:place] + digit + made[place + 1 :], today=TODAY)


@given(st.text("0123456789", min_size=17, max_size=17))
def test_the_check_is_that_of_iso_7064(body):
    """MOD 11-2: the weight of a place is a power of two modulo 11."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(body))
    assert resident_id.check_character(body) == str((12 - total) % 11).replace("10", "X")


def test_the_published_example_of_the_standard():
    assert resident_id.check_character("11010519491231002") == "X"
    assert resident_id.accept("440524188001010014", today=date(1950, 1, 1)) == "440524188001010014"


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        " 110105 19491231 002X ",
        "110105-19491231-002X\u200b",
    ],
)
def test_typing_habits_are_forgiven(typed):
    assert resident_id.accept(typed, today=TODAY) == "11010519491231002X"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "没有填写"),
        ("11010519491231002", "您填了17位"),
        ("1101051949123100210", "您填了19位"),
        ("11O10519491231002X", "字母O"),
        ("110105194912310021", "校验位"),
        ("11010519490230002X", "1949-02-30不存在"),
        (number("330402", date(2099, 1, 1), 1), "还没有到"),
        (number("330402", date(1880, 1, 1), 1), "过早"),
        ("11010519491231002Ⅹ", "末位为数字或X"),
        ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", "应为数字"),
    ],
)
def test_what_is_wrong_is_told(typed, told):
    with pytest.raises(Unacceptable, match=told) as caught:
        resident_id.accept(typed, today=TODAY)
    assert str(caught.value).endswith("。")


def test_a_birth_year_may_lie_130_years_back_and_no_further():
    oldest = number("330402", date(TODAY.year - 130, 1, 1), 1)
    assert resident_id.accept(oldest, today=TODAY) == oldest
    with pytest.raises(Unacceptable, match="过早"):
        resident_id.accept(number("330402", date(TODAY.year - 131, 12, 31), 1), today=TODAY)


def test_a_fifteen_digit_number_becomes_the_new_one():
    assert resident_id.accept("110105491231002", today=TODAY) == "11010519491231002X"
    assert papers.accept("resident_old", "110105 491231 002", today=TODAY) == "110105491231002"
    assert resident_id.accept("335678901204119", today=TODAY)[:17] == "33567819901204119"  # every digit in it
    assert papers.person_key("resident_old", "110105491231002") == papers.person_key("resident", "11010519491231002X")


def test_masks():
    assert resident_id.mask("33040219900101001X") == "330402********001X"
    assert papers.mask("H12345678") == "H******78"
    assert papers.mask("12") == "**"
    assert phones.mask("13812345678") == "138****5678"
    assert phones.mask("0573-82521234") == "0573-******34"


def test_area_is_a_hint_only():
    valid = number("330481", date(1990, 1, 1), 1)
    with pytest.raises(Unacceptable, match="校验位不对.*（前六位是海宁市）。"):
        resident_id.accept(valid[:-1] + ("0" if valid[-1] != "0" else "1"), today=TODAY)
    assert resident_id.area_hint("33041119700101001X").startswith("秀洲区")
    assert resident_id.area_hint("99999919700101001X") == ""


@pytest.mark.parametrize("area", ["810000", "820000", "830000"])
def test_residence_permits_have_their_own_kind(area):
    made = number(area, date(1990, 1, 1), 12)
    assert papers.accept("residence", made, today=TODAY) == made
    with pytest.raises(Unacceptable, match="港澳台居民居住证"):
        papers.accept("resident", made, today=TODAY)
    with pytest.raises(Unacceptable, match="81、82或83"):
        papers.accept("residence", "11010519491231002X", today=TODAY)


@pytest.mark.parametrize(
    ("paper", "typed", "stored"),
    [
        ("mainland_travel", "h12345678", "H12345678"),
        ("mainland_travel", "M1234567801", "M1234567801"),
        ("taiwan_travel", "12345678", "12345678"),
        ("taiwan_travel", "0123456789B", "0123456789B"),
        ("foreign_permanent", "FRA330011061020", "FRA330011061020"),
        ("passport", "e 12345678", "E12345678"),
    ],
)
def test_other_papers(paper, typed, stored):
    assert papers.accept(paper, typed, today=TODAY) == stored


@pytest.mark.parametrize("paper", [kind for kind in papers.PAPERS])
@pytest.mark.parametrize("typed", ["", "???", "1", "张三" * 30])
def test_other_papers_refuse_in_chinese(paper, typed):
    with pytest.raises(Unacceptable, match="号码"):
        papers.accept(paper, typed, today=TODAY)


@pytest.mark.parametrize(
    "typed",
    ["91330402MA2B00001L", "91330402ma2b00001l", "９１３３０４０２ＭＡ２Ｂ００００１Ｌ", "9133 0402 MA2B0000 1L"],
)
def test_credit_codes(typed):
    assert credit_code.accept(typed) == "91330402MA2B00001L"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "没有填写"),
        ("91330402MA2B00001", "您填了17位"),
        ("91330402MA2B0000IL", "不会出现“I”"),
        ("91330402MA2B00001M", "校验位"),
        ("91330402MA2B0000公司", "不会出现“公、司”"),
    ],
)
def test_wrong_credit_codes_are_told(typed, told):
    with pytest.raises(Unacceptable, match=told):
        credit_code.accept(typed)


@given(
    st.text(credit_code.ALPHABET, min_size=17, max_size=17), st.integers(0, 17), st.sampled_from(credit_code.ALPHABET)
)
def test_any_single_wrong_character_of_a_credit_code_is_caught(body, place, char):
    code = body + credit_code.check_character(body)
    assert credit_code.accept(code) == code
    assume(code[place] != char)
    with pytest.raises(Unacceptable):
        credit_code.accept(code[:place] + char + code[place + 1 :])


@pytest.mark.parametrize(
    "typed", ["13812345678", "+86 138 1234 5678", "0086-13812345678", "86 13812345678", "１３８-1234-5678"]
)
def test_mobile_numbers(typed):
    assert phones.accept_mobile(typed) == phones.accept(typed) == "13812345678"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("0573-82521234", "0573-82521234"), ("(010)62345678", "010-62345678"), ("02162345678", "021-62345678")],
)
def test_fixed_numbers(typed, stored):
    assert phones.accept(typed) == stored


@pytest.mark.parametrize("typed", ["", "1381234567", "138123456789", "12812345678", "abc", "1381234567八"])
def test_wrong_numbers_are_refused(typed):
    with pytest.raises(Unacceptable, match="。$"):
        phones.accept_mobile(typed)
    with pytest.raises(Unacceptable, match="。$"):
        phones.accept(typed)
