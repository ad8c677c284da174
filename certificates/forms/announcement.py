from __future__ import annotations

from typing import Any

from django import forms

from certificates.queries.announcement import meeting_day, suggested_number
from certificates.rules.numbers import parse_number
from jiaxing_titles import clock
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.formats import cn_date

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AnnouncementForm(forms.Form):
    title = forms.CharField(label="标题", max_length=160)
    addressee = forms.CharField(label="主送机关", max_length=200)
    met_on = forms.DateField(label="中评委会议日期", widget=DAY)
    qualified_on = forms.DateField(label="取得资格时间", widget=DAY, help_text="一般为中评委会议表决的日期。")

    def __init__(self, *args: Any, case: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.fields[name].initial = getattr(case, name, None)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        met, qualified = data.get("met_on"), data.get("qualified_on")
        if met and met > clock.today():
            self.add_error("met_on", f"会议日期不能晚于今天（{cn_date(clock.today())}）。")
        if met and qualified and qualified < met:
            self.add_error("qualified_on", "取得资格时间早于会议日期，请核对这两个日期。")
        return data


class NewAnnouncementForm(AnnouncementForm):
    """`case` is the roster here; the suggestions come from it."""

    def __init__(self, *args: Any, case: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is None:
            return
        again = case.announcements.filter(state="issued").exists()
        day = meeting_day(case)
        year = case.cycle.year
        word = "补充公布" if again else "公布"
        self.fields[
            "title"
        ].initial = f"嘉兴市人力资源和社会保障局关于{word}{year}年度嘉兴市民营企业自主评审工程师、助理工程师资格的通知"
        self.fields["addressee"].initial = "各县（市、区）人力资源和社会保障局，各有关企业"
        self.fields["met_on"].initial = self.fields["qualified_on"].initial = day


class IssueForm(forms.Form):
    """签发: number and date are the office's; a number is used once."""

    number = forms.CharField(label="发文字号", max_length=40, help_text="样式：嘉人社〔2027〕3号。")
    dated_on = forms.DateField(label="成文日期", widget=DAY)

    def __init__(self, *args: Any, case: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].initial = str(suggested_number())
        self.fields["dated_on"].initial = clock.today()

    def clean_number(self) -> str:
        number = parse_number(self.cleaned_data["number"])
        if isinstance(number, Reason):
            raise forms.ValidationError(str(number))
        return str(number)

    def clean_dated_on(self) -> Any:
        day = self.cleaned_data["dated_on"]
        if day > clock.today():
            raise forms.ValidationError(f"成文日期不能晚于今天（{cn_date(clock.today())}）。")
        return day
