"""Who may act: the roles of the procedure. What each may do stands beside the step itself (`by=`)."""

from django.db import models


class Role(models.TextChoices):
    ENT_HR = "ent_hr", "企业经办"
    ENT_LEAD = "ent_lead", "企业负责人"
    APPLICANT = "applicant", "申报人"
    PANEL_SEC = "panel_sec", "评审会秘书"
    PANEL_EXPERT = "panel_expert", "企业评审专家"
    COUNTY = "county", "县(市、区)人社局"
    CITY_CLERK = "city_clerk", "市局经办"
    CITY_REVIEWER = "city_reviewer", "市局审核"
    CITY_LEAD = "city_lead", "市局领导"
    LIBRARY_MEMBER = "library_member", "专家库成员"
    COMMITTEE = "committee", "中评委评委"
    COMMITTEE_SEC = "committee_sec", "中评委秘书"
    TELLER = "teller", "监票人"
    SUPERVISOR = "supervisor", "监督员"
    AUDITOR = "auditor", "审计员"
    SYSADMIN = "sysadmin", "系统管理员"
    SYSTEM = "system", "系统（到期自动办理）"

    @property
    def permission(self) -> str:
        """Codename of the one object permission that this role holds on its organisation."""
        return f"act_as_{self.value}"

    @classmethod
    def enterprise_side(cls) -> "frozenset[Role]":
        return frozenset({cls.ENT_HR, cls.ENT_LEAD, cls.PANEL_SEC})

    @classmethod
    def city_side(cls) -> "frozenset[Role]":
        """Roles at the city bureau that see the whole city."""
        return frozenset(
            {cls.CITY_CLERK, cls.CITY_REVIEWER, cls.CITY_LEAD, cls.COMMITTEE_SEC, cls.SUPERVISOR, cls.AUDITOR}
        )

    @classmethod
    def officials(cls) -> "frozenset[Role]":
        """Roles that work in the console and need a second factor."""
        return cls.city_side() | {cls.COUNTY, cls.SYSADMIN}


ORGANISATION_PERMISSIONS: list[tuple[str, str]] = [
    (role.permission, f"以{role.label}身份办理") for role in Role if role != Role.SYSTEM
]
