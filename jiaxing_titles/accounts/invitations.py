"""Pages of an invited person: from the link or the printed code to his own first page, within a minute."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from jiaxing_titles.accounts.actions import accept, hash_of, open_invitation
from jiaxing_titles.accounts.forms import AcceptForm, CodeForm
from jiaxing_titles.accounts.links import invitation_of, token_of
from jiaxing_titles.actions.errors import Blocked
from jiaxing_titles.actions.views import ActionView

BACKEND = "django.contrib.auth.backends.ModelBackend"


class AcceptView(View):
    """Set a password; the link itself proves who one is."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        pk = invitation_of(kwargs["token"])
        if pk is None:
            raise Http404
        invitation = open_invitation(pk=pk)
        if invitation is None:
            return render(request, "accounts/invitation_over.html", status=410)
        self.invitation = invitation
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._page(request, AcceptForm(user=self.invitation.user))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        form = AcceptForm(request.POST, user=self.invitation.user)
        if not form.is_valid():
            return self._page(request, form, 422)
        try:
            user = accept(
                self.invitation, username=form.cleaned_data["username"], password=form.cleaned_data["password"]
            )
        except Blocked:
            return render(request, "accounts/invitation_over.html", status=410)
        login(request, user, backend=BACKEND)
        messages.success(request, "账号已开通。")
        return redirect("home_after_login")

    def _page(self, request: HttpRequest, form: AcceptForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "invitation": self.invitation}
        return render(request, "accounts/accept.html", context, status=status)


class CodeView(View):
    """The printed code leads to the same page as the link."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "accounts/code.html", {"form": CodeForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        if form.is_valid():
            invitation = open_invitation(code_hash=hash_of(form.cleaned_data["code"]))
            if invitation is not None:
                return redirect("accept_invitation", token=token_of(invitation.pk))
            form.add_error("code", "没有查到这个口令。核对后再输一次；超过3天的，请到窗口重新打印。")
        return render(request, "accounts/code.html", {"form": form}, status=422)


class PrintCodeView(ActionView):
    """The step that prints a code ends on the one page that shows it."""

    step_name = "accounts.print_desk_code"
    console = True

    def finished(self, request: Any, case: Any) -> HttpResponse:
        response = render(request, "accounts/desk_code.html", {"invitation": case, "code": case.printed_code})
        response["Cache-Control"] = "no-store"
        return response
