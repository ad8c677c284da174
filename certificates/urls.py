from django.urls import path

from certificates.views import appointments, lookup, notices

app_name = "certificates"
urlpatterns = [
    path("notices/", notices.notices, name="notices"),
    path("notices/documents/", notices.documents, name="documents"),
    path("notices/documents/<int:pk>/", notices.announcement, name="announcement"),
    path("notices/documents/<int:pk>/document.pdf", notices.announcement_pdf, name="announcement_pdf"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("notices/<int:pk>/notice.pdf", notices.notice_pdf, name="notice_pdf"),
    path("notices/<int:pk>/objection/", notices.objection_form, name="objection_form"),
    path("objections/", notices.objection_lookup, name="objection_lookup"),
    path("objections/<str:code>/", notices.objection, name="objection"),
    path("query/", lookup.query, name="query"),
    path("verify/", lookup.verify, name="verify"),
    path("verify/<str:code>/", lookup.verify_code, name="verify_code"),
    path("ent/appointments/", appointments.LedgerView.as_view(), name="appointments"),
    path("appointments/export/<int:year>/", appointments.LedgerExportView.as_view(), name="ledger_export"),
    path("appointments/<int:pk>/", appointments.AppointmentView.as_view(), name="appointment"),
    path("appointments/<int:pk>/notice/", appointments.ResultNoticeView.as_view(), name="result_notice"),
    path("my/titles/", appointments.MyTitlesView.as_view(), name="my_titles"),
    path("annulments/<int:pk>/decision.pdf", appointments.DecisionView.as_view(), name="decision_pdf"),
    path("annulments/<int:pk>/", appointments.AnnulmentView.as_view(), name="annulment"),
]
