"""The console: officials only, nothing editable, everything narrowed to whom it concerns."""

import datetime as dt

import pytest
from django.contrib.admin.sites import site as default_site
from django.contrib.contenttypes.models import ContentType
from django.test import RequestFactory
from django.urls import include, path

from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.actions.views import ActionView
from jiaxing_titles.console.case_admin import CaseAdmin, RegisterAdmin
from jiaxing_titles.console.filters import filter_form
from jiaxing_titles.console.site import NOT_SHOWN, TitlesAdminSite
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.publicity.models import PublicityPeriod
from jiaxing_titles.ui.paging import keyset


class PeriodAdmin(CaseAdmin):
    list_display = ["title", "organisation", "state", "ends_on"]
    list_filter = ["state", "kind", "organisation"]
    search_fields = ["title__startswith"]
    list_select_related = ["organisation"]
    list_per_page = 2


class CycleAdmin(CaseAdmin):
    list_display = ["year", "apply_until"]


class KindAdmin(RegisterAdmin):
    """Any model without `visible_to`."""

    list_display = ["app_label", "model"]


tried = TitlesAdminSite(name="admin")
tried.register(PublicityPeriod, PeriodAdmin)
tried.register(Cycle, CycleAdmin)
tried.register(ContentType, KindAdmin)
urlpatterns = [
    path("", include("jiaxing_titles.publicsite.urls")),
    path("", include("jiaxing_titles.accounts.urls")),
    path("", include("jiaxing_titles.inbox.urls")),
    path("account/", include("allauth.urls")),
    path("do/<str:step>/<int:pk>/", ActionView.as_view(), name="do"),
    path("console/do/<str:step>/<int:pk>/", ActionView.as_view(console=True), name="console_do"),
    path("console/", tried.urls),
]
handler403 = "jiaxing_titles.ui.errors.permission_denied"
handler404 = "jiaxing_titles.ui.errors.not_found"

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
LIST = "/console/publicity/publicityperiod/"


@pytest.fixture
def periods(city):
    return {
        place: PublicityPeriod.objects.create(
            kind="in_house", organisation=city[place], cycle=city.cycle, title=f"{place}公示"
        )
        for place in ("A", "B")
    }


