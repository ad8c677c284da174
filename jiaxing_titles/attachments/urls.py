from django.urls import path

from jiaxing_titles.attachments import views

app_name = "attachments"
urlpatterns = [
    path("<int:pk>/", views.download, name="download"),
    path("<int:pk>/view/", views.view, name="view"),
    path("<int:pk>/pages/<int:page>.png", views.page_picture, name="page"),
]
