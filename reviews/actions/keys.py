"""开票钥匙: one key ceremony a meeting. Shares pass through a step's arguments and are never written anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, step
from jiaxing_titles.reasons import Reason
from reviews import forms
from reviews.choices import CommitteeState, KeyState, MeetingState
from reviews.models import CommitteeMeeting, KeyCeremony, KeyHolder, ReviewMeeting
from reviews.rules.ballot import sealing
from reviews.rules.ballot.shares import Dealt, Share, WrongShares, rebuild

CLAUSE = "办法五（三）"
DESK = (Role.PANEL_SEC, Role.ENT_HR, Role.COMMITTEE_SEC)
HOLDERS = (Role.TELLER, Role.SUPERVISOR, Role.PANEL_SEC, Role.ENT_HR, Role.PANEL_EXPERT)
PANEL_BEFORE_VOTE = [MeetingState.PLANNED, MeetingState.SIGNING_IN, MeetingState.IN_SESSION, MeetingState.VOTING]
COMMITTEE_BEFORE_END = [CommitteeState.PLANNED, CommitteeState.SIGNING_IN, CommitteeState.IN_SESSION]
TEST_BALLOT, TEST_CONTEXT = b"test ballot", b"test"


@step(
    ReviewMeeting,
    label="指定电子票钥匙保管人",
    by=(Role.PANEL_SEC, Role.ENT_HR),
    on="round.enterprise.organisation",
    when=PANEL_BEFORE_VOTE,
    form=forms.HoldersForm,
    creates=True,
    kind="aside",
    over=lambda meeting, actor: hasattr(meeting, "key") and meeting.key.state != KeyState.UNMADE,
)
def name_panel_key_holders(meeting: ReviewMeeting, *, actor: Actor, holders: Sequence[User]) -> KeyCeremony:
    """Decision 15: a panel has its own key, 1 of 1 unless the year says otherwise."""
    cycle, seated = meeting.round.cycle, meeting.panel.members.values_list("user_id", flat=True)
    whose = {"meeting": meeting, "organisation": meeting.round.enterprise.organisation}
    return _name(whose, holders, set(seated), cycle.panel_shares, cycle.panel_shares_needed)


@step(
    CommitteeMeeting,
    label="指定电子票钥匙保管人",
    by=[Role.COMMITTEE_SEC],
    on="organisation",
    when=COMMITTEE_BEFORE_END,
    form=forms.HoldersForm,
    creates=True,
    kind="aside",
    over=lambda meeting, actor: hasattr(meeting, "key") and meeting.key.state != KeyState.UNMADE,
)
def name_committee_key_holders(meeting: CommitteeMeeting, *, actor: Actor, holders: Sequence[User]) -> KeyCeremony:
    """监票人 and 监督员; two of three open unless the year says otherwise."""
    cycle, seated = meeting.cycle, meeting.members.values_list("user_id", flat=True)
    whose = {"session": meeting, "organisation": meeting.organisation}
    return _name(whose, holders, set(seated), cycle.committee_shares, cycle.committee_shares_needed)


def _name(
    whose: dict[str, Any], holders: Sequence[User], seated: set[int | None], shares: int, needed: int
) -> KeyCeremony:
    found = [_reason(f"{user.name}是表决的评委，不能保管钥匙。") for user in holders if user.pk in seated]
    if len(holders) != shares or len({user.pk for user in holders}) != shares:
        found.append(_reason(f"须指定 {shares} 名不同的保管人，一人一份。"))
    if found:
        raise Blocked(found)
    organisation = whose.pop("organisation")
    key, _ = KeyCeremony.objects.get_or_create(**whose, defaults={"organisation": organisation, "needed": needed})
    if key.state != KeyState.UNMADE:
        raise Blocked([_reason("已经建钥，不能换保管人。", "请先作废现在的钥匙。")])
    key.needed = needed
    key.save()
    key.holders.all().delete()
    KeyHolder.objects.bulk_create(
        [KeyHolder(ceremony=key, user=user, number=number) for number, user in enumerate(holders, start=1)]
    )
    return key


def is_holder(key: KeyCeremony, actor: Actor) -> list[Reason]:
    """Only who holds a share handles the key."""
    if actor.user is not None and key.holders.filter(user=actor.user).exists():
        return []
    return [_reason("您不是本次会议的钥匙保管人。")]


@step(
    KeyCeremony,
    label="建钥",
    by=HOLDERS,
    on="organisation",
    move="make",
    form=forms.KeyForm,
    blockers=is_holder,
    hidden=True,  # the key's own page shows the shares, once
    unrecorded=("dealt",),
    notes=("suite", "needed", "public_hash"),
    effects=["每份钥匙在页面上显示一次，由保管人抄写或打印带走", "系统只保存公钥和各份的指纹，不保存钥匙"],
)
def make_key(key: KeyCeremony, *, actor: Actor, dealt: Dealt, together: bool = True) -> None:
    """The public half is kept; the shares stay with whoever called."""
    holders = list(key.holders.all())
    if len(holders) != len(dealt.shares):
        raise Blocked([_reason("保管人的人数刚刚变了。", "请刷新页面。")])
    for holder, fingerprint in zip(holders, dealt.fingerprints, strict=True):
        holder.fingerprint = fingerprint
    KeyHolder.objects.bulk_update(holders, ["fingerprint"])
    key.public_key, key.suite = dealt.public, sealing.SUITES


@step(
    KeyCeremony,
    label="输回核对",
    by=HOLDERS,
    on="organisation",
    move="confirm",
    form=forms.CheckKeyForm,
    blockers=is_holder,
    hidden=True,
    unrecorded=("shares",),
    notes=("public_hash",),
    effects=["每份都认得，任意凑齐的几份都能打开试票"],
)
def check_key(key: KeyCeremony, *, actor: Actor, shares: Sequence[Share]) -> None:
    """Every share typed back; every set of them that should suffice opens a test ballot, however a sheet is sealed."""
    if found := unknown_shares(key, shares):
        raise Blocked(found)
    if len(shares) != key.holders.count():
        raise Blocked([_reason("请逐份输入全部钥匙。")])
    public, suites = bytes(key.public_key), (sealing.ON_SERVER, sealing.IN_BROWSER)
    tests = {suite: sealing.seal(TEST_BALLOT, public, TEST_CONTEXT, suite) for suite in suites}
    for some in combinations(shares, key.needed):
        pair = rebuild(some, public)
        for suite, test in tests.items():
            assert pair.open(test, TEST_CONTEXT, suite) == TEST_BALLOT, "HPKE opens what it sealed"


def unknown_shares(key: KeyCeremony, shares: Sequence[Share]) -> list[Reason]:
    """Which of the typed shares are not this key's, by place; and one typed twice."""
    known = {holder.number: holder.fingerprint for holder in key.holders.all()}
    found = [
        _reason(f"第{place}个输入的不是本次会议的钥匙。", "请对照纸条上的会议名称和编号。", f"share_{place}")
        for place, share in enumerate(shares, start=1)
        if known.get(share.index) != share.fingerprint
    ]
    if len({share.index for share in shares}) != len(shares):
        found.append(_reason("同一份钥匙输入了两次。"))
    return found


