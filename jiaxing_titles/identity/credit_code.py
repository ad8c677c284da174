"""统一社会信用代码 (GB 32100-2015): eighteen characters without I, O, S, V, Z, the last a check modulo 31."""

from jiaxing_titles.identity.errors import Unacceptable
from jiaxing_titles.identity.typing_habits import compact

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def check_character(body: str) -> str:
    """The eighteenth character for the first seventeen; all must be of the alphabet."""
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(body, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def accept(typed: str) -> str:
    """The code as stored: half width, capitals, no blanks. Raises Unacceptable."""
    code = compact(typed)
    if not code:
        raise Unacceptable("统一社会信用代码没有填写，请填写营业执照上的18位代码。")
    if len(code) != 18:
        raise Unacceptable(f"统一社会信用代码应为18位，您填了{len(code)}位，请对照营业执照核对。")
    strangers = sorted(set(code) - set(ALPHABET))
    if strangers:
        raise Unacceptable(
            f"统一社会信用代码中不会出现“{'、'.join(strangers)}”（不使用字母 I、O、S、V、Z），请对照营业执照核对。"
        )
    if check_character(code[:17]) != code[17]:
        raise Unacceptable("统一社会信用代码的校验位不对，很可能有一位填错，请对照营业执照逐位核对。")
    return code
