"""Facts about committee meetings."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from applications.models import TitleApplication
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.policy.models import Cycle
from reviews.choices import ExpertState, InvitationState, PanelPost, RecusalKind
from reviews.forms.filing import text_field
from reviews.forms.panel import NamedChoiceField, NamedChoicesField, day_field, offer
from reviews.models import CommitteeMeeting, CommitteeMember, LibraryExpert, ReportSlot, ReviewMeeting
from reviews.queries.roll import awaiting_check


class CommitteeForm(forms.Form):
    """Year, day, hour and place; gives `planned_at` as an aware instant."""

    cycle = forms.ModelChoiceField(label="年度", queryset=Cycle.objects.none())
    planned_on = day_field("会议日期")
    planned_hour = forms.TimeField(label="会议时间", widget=forms.TimeInput(attrs={"type": "time"}), initial="09:00")
    place = forms.CharField(label="会议地点", max_length=120)

    def __init__(self, *args: Any, case: Any = None, **kwargs: Any) -> None:
        if isinstance(case, CommitteeMeeting):
            at = case.planned_at.astimezone(clock.SHANGHAI)
            kwargs.setdefault("initial", {"planned_on": at.date(), "planned_hour": at.time(), "place": case.place})
        super().__init__(*args, **kwargs)
        offer(self, "cycle", Cycle.objects.order_by("-year"))
        if isinstance(case, CommitteeMeeting):
            del self.fields["cycle"]

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = dict(super().clean() or {})
        day, hour = facts.pop("planned_on", None), facts.pop("planned_hour", None)
        if day is not None and hour is not None:
            facts["planned_at"] = dt.datetime.combine(day, hour, clock.SHANGHAI)
            if facts["planned_at"] <= clock.now():
                self.add_error("planned_on", "会议时间须晚于现在。")
        return facts


def free_experts(meeting: CommitteeMeeting) -> Any:
    """Of the library, in their term, not seated in this meeting."""
    free = LibraryExpert.objects.filter(state=ExpertState.IN_LIBRARY, term_until__gte=clock.today())
    free = free.exclude(user__committee_seats__meeting=meeting)
    return free.select_related("user", "speciality").order_by("user__name_sort", "pk")


def people_of(slot: ReportSlot) -> Any:
    """Whom the committee votes on at that company."""
    lines = slot.meeting.sheets.filter(enterprise=slot.enterprise).values("lines__application")
    return slot.enterprise.applications.filter(pk__in=lines).select_related("person").order_by("pk")


class ExpertsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: LibraryExpert) -> str:
        return f"{obj.user.name}（{obj.speciality.name}，{obj.employer}）"


class SeatForm(forms.Form):
    experts = ExpertsField(label="中评委专家库成员", queryset=LibraryExpert.objects.none())
    post = forms.ChoiceField(label="职务", choices=PanelPost, initial=PanelPost.MEMBER)

    def __init__(self, *args: Any, case: CommitteeMeeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is None:
            return
        offer(self, "experts", free_experts(case))


class UnseatForm(forms.Form):
    member = NamedChoiceField(label="移出的评委", queryset=CommitteeMember.objects.none())

    def __init__(self, *args: Any, case: CommitteeMeeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is not None:
            offer(self, "member", case.members.select_related("user"))


class CommitteeSignInForm(forms.Form):
    """The secretary copies the signed list; nobody signs for somebody who is not in the room."""

    members = NamedChoicesField(label="到会的评委", queryset=CommitteeMember.objects.none())
    in_person = forms.BooleanField(
        label="勾选的评委都是本人到会，并在签到表和保密承诺上签字",
        error_messages={"required": "评委不得委托他人代为出席或表决，本人到会签字后才能登记。"},
    )

    def __init__(self, *args: Any, case: CommitteeMeeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is not None:
            offer(self, "members", case.members.filter(attendance=None).select_related("user"))


class RollForm(forms.Form):
    """Whom the official has looked for in the room; everybody who waits for him is ticked to begin with."""

    members = NamedChoicesField(label="到会的评委", queryset=CommitteeMember.objects.none())
    in_person = forms.BooleanField(
        label="已逐一核对，勾选的评委都是本人在场", error_messages={"required": "请逐一核对本人到会后再确认。"}
    )

    def __init__(
        self,
        *args: Any,
        case: CommitteeMeeting | ReviewMeeting | None = None,
        actor: Actor | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if case is not None and actor is not None:
            listed: Any = case.panel.members if isinstance(case, ReviewMeeting) else case.members
            waiting = listed.filter(pk__in=awaiting_check(case, actor).values("member")).select_related("user")
            offer(self, "members", waiting)
            self.fields["members"].initial = [one.pk for one in waiting]
            if isinstance(case, ReviewMeeting):
                self.fields["members"].label = "到会的评审专家"


class StrikeForm(forms.Form):
    member = NamedChoiceField(label="撤销签到的评委", queryset=CommitteeMember.objects.none())
    reason = forms.CharField(label="原因", max_length=200, help_text="如本人不在场、会前离开。")

    def __init__(self, *args: Any, case: CommitteeMeeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is not None:
            offer(self, "member", case.members.filter(attendance__isnull=False).select_related("user"))


class UncoveredForm(forms.Form):
    uncovered_reason = forms.CharField(label="没有相应专业评委的理由", max_length=200)

    def __init__(self, *args: Any, case: CommitteeMeeting | None = None, **kwargs: Any) -> None:
        if case is not None:
            kwargs.setdefault("initial", {"uncovered_reason": case.uncovered_reason})
        super().__init__(*args, **kwargs)


class AbsenceForm(forms.Form):
    absence_reason = forms.CharField(label="不能出席的原因", max_length=200)


class ExpertField(forms.ModelChoiceField):
    def label_from_instance(self, obj: LibraryExpert) -> str:
        return f"{obj.user.name}（{obj.speciality.name}，{obj.employer}）"


class ReplaceForm(forms.Form):
    """Only who has answered that he cannot come is replaced; by somebody of the library in his term."""

    member = NamedChoiceField(label="不能出席的评委", queryset=CommitteeMember.objects.none())
    expert = ExpertField(label="递补的专家库成员", queryset=LibraryExpert.objects.none())

    def __init__(self, *args: Any, case: CommitteeMeeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is None:
            return
        gone = case.invitations.filter(state=InvitationState.NOT_COMING, replaced_by=None).values("user")
        offer(self, "member", case.members.filter(user__in=gone).select_related("user"))
        offer(self, "expert", free_experts(case))


class OwnRecusalForm(forms.Form):
    """`application` empty means the whole company."""

    kind = forms.ChoiceField(label="回避情形", choices=RecusalKind)
    application = forms.ModelChoiceField(
        label="申报人（空着表示对该企业全部回避）", queryset=TitleApplication.objects.none(), required=False
    )
    note = forms.CharField(label="说明", max_length=200, required=False)

    def __init__(self, *args: Any, case: ReportSlot | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is not None:
            offer(self, "application", people_of(case))


class DismissalForm(forms.Form):
    member = NamedChoiceField(label="评委", queryset=CommitteeMember.objects.none())
    reason = forms.CharField(label="不予回避的理由", max_length=200)

    def __init__(self, *args: Any, case: ReportSlot | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is not None:
            offer(self, "member", case.meeting.members.select_related("user"))


class CommitteeRecusalForm(forms.Form):
    """`application` empty means the whole company."""

    member = NamedChoiceField(label="回避的评委", queryset=CommitteeMember.objects.none())
    application = forms.ModelChoiceField(
        label="申报人（空着表示对该企业全部回避）", queryset=TitleApplication.objects.none(), required=False
    )
    kind = forms.ChoiceField(label="回避情形", choices=RecusalKind)
    note = forms.CharField(label="说明", max_length=200, required=False)

    def __init__(self, *args: Any, case: ReportSlot | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is not None:
            offer(self, "member", case.meeting.members.select_related("user"))
            offer(self, "application", people_of(case))


class ReporterForm(forms.Form):
    reporter = forms.CharField(label="汇报人", max_length=50)
    reporter_duty = forms.CharField(label="汇报人职务", max_length=80, required=False)
    brief = text_field(
        "汇报提纲", required=False, rows=6, limit=5000, help_text="评审组织过程和评审结果（办法五（三））。"
    )

    def __init__(self, *args: Any, case: ReportSlot | None = None, **kwargs: Any) -> None:
        if case is not None:
            known = {"reporter": case.reporter, "reporter_duty": case.reporter_duty, "brief": case.brief}
            kwargs.setdefault("initial", known)
        super().__init__(*args, **kwargs)


class DeliberationForm(forms.Form):
    reporter_left = forms.BooleanField(
        label="汇报人员已退场", error_messages={"required": "企业汇报人员退场后才能审议和表决。"}
    )
    deliberation = text_field("审议情况", rows=4)
