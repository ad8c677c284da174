"""The plan linter (F-14): where a 试点工作方案 departs from the 办法, each finding with its clause and the fix."""

from dataclasses import replace

from enterprises.rules.plan_lint import annex, completeness, restrictions
from enterprises.rules.plan_lint.draft import CriterionDraft, PlanDraft
from enterprises.rules.plan_lint.findings import ERROR, WARNING, Finding

__all__ = ["ERROR", "WARNING", "CriterionDraft", "Finding", "PlanDraft", "lint"]


def lint(plan: PlanDraft) -> list[Finding]:
    """All findings, errors first, then in the order of the rows."""
    texts = {row.number: row.text for row in plan.criteria}
    found = [
        replace(one, passage=texts.get(one.criterion or 0, "") + plan.sections.get(one.section, ""))
        for one in (*restrictions.findings(plan), *annex.findings(plan), *completeness.findings(plan))
    ]
    return sorted(found, key=lambda finding: (finding.severity != ERROR, finding.criterion or 0))
