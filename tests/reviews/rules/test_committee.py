"""中评委的组成: enough and chaired to open; odd and covering every speciality to invite (F-66)."""

from reviews.rules.committee import Body, uncovered, uninvitable, unmet

WANTED = {"化纤": 3, "机械设计": 12}


def rules(reasons):
    return [(one.rule, one.text) for one in reasons]


def test_eleven_with_a_chair_who_cover_the_specialities_may_be_invited():
    body = Body(11, chaired=True, specialities={"化纤", "机械设计", "电子信息"})
    assert unmet(body, 11) == uninvitable(body, 11, WANTED) == []


def test_what_is_wrong_is_said_at_once_with_what_to_do():
    body = Body(8, chaired=False, specialities={"机械设计"})
    found = uninvitable(body, 11, WANTED)
    assert rules(found) == [
        ("S-2", "中评委评委现有 8 人，至少须 11 人。"),
        ("S-1", "还没有确定主任委员。"),
        ("S-1", "评委 8 人为偶数，应为奇数。"),
        ("S-2", "没有评委从事以下申报专业：化纤（3 人）。"),
    ]
    assert [one.remedy for one in found] == [
        "请再列入 3 名评委。",
        "请列入一名主任委员。",
        "请再列入或移出一名评委。",
        "请列入相应专业的评委；确无合适人选的，请“说明专业未覆盖”。",
    ]
    order = "人社部令第40号（年度设置）"
    assert [one.clause for one in found] == ["办法五（三）", "办法五（三）", order, order]
    assert {one.gate for one in found} == {"G15"}
    assert rules(unmet(body, 11)) == rules(found)[:2]


def test_every_speciality_without_a_member_is_named():
    body = Body(11, chaired=True, specialities=set())
    told = "没有评委从事以下申报专业：化纤（3 人）、机械设计（12 人）。"
    assert rules(uninvitable(body, 11, WANTED)) == [("S-2", told)]


def test_of_no_members_at_all_it_is_not_said_that_they_are_an_even_number():
    assert [one.rule for one in uninvitable(Body(0, chaired=False, specialities=set()), 11, {})] == ["S-2", "S-1"]


def test_a_missing_speciality_may_stand_with_a_reason_and_an_even_number_may_not():
    body = Body(12, chaired=True, specialities={"机械设计"})
    assert uncovered(body, WANTED) == {"化纤": 3}
    assert rules(uninvitable(body, 11, WANTED, "暂无库内专家。")) == [("S-1", "评委 12 人为偶数，应为奇数。")]
    assert len(uninvitable(body, 11, WANTED, "  ")) == 2
