"""Pages of the electronic ballot: 选票, 开票钥匙, 开票, 计票文件, 大屏. What is typed is neither kept nor cached."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import segno
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import steps
from jiaxing_titles.actions.case import get_visible
from jiaxing_titles.actions.doing import run
from jiaxing_titles.actions.views import ActionView
from reviews.choices import Choice, KeyState, SeatState, SheetState
from reviews.forms import BallotForm, SealedBallotForm
from reviews.forms.ballot import signer
from reviews.models import BallotSeat, CommitteeMeeting, KeyCeremony, ReviewMeeting, SealedBallot, VoteSheet
from reviews.rules.ballot import verify_board
from reviews.rules.ballot.form import read_form
from reviews.rules.ballot.plaintext import SEED_BYTES, Ballot, roots_from
from reviews.tables import balloting as tables
from reviews.tables import voting as tally_tables
from reviews.views.case_page import CasePage, base_for

VOTERS = (Role.COMMITTEE, Role.PANEL_EXPERT)
unkept = method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")


@unkept
class BallotPage(RoleRequired, View):
    """/ballot/<sheet>/: choose, check, confirm. Between the three the choices travel in the form, not in a session.

    Where the voter's own device seals, this is its page as well, and the way of those that cannot (`?by=server`).
    """

    roles = VOTERS

    def get(self, request: Any, pk: int) -> HttpResponse:
        sheet, seat = find_seat(request, pk)
        if seat is None or not self._open(sheet, seat):
            return self._closed(request, sheet, seat)
        if sheet.sealed_by_voter and request.GET.get("by") != "server":
            return self._sealing(request, seat)
        seed = signer(seat).sign(secrets.token_bytes(SEED_BYTES).hex())
        return self._form(request, seat, BallotForm(case=seat, initial={"seed": seed}))

    def post(self, request: Any, pk: int) -> HttpResponse:
        sheet, seat = find_seat(request, pk)
        if seat is None or not self._open(sheet, seat):
            return self._closed(request, sheet, seat, status=409)
        data = request.POST.copy()
        if "rest" in data:  # nothing is sent with it: the page comes back filled in
            for name in BallotForm(case=seat).fields:
                if name != "seed" and not data.get(name):
                    data[name] = Choice.YES
        form = BallotForm(data, case=seat, own_page=True)
        if "rest" in data or "back" in data:
            return self._form(request, seat, BallotForm(case=seat, initial=data.dict()))
        if not form.is_valid():
            return self._form(request, seat, form, status=422)
        if "confirm" not in data:
            return self._review(request, seat, form)
        _, reasons = run(steps["reviews.cast_ballot"], seat, request, versioned=False, **form.cleaned_data)
        seat.refresh_from_db()
        sheet.refresh_from_db()
        if not reasons or seat.state == SeatState.VOTED:
            return redirect(seat)
        if self._open(sheet, seat):  # nothing but a moment's delay: what was chosen stays on the page
            return self._review(request, seat, form, reasons=reasons, status=409)
        return self._closed(request, sheet, seat, reasons=reasons, status=409)

    @staticmethod
    def _open(sheet: VoteSheet, seat: BallotSeat | None) -> bool:
        waiting = seat is not None and seat.may_vote and seat.state == SeatState.WAITING
        return waiting and sheet.state == SheetState.CASTING

    @staticmethod
    def _sealing(request: Any, seat: BallotSeat) -> HttpResponse:
        names = read_form(seat.sheet.form).names
        context = {
            "seat": seat,
            "names": [(number, name) for number, name in names.items() if number not in seat.recused],
            "public_key": bytes(seat.sheet.sitting.key.public_key).hex(),
            "choices": Choice.choices,
            "recused": [f"{number}. {names[number]}" for number in seat.recused],
        }
        return render(request, "reviews/ballot_sealing.html", context)

    @staticmethod
    def _form(request: Any, seat: BallotSeat, form: BallotForm, status: int = 200) -> HttpResponse:
        names = read_form(seat.sheet.form).names
        context = {
            "seat": seat,
            "form": form,
            "names": [form[one] for one in form.fields if one != "seed"],
            "recused": [f"{number}. {names[number]}" for number in seat.recused],
        }
        return render(request, "reviews/ballot.html", context, status=status)

    @staticmethod
    def _review(request: Any, seat: BallotSeat, form: BallotForm, reasons: Any = (), status: int = 200) -> HttpResponse:
        paper = read_form(seat.sheet.form)
        marks, labels = form.cleaned_data["marks"], dict(Choice.choices)
        codes = Ballot(marks, roots_from(form.cleaned_data["seed"], paper.numbers)).codes(paper.hash)
        rows = [(number, paper.names[number], labels[mark], mark, codes[number]) for number, mark in marks.items()]
        counts = [(label, list(marks.values()).count(choice)) for choice, label in labels.items()]
        context = {
            "seat": seat,
            "seed": form.data["seed"],
            "rows": rows,
            "counts": counts,
            "recused": seat.recused,
            "reasons": reasons,
        }
        return render(request, "reviews/ballot_review.html", context, status=status)

    @staticmethod
    def _closed(
        request: Any, sheet: VoteSheet, seat: BallotSeat | None, reasons: Any = (), status: int = 200
    ) -> HttpResponse:
        receipt = receipt_of_seat(seat) if seat is not None else ""
        context = {"sheet": sheet, "seat": seat, "receipt": receipt, "reasons": reasons}
        return render(request, "reviews/ballot_closed.html", context, status=200 if receipt else status)


@unkept
class SealedBallotBox(RoleRequired, View):
    """Takes what the voter's own device sealed, and answers with the receipt of what lies in the box for his seat."""

    roles = VOTERS

    def post(self, request: Any, pk: int) -> JsonResponse:
        _, seat = find_seat(request, pk)
        if seat is None:
            raise Http404
        form = SealedBallotForm(request.POST, case=seat, own_page=True)
        reasons: list[Any] = [error for errors in form.errors.values() for error in errors]
        if not reasons:
            _, reasons = run(steps["reviews.cast_sealed_ballot"], seat, request, versioned=False, **form.cleaned_data)
        receipt = receipt_of_seat(seat)
        answer = {"receipt": receipt, "reasons": [] if receipt else [str(one) for one in reasons]}
        return JsonResponse(answer, status=200 if receipt else 409)


