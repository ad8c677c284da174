"""Pages as pictures: the browser of an official never gets to interpret an applicant's PDF.

The PDF is drawn in a process of its own with limits on time and memory, so that a hostile or huge file can harm
neither the web process nor the machine. The picture is kept beside the file, for a file never changes.
"""

import subprocess
import sys
from pathlib import Path

from django.core.files.base import ContentFile

from jiaxing_titles.attachments.models import Attachment
from jiaxing_titles.documents import faces

_RASTERISER = Path(__file__).resolve().parent / "rasterise.py"
SECONDS = 20


class NoPreview(Exception):
    """This page cannot be drawn; the text is a sentence for the person."""


def page_png(attachment: Attachment, page: int) -> bytes:
    """PNG of one page of a PDF, pages counting from 1, about 150 dpi. Raises NoPreview and FileNotFoundError."""
    storage = attachment.file.storage
    kept = f"previews/{attachment.file.name}-{page}.png"
    if storage.exists(kept):
        with storage.open(kept) as file:
            return bytes(file.read())
    with attachment.file.open("rb") as file:
        picture = _draw(file.read(), page)
    storage.save(kept, ContentFile(picture))
    return picture


def _draw(content: bytes, page: int) -> bytes:
    fonts = {str(path.parent) for path in faces.files(faces.folder()).values()}
    command = [sys.executable, "-I", str(_RASTERISER), str(page), *sorted(fonts)]
    try:
        # A fixed program with numbers and our own folders as arguments; the upload goes in by standard input.
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False, env={})
    except subprocess.TimeoutExpired as error:
        raise NoPreview("这一页过于复杂，无法在线显示，请下载查看。") from error
    if done.returncode != 0 or not done.stdout.startswith(b"\x89PNG"):
        raise NoPreview("这一页无法在线显示，请下载查看。")
    return done.stdout
