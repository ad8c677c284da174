"""The acting person: a user in one role at one organisation. Every step and every event names one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guardian.core import ObjectPermissionChecker

from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.reading import read_once

if TYPE_CHECKING:
    from jiaxing_titles.accounts.models import Membership, Organisation, User


@dataclass(frozen=True)
class Actor:
    """`user` and `organisation` are None for the system actor only."""

    user: User | None
    role: Role
    organisation: Organisation | None

    @classmethod
    def of(cls, membership: Membership) -> Actor:
        return cls(membership.user, Role(membership.role), membership.organisation)

    @property
    def person(self) -> User:
        """The user, where a step is never run by the system; raises LookupError when it is."""
        if self.user is None:
            raise LookupError("the system is nobody")
        return self.user

    @property
    def is_official(self) -> bool:
        return self.role in Role.officials()

    def may_act_on(self, organisation: Organisation) -> bool:
        """Whether this role is held on the organisation, by guardian's object permission (decision 9).

        An official's grant hangs on the bureau, so steps name the bureau that they belong to. Grants hang on groups
        alone (accounts/grants.py), so one query asks for them and nothing for the person's own; an account that
        is switched off holds none, and a superuser no more than he was given.
        """
        if self.role == Role.SYSTEM:
            return True
        if self.user is None:
            return False
        return _holds(self.user, self.role, organisation)

    def __str__(self) -> str:
        if self.user is None:
            return self.role.label
        place = self.organisation.short_name if self.organisation else ""
        return f"{self.user.name}（{place}{self.role.label}）"


@read_once
def _holds(user: User, role: Role, organisation: Organisation) -> bool:
    held = ObjectPermissionChecker(user).get_group_perms(organisation)
    return held.filter(codename=role.permission).exists()


SYSTEM = Actor(user=None, role=Role.SYSTEM, organisation=None)