def find_seat(request: Any, pk: int) -> tuple[VoteSheet, BallotSeat | None]:
    """The electronic sheet and the acting member's seat on it; 404 for who does not see it and for paper."""
    sheet = get_visible(VoteSheet, request.actor, pk, ("meeting", "session", "enterprise__organisation"))
    if not sheet.electronic:
        raise Http404
    return sheet, sheet.roll.filter(user=request.actor.user).first()


def receipt_of_seat(seat: BallotSeat) -> str:
    """Of the ballot in the box; empty before there is one."""
    return SealedBallot.objects.filter(seat=seat).values_list("receipt", flat=True).first() or ""


class KeyPage(CasePage):
    model = KeyCeremony
    template_name = "reviews/key.html"
    related = ("meeting", "session", "organisation")

    def context(self, request: Any, case: KeyCeremony) -> dict[str, Any]:
        holder = case.holders.filter(user=request.actor.user).exists()
        return {
            "facts": tables.key_facts(case),
            "holders": tables.holders(case),
            "may_make": holder and case.state == KeyState.UNMADE,
            "may_check": holder and case.state == KeyState.MADE,
        }


class OwnPage(ActionView):
    """A step whose facts are secrets: its form is valid here alone."""

    def make_form(self, case: Any, request: Any, bound: bool = False) -> Any:
        assert self.step.form is not None
        return self.step.form(*([request.POST] if bound else []), case=case, own_page=True)


def _picture(share: str) -> SafeString:
    """A share as a QR code drawn into the page: no address of a picture ever holds it. Capitals make it coarser."""
    return SafeString(segno.make(share.upper(), error="m").svg_inline(border=2, scale=5))


