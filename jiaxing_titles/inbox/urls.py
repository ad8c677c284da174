from django.urls import path

from jiaxing_titles.inbox.views import MessagesView, TodoView

urlpatterns = [
    path("todo/", TodoView.as_view(), name="todo"),
    path("messages/", MessagesView.as_view(), name="messages"),
]
