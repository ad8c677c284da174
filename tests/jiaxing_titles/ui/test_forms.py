"""Fields as shown: optional ones say so, errors stand beside the field and in the summary in the same words."""

import re

import pytest
from django import forms
from django.template import Context, Template

from jiaxing_titles.ui.forms import rows_of, summary_of


class Sample(forms.Form):
    name = forms.CharField(label="姓名", help_text="与身份证一致。", max_length=5)
    hours = forms.DecimalField(label="学时", required=False)
    level = forms.ChoiceField(label="级别", choices=[("e", "工程师"), ("a", "助理工程师")], widget=forms.RadioSelect)
    proof = forms.FileField(label="证明")
    truth = forms.BooleanField(label="我承诺属实", error_messages={"required": "勾选承诺后才能提交"})
    remark = forms.CharField(label="意见（选填）", required=False)
    key = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("两处日期相互矛盾")


def test_optional_fields_say_so_once_and_required_ones_carry_no_mark():
    html = str(Sample())
    assert html.count("（选填）") == 2
    assert re.search(r"学时<span[^>]*>（选填）", html)
    assert "*" not in html
    assert "required" not in re.sub(r"<input[^>]*>|<textarea[^>]*>", "", html)


def test_an_open_choice_asks_to_choose_in_chinese():
    class Open(forms.Form):
        place = forms.TypedChoiceField(label="县区", choices=[("", "---------"), ("h", "海宁市")])

    assert re.findall(r"<option[^>]*>([^<]*)</option>", str(Open())) == ["请选择", "海宁市"]


def test_hint_and_error_are_bound_to_the_field():
    html = str(Sample({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html and 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "style=" not in html


def test_framework_sentences_name_their_field_and_ours_stay():
    texts = [error.text for error in summary_of(Sample({"hours": "八十", "name": "很长的一个名字"}))]
    assert texts == [
        "两处日期相互矛盾",
        "姓名最多 5 个字，现在是 7 个字",
        "学时：输入一个数字。",
        "选择级别",
        "上传证明",
        "勾选承诺后才能提交",
        "填写Key",
    ]


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        (forms.IntegerField(label="人数", max_value=9), "10", "人数不能大于 9"),
        (forms.IntegerField(label="人数", min_value=1), "0", "人数不能小于 1"),
        (forms.DecimalField(label="学时", max_digits=4, decimal_places=1), "1.25", "学时最多 1 位小数"),
        (forms.CharField(label="代码", min_length=3), "a", "代码至少 3 个字，现在是 1 个字"),
        (forms.IntegerField(label="人数", max_value=9, error_messages={"max_value": "一桌坐九人"}), "10", "一桌坐九人"),
    ],
)
def test_limits_are_told_in_our_words(field, value, text):
    form = type("OneField", (forms.Form,), {"one": field})({"one": value})
    assert [error.text for error in summary_of(form)] == [text]


def test_every_message_of_the_summary_stands_beside_its_field_and_links_to_it():
    form = Sample({"hours": "八十"})
    page = str(form)
    for error in summary_of(form):
        if error.target:
            assert error.text in page
            assert f'id="{error.target}"' in page
    summary = Template("{% error_summary form %}").render(Context({"form": form}))
    assert "有 7 处需要修改" in summary and 'href="#id_level_0"' in summary


def test_what_was_typed_is_kept_even_where_a_number_was_wanted():
    html = str(Sample({"hours": "八十"}))
    assert 'value="八十"' in html and 'type="number"' not in html


def test_typed_text_and_labels_are_escaped():
    class Evil(forms.Form):
        name = forms.CharField(label="<b>姓名</b>", help_text="<script>1</script>", max_length=3)

    html = str(Evil({"name": '"><script>alert(1)</script>'}))
    assert "<script" not in html and "<b>" not in html


@pytest.mark.parametrize(
    ("field", "look"), [(forms.CharField(), "form-control"), (forms.ChoiceField(choices=[]), "form-select")]
)
def test_widgets_get_their_look_and_keep_their_own_class(field, look):
    field.widget.attrs["class"] = "own"
    form = type("OneField", (forms.Form,), {"one": field})()
    assert f'class="own {look}"' in str(form["one"])


def test_a_formset_is_summarised_too():
    Rows = forms.formset_factory(Sample, extra=0, min_num=2, validate_min=True)
    rows = Rows({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"})
    targets = [error.target for error in summary_of(rows)]
    assert "id_form-0-name" in targets


def test_a_number_of_rows_bent_by_hand_builds_no_more_than_one_above_the_most():
    class Row(forms.Form):
        name = forms.CharField()

    sent = {"form-TOTAL_FORMS": "9" * 30, "form-INITIAL_FORMS": "0", "form-0-name": "张三"}
    table = rows_of(Row, most=3, validate_max=True)(sent)
    assert (len(table.forms), table.is_valid()) == (4, False)
