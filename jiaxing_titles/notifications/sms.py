"""The SMS interface and the back ends that need no vendor; a vendor's gateway is one more class."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

SIGNATURE = "【嘉兴人社】"


class Backend(Protocol):
    def send(self, phone: str, text: str) -> None:
        """Deliver one SMS or raise; `text` carries the signature already."""


class ConsoleBackend:
    def send(self, phone: str, text: str) -> None:
        sys.stdout.write(f"短信 {phone[:3]}****{phone[-4:]} {text}\n")


class FileBackend:
    def send(self, phone: str, text: str) -> None:
        path = Path(settings.SMS_FILE)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{phone[:3]}****{phone[-4:]}\t{text}\n")


class MemoryBackend:
    outbox: list[tuple[str, str]] = []

    def send(self, phone: str, text: str) -> None:
        self.outbox.append((phone, text))


def send(phone: str, text: str) -> None:
    backend: Backend = import_string(settings.SMS_BACKEND)()
    backend.send(phone, f"{SIGNATURE}{text}")
