"""统一社会信用代码 after GB 32100-2015: eighteen characters, the last a check character modulo 31."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
ENTERPRISE_PREFIX = "91"


def normalise(typed: str) -> str:
    """Upper case, without the spaces and hyphens people type; full-width characters become half-width."""
    half = "".join(chr(ord(char) - 0xFEE0) if 0xFF01 <= ord(char) <= 0xFF5E else char for char in typed)
    return "".join(half.split()).replace("-", "").upper()


def check_character(body: str) -> str:
    """The eighteenth character for the first seventeen; raises ValueError on a character outside the alphabet."""
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(body, WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def problem(code: str) -> str:
    """What is wrong with a normalised code, as a sentence with the way to repair it; empty when it is right."""
    if len(code) != 18:
        return f"统一社会信用代码应为18位，您填了{len(code)}位，请对照营业执照改正。"
    strangers = sorted({char for char in code if char not in ALPHABET})
    if strangers:
        return f"统一社会信用代码里不会出现“{'、'.join(strangers)}”（不使用 I、O、S、V、Z），请对照营业执照改正。"
    if not code.startswith(ENTERPRISE_PREFIX):
        return "企业的统一社会信用代码以“91”开头，请确认填的是企业营业执照上的代码。"
    if check_character(code[:17]) != code[17]:
        return "统一社会信用代码的校验位不对，很可能有一位填错，请对照营业执照逐位核对。"
    return ""
