"""Small real PDF files for the demo's uploads: one page with a frame and a serial number of its own."""

from __future__ import annotations

import itertools

from django.core.files.uploadedfile import SimpleUploadedFile

_serial = itertools.count(1)


def paper(name: str) -> SimpleUploadedFile:
    """A fresh one-page upload; each has other bytes, so that no two are the same file."""
    return SimpleUploadedFile(f"{name}.pdf", _page(next(_serial)), content_type="application/pdf")


def _page(serial: int) -> bytes:
    content = (
        b"0.8 w 40 40 515 762 re S\n"
        b"BT /F1 22 Tf 150 700 Td (DEMO DOCUMENT) Tj ET\n"
        b"BT /F1 12 Tf 150 670 Td (Jiaxing title review demo, sheet %06d) Tj ET\n"
        b"BT /F1 12 Tf 150 650 Td (Invented content; not a real certificate.) Tj ET" % serial
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer
