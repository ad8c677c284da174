from django.urls import path

from jiaxing_titles.accounts.invitations import AcceptView, CodeView, PrintCodeView
from jiaxing_titles.accounts.views import HomeView, SwitchView

urlpatterns = [
    path("home/", HomeView.as_view(), name="home_after_login"),
    path("switch/", SwitchView.as_view(), name="switch_role"),
    path("invite/code/", CodeView.as_view(), name="invitation_code"),
    path("invite/<str:token>/", AcceptView.as_view(), name="accept_invitation"),
    path("console/desk-code/<int:pk>/", PrintCodeView.as_view(), name="print_desk_code"),
]
