"""What a meeting lacks by the answers so far, in sentences."""

from reviews.choices import InvitationState
from reviews.rules.expectation import COMING, NOT_COMING, UNASKED, WAITING, Expected, Limits, gaps

TWO_THIRDS, THIRD = (2, 3), (1, 3)
PANEL, COMMITTEE = Limits(TWO_THIRDS, THIRD), Limits(TWO_THIRDS)


def nine(*answers, external=(7, 8, 9), chairs=(1,)):
    """Members 甲1 to 甲9; those without an answer given are coming."""
    given = [*answers, *[COMING] * (9 - len(answers))]
    return [
        Expected(number, f"甲{number}", answer, number in external, number in chairs)
        for number, answer in enumerate(given, start=1)
    ]


def test_all_come_and_nothing_is_missing():
    assert gaps(nine(), PANEL) == []


def test_a_list_without_members_is_the_lists_own_trouble():
    assert gaps([], PANEL) == []


def test_before_anybody_was_asked_one_sentence_says_so():
    assert gaps(nine(*[UNASKED] * 9), PANEL) == ["还没有发会议通知。"]


def test_everybody_who_is_missing_is_named_by_what_he_said():
    answers = (COMING, UNASKED, WAITING, NOT_COMING, WAITING)
    assert gaps(nine(*answers, external=()), PANEL) == [
        "还没有通知：甲2。",
        "还没有答复：甲3、甲5。",
        "答复不能出席：甲4。",
        "应到 9 人，至少须到 6 人；已确认出席 5 人，还差 1 人。",
    ]


def test_six_of_nine_are_enough_and_five_are_not():
    assert gaps(nine(COMING, *[NOT_COMING] * 3, external=()), PANEL) == ["答复不能出席：甲2、甲3、甲4。"]
    assert gaps(nine(COMING, *[NOT_COMING] * 4, external=()), PANEL)[1:] == [
        "应到 9 人，至少须到 6 人；已确认出席 5 人，还差 1 人。"
    ]


def test_somebody_who_may_preside_has_to_come():
    told = "主任委员、副主任委员都还没有确认出席。"
    assert gaps(nine(NOT_COMING), PANEL) == ["答复不能出席：甲1。", told, "确认出席 8 人中外聘 3 人，超过三分之一。"]
    assert told not in gaps(nine(NOT_COMING, chairs=(1, 2)), PANEL)
    assert told in gaps(nine(WAITING, WAITING, chairs=(1, 2)), PANEL)
    assert told not in gaps(nine(NOT_COMING, chairs=()), PANEL)


def test_those_who_come_are_asked_about_the_third_of_externals():
    missing = nine(COMING, NOT_COMING)
    told = "确认出席 8 人中外聘 3 人，超过三分之一。"
    assert gaps(missing, PANEL) == ["答复不能出席：甲2。", told]
    assert gaps(missing, Limits(TWO_THIRDS, THIRD, consented=3)) == ["答复不能出席：甲2。"]
    assert gaps(missing, Limits(TWO_THIRDS, THIRD, consented=2))[1:] == [told]
    assert gaps(missing, COMMITTEE) == ["答复不能出席：甲2。"]
    assert gaps(nine(*[COMING] * 6, NOT_COMING), PANEL) == ["答复不能出席：甲7。"]


def test_one_external_of_two_is_more_than_a_third():
    three = [Expected(1, "甲", COMING, False, True), Expected(2, "乙", COMING, True, False)]
    three.append(Expected(3, "丙", NOT_COMING, False, False))
    assert gaps(three, PANEL) == ["答复不能出席：丙。", "确认出席 2 人中外聘 1 人，超过三分之一。"]


def test_the_answers_are_called_as_they_are_stored():
    assert [COMING, WAITING, NOT_COMING] == ["coming", "waiting", "not_coming"]
    assert {COMING, WAITING, NOT_COMING, "withdrawn"} == set(InvitationState.values)


def test_a_person_for_whom_too_many_step_back_is_named():
    """Only the recusals of those who come count; another person with the same name has his own line."""
    answers = (*[COMING] * 7, WAITING, NOT_COMING)
    recused = [("张三", {1, 2}), ("李四", {1}), ("张三", {8, 9})]
    assert gaps(nine(*answers), PANEL, recused) == [
        "还没有答复：甲8。",
        "答复不能出席：甲9。",
        "张三：回避 2 人后确认出席 5 人，不足 6 人。",
    ]


def test_without_a_quorum_nothing_more_is_worked_out():
    answers = [COMING, *[WAITING] * 5]
    assert gaps(nine(*answers), PANEL, [("张三", {1})])[1:] == [
        "应到 9 人，至少须到 6 人；已确认出席 4 人，还差 2 人。"
    ]