def page(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status, url
    return response.content.decode()


def test_strangers_sign_in_first(client):
    for url in ("/console/", LIST, "/console/styleguide/"):
        response = client.get(url)
        assert response.status_code == 302 and "login" in response["Location"]


@pytest.mark.parametrize(("role", "place"), [("ent_hr", "A"), ("applicant", "A"), ("committee", "city")])
def test_others_are_told_whose_place_this_is(login, periods, role, place):
    client = login(role, place)
    for url in ("/console/", LIST, f"{LIST}{periods['A'].pk}/change/"):
        response = client.get(url, follow=True)
        assert response.status_code == 403
        assert "工作台由人力社保局工作人员使用" in response.content.decode()


def test_an_official_without_second_factor_is_sent_to_it(login, city):
    client = login("city_clerk", "city")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password"}]
    session.save()
    response = client.get("/console/", follow=True)
    assert any("2fa" in url or "mfa" in url for url, _ in response.redirect_chain)


def test_the_first_page_shows_todos_and_registers(login, city):
    text = page(login("city_clerk", "city"), "/console/")
    assert "我的待办" in text and f'href="{LIST}"' in text


def test_a_county_sees_its_own_enterprises_only(login, periods):
    client = login("county", "haining")
    text = page(client, LIST)
    assert "A公示" in text and "B公示" not in text
    page(client, f"{LIST}{periods['A'].pk}/change/")
    page(client, f"{LIST}{periods['B'].pk}/change/", status=404)
    assert "A公示" in page(login("city_clerk", "city"), LIST)


def test_a_register_without_scope_is_the_citys(login, city):
    url = "/console/contenttypes/contenttype/"
    assert "当前条件下没有记录" not in page(login("city_clerk", "city"), url)
    assert "当前条件下没有记录" in page(login("county", "haining"), url)


def test_nothing_can_be_added_changed_or_deleted(login, periods):
    client, pk = login("city_clerk", "city"), periods["A"].pk
    for url in (f"{LIST}add/", f"{LIST}{pk}/delete/", f"{LIST}{pk}/history/"):
        assert client.get(url).status_code in (302, 404) and client.post(url).status_code in (302, 404)
    for url in (LIST, f"{LIST}{pk}/change/"):
        assert (
            client.post(url, {"title": "x", "state": "closed", "_save": "1", "action": "delete_selected"}).status_code
            == 405
        )
    periods["A"].refresh_from_db()
    assert (periods["A"].title, periods["A"].state) == ("A公示", "draft")
    assert "<input" not in page(client, f"{LIST}{pk}/change/").split("<main")[1].split("</main")[0]


def test_an_entry_shows_values_state_steps_and_history(login, periods):
    text = page(login("city_clerk", "city"), f"{LIST}{periods['A'].pk}/change/")
    assert "示例精密机械有限公司" in text and "单位评前公示" in text and "办理记录" in text
    assert '<span class="tag tag-grey">草稿</span>' in text


def test_the_list_is_narrowed_by_its_conditions(login, periods):
    client = login("city_clerk", "city")
    assert "B公示" not in page(client, f"{LIST}?q=A")
    assert "A公示" not in page(client, f"{LIST}?organisation={periods['B'].organisation_id}")
    nothing = page(client, f"{LIST}?state=closed")
    assert "当前条件下没有记录" in nothing and "状态：公示结束" in nothing


@pytest.mark.parametrize(
    "query", ["organisation=abc", "state=nonsense", "after=x", "before=%00", "sort=password", "q=%27%22"]
)
def test_wrong_conditions_do_no_harm(login, periods, query):
    page(login("city_clerk", "city"), f"{LIST}?{query}")


def test_pages_follow_one_another(login, city):
    for number in range(5):
        PublicityPeriod.objects.create(kind="in_house", organisation=city["A"], cycle=city.cycle, title=f"第{number}号")
    client = login("city_clerk", "city")
    seen, url = [], LIST
    while url:
        response = client.get(url)
        seen += [row.title for row in response.context["page"]]
        token = response.context["page"].next
        url = f"{LIST}?after={token}" if token else ""
    assert seen == [f"第{number}号" for number in reversed(range(5))]


def test_a_list_costs_the_same_for_one_row_and_for_three(login, city, django_assert_max_num_queries):
    client = login("city_clerk", "city")
    counted = []
    for _ in (1, 2, 3):
        PublicityPeriod.objects.create(kind="in_house", organisation=city["A"], cycle=city.cycle, title="公示")
        with django_assert_max_num_queries(12) as queries:
            client.get(LIST)
        counted.append(len(queries))
    assert counted[0] == counted[-1]


def test_the_styleguide_shows_every_component_and_the_form_sent_back(login, city):
    client = login("city_clerk", "city")
    assert "样式清单" in page(client, "/console/styleguide/")
    text = page(client, "/console/styleguide/?errors=1")
    assert 'id="error-summary"' in text and "<title>错误：样式清单" in text


def test_no_register_of_ours_saves_and_none_of_third_parties_is_shown():
    for model, registered in default_site._registry.items():
        assert model._meta.app_label not in NOT_SHOWN
        if isinstance(registered, RegisterAdmin):
            kinds = type(registered).__mro__
            ours = [kind for kind in kinds if not kind.__module__.startswith("django.")]
            assert not any({"save_model", "save_related", "delete_model"} & set(vars(kind)) for kind in ours)
            assert registered.actions is None


def test_every_register_can_be_sorted_filtered_and_searched_as_declared():
    for model, registered in default_site._registry.items():
        if isinstance(registered, RegisterAdmin):
            rows = model._default_manager.all()
            for order in registered.sorts.values():
                keyset(rows, order=order)
            form = filter_form(registered, RequestFactory().get("/", {"q": "嘉兴"}))
            assert list(form.narrow(rows)[:1]) is not None


def test_the_page_of_one_application_keeps_to_the_policy_and_to_chinese(login, city):
    text = page(login("city_clerk", "city"), "/console/publicity/")
    assert "公示与异议" in text and "<style" not in text and "style=" not in text
    assert "Toggle" not in text and "Home" not in text


def test_a_case_without_states_has_its_page_too(login, city):
    text = page(login("city_clerk", "city"), f"/console/policy/cycle/{city.cycle.pk}/change/")
    assert "2026年3月31日（星期二）" in text and 'class="tag tag-"' not in text


def test_a_plain_model_is_no_case():
    with pytest.raises(TypeError, match="RegisterAdmin"):
        CaseAdmin(Organisation, tried)


def test_a_personal_number_is_never_shown_by_accident(city):
    from jiaxing_titles.accounts.models import User

    user = city.person("ent_hr", "A")
    shown = {row.label for row in RegisterAdmin(User, tried).rows(user)}
    assert "证件号码" not in shown and "手机号码" not in shown
    careless = type("Careless", (RegisterAdmin,), {"fields": ["id_number"]})(User, tried)
    with pytest.raises(ValueError, match="masks"):
        careless.rows(user)


def test_dates_in_cells_are_chinese(login, periods):
    period = periods["A"]
    period.opened_on, period.ends_on = dt.date(2026, 2, 2), dt.date(2026, 2, 9)
    period.open()
    period.save()
    assert "2026年2月9日（星期一）" in page(login("city_clerk", "city"), LIST)
