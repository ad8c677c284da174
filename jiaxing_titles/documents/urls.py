from django.urls import path

from jiaxing_titles.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.JobListView.as_view(), name="jobs"),
    path("<int:pk>/", views.JobView.as_view(), name="job"),
    path("<int:pk>/file/", views.JobFileView.as_view(), name="file"),
]
