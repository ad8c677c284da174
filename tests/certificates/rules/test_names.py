"""Same name, same company (decision 38)."""

from hypothesis import given
from hypothesis import strategies as st

from certificates.rules.names import Listed, distinguishing_notes


def test_a_name_that_stands_alone_adds_nothing():
    people = [Listed(1, "甲公司", "张三", "设备部", 1990), Listed(2, "乙公司", "张三", "工艺部", 1991)]
    assert distinguishing_notes(people) == {1: "", 2: ""}


def test_namesakes_in_one_company_add_the_department():
    people = [Listed(1, "甲公司", "张三", "设备部", 1990), Listed(2, "甲公司", "张三", "工艺部", 1991)]
    assert distinguishing_notes(people) == {1: "设备部", 2: "工艺部"}


def test_namesakes_of_one_department_add_the_year_of_birth():
    people = [Listed(1, "甲公司", "张三", "设备部", 1990), Listed(2, "甲公司", "张三", "设备部", 1991)]
    assert distinguishing_notes(people) == {1: "1990年生", 2: "1991年生"}


def test_a_missing_department_makes_all_namesakes_show_the_year():
    people = [Listed(1, "甲公司", "张三", "", 1990), Listed(2, "甲公司", "张三", "设备部", 1991)]
    assert distinguishing_notes(people) == {1: "1990年生", 2: "1991年生"}


def test_three_namesakes_of_which_two_share_the_year_show_both_facts():
    people = [
        Listed(1, "甲公司", "张三", "设备部", 1990),
        Listed(2, "甲公司", "张三", "工艺部", 1990),
        Listed(3, "甲公司", "张三", "设备部", 1991),
    ]
    assert distinguishing_notes(people) == {1: "设备部，1990年生", 2: "工艺部，1990年生", 3: "设备部，1991年生"}


def test_nothing_known_adds_nothing():
    people = [Listed(1, "甲公司", "张三"), Listed(2, "甲公司", "张三")]
    assert distinguishing_notes(people) == {1: "", 2: ""}


@given(
    st.lists(
        st.tuples(
            st.sampled_from("甲乙"),
            st.sampled_from(["张三", "李四"]),
            st.sampled_from(["", "设备部", "工艺部"]),
            st.sampled_from([None, 1990, 1991]),
        ),
        max_size=8,
    )
)
def test_notes_never_hide_a_difference_that_is_there(rows):
    people = [Listed(number, *row) for number, row in enumerate(rows)]
    notes = distinguishing_notes(people)
    assert set(notes) == {person.key for person in people}
    for one in people:
        for other in people:
            same = (one.company, one.name) == (other.company, other.name)
            told_apart = one.department and other.department and one.department != other.department
            if one.key < other.key and same and told_apart and one.birth_year and other.birth_year:
                assert notes[one.key] != notes[other.key]
