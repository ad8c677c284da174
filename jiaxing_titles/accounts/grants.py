"""The only writer of guardian's rows: one group an organisation and role, derived from memberships (decision 9)."""

from __future__ import annotations

from django.contrib.auth.models import Group
from guardian.models import GroupObjectPermission
from guardian.shortcuts import assign_perm

from jiaxing_titles import clock
from jiaxing_titles.accounts.models import Membership, Organisation, User
from jiaxing_titles.accounts.roles import Role


def group_of(organisation: Organisation, role: Role) -> Group:
    """The group whose members may act in this role for this organisation; made with its one grant when new."""
    group, made = Group.objects.get_or_create(name=f"{organisation.pk}:{role.value}")
    if made:
        assign_perm(role.permission, group, organisation)
    return group


def give(user: User, role: Role, organisation: Organisation) -> Membership:
    """Let the person act in this role; giving twice changes nothing."""
    membership, _ = Membership.objects.get_or_create(
        user=user, organisation=organisation, role=role, ended_at=None, defaults={"since": clock.now()}
    )
    user.groups.add(group_of(organisation, role))
    _forget_cached(user)
    return membership


def end(membership: Membership) -> None:
    """Take the role away at once; the row stays as history."""
    membership.ended_at = clock.now()
    membership.save(update_fields=["ended_at"])
    membership.user.groups.remove(group_of(membership.organisation, Role(membership.role)))
    _forget_cached(membership.user)


def differences() -> list[str]:
    """What guardian's tables hold beyond or short of the memberships; empty when all is well."""
    wanted = {
        (membership.user_id, f"{membership.organisation_id}:{membership.role}")
        for membership in Membership.objects.current()
    }
    held = set(User.groups.through.objects.values_list("user_id", "group__name"))
    found = [f"缺少授权：人员 {user} 组 {group}" for user, group in sorted(wanted - held)]
    found += [f"多余授权：人员 {user} 组 {group}" for user, group in sorted(held - wanted)]
    for row in GroupObjectPermission.objects.select_related("group", "permission"):
        organisation, _, role = row.group.name.partition(":")
        if (row.object_pk, row.permission.codename) != (organisation, f"act_as_{role}"):
            found.append(f"多余授权：组 {row.group.name} 对象 {row.object_pk} 权限 {row.permission.codename}")
    return found


def _forget_cached(user: User) -> None:
    for name in ("_perm_cache", "_user_perm_cache", "_group_perm_cache"):
        user.__dict__.pop(name, None)
