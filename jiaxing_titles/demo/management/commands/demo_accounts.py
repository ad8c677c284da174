"""`manage.py demo_accounts`: who can be entered, with the address of each card."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from certificates.models import AnnouncementDocument
from jiaxing_titles.demo.cards import Card, cards
from jiaxing_titles.demo.city.people import PASSWORD


class Command(BaseCommand):
    help = "列出演示账号：每个身份一行；--json 供 sh run.sh demo --check 读取。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="以 JSON 输出。")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("演示账号只在演示环境（DEMO=1）里有。")
        found = [card for group in cards(with_todos=False) for card in group.cards]
        if options["json"]:
            self.stdout.write(json.dumps({"accounts": _first_of_each(found), "pdf": _pdf()}, ensure_ascii=False))
            return
        self.stdout.write(f"身份卡片：{settings.SITE_ADDRESS}{reverse('demo_cards')}")
        for card in found:
            held = card.membership
            who = f"{held.get_role_display()}  {held.organisation.short_name}  {held.user.name}"
            self.stdout.write(f"  {held.user.username:<12}{who}  {card.story}")
        self.stdout.write(f"点卡片进入不需要口令；hr01、clerk 等也可用口令 {PASSWORD} 登录，申报人没有口令。")


def _first_of_each(found: list[Card]) -> list[dict[str, str]]:
    chosen: dict[str, Card] = {}
    for card in found:
        chosen.setdefault(card.membership.role, card)
    return [
        {
            "role": role,
            "label": f"{card.membership.get_role_display()}（{card.membership.user.name}）",
            "login_path": card.login_path,
            "page": card.page,
        }
        for role, card in chosen.items()
    ]


def _pdf() -> dict[str, str] | None:
    """The announcement document of the finished year, which the worker makes."""
    issued = AnnouncementDocument.objects.filter(state="issued").order_by("pk").first()
    if issued is None:
        return None
    return {"role": "city_clerk", "path": reverse("certificates:announcement_pdf", args=[issued.pk])}
