from django.urls import path

from jiaxing_titles.accounts.views import HomeView, SwitchView

urlpatterns = [
    path("home/", HomeView.as_view(), name="home_after_login"),
    path("switch/", SwitchView.as_view(), name="switch_role"),
]
