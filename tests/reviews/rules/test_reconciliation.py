"""Every applicant has exactly one end before anything is reported (F-60)."""

from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.reconciliation import reconcile, unmet

ENDS = ["passed", "failed", "postponed", "not_endorsed", "withdrawn", "disqualified"]


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.sampled_from([*ENDS, "unsettled"]), min_size=1, max_size=30))
def test_the_difference_is_the_number_of_people_without_an_end(outcomes):
    ledger = reconcile(outcomes)
    open_ones = [name for name, end in outcomes.items() if end == "unsettled"]
    assert ledger.difference == len(open_ones)
    assert ledger.applied == ledger.settled + ledger.difference
    assert bool(unmet(ledger)) == bool(open_ones)


def test_who_is_missing_is_named():
    reasons = unmet(reconcile({"王建国": "passed", "李秀英": "unsettled"}))
    assert "申报 2 人，已有结果 1 人，差 1 人：李秀英" in reasons[0].text
    assert [(one.clause, one.rule, one.gate) for one in reasons] == [("办法五（三）", "R-5.3.2", "G13")]


def test_no_more_than_ten_are_named():
    ten = unmet(reconcile({f"人{number}": "unsettled" for number in range(10)}))
    assert ten[0].text.endswith("人9。")
    reasons = unmet(reconcile({f"人{number}": "unsettled" for number in range(12)}))
    assert reasons[0].text.endswith("人9等。")


def test_a_round_without_applicants_has_nothing_to_report():
    assert "没有申报人员" in unmet(reconcile({}))[0].text
