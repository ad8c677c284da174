"""What a refused number, name or paper is told, to the letter. All numbers are made up."""

from datetime import date

import pytest

from jiaxing_titles.identity import credit_code, names, papers, phones, resident_id
from jiaxing_titles.identity.errors import Unacceptable
from tests.jiaxing_titles.identity.test_numbers import TODAY, number

AGAIN = "请对照证件逐位核对"
LETTERS = "身份证号码前17位应为数字、末位为数字或X，请检查是否误填了字母O、I或其他符号。"


def refusal(accept, *typed, **more):
    with pytest.raises(Unacceptable) as caught:
        accept(*typed, **more)
    return str(caught.value)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "身份证号码没有填写，请填写18位号码。"),
        ("11010519491231002", f"身份证号码应为18位，您填了17位，{AGAIN}。"),
        ("11010549123100X", f"身份证号码应为18位，您填了15位，{AGAIN}。"),
        ("11O10519491231002X", LETTERS),
        ("1101051949123100XX", LETTERS),
        ("11010519491231002Y", LETTERS),
        ("110105194912310021", f"身份证号码的校验位不对，很可能有一位填错，{AGAIN}。"),
        (
            "330402199001010010",
            f"身份证号码的校验位不对，很可能有一位填错，{AGAIN}（前六位是南湖区（原秀城区、城区））。",
        ),
        ("11010519490230002X", "身份证号码第7至14位的出生日期1949-02-30不存在，请对照证件核对。"),
        (
            number("330402", date(2026, 11, 23), 1),
            "身份证号码第7至14位的出生日期2026-11-23还没有到，请对照证件核对。",
        ),
        (number("330402", date(1880, 1, 1), 1), "身份证号码第7至14位的出生年份1880过早，请对照证件核对。"),
    ],
)
def test_a_resident_number(typed, sentence):
    assert refusal(resident_id.accept, typed, today=TODAY) == sentence


def test_who_is_born_today_has_a_number():
    born = number("330402", TODAY, 1)
    assert resident_id.accept(born, today=TODAY) == born


def test_the_area_codes_of_the_city():
    assert resident_id.AREAS == {
        "330400": "嘉兴市",
        "330401": "嘉兴市",
        "330402": "南湖区（原秀城区、城区）",
        "330411": "秀洲区（原郊区）",
        "330421": "嘉善县",
        "330424": "海盐县",
        "330481": "海宁市",
        "330482": "平湖市",
        "330483": "桐乡市",
        "810000": "香港特别行政区居民",
        "820000": "澳门特别行政区居民",
        "830000": "台湾居民",
    }


@pytest.mark.parametrize(
    ("paper", "typed", "sentence"),
    [
        ("resident_old", "1101054912310021", "15位居民身份证号码应为15位数字，您填了16位，请核对号码或证件类型。"),
        (
            "resident",
            number("810000", date(1990, 1, 1), 12),
            "81、82、83开头的是港澳台居民居住证号码，请把证件类型改为“港澳台居民居住证”。",
        ),
        (
            "residence",
            "11010519491231002X",
            "港澳台居民居住证号码以81、82或83开头，请核对号码或证件类型。",
        ),
        ("passport", "", "护照号码没有填写，请补充。"),
        ("passport", "E123", "护照号码应为5至17位字母和数字，请对照证件核对。"),
        ("passport", "E" * 18, "护照号码应为5至17位字母和数字，请对照证件核对。"),
        ("mainland_travel", "H123456789", "港澳居民来往内地通行证号码应为字母H或M加8位或10位数字，请对照证件核对。"),
        (
            "taiwan_travel",
            "123456789",
            "台湾居民来往大陆通行证号码应为8位数字（旧证为10位，可带1位字母），请对照证件核对。",
        ),
        (
            "foreign_permanent",
            "FRA33001106102",
            "外国人永久居留身份证号码应为3位字母加12位数字，或9开头的18位号码，请对照证件核对。",
        ),
        (
            "foreign_permanent",
            "911105194912310021",
            f"身份证号码的校验位不对，很可能有一位填错，{AGAIN}。",
        ),
    ],
)
def test_other_papers(paper, typed, sentence):
    assert refusal(papers.accept, paper, typed, today=TODAY) == sentence


def test_the_names_of_the_papers():
    assert papers.PAPERS == {
        "resident": "居民身份证",
        "resident_old": "15位居民身份证",
        "residence": "港澳台居民居住证",
        "mainland_travel": "港澳居民来往内地通行证",
        "taiwan_travel": "台湾居民来往大陆通行证",
        "foreign_permanent": "外国人永久居留身份证",
        "passport": "护照",
    }


def test_a_person_is_known_by_paper_and_number():
    assert papers.person_key("passport", "E12345678") == "passport:E12345678"
    assert papers.mask("11010519491231002X") == "110105********002X"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "统一社会信用代码没有填写，请填写营业执照上的18位代码。"),
        ("91330402MA2B00001", "统一社会信用代码应为18位，您填了17位，请对照营业执照核对。"),
        (
            "91330402MA2B00公司IO",
            "统一社会信用代码中不会出现“I、O、公、司”（不使用字母 I、O、S、V、Z），请对照营业执照核对。",
        ),
        ("91330402MA2B00001M", "统一社会信用代码的校验位不对，很可能有一位填错，请对照营业执照逐位核对。"),
    ],
)
def test_a_credit_code(typed, sentence):
    assert refusal(credit_code.accept, typed) == sentence


MOBILE = "手机号码应为1开头的11位数字，请核对是否多填或漏填。"
EITHER = "联系电话应为11位手机号码或带区号的固定电话（如0573-82521234），请核对。"


@pytest.mark.parametrize(
    ("accept", "typed", "sentence"),
    [
        (phones.accept_mobile, "", "手机号码没有填写，请填写11位手机号码。"),
        (phones.accept_mobile, "12812345678", MOBILE),
        (phones.accept_mobile, "0573-82521234", MOBILE),
        (phones.accept, "", EITHER),
        (phones.accept, "82521234", EITHER),
    ],
)
def test_a_telephone_number(accept, typed, sentence):
    assert refusal(accept, typed) == sentence


BY_PAPER = "请按身份证件填写"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("···", f"姓名没有填写，{BY_PAPER}。"),
        ("张" * 51, f"姓名最长50个字符，您填了51个，{BY_PAPER}。"),
        ("张3", f"姓名中的“3”不是文字，请删除后{BY_PAPER.removeprefix('请')}。"),
        ("张\U0003fffe", f"姓名中的“\U0003fffe”不是文字，请删除后{BY_PAPER.removeprefix('请')}。"),
        ("张\u0378", f"姓名中的“\u0378”不是文字，请删除后{BY_PAPER.removeprefix('请')}。"),
        ("- '", f"姓名中没有文字，{BY_PAPER}。"),
        ("张\ud800", "姓名中有不完整的字符，请删除后用输入法重新输入。"),
        (
            "张\ue000",
            "姓名中的“\ue000”（U+E000）是自造字，别的电脑显示不出来，请改用国家标准（GB 18030）中的同一个字。",
        ),
    ],
)
def test_a_name(typed, sentence):
    assert refusal(names.accept, typed) == sentence
