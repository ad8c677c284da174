"""Facts of the electronic ballot. Shares and choices are taken on pages of their own only, which never store them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from jiaxing_titles.accounts.models import User
from jiaxing_titles.accounts.roles import Role
from reviews.choices import BallotMode, Choice, SeatState
from reviews.forms.meeting import TELLER_ROLES
from reviews.forms.panel import NamedChoiceField, offer, people_in_role
from reviews.gates.meeting import cycle_of
from reviews.models import BallotSeat, KeyCeremony, ReviewMeeting, VoteSheet
from reviews.rules.ballot import shares
from reviews.rules.ballot.form import read_form

KEY_ROLES = (Role.TELLER, Role.SUPERVISOR)


class ModeForm(forms.Form):
    mode = forms.ChoiceField(label="投票方式", choices=BallotMode, widget=forms.RadioSelect)

    def __init__(self, *args: Any, case: VoteSheet | None = None, **kwargs: Any) -> None:
        if case is not None:
            kwargs.setdefault("initial", {"mode": case.mode})
        super().__init__(*args, **kwargs)


class CloseForm(forms.Form):
    """Closing before everybody voted is a decision that somebody takes knowingly."""

    def __init__(self, *args: Any, case: VoteSheet | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missing = case.roll.filter(state=SeatState.WAITING, may_vote=True).count() if case is not None else 0
        if missing:
            self.fields["missing_known"] = forms.BooleanField(
                label=f"还有 {missing} 席没有投票。封箱后不能补投，按未收回计入实到席数。",
                error_messages={"required": "还有人没有投票，请确认是否封箱。"},
            )


class HoldersForm(forms.Form):
    """One 监票人 a share, as many as the year says; `holders` in the order of the shares."""

    def __init__(self, *args: Any, case: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is None:
            return
        cycle = cycle_of(case)
        if isinstance(case, ReviewMeeting):
            people, self.shares = people_in_role(case.round.enterprise.organisation, *TELLER_ROLES), cycle.panel_shares
        else:
            people, self.shares = people_in_role(case.organisation, *KEY_ROLES), cycle.committee_shares
        for number in range(1, self.shares + 1):
            label = f"第{number}份由谁保管"
            self.fields[f"holder_{number}"] = NamedChoiceField(label=label, queryset=User.objects.none())
            offer(self, f"holder_{number}", people)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        return {"holders": [facts[name] for name in sorted(facts)]}


class OwnPageForm(forms.Form):
    """Valid only where the page says that it keeps what is typed to itself: not at the address of all steps."""

    def __init__(self, *args: Any, own_page: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._own_page = own_page

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if not self._own_page:
            raise ValidationError("请在这一事项自己的页面上办理。")
        return facts


class KeyForm(OwnPageForm):
    together = forms.BooleanField(
        label="全部保管人都在场，旁人看不到屏幕",
        error_messages={"required": "钥匙只显示一次，请等全部保管人到场。"},
    )

    def __init__(self, *args: Any, case: KeyCeremony | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._case = case

    def clean(self) -> dict[str, Any]:
        """`dealt`: a fresh key, whose shares exist in this request and on the page that answers it."""
        facts = super().clean()
        if self._case is None or self.errors:
            return facts
        return {**facts, "dealt": shares.deal(self._case.needed, self._case.holders.count())}


class SharesForm(OwnPageForm):
    """`shares`: what was typed, read; errors name the field and never repeat it."""

    def __init__(self, *args: Any, case: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
        for number, label in enumerate(self.labels(case) if case is not None else [], start=1):
            self.fields[f"share_{number}"] = forms.CharField(
                label=label,
                max_length=80,
                widget=forms.TextInput(attrs=attrs),
                error_messages={"required": "请输入这一份钥匙。"},
            )

    def labels(self, case: Any) -> list[str]:
        """One field for each; the forms below say whose shares they ask for."""
        return []

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        found = []
        for name in [one for one in self.fields if one.startswith("share_")]:
            if name in facts:
                try:
                    found.append(shares.read_share(facts[name]))
                except shares.UnreadableShare:
                    self.add_error(name, "这一份输错了：每份是一个数字、八组四位和一组校验，请对照纸条重新输入。")
        return {"shares": found}


class CheckKeyForm(SharesForm):
    def labels(self, case: KeyCeremony) -> list[str]:
        return [f"第{one.number}份（{one.user.name}）" for one in case.holders.select_related("user")]


class UnsealForm(SharesForm):
    def labels(self, case: VoteSheet) -> list[str]:
        key = getattr(case.sitting, "key", None)
        return [f"第{place}名监票人的钥匙" for place in range(1, key.needed + 1)] if key else []


class DestroyKeyForm(forms.Form):
    torn = forms.BooleanField(
        label="写有钥匙的纸条已由保管人当场销毁", error_messages={"required": "请先当场销毁全部纸条。"}
    )


class BallotForm(OwnPageForm):
    """One choice a name on which this seat votes; `seed` makes the check codes and comes from our own page."""

    seed = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: BallotSeat | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._seat = case
        names = read_form(case.sheet.form).names if case is not None else {}
        for number, name in names.items():
            if case is not None and number in case.recused:
                continue
            self.fields[f"choice_{number}"] = forms.ChoiceField(
                label=f"{number}. {name}",
                choices=Choice,
                widget=forms.RadioSelect,
                error_messages={"required": f"第{number}号 {name} 还没有选。"},
            )

    def clean_seed(self) -> bytes:
        """Signed for this seat, so that nobody brings a check code of his own choosing."""
        try:
            return bytes.fromhex(signer(self._seat).unsign(self.cleaned_data["seed"]))
        except (signing.BadSignature, ValueError) as foreign:
            raise ValidationError("请重新打开选票页面再投票。") from foreign

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        marks = {int(name.removeprefix("choice_")): mark for name, mark in facts.items() if name != "seed"}
        return {"marks": marks, "seed": facts.get("seed")}


class SealedBallotForm(OwnPageForm):
    """What the voter's own device sealed; `sealed` as hexadecimal. Its length is the step's to judge."""

    sealed = forms.CharField(max_length=2 * 8 * 1024)

    def __init__(self, *args: Any, case: BallotSeat | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def clean_sealed(self) -> bytes:
        try:
            return bytes.fromhex(self.cleaned_data["sealed"])
        except ValueError as garbled:
            raise ValidationError("密封的选票没有完整送到，请再点一次“确认投票”。") from garbled


def signer(seat: BallotSeat | None) -> signing.Signer:
    return signing.Signer(salt=f"ballot seed of seat {seat.pk if seat else 0}")
