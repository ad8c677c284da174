"""The fixed parts of an official document (GB/T 9704): what the base templates print around the text."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings


@dataclass(frozen=True)
class Letter:
    """Head and foot of a 公文; `templates/documents/base.html` reads it as `letter`.

    `number` is the 文号 as printed (`嘉人社〔2027〕3号`); `addressee` the 主送机关 without colon; `annexes` the
    titles for the 附件说明; `sealed` prints the placeholder（印章）, for sealing is the work of the office's OA;
    `copies_to`, `printed_by`, `printed_on` make the 版记; `verify_url` becomes a QR code and must hold no
    personal data; `draft` marks the page 征求意见稿/样张 or whatever word is given.
    """

    title: str
    number: str = ""
    addressee: str = ""
    signer: str = ""
    dated_on: date | None = None
    annexes: tuple[str, ...] = ()
    sealed: bool = True
    red_head: bool = True
    copies_to: str = ""
    printed_by: str = ""
    printed_on: date | None = None
    verify_url: str = ""
    draft: str = ""

    @property
    def head(self) -> str:
        """The 发文机关标志; empty (no red head at all) until the office has set DOCUMENT_RED_HEAD."""
        return str(getattr(settings, "DOCUMENT_RED_HEAD", "")) if self.red_head else ""
