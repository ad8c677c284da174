from django import forms


class SettleForm(forms.Form):
    """核查结论: what was found, and the words of the reply to a named objector."""

    findings = forms.CharField(label="核查情况", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    reply = forms.CharField(label="答复", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
