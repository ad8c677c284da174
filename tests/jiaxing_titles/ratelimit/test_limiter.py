"""Tries counted in the database (decision 39)."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.test import RequestFactory

from jiaxing_titles.ratelimit.limiter import Limit, client_address, minutes_to_wait
from jiaxing_titles.ratelimit.models import AttemptWindow
from jiaxing_titles.ratelimit.tasks import forget_attempts

THREE = Limit("test", 3, dt.timedelta(minutes=10))


def test_the_window_closes_and_opens_again(city, at):
    at("2026-02-02 09:04:00")
    assert [minutes_to_wait(THREE, "a") for _ in range(5)] == [0, 0, 0, 6, 6]
    assert minutes_to_wait(THREE, "b") == 0
    at("2026-02-02 09:10:00")
    assert minutes_to_wait(THREE, "a") == 0


def test_no_address_is_kept(city):
    minutes_to_wait(THREE, "203.0.113.9")
    assert "203.0.113.9" not in str(list(AttemptWindow.objects.values()))


def test_old_windows_are_forgotten_and_live_ones_kept(city, at):
    minutes_to_wait(THREE, "a")
    at("2026-02-05 09:00:00")
    minutes_to_wait(THREE, "a")
    assert forget_attempts() == 1
    assert forget_attempts() == 0
    assert AttemptWindow.objects.count() == 1


@pytest.mark.parametrize(
    ("proxies", "header", "expected"),
    [
        (0, "1.2.3.4", "192.0.2.1"),
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4"),
        (1, "", "192.0.2.1"),
        (1, "not-an-address", "unknown"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_only_our_own_proxies_are_believed(settings, proxies, header, expected):
    settings.AXES_IPWARE_PROXY_COUNT = proxies
    extra = {"HTTP_X_FORWARDED_FOR": header} if header else {}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", **extra)) == expected


@pytest.mark.django_db(transaction=True)
def test_two_at_once_never_read_the_same_number():
    answers = []

    def try_ten_times():
        answers.extend(minutes_to_wait(Limit("race", 10, dt.timedelta(days=1)), "a") for _ in range(10))
        connection.close()

    threads = [threading.Thread(target=try_ten_times) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(bool(answer) for answer in answers) == [False] * 10 + [True] * 10
