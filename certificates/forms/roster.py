from typing import Any

from django import forms

from jiaxing_titles import clock
from jiaxing_titles.policy.models import Cycle


class RosterForm(forms.Form):
    """Title and where to object; the names are not a matter of forms."""

    title = forms.CharField(label="标题", max_length=120)
    contact = forms.CharField(
        label="受理方式",
        max_length=200,
        help_text="公示期内接受异议的电话、地址、电子邮箱。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, case: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "contact"):
            self.fields[name].initial = getattr(case, name, "")


class NewRosterForm(RosterForm):
    """`case` is the year's consolidation; its year goes into the suggested title."""

    def __init__(self, *args: Any, case: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        cycle = getattr(case, "cycle", None)
        year = cycle.year if cycle else clock.today().year
        self.fields["title"].initial = f"{year}年度嘉兴市民营企业自主评审工程技术中、初级资格评审通过人员公示"


class NewRosterOfYearForm(NewRosterForm):
    cycle = forms.ModelChoiceField(Cycle.objects.all(), label="年度", empty_label=None)
    field_order = ["cycle", "title", "contact"]
