"""The words of the forms are the words of the eligibility engine."""

import pytest

from applications import choices
from applications.rules.eligibility import vocabulary


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        (choices.Level, vocabulary.TARGETS),
        (choices.EducationLevel, vocabulary.EDUCATION_LEVELS),
        (choices.Award, vocabulary.AWARDS),
        (choices.Outcome, vocabulary.OUTCOMES),
        (choices.StudyMode, vocabulary.MODES),
        (choices.Relation, vocabulary.RELATIONS),
        (choices.PostTitle, vocabulary.POST_TITLES),
        (choices.Grade, vocabulary.GRADES),
        (choices.CheckResult, vocabulary.INITIAL_CHECKS),
        (choices.Verdict, vocabulary.VERDICTS),
    ],
)
def test_every_choice_is_a_word_of_the_engine_and_the_other_way_round(kind, table):
    assert dict(kind.choices) == dict(table)


@pytest.mark.parametrize(
    ("kind", "tones"),
    [
        (choices.RoundState, choices.ROUND_TONES),
        (choices.ApplicationState, choices.APPLICATION_TONES),
        (choices.ExceptionalFileState, choices.EXCEPTIONAL_FILE_TONES),
        (choices.ImportState, choices.IMPORT_TONES),
    ],
)
def test_every_state_has_a_tone(kind, tones):
    assert set(kind.values) == set(tones)
