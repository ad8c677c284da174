import pytest

from reviews.rules.batches import cut


@pytest.mark.parametrize(("people", "sheets"), [(0, []), (1, [1]), (30, [30]), (31, [30, 1]), (61, [30, 30, 1])])
def test_a_sheet_holds_thirty_names_at_most(people, sheets):
    cutting = cut(list(range(people)))
    assert [len(sheet) for sheet in cutting] == sheets
    assert [name for sheet in cutting for name in sheet] == list(range(people))
