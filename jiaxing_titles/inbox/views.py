"""我的待办 and 我的消息 of the portal; the console shows the same lists on its first page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from jiaxing_titles import clock
from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.inbox.registry import waiting_for
from jiaxing_titles.notifications.models import Notification
from jiaxing_titles.ui.paging import keyset


class TodoView(RoleRequired, View):
    def get(self, request: Any) -> HttpResponse:
        return render(request, "inbox/todo.html", {"waiting": waiting_for(request.actor)})


class MessagesView(RoleRequired, View):
    """站内信, newest first; opening the page does not mark them read, the button does."""

    def get(self, request: Any) -> HttpResponse:
        box = Notification.objects.filter(user=request.user)
        page = keyset(box, order=("-id",), after=request.GET.get("after"))
        return render(request, "inbox/messages.html", {"page": page})

    def post(self, request: HttpRequest) -> HttpResponse:
        unread = Notification.objects.filter(user=request.user, read_at=None)
        one = request.POST.get("id", "")
        if one.isdecimal() and len(one) < 19:  # longer is no id, and Python refuses to read thousands of digits
            unread = unread.filter(pk=int(one))
        unread.update(read_at=clock.now())
        return redirect("messages")
