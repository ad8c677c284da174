"""How conditions are worded: what a sentence demands, and what it only offers."""

import re
import unicodedata

from jiaxing_titles.identity.typing_habits import INVISIBLE

_SENTENCE_END = re.compile(r"[。；;！!\n]+")
# 并且 joins a further demand to a sentence that may otherwise offer a choice.
_FURTHER = re.compile(r"(?<!合)并且?(?![列行联网])|而且|同时|还须|还需|还应|另须|另需|且(?!不)")
_NUMBER_OR_MORE = re.compile(r"(?:或者?|及|和)(?:以上|更多|更高)")
CHOICE = re.compile(r"或|任选|任一|其一|之一|均可|皆可|替代|代替|/")
_OPTION = re.compile(r"或者?|、|/|，|,")
_ANY_OF = re.compile(r"任选|任一|其一|之一|均可|皆可")
_LISTED = re.compile(r"[和与及]")  # separates options only where one of the list is enough
_OTHER_ACHIEVEMENT = re.compile(
    r"报告|专利|标准|工法|工艺|业绩|成果|项目|案例|方案|设计|产品|软件|著作权|总结|改造|革新|发明|创新|课题|规程|图纸|"
    r"作品|效益|推广|实践|技能|培训|考核"
)
_NEGATED = re.compile(
    r"不得(?:将|把|以)|不(?:将|把|以)|不作|不要求|不需|不须|无需|无须|不必|不唯|不再要求|破除|可不|免于|可免"
)
_FAVOURED = re.compile(r"加分|优先|参考|鼓励|可作为")
_INSISTED = re.compile(r"必须|必备|须|应当|至少|不少于|不低于|方可|才能|否则|不予|不得(?:申报|参加|评审)|一票否决")
_DEMANDED = re.compile(
    r"必须|必备|须|需|应当|应(?!用|变|力|急)|要求|至少|不少于|不低于|以上|方可|才能|否则|不予|不得(?:申报|参加|评审)|"
    r"一票否决|[0-9一二两三四五六七八九十]+[篇部本项次]"
)


# Traditional forms of the characters that conditions are written with.
_SIMPLIFIED = str.maketrans(
    "論發髮書專譯學報國級語計機獎項課題績須應當備條於產業畢歷曆貢獻評審標準數個從無與選優參勵稱職經驗繼續師術員滿達過門間認證將為爲還會時後碩連擔僅",
    "论发发书专译学报国级语计机奖项课题绩须应当备条于产业毕历历贡献评审标准数个从无与选优参励称职经验继续师术员满达过门间认证将为为还会时后硕连担仅",
)
# Signs that are put between the characters of a word so that it is not found; 、and / separate options and stay.
_HIDING = re.compile(r"(?<=[\u4e00-\u9fff])[-_.·•∙・*~^|+'\"“”‘’「」]+(?=[\u4e00-\u9fff])")


def folded(text: str) -> str:
    """For matching only: simplified characters, full-width letters as ASCII capitals, nothing that hides a word.

    Blanks, invisible signs and signs put between two characters are dropped; lines stay.
    """
    plain = unicodedata.normalize("NFKC", text).upper().translate(_SIMPLIFIED)
    plain = "".join(char for char in plain if char not in INVISIBLE)
    plain = re.sub(r"[^\S\n]+", "", plain).replace(",", "，").replace(";", "；")
    return _HIDING.sub("", plain)


def sentences(text: str) -> list[str]:
    """The folded sentences, each demand that is joined by 并、同时… as one of its own."""
    found = []
    for sentence in _SENTENCE_END.split(folded(text)):
        found += [part for part in _FURTHER.split(sentence) if part]
    return found


def offers_another_way(sentence: str, restricted: re.Pattern[str]) -> bool:
    """Whether the sentence leaves a choice in which at least one option does without what is restricted.

    «论文或技术报告任选» does; «在省级或国家级期刊发表论文» and «论文或专著» do not.
    """
    plain = _NUMBER_OR_MORE.sub("", sentence)
    if not CHOICE.search(plain):
        return False
    if _ANY_OF.search(plain):
        plain = _LISTED.sub("、", plain)
    return any(_OTHER_ACHIEVEMENT.search(option) and not restricted.search(option) for option in _OPTION.split(plain))


def releases(sentence: str) -> bool:
    """Whether the sentence says that the thing is not demanded, or only counts in favour."""
    if _NEGATED.search(sentence):
        return True
    return _FAVOURED.search(sentence) is not None and not _INSISTED.search(sentence)


def demands(sentence: str) -> bool:
    """Whether the sentence has a word that makes a condition of it."""
    return _DEMANDED.search(sentence) is not None


_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九十")} | {"两": 2, "半": 0}
NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十]{1,3})"


def number(text: str) -> int:
    """The whole number that Arabic or Chinese digits (up to 99) name; a fraction is cut."""
    if text[0].isdigit():
        return int(text.split(".")[0])
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS[text[-1]]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
