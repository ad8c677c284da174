from django.urls import path

from jiaxing_titles.ui import views

urlpatterns = [
    path("large-type/", views.large_type, name="large_type"),
    path("browser/", views.browser, name="browser"),
]
