from django.urls import path

from jiaxing_titles.attachments import views

app_name = "attachments"
urlpatterns = [
    path("<int:pk>/", views.DownloadView.as_view(), name="download"),
    path("<int:pk>/view/", views.ViewerView.as_view(), name="view"),
    path("<int:pk>/pages/<int:page>/", views.PageView.as_view(), name="page"),
]