def key_pair(key: KeyCeremony, shares: Sequence[Share]) -> sealing.KeyPair:
    """The private key out of enough right shares; Blocked otherwise."""
    if found := unknown_shares(key, shares):
        raise Blocked(found)
    if len(shares) < key.needed:
        raise Blocked([_reason(f"须凑齐 {key.needed} 份钥匙才能开票。")])
    try:
        return rebuild(shares[: key.needed], bytes(key.public_key))
    except WrongShares as refused:
        raise Blocked([_reason("这几份钥匙打不开本次会议的票箱。")]) from refused


@step(
    KeyCeremony,
    label="作废钥匙",
    by=(*DESK, *HOLDERS),
    on="organisation",
    move="void",
    kind="danger",
    effects=["各份钥匙作废，可以另行指定保管人并重新建钥"],
)
def void_key(key: KeyCeremony, *, actor: Actor) -> None:
    """A share got lost or a holder cannot come; nobody has voted yet."""
    key.public_key, key.suite = b"", ""
    key.holders.update(fingerprint="")


@step(
    KeyCeremony,
    label="登记钥匙已销毁",
    by=HOLDERS,
    on="organisation",
    move="destroy",
    form=forms.DestroyKeyForm,
    blockers=is_holder,
    effects=["此后任何人都不能再打开本次会议的密封选票"],
)
def destroy_key(key: KeyCeremony, *, actor: Actor, torn: bool) -> None:
    """By protocol: the paper is what there is to destroy."""


def _reason(text: str, remedy: str = "", field: str = "") -> Reason:
    return Reason(text, clause=CLAUSE, rule="R-5.3.6", gate="G18", remedy=remedy, field=field)
