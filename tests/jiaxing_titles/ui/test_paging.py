"""Keyset pages: every row exactly once, in order, both ways, whatever the token says."""

from itertools import chain

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import RequestFactory

from jiaxing_titles.ui.components import pager_links
from jiaxing_titles.ui.paging import keyset, page_of

pytestmark = pytest.mark.django_db
ORDER = ("name", "-id")


@pytest.fixture
def groups():
    return Group.objects.bulk_create(Group(name=f"组{number:03d}") for number in range(23))


def walk(size, order=ORDER, queryset=None):
    rows, after = [], None
    while True:
        page = keyset(Group.objects.all() if queryset is None else queryset, order=order, after=after, size=size)
        rows += page.rows
        if not page.next:
            return rows, page
        after = page.next


@pytest.mark.parametrize("size", [1, 5, 22, 23, 24])
@pytest.mark.parametrize("order", [("name", "-id"), ("-name", "id"), ("-id",), ("id",)])
def test_every_row_once_and_in_order(groups, size, order):
    rows, last = walk(size, order)
    assert [row.pk for row in rows] == list(Group.objects.order_by(*order).values_list("pk", flat=True))
    assert last.next == ""


def test_the_way_back_shows_the_same_pages(groups):
    forward, after = [], None
    while True:
        page = keyset(Group.objects.all(), order=ORDER, after=after, size=5)
        forward.append([row.pk for row in page])
        if not page.next:
            break
        after = page.next
    backward = [[row.pk for row in page]]
    while page.previous:
        page = keyset(Group.objects.all(), order=ORDER, before=page.previous, size=5)
        backward.append([row.pk for row in page])
        assert page.next
    # Walking back from a short last page keeps full pages, so only the joined rows must agree.
    assert list(chain(*reversed(backward))) == list(chain(*forward))


def test_equal_sort_values_lose_no_row():
    order = ("content_type_id", "id")
    whole = list(Permission.objects.order_by("content_type_id", "id").values_list("pk", flat=True))
    rows, _ = walk(7, order, Permission.objects.all())
    assert len(whole) > 30
    assert [row.pk for row in rows] == whole


def test_a_path_over_a_foreign_key():
    order = ("-content_type__model", "codename", "id")
    rows, _ = walk(9, order, Permission.objects.select_related("content_type"))
    assert [row.pk for row in rows] == list(Permission.objects.order_by(*order).values_list("pk", flat=True))


def seen(page):
    """Without the tokens themselves, which hold the second in which they were signed."""
    return page.rows, bool(page.next), bool(page.previous)


@pytest.mark.parametrize("token", ["", "x", "'; drop table--", "eyJ:1:2", "a" * 5000, "\x00"])
def test_a_bad_token_leads_to_the_first_page(groups, token):
    first = seen(keyset(Group.objects.all(), order=ORDER, size=5))
    assert seen(keyset(Group.objects.all(), order=ORDER, after=token, size=5)) == first
    assert seen(keyset(Group.objects.all(), order=ORDER, before=token, size=5)) == first


def test_a_token_of_another_sort_leads_to_the_first_page(groups):
    token = keyset(Group.objects.all(), order=("id",), size=5).next
    first = seen(keyset(Group.objects.all(), order=ORDER, size=5))
    assert seen(keyset(Group.objects.all(), order=ORDER, after=token, size=5)) == first


def test_rows_that_vanished_do_not_leave_an_empty_page(groups):
    second = keyset(
        Group.objects.all(), order=ORDER, after=keyset(Group.objects.all(), order=ORDER, size=5).next, size=5
    )
    Group.objects.filter(name__lt=second.rows[0].name).delete()
    assert keyset(Group.objects.all(), order=ORDER, before=second.previous, size=5).rows


@pytest.mark.parametrize("order", [(), ("name",), ("nonsense", "id"), ("-name", "-nonsense")])
def test_a_sort_without_tie_break_or_column_is_refused(order):
    with pytest.raises(ValueError):
        keyset(Group.objects.all(), order=order)


def test_a_column_that_may_be_null_is_refused(django_user_model):
    with pytest.raises(ValueError, match="null"):
        keyset(django_user_model.objects.all(), order=("last_login", "id"))


@pytest.mark.parametrize("size", [0, -1, 201])
def test_a_page_has_a_sensible_size(size):
    with pytest.raises(ValueError):
        keyset(Group.objects.all(), order=("id",), size=size)


@pytest.mark.parametrize("count", [1, 3])
def test_one_query_whatever_the_number_of_rows(django_assert_num_queries, count):
    Group.objects.bulk_create(Group(name=f"组{number}") for number in range(count))
    with django_assert_num_queries(1) as captured:
        assert len(keyset(Group.objects.all(), order=ORDER, size=2)) == min(count, 2)
    sql = captured[0]["sql"].upper()
    assert "COUNT(" not in sql and "OFFSET" not in sql


def test_the_request_picks_only_listed_sorts_and_links_keep_the_conditions(groups):
    sorts = {"name": ORDER, "newest": ("-id",)}
    request = RequestFactory().get("/x/", {"sort": "password", "level": "工程师"})
    page = page_of(request, Group.objects.all(), sorts, size=5)
    assert page.rows == list(Group.objects.order_by(*ORDER)[:5])
    links = pager_links(request, page)
    assert links["previous_url"] == ""
    following = RequestFactory().get(links["next_url"])
    assert following.GET["level"] == "工程师"
    second = page_of(following, Group.objects.all(), sorts, size=5)
    assert second.rows == list(Group.objects.order_by(*ORDER)[5:10])
    assert "after=" not in pager_links(following, second)["previous_url"]
