from django.urls import path

from jiaxing_titles.publicity.views import ObjectionDesk

urlpatterns = [path("ent/objections/<int:pk>/", ObjectionDesk.as_view(), name="objection_desk")]
