"""Requests that no page of ours sends: forged hosts, foreign targets, missing tokens, wrong methods, absurd numbers."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.architecture.access import known_by_sight, patterns

pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HUGE = "9" * 5000
ABSURD_NUMBERS = ["9" * 30, HUGE]
ABSURD_TEXTS = ["%00", "%ED%A0%80", "x" * 2000, "%F0%9F%98%80%E2%80%AE"]
# Every parameter that any page reads, each time with values of one kind.
PARAMETERS = (
    "after", "before", "sort", "q", "year", "page", "from", "file", "tab", "kind", "number", "name", "cycle", "state",
    "format", "level", "route", "verdict", "here", "employment", "next",
)  # fmt: skip
ABSURD_VALUES = ["%00", HUGE, "-1", "x" * 3000, "%ED%A0%80", "二〇二六"]
OPENERS = [("ent_hr", "A"), ("applicant", "A"), ("city_clerk", "city")]


@pytest.fixture
def by_sight():
    """Hundreds of readings by the same few people."""
    with known_by_sight():
        yield


def quiet(client: Client) -> Client:
    client.raise_request_exception = False
    return client


def strict() -> Client:
    return quiet(Client(enforce_csrf_checks=True))


def is_our_page(answer, status: int) -> bool:
    text = answer.content.decode()
    return answer.status_code == status and "<h1>" in text and bool(CHINESE.search(text)) and "Traceback" not in text


def test_a_post_without_the_token_is_refused_on_a_page_of_ours(city):
    """Every address that takes a POST from anybody, and one step."""
    for url in (
        "/account/login/",
        "/query/",
        "/verify/",
        "/large-type/",
        "/invite/code/",
        "/switch/",
        "/do/reviews.assess/1/",
    ):
        answer = strict().post(url, {"code": "1"})
        assert is_our_page(answer, 403), url
        assert "页面已过期" in answer.content.decode(), url


def test_no_view_is_exempt_from_the_token_but_the_one_that_writes_nothing():
    """The self-check of visitors without cookies (decision 15)."""

    def views(resolver):
        for one in resolver.url_patterns:
            if hasattr(one, "url_patterns"):
                yield from views(one)
            else:
                yield one

    exempt = [str(one.pattern) for one in views(get_resolver()) if getattr(one.callback, "csrf_exempt", False)]
    assert exempt == ["check/"]


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "evil.example:80", "testserver@evil.example", ""]
)
def test_a_foreign_host_is_refused(city, host):
    for url in ("/", "/account/login/", "/console/", "/account/password/reset/"):
        answer = quiet(Client()).get(url, HTTP_HOST=host or "%")
        assert is_our_page(answer, 400), url
        assert host == "" or host not in answer.content.decode()


def test_a_forwarded_host_changes_nothing(city):
    for url in ("/", "/account/login/", "/enterprises/", "/verify/"):
        answer = quiet(Client()).get(url, HTTP_X_FORWARDED_HOST="evil.example", HTTP_FORWARDED="host=evil.example")
        assert "evil.example" not in answer.content.decode() + answer.headers.get("Location", ""), url


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "///evil.example"]
)
def test_no_target_leads_away(city, login, target):
    user = city.person("ent_hr", "A")
    user.set_password("Test-Only-2026!")
    user.save()
    facts = {"login": user.username, "password": "Test-Only-2026!", "next": target}
    for url in ("/account/login/", f"/account/login/?next={target}"):
        answer = quiet(Client()).post(url, facts)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/home/"), answer.headers["Location"]
    for url in ("/account/login/", "/account/logout/", "/console/login/", "/large-type/"):
        for client in (Client(), login("ent_hr", "A"), login("city_clerk", "city")):
            for method in (client.get, client.post):
                client.raise_request_exception = False
                where = method(f"{url}?next={target}", {"next": target} if method == client.post else None)
                # The sign-in page may be handed the target; above it is seen to follow none of these.
                assert re.match(r"$|/(?![/\\\\])", where.headers.get("Location", "").partition("?")[0]), url


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_a_method_that_is_not_offered_is_explained(city, login, method):
    addresses = ["/", "/notices/", "/enterprises/", "/query/", "/ent/", "/todo/", "/ent/applicants/"]
    client = quiet(login("ent_hr", "A"))
    for url in addresses:
        answer = getattr(client, method)(url)
        assert is_our_page(answer, 405), (url, answer.status_code)
        assert answer.headers["Allow"], url


def _filled(pattern: str, number: str, text: str) -> str:
    pattern = re.sub(r"<int:\w+>", number, pattern)
    pattern = re.sub(r"<(str|slug|path):\w+>", text, pattern)
    return "/" + re.sub(r"\^|\$|\(\?P<\w+>[^)]*\)", "", pattern)


def test_absurd_numbers_in_addresses_are_not_found(city, company, login, by_sight):
    company("A")
    people = [quiet(login(*who)) for who in OPENERS]
    for _, pattern in patterns():
        if "<int:" not in pattern:
            continue
        for number in ABSURD_NUMBERS:
            url = _filled(pattern, number, "reviews.assess")
            for client in people:
                answer = client.get(url)
                assert answer.status_code in (302, 403, 404, 405), (url[:120], answer.status_code)


def test_absurd_texts_in_addresses_are_not_found(city, company, login):
    company("A")
    clients = [quiet(Client()), quiet(login(*OPENERS[0]))]
    for _, pattern in patterns():
        if not re.search(r"<(str|slug|path):", pattern) or pattern.startswith("demo/"):
            continue
        for number, text in enumerate(ABSURD_TEXTS):
            url = _filled(pattern, "1", text)
            for client in clients:
                answer = client.get(url, REMOTE_ADDR=f"10.1.0.{number}")
                assert answer.status_code in (200, 302, 403, 404, 405), (url[:120], answer.status_code)


def test_absurd_conditions_narrow_nothing_and_break_nothing(city, company, login, by_sight):
    """Every page without an object, with every parameter that any page reads."""
    company("A")
    for role, place in OPENERS:
        client = quiet(login(role, place))
        for _, pattern in patterns():
            if re.search(r"[<^(]", pattern) or pattern.startswith(("demo/", "account/logout")):
                continue
            if client.get(f"/{pattern}").status_code in (302, 403, 404, 405):
                continue  # not a page of this person's: nothing is read from what he asks
            for value in ABSURD_VALUES:
                answer = client.get(f"/{pattern}?" + "&".join(f"{name}={value}" for name in PARAMETERS))
                assert answer.status_code in (200, 302, 400, 403, 404, 405), (pattern, value[:20], answer.status_code)


@pytest.mark.parametrize("value", [HUGE, "9" * 30, "-1", "\x00", "１２", "²", ""])
def test_hidden_fields_bent_by_hand_do_no_harm(city, company, draft, login, value):
    """Version, key and ids that no page of ours has sent: an answer in words, never a 500."""
    application = draft("A")
    hr = quiet(login("ent_hr", "A"))
    sent = [
        (f"/do/enterprises.hand_application_to_lead/{application.pk}/", {"version": value, "key": value}),
        (f"/ent/pilot/{application.pk}/profile/", {"version": value, "total_staff": "1"}),
        (f"/ent/pilot/{application.pk}/talent/", {"version": value, "talent-TOTAL_FORMS": value}),
        ("/ent/applicants/batch/", {"pick": value, "confirm": value}),
        ("/messages/", {"id": value}),
        ("/switch/", {"membership": value}),
        ("/ent/company/", {"version": value, "legal_person": value}),
    ]
    for url, facts in sent:
        answer = hr.post(url, facts)
        assert answer.status_code in (200, 302, 404, 409, 422), (url, answer.status_code)
        assert answer.status_code == 302 or CHINESE.search(answer.content.decode()), url
