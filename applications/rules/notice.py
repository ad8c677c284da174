"""What colleagues read of an applicant in the in-house notice (decision 38)."""

SHOWN_COLUMNS = ("部门", "岗位", "申报资格", "申报专业", "申报途径", "业绩摘要")
"""The whitelist beside the name, in print order; never a number, a phone or a birthday."""
