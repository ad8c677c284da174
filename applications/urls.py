from django.urls import path

from applications.views import colleagues, desk, importing, my, notice, people, round, self_check, topics, what_if

app_name = "applications"
urlpatterns = [
    path("check/", self_check.SelfCheckView.as_view(), name="self_check"),
    path("my/check/", self_check.BroughtView.as_view(), name="brought"),
    path("my/", my.HomeView.as_view(), name="my"),
    path("my/applications/<int:pk>/", my.ApplicationView.as_view(), name="application"),
    path("my/applications/<int:pk>/check/", my.CheckView.as_view(), name="check_and_submit"),
    path("my/applications/<int:pk>/what-if/", what_if.WhatIfView.as_view(), name="what_if"),
    path("my/applications/<int:pk>/scope/", topics.ScopeView.as_view(), name="scope"),
    path("my/applications/<int:pk>/person/", topics.PersonView.as_view(), name="person"),
    path("my/applications/<int:pk>/exceptional/", topics.ExceptionalView.as_view(), name="exceptional"),
    path("my/applications/<int:pk>/form/", my.FormView.as_view(), name="form_pdf"),
    path("my/applications/<int:pk>/files/<int:evidence>/remove/", topics.RemoveFileView.as_view(), name="remove_file"),
    path("my/applications/<int:pk>/<str:topic>/", topics.RecordsView.as_view(), name="records"),
    path("ent/round/", round.IndexView.as_view(), name="rounds"),
    path("ent/round/<int:pk>/", round.RoundView.as_view(), name="round"),
    path("ent/round/<int:pk>/notice/", notice.OpenView.as_view(), name="open_notice"),
    path("ent/round/<int:pk>/export/", importing.ExportView.as_view(), name="export"),
    path("ent/applicants/", desk.ListView.as_view(), name="applicants"),
    path("ent/applicants/batch/", desk.BatchView.as_view(), name="batch"),
    path("ent/applicants/<int:pk>/", desk.ReviewView.as_view(), name="review"),
    path("ent/applicants/<int:pk>/hours/", desk.HoursView.as_view(), name="supplement"),
    path("ent/people/", people.ListView.as_view(), name="people"),
    path("ent/people/<int:pk>/", people.StaffView.as_view(), name="staff"),
    path("ent/import/", importing.UploadView.as_view(), name="import"),
    path("ent/import/template.xlsx", importing.TemplateView.as_view(), name="import_template"),
    path("ent/import/<int:pk>/", importing.ResultView.as_view(), name="import_result"),
    path("ent/import/<int:pk>/errors.xlsx", importing.ErrorsView.as_view(), name="import_errors"),
    path("ent/notice/<int:pk>/", notice.NoticeView.as_view(), name="notice"),
    path("ent/notice/<int:pk>/poster/", notice.PosterView.as_view(), name="poster"),
    path("in-house/<str:code>/", colleagues.InHouseView.as_view(), name="in_house"),
    path("in-house/<str:code>/objection/", colleagues.InHouseObjectionView.as_view(), name="in_house_objection"),
]
