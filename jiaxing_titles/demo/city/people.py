"""Invented people: names, valid but unissued identity numbers, accounts in their roles."""

from __future__ import annotations

import datetime as dt
import random

from django.contrib.auth.hashers import make_password

from jiaxing_titles.accounts import grants
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Membership, Organisation, User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.identity.resident_id import check_character

SEED = 20260101
PASSWORD = "Demo@2026"  # noqa: S105 -- printed with the demo's accounts; the demo exists only where DEMO is set
# Given names have two characters each.
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN_MALE = "建国志强伟明俊杰文博海峰晓东宇航振华立新嘉诚鹏飞子轩浩然国栋永康少华一鸣学军思远"
GIVEN_FEMALE = "丽娟秀英晓燕雨桐佳怡静雯慧敏婷婷思琪雪梅春华美玲欣妍若兰海燕玉洁晨曦悦宁文静梦瑶"


class Registry:
    """Draws names and numbers, never the same twice; the same seed draws the same people."""

    def __init__(self) -> None:
        self.random = random.Random(SEED)  # noqa: S311 -- invented people, no secret
        self._names: set[str] = set()
        self._numbers: set[str] = set()
        self._phones = 0
        self._password = make_password(PASSWORD)

    def name(self, female: bool = False) -> str:
        """A name that nobody has yet."""
        while True:
            given = GIVEN_FEMALE if female else GIVEN_MALE
            start = 2 * self.random.randrange(len(given) // 2)
            name = self.random.choice(SURNAMES) + given[start : start + 2]
            if name not in self._names:
                self._names.add(name)
                return name

    def identity_number(self, area: str, born_on: dt.date, female: bool) -> str:
        """Eighteen characters with the right check character; the area is one of 嘉兴's."""
        while True:
            order = self.random.randrange(10, 490) * 2 + (0 if female else 1)
            body = f"{area}{born_on:%Y%m%d}{order:03d}"
            if body not in self._numbers:
                self._numbers.add(body)
                return body + check_character(body)

    def phone(self) -> str:
        """From the block 1380000xxxx, which the demo's senders never reach."""
        self._phones += 1
        return f"1380000{self._phones:04d}"

    def official(self, username: str, name: str, role: Role, organisation: Organisation) -> Actor:
        """Somebody with an account of the demo's own name and password, acting in this role."""
        user = User.objects.filter(username=username).first()
        if user is None:
            user = User.objects.create_user(username=username, name=name, phone=self.phone())
            User.objects.filter(pk=user.pk).update(password=self._password)
            self._names.add(name)
        return actor_of(grants.give(user, role, organisation))


def actor_of(membership: Membership) -> Actor:
    """The actor with the organisations above it at hand."""
    chosen = Membership.objects.select_related("user", "organisation__supervisor__supervisor")
    return Actor.of(chosen.get(pk=membership.pk))


def acting(user: User, role: Role, organisation: Organisation) -> Actor:
    """This person in that role, which he holds now."""
    return actor_of(Membership.objects.current().get(user=user, role=role, organisation=organisation))