@unkept
class MakeKeyPage(OwnPage):
    """The answer to the POST shows the shares, once: no redirect, no message, nothing to come back to."""

    step_name = "reviews.make_key"

    def _do(self, request: Any, case: Any, form: Any) -> HttpResponse:
        self._dealt = form.cleaned_data["dealt"]
        return super()._do(request, case, form)

    def finished(self, request: Any, case: Any) -> HttpResponse:
        case = KeyCeremony.objects.get(pk=case.pk)
        if bytes(case.public_key) != self._dealt.public:  # a second click: the shares of the first went to its page
            return redirect(case)
        holders = list(case.holders.select_related("user"))
        texts = [share.text for share in self._dealt.shares]
        slips = [(one, text, _picture(text)) for one, text in zip(holders, texts, strict=True)]
        context = {"case": case, "slips": slips, "base": base_for(request)}
        return render(request, "reviews/key_shares.html", context)


@unkept
class CheckKeyPage(OwnPage):
    step_name = "reviews.check_key"


@unkept
class UnsealPage(OwnPage):
    """Shares typed into the web process; they are gone with the request."""

    step_name = "reviews.unseal_ballot"

    def get(self, request: Any, pk: int, step: str = "") -> HttpResponse:
        self._with_key(request, pk)
        return super().get(request, pk)

    def post(self, request: Any, pk: int, step: str = "") -> HttpResponse:
        self._with_key(request, pk)
        return super().post(request, pk)

    @staticmethod
    def _with_key(request: Any, pk: int) -> None:
        sheet = get_visible(VoteSheet, request.actor, pk, ("meeting", "session"))
        if not hasattr(sheet.sitting, "key"):
            raise Http404


class BoardPage(CasePage):
    """Receipts and slips of an unsealed box, and the file to count them again."""

    model = VoteSheet
    template_name = "reviews/board.html"
    related = ("meeting", "session", "enterprise__organisation")

    def context(self, request: Any, case: VoteSheet) -> dict[str, Any]:
        if not hasattr(case, "board"):
            raise Http404
        return {
            "lines": tally_tables.sheet_lines(case),
            "slips": tables.slips(case.board),
            "receipts": tables.receipts(case.board),
        }


class BoardFile(RoleRequired, View):
    def get(self, request: Any, pk: int) -> HttpResponse:
        sheet = get_visible(VoteSheet, request.actor, pk)
        if not hasattr(sheet, "board"):
            raise Http404
        headers = {"Content-Disposition": f'attachment; filename="board-{sheet.pk}.json"', "Cache-Control": "no-store"}
        return HttpResponse(sheet.board.file, content_type="application/json", headers=headers)


class VerifyScript(RoleRequired, View):
    """The program that counts a board again, to read and to run elsewhere."""

    def get(self, request: Any) -> HttpResponse:
        headers = {"Content-Disposition": 'attachment; filename="verify_board.py"'}
        text = Path(verify_board.__file__).read_text()
        return HttpResponse(text, content_type="text/x-python; charset=utf-8", headers=headers)


class CommitteeScreen(CasePage):
    """For the wall: turnout and nothing else."""

    model: type[Any] = CommitteeMeeting
    template_name = "reviews/screen.html"

    def context(self, request: Any, case: Any) -> dict[str, Any]:
        return {"screens": tables.screens(case)}


class PanelScreen(CommitteeScreen):
    model = ReviewMeeting


def links(sheet: VoteSheet, request: Any) -> dict[str, Any]:
    """What the page of an electronic sheet adds for the acting person."""
    actor = request.actor
    key = getattr(sheet.sitting, "key", None)
    holder = key is not None and key.holders.filter(user=actor.user).exists()
    desk = actor.role in (Role.COMMITTEE_SEC, Role.PANEL_SEC, Role.ENT_HR)
    seat = sheet.roll.filter(user=actor.user).first() if actor.role in VOTERS else None
    return {
        "key": key,
        "turnout": tables.turnout(sheet) if sheet.form else None,
        "roll": tables.roll(sheet) if desk and sheet.form else None,
        "seat": seat,
        "unseal_url": reverse("reviews:unseal", args=[sheet.pk]) if holder and sheet.state == SheetState.SEALED else "",
        "board": hasattr(sheet, "board"),
    }
