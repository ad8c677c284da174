"""After the time of review the sealed ballots go, by two hands; receipts, slips and boards stay (办法五（三）)."""

from __future__ import annotations

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.actions import step
from jiaxing_titles.actions.views import CauseForm
from reviews.actions.keys import DESK, HOLDERS, is_holder
from reviews.models import KeyCeremony, SealedBallot


@step(
    KeyCeremony,
    label="提出删除密封选票",
    by=DESK,
    on="organisation",
    move="propose_erasure",
    kind="danger",
    effects=["由一名钥匙保管人同意后删除，提出的人不能自己同意"],
)
def propose_ballot_erasure(key: KeyCeremony, *, actor: Actor) -> None:
    """The key is destroyed already; what is left could only serve who breaks the seal one day."""


@step(
    KeyCeremony,
    label="同意删除密封选票",
    by=HOLDERS,
    on="organisation",
    move="erase",
    blockers=is_holder,
    other_than=["propose_ballot_erasure"],
    kind="danger",
    notes=("ballots_in_boxes",),
    effects=["密封的选票全部清空，不能恢复", "回执、票面、计票文件和结果都保留"],
)
def erase_ballots(key: KeyCeremony, *, actor: Actor) -> None:
    """Empties, since the receipt in the same row stays; the old row goes from the disk with the next VACUUM FULL."""
    SealedBallot.objects.filter(sheet__in=key.sitting.sheets.all()).update(ciphertext=b"")


@step(
    KeyCeremony,
    label="暂不删除密封选票",
    by=(*DESK, *HOLDERS),
    on="organisation",
    move="keep_ballots",
    form=CauseForm,
)
def keep_ballots(key: KeyCeremony, *, actor: Actor, reason: str) -> None:
    """Somebody asks about a result after all."""
