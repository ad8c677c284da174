"""The annex's open questions in words: asked while they are open, cited by number once settled (办法六（四）)."""

from applications.rules.eligibility.facts import Facts
from applications.rules.eligibility.rule_set import RuleSet

DEGREE, POSTS, SPECIALITY = "degree_counts_as_diploma", "posts_before_graduation_count", "any_speciality_after_degree"
ASKED = {
    DEGREE: "只有学位、没有学历证书的，请补充毕业证书，或由市人力社保局认定是否视同学历",
    POSTS: "毕业前（含毕业当日）担任技术员的年限是否计入，附件没有写明，由市人力社保局解释",
    SPECIALITY: "取得学历或学位后满2年但不属本专业或相近专业的，是否符合，附件没有写明，由市人力社保局解释",
}
_SAID = {
    (DEGREE, True): "只有学位的视同具有学历",
    (DEGREE, False): "只有学位的不视同具有学历",
    (POSTS, True): "毕业前担任技术员的年限计入",
    (POSTS, False): "毕业前担任技术员的年限不计入",
    (SPECIALITY, True): "取得学历或学位后满2年的，不限专业",
    (SPECIALITY, False): "取得学历或学位后满2年但不属本专业或相近专业的，不符合",
}
_MASTER_ROUTE = "A-3.1(2)"
_POST_ROUTES = ("A-3.2(2)", "A-3.2(3)")
_ANY_AWARD_ROUTES = (_MASTER_ROUTE, "A-3.1(1)", "A-3.1(6)", "A-4.1(1)", "A-4.1(2)")


def raised(facts: Facts, key: str) -> list[str]:
    """The questions that this route and these facts raise."""
    found = []
    if key not in _ANY_AWARD_ROUTES and any(record.award == "degree" for record in facts.education):
        found.append(DEGREE)
    if key in _POST_ROUTES and any(post.title == "technician" for post in facts.posts):
        found.append(POSTS)
    if key == _MASTER_ROUTE and any(record.level in ("master", "doctor") for record in facts.education):
        found.append(SPECIALITY)
    return found


def cited(facts: Facts, rules: RuleSet, key: str) -> str:
    """`（依嘉人社释〔2026〕1号：…）` for each settled question that bears on the route; empty without any."""
    numbers = dict(rules.settled_by)
    said = [
        f"（依{numbers[one]}：{_SAID[one, bool(getattr(rules, one))]}。）"
        for one in raised(facts, key)
        if one in numbers
    ]
    return "".join(said)
