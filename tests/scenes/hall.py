"""A hall of any size with meetings in session, laid down as bare rows: for rounds and figures that no year can bear.

Opening, casting, closing and unsealing are left to the product's own steps; what lies before them is written with the
triggers off, which only a server of our own allows.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import psycopg2
from django.db import connection
from django.test import Client

from applications.models import TitleApplication
from enterprises.models import Enterprise, Speciality
from jiaxing_titles import clock
from jiaxing_titles.accounts import grants
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Membership, Organisation, User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.policy.models import Cycle
from reviews import models
from reviews.choices import BallotMode
from reviews.rules.ballot import sealing, shares


@contextmanager
def triggers_off() -> Iterator[None]:
    """Rows are taken as they come, on this connection."""
    app = urlsplit(os.environ["DATABASE_URL"]).username
    admin = psycopg2.connect(os.environ["DATABASE_ADMIN_URL"])
    with admin:
        admin.cursor().execute(f"GRANT SET ON PARAMETER session_replication_role TO {app}")
    admin.close()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = 'replica'")
        yield
        cursor.execute("SET session_replication_role = 'origin'")


@dataclass(frozen=True)
class Sitting:
    """A committee meeting in session, company A heard; `shares`: two of the three of its key, which is tried."""

    meeting: models.CommitteeMeeting
    shares: tuple[shares.Share, ...]


class Hall:
    """The people of all meetings: `judges` (one a seat), `secretary`, three `tellers`, `names` applicants."""

    def __init__(self, seats: int, names: int) -> None:
        self.bureau = Organisation.objects.create(
            kind="city_bureau", name="市人社局", short_name="市人社局", code="330400"
        )
        self.cycle = Cycle.defaults_for(2026)
        self.cycle.save()
        self.judges = [self._person(Role.COMMITTEE, number) for number in range(seats)]
        self.secretary = self._person(Role.COMMITTEE_SEC, 0)
        self.tellers = [self._person(Role.TELLER, number) for number in range(3)]
        self._meetings = 0
        with triggers_off():
            made = Organisation.objects.create(
                kind="enterprise", name="示例", short_name="示例", code="A", supervisor=self.bureau
            )
            self.company = Enterprise.objects.create(organisation=made, credit_code="91330400MA00000000")
            people = [User.objects.create(username=f"p{n}", name=f"申报人{n}", password="!") for n in range(names)]
            self.applications = TitleApplication.objects.bulk_create(
                TitleApplication(
                    round_id=1,
                    enterprise=self.company,
                    cycle=self.cycle,
                    person=one,
                    level="engineer",
                    speciality_id=1,
                )
                for one in people
            )

    def _person(self, role: Role, number: int) -> Actor:
        user = User.objects.create(username=f"{role}{number}", name=f"{role.label}{number}", password="!")
        grants.give(user, role, self.bureau)
        return Actor.of(Membership.objects.select_related("user", "organisation").get(user=user))

    def sitting(self, sheets: int = 1, seats: int | None = None, mode: str = BallotMode.ELECTRONIC) -> Sitting:
        """The next meeting; its `sheets` bear all names each and wait for being opened. The first `seats` are here."""
        self._meetings += 1
        dealt, now = shares.deal(2, 3), clock.now()
        with triggers_off():
            meeting = models.CommitteeMeeting.objects.create(
                cycle=self.cycle,
                organisation=self.bureau,
                number=self._meetings,
                planned_at=now,
                place="会议室",
                state="in_session",
            )
            speciality = Speciality.objects.first()
            members = models.CommitteeMember.objects.bulk_create(
                models.CommitteeMember(
                    meeting=meeting, user=judge.user, speciality=speciality, employer="院", title="高工"
                )
                for judge in self.judges
            )
            models.CommitteeAttendance.objects.bulk_create(
                models.CommitteeAttendance(meeting=meeting, member=member, signed_at=now, method="self", promised=True)
                for member in members[:seats]
            )
            models.ReportSlot.objects.create(meeting=meeting, enterprise=self.company, place=1, state="deliberated")
            self._key(meeting, dealt)
            self._sheets(meeting, sheets, mode)
        return Sitting(meeting, dealt.shares[:2])

    def _key(self, meeting: models.CommitteeMeeting, dealt: shares.Dealt) -> None:
        key = models.KeyCeremony.objects.create(
            session=meeting,
            organisation=self.bureau,
            needed=2,
            public_key=dealt.public,
            suite=sealing.SUITES,
            state="checked",
        )
        models.KeyHolder.objects.bulk_create(
            models.KeyHolder(ceremony=key, user=teller.user, number=number, fingerprint=fingerprint)
            for number, (teller, fingerprint) in enumerate(zip(self.tellers, dealt.fingerprints, strict=True), start=1)
        )

    def _sheets(self, meeting: models.CommitteeMeeting, sheets: int, mode: str) -> None:
        for number in range(1, sheets + 1):
            sheet = models.VoteSheet.objects.create(
                session=meeting,
                organisation=self.bureau,
                enterprise=self.company,
                level="engineer",
                number=number,
                mode=mode,
            )
            models.VoteLine.objects.bulk_create(
                models.VoteLine(sheet=sheet, application=one, number=place)
                for place, one in enumerate(self.applications, start=1)
            )


def signed_in(actor: Actor) -> Client:
    """His browser; the second factor counts as given."""
    client = Client()
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    session: Any = client.session
    session["account_authentication_methods"] = [{"method": "password"}, {"method": "mfa"}]
    session.save()
    return client
