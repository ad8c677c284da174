"""The whole address space; the stages are named by string so that the kernel imports none of them."""

from django.urls import include, path

from jiaxing_titles.actions.views import ActionView
from jiaxing_titles.console.site import site

urlpatterns = [
    path("", include("jiaxing_titles.publicsite.urls")),
    path("", include("jiaxing_titles.accounts.urls")),
    path("", include("jiaxing_titles.inbox.urls")),
    path("", include("jiaxing_titles.publicity.urls")),
    path("account/", include("allauth.urls")),
    path("do/<str:step>/<int:pk>/", ActionView.as_view(), name="do"),
    path("console/do/<str:step>/<int:pk>/", ActionView.as_view(console=True), name="console_do"),
    path("console/", site.urls),
    path("files/", include("jiaxing_titles.attachments.urls")),
    path("jobs/", include("jiaxing_titles.documents.urls")),
    path("", include("enterprises.urls")),
    path("", include("applications.urls")),
    path("", include("reviews.urls")),
    path("", include("certificates.urls")),
    path("demo/", include("jiaxing_titles.demo.urls")),
]

handler400 = "jiaxing_titles.ui.errors.bad_request"
handler403 = "jiaxing_titles.ui.errors.permission_denied"
handler404 = "jiaxing_titles.ui.errors.not_found"
handler500 = "jiaxing_titles.ui.errors.server_error"
