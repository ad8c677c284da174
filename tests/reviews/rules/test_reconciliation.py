"""Every applicant has exactly one end before anything is reported (F-60)."""

from hypothesis import given
from hypothesis import strategies as st

from jiaxing_titles.reasons import Reason
from reviews.rules.reconciliation import reconcile, unmet

ENDS = ["passed", "failed", "postponed", "not_endorsed", "withdrawn", "disqualified"]


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.sampled_from([*ENDS, "unsettled"]), min_size=1, max_size=30))
def test_the_difference_is_the_number_of_people_without_an_end(outcomes):
    ledger = reconcile(outcomes)
    open_ones = [name for name, end in outcomes.items() if end == "unsettled"]
    assert ledger.difference == len(open_ones)
    assert ledger.applied == ledger.settled + ledger.difference
    assert bool(unmet(ledger)) == bool(open_ones)


def _told(text, remedy="请先完成其评审、考核认定或终止办理。"):
    return [Reason(text, clause="办法五（三）", rule="R-5.3.2", gate="G13", remedy=remedy)]


def test_who_is_missing_is_named():
    outcomes = {"王建国": "passed", "李秀英": "unsettled", "赵敏": "unsettled"}
    assert unmet(reconcile(outcomes)) == _told("申报 3 人，已有结果 1 人，差 2 人：李秀英、赵敏。")


def test_no_more_than_ten_are_named():
    ten = "、".join(f"人{number}" for number in range(10))
    people = {f"人{number}": "unsettled" for number in range(11)}
    assert unmet(reconcile(people)) == _told(f"申报 11 人，已有结果 0 人，差 11 人：{ten}等。")
    del people["人10"]
    assert unmet(reconcile(people)) == _told(f"申报 10 人，已有结果 0 人，差 10 人：{ten}。")


def test_a_round_without_applicants_has_nothing_to_report():
    assert unmet(reconcile({})) == _told("本年度没有申报人员，没有可上报的结果。", remedy="")
