"""How far each topic of an application has been filled in."""

from __future__ import annotations

from collections import Counter
from typing import Any

from applications.gates.facts import has_complete_exceptional_file
from applications.rules.material import Part

RELATIONS = {
    "education": "education",
    "work": "work_periods",
    "posts": "held_posts",
    "assessments": "assessments",
    "hours": "continuing_education",
    "achievements": "achievements",
}
"""Topic → the reverse relation that holds its records."""

PERSON_FIELDS = ("gender", "born_on", "ethnicity", "first_worked_on", "present_work", "summary")
"""What 个人信息 needs before submission, beside what was chosen when the application was begun."""


def parts_of(application: Any) -> dict[str, Part]:
    """Every topic as `rules.material` takes it."""
    files = Counter(one.topic for one in application.evidence.all())
    parts = {
        topic: Part(records=len(getattr(application, relation).all()), files=files[topic])
        for topic, relation in RELATIONS.items()
    }
    parts["person"] = Part(filled=all(getattr(application, name) for name in PERSON_FIELDS), files=files["person"])
    parts["exceptional"] = Part(filled=has_complete_exceptional_file(application), files=files["exceptional"])
    return parts
