"""Putting a checked upload into private storage."""

import errno
import hashlib
import logging
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.attachments.models import Attachment, storage_name
from jiaxing_titles.attachments.validators import CheckedUpload, check_upload

log = logging.getLogger(__name__)


def store(upload: CheckedUpload | IO[bytes] | Any, *, actor: Actor, slot: str) -> Attachment:
    """Keeps an upload and returns its row; the caller links it to its owner in the same transaction.

    Takes what AttachmentField cleaned, or a raw upload, which is checked here. `slot` names the material in Chinese.
    Raises ValidationError for a bad upload and when the disk is full; then neither file nor row is left.
    """
    checked = upload if isinstance(upload, CheckedUpload) else check_upload(upload)
    attachment = Attachment(
        original_name=checked.name,
        size=len(checked.content),
        sha256=hashlib.sha256(checked.content).hexdigest(),
        kind=checked.kind,
        pages=checked.pages,
        slot=slot[:60],
        uploaded_by=actor.person,
        uploaded_at=clock.now(),
    )
    name = storage_name(attachment, checked.name)
    storage = attachment.file.storage
    try:
        attachment.file.name = storage.save(name, ContentFile(checked.content))
    except OSError as error:
        storage.delete(name)  # a full disk leaves half a file
        log.exception("upload not stored")
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        sentence = (
            "服务器存储空间已满，文件没有保存。请稍后再试或联系管理员。" if full else "文件没有保存成功，请稍后再试。"
        )
        raise ValidationError(sentence, code="storage") from error
    try:
        attachment.save()
    except Exception:
        storage.delete(attachment.file.name)
        raise
    return attachment
