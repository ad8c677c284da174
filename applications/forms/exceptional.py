"""Facts of the city's steps on a 破格 file."""

from django import forms


class OpinionForm(forms.Form):
    opinion = forms.CharField(label="经办意见", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class DecisionForm(forms.Form):
    decision = forms.CharField(label="审核意见", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
