"""Signed links, the way in for an invited person: not stored, the signature is made as the mail leaves."""

from __future__ import annotations

import re

from django.core import signing

SALT = "jiaxing_titles.accounts.invitation"
_INVITATION = re.compile(r"/invite/([0-9]+)/")


def token_of(invitation: int) -> str:
    return signing.Signer(salt=SALT).sign(str(invitation))


def invitation_of(token: str) -> int | None:
    """The invitation that the token opens; None when it is forged or cut."""
    try:
        return int(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def signed(path: str) -> str:
    """The path as it may leave by mail: an invitation's gets its signature, any other stays as it is."""
    found = _INVITATION.fullmatch(path)
    return f"/invite/{token_of(int(found[1]))}/" if found else path
