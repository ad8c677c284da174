from django.urls import path

from jiaxing_titles.demo.views import CardsView, ClockView, EnterView, PeopleView, TurnView

urlpatterns = [
    path("", CardsView.as_view(), name="demo_cards"),
    path("people/", PeopleView.as_view(), name="demo_people"),
    path("enter/<int:membership>/", EnterView.as_view(), name="demo_enter"),
    path("turns/<slug:key>/", TurnView.as_view(), name="demo_turn"),
    path("clock/", ClockView.as_view(), name="demo_clock"),
]
