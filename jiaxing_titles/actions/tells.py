"""Who is told of a step, and in which words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jiaxing_titles.accounts.models import Membership, User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions.case import follow


@dataclass(frozen=True)
class Tell:
    """Everybody who holds `role` at the organisation found by the dotted `path` from the case."""

    role: Role | None
    path: str
    text: str
    sms: bool = False

    @classmethod
    def person(cls, path: str, text: str, *, sms: bool = False) -> Tell:
        """The one user found by the dotted path."""
        return cls(None, path, text, sms)

    def recipients(self, case: Any) -> list[User]:
        place = follow(case, self.path)
        if place is None:
            return []
        if self.role is None:
            return [place]
        holders = Membership.objects.current().filter(organisation=place, role=self.role).select_related("user")
        return [membership.user for membership in holders.order_by("user_id")]

    def audience(self, case: Any) -> str:
        """In words, for the page that says who will be told."""
        place = follow(case, self.path)
        if self.role is None:
            return str(place) if place is not None else ""
        return f"{place.short_name}{self.role.label}" if place is not None else self.role.label

    def sentence(self, case: Any, facts: dict[str, Any]) -> str:
        return self.text.format(case=case, **{key: value for key, value in facts.items() if isinstance(key, str)})


def everyone(tells: Iterable[Tell], case: Any, facts: dict[str, Any]) -> list[tuple[User, str, bool]]:
    """(user, sentence, also by SMS), each user once, in the order of the table."""
    seen: dict[int, tuple[User, str, bool]] = {}
    for tell in tells:
        for user in tell.recipients(case):
            seen.setdefault(user.pk, (user, tell.sentence(case, facts), tell.sms))
    return list(seen.values())
