from django.urls import include, path

from jiaxing_titles.publicsite import views

urlpatterns = [
    path("", views.home, name="home"),
    path("policy/", views.policy, name="policy"),
    path("guide/", views.guides, name="guides"),
    path("guide/<slug:slug>/", views.guide, name="guide"),
    path("", include("jiaxing_titles.ui.urls")),
]
