"""Facts about a company's review meeting."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from enterprises.choices import Dimension
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.attachments.fields import AttachmentField
from reviews.choices import ItemState, MeetingMode, RecusalKind, SelfReportMode
from reviews.forms.filing import text_field
from reviews.forms.panel import NamedChoiceField, NamedChoicesField, day_field, offer, people_in_role
from reviews.models import MeetingItem, MemberAssessment, PanelMember, ReviewMeeting
from reviews.queries.record import minutes_draft
from reviews.rules import scoring

TELLER_ROLES = (Role.ENT_HR, Role.PANEL_SEC, Role.PANEL_EXPERT)


class PlanForm(forms.Form):
    """Day, hour and place; gives `planned_at` as an aware instant."""

    planned_on = day_field("会议日期")
    planned_hour = forms.TimeField(label="会议时间", widget=forms.TimeInput(attrs={"type": "time"}), initial="09:00")
    place = forms.CharField(label="会议地点", max_length=120)
    mode = forms.ChoiceField(label="会议方式", choices=MeetingMode, initial=MeetingMode.IN_PERSON)
    contact = forms.CharField(label="联系人及电话", max_length=80)

    def __init__(self, *args: Any, case: Any = None, **kwargs: Any) -> None:
        if isinstance(case, ReviewMeeting):
            at = case.planned_at.astimezone(clock.SHANGHAI)
            known = {"planned_on": at.date(), "planned_hour": at.time(), "place": case.place, "mode": case.mode}
            contact = case.filing.contact if hasattr(case, "filing") else ""
            kwargs.setdefault("initial", known | {"contact": contact})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = dict(super().clean() or {})
        day, hour = facts.pop("planned_on", None), facts.pop("planned_hour", None)
        if day is not None and hour is not None:
            facts["planned_at"] = dt.datetime.combine(day, hour, clock.SHANGHAI)
            if facts["planned_at"] <= clock.now():
                self.add_error("planned_on", "会议时间须晚于现在。")
        return facts


class TellersForm(forms.Form):
    """Two different people of the organisation that holds the meeting."""

    first = NamedChoiceField(label="第一计票人", queryset=User.objects.none())
    second = NamedChoiceField(label="第二计票人", queryset=User.objects.none())

    def __init__(self, *args: Any, case: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is None:
            return
        if isinstance(case, ReviewMeeting):
            people = people_in_role(case.round.enterprise.organisation, *TELLER_ROLES)
        else:
            people = people_in_role(case.organisation, Role.TELLER)
        offer(self, "first", people)
        offer(self, "second", people)

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        if facts.get("first") and facts.get("first") == facts.get("second"):
            self.add_error("second", "两名计票人不能是同一人。")
        return facts


PROMISE = "我承诺：遵守评审纪律，对评审情况保密；有应当回避的情形主动申报；独立、公正评价。"


class PromiseForm(forms.Form):
    promised = forms.BooleanField(
        label=PROMISE,
        error_messages={"required": "请先作出保密与回避承诺，再签到。"},
    )


class DeskSignInForm(forms.Form):
    """The secretary copies the signed list; nobody signs for somebody who is not in the room."""

    members = NamedChoicesField(label="到会的评审专家", queryset=PanelMember.objects.none())
    in_person = forms.BooleanField(
        label="勾选的专家都是本人到会，并在签到表和保密承诺上签字",
        error_messages={"required": "评审专家不得委托他人代为出席或表决，本人到会签字后才能登记。"},
    )

    def __init__(self, *args: Any, case: ReviewMeeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is not None:
            absent = case.panel.members.exclude(attendances__meeting=case)
            offer(self, "members", absent)


class StepDownForm(forms.Form):
    member = NamedChoiceField(label="当日退出的评审专家", queryset=PanelMember.objects.none())
    reason = forms.CharField(label="原因", max_length=200, initial="外聘专家超过三分之一，当日退出")

    def __init__(self, *args: Any, case: ReviewMeeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is not None:
            seated = case.panel.members.filter(attendances__meeting=case, attendances__stepped_down_reason="")
            offer(self, "member", seated)


class ItemsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: MeetingItem) -> str:
        one = obj.application
        return f"{obj.number}. {one.person.name}（{one.department}，{one.get_level_display()}）"


class RecuseSelfForm(forms.Form):
    items = ItemsField(label="需要回避的申报人", queryset=MeetingItem.objects.none())
    kind = forms.ChoiceField(label="回避情形", choices=RecusalKind)
    note = forms.CharField(label="说明", max_length=200, required=False)

    def __init__(
        self, *args: Any, case: ReviewMeeting | None = None, actor: Actor | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if case is not None:
            open_items = case.items.filter(state__in=[ItemState.WAITING, ItemState.PRESENTED])
            if actor is not None:
                open_items = open_items.exclude(recusals__member__user=actor.user)
            offer(self, "items", open_items.select_related("application__person"))


class RecuseMemberForm(RecuseSelfForm):
    member = NamedChoiceField(label="回避的评审专家", queryset=PanelMember.objects.none())
    field_order = ("member", "items", "kind", "note")

    def __init__(self, *args: Any, case: ReviewMeeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        if case is not None:
            offer(self, "member", case.panel.members.all())


class PresentForm(forms.Form):
    report_mode = forms.ChoiceField(
        label="述职方式", choices=SelfReportMode, initial=SelfReportMode.IN_PERSON, widget=forms.RadioSelect
    )
    self_report = text_field("述职要点", rows=4)
    check_note = text_field("综合考核情况", rows=4)


class AssessmentForm(forms.Form):
    """Four dimensions of 办法五（二） with the weights of the plan; 基本原则1's five prompts stand in the hints."""

    ethics = forms.IntegerField(label="职业道德", min_value=0, max_value=100, help_text="敬业、诚信、遵规守纪。")
    innovation = forms.IntegerField(
        label="创新能力", min_value=0, max_value=100, help_text="专业性、创新性、创新成果。"
    )
    performance = forms.IntegerField(label="业绩水平", min_value=0, max_value=100, help_text="履责绩效、技术水平。")
    contribution = forms.IntegerField(
        label="实际贡献", min_value=0, max_value=100, help_text="对企业、行业的实际贡献。"
    )
    comment = text_field("评价意见", required=False, rows=3)
    threshold = 0

    def __init__(self, *args: Any, case: MemberAssessment | None = None, **kwargs: Any) -> None:
        if case is not None:
            names = (*Dimension.values, "comment")
            kwargs.setdefault("initial", {name: getattr(case, name) for name in names})
        super().__init__(*args, **kwargs)
        if case is not None:
            plan = case.item.meeting.round.plan
            self.threshold = plan.score_threshold
            for name, percent in plan.weights().items():
                self.fields[name].label = f"{Dimension(name).label}（{percent}%）"
                self.fields[name].widget.attrs["data-weight"] = percent
            self.fields["comment"].help_text = f"任何一项低于{plan.score_threshold}分须写明理由。"

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        scores = {name: facts[name] for name in Dimension.values if facts.get(name) is not None}
        told = scoring.unexplained(scores, dict(Dimension.choices), facts.get("comment", ""), self.threshold)
        if told:
            self.add_error("comment", told)
        return facts

    @property
    def dimensions(self) -> list[forms.BoundField]:
        return [self[name] for name in Dimension.values]


class MinutesForm(forms.Form):
    """A panel's minutes begin with what is on record; a committee's with an empty page."""

    minutes = text_field("会议纪要", rows=8, limit=10000)

    def __init__(self, *args: Any, case: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(case, ReviewMeeting) and case.scores_closed_at is not None:
            self.fields["minutes"].initial = minutes_draft(case)


class SignedMinutesForm(forms.Form):
    file = AttachmentField(label="签字盖章的会议纪要（扫描件）")
