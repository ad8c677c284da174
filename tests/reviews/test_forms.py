"""What the panel's sheet asks of each member (办法二1, 五（二）)."""

import pytest

from reviews.forms import AssessmentForm

SCORES = {"ethics": 90, "innovation": 85, "performance": 88, "contribution": 86}


@pytest.mark.parametrize("aspect", ["专业性", "创新性", "履责绩效", "创新成果", "实际贡献"])
def test_each_of_the_five_aspects_is_a_prompt_of_the_sheet(aspect):
    fields = AssessmentForm().fields
    assert any(aspect in f"{fields[name].label}{fields[name].help_text}" for name in SCORES)


@pytest.mark.parametrize("left_out", SCORES)
def test_none_of_the_four_dimensions_may_be_empty(left_out):
    form = AssessmentForm({name: score for name, score in SCORES.items() if name != left_out})
    assert list(form.errors) == [left_out]
