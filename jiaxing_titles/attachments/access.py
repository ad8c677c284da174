"""Who may read a file: its owner decides, and owners live in the stages, so the stages register resolvers."""

from collections.abc import Callable

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.attachments.models import Attachment

# True: may read. False: it hangs on one of mine and this actor may not. None: it hangs on none of mine.
Resolver = Callable[[Attachment, Actor], bool | None]

_resolvers: dict[str, Resolver] = {}


def resolver(name: str) -> Callable[[Resolver], Resolver]:
    """Registers a stage's answer under a unique name (`applications.evidence`), in the stage's `attachments.py`.

    One query per resolver; it must answer None for files that are not its own.
    """

    def register(answer: Resolver) -> Resolver:
        if name in _resolvers and _resolvers[name] is not answer:
            raise ValueError(f"attachment resolver {name} is registered twice")
        _resolvers[name] = answer
        return answer

    return register


def may_read(attachment: Attachment, actor: Actor | None) -> bool:
    """One True is enough. A file that no owner knows yet is its uploader's, until it is linked."""
    if not actor:
        return False
    answers = [answer(attachment, actor) for answer in _resolvers.values()]
    if any(answers):
        return True
    if any(answer is False for answer in answers):
        return False
    return actor.user is not None and attachment.uploaded_by_id == actor.user.pk
