"""Accounts are made once for each address."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from journal.accounts import people
from journal.accounts.models import Account, Contact, Kind
from journal.config import Config
from journal.db import opened
from journal.errors import Invalid
from journal.vault import Vault

GOOD = "copper lantern meadow"


def join(session: Session, email: str, now: datetime) -> Account:
    return people.create_patient(
        session,
        name="Mia", email=email, password=GOOD, zone="Europe/Berlin", locale="en", now=now,
        emergency="Bo, 555 0101",
    )  # fmt: skip


def test_a_patients_journal_begins_on_her_own_day(session: Session, now: datetime) -> None:
    night = now.replace(month=3, day=2, hour=1, minute=0)

    mia = join(session, "mia@example.org", night)

    assert mia.kind == Kind.PATIENT
    assert (mia.began.month, mia.began.day) == (3, 1)


def test_a_member_has_no_password_until_she_chooses_one(session: Session, now: datetime) -> None:
    eve = people.create_member(session, name="Eve", email="eve@example.org", zone="UTC", now=now)

    assert eve.kind == Kind.MEMBER
    assert eve.password_hash is None


@pytest.mark.assures("A07")
@pytest.mark.parametrize("typed", ["ana@example.org", " Ana@EXAMPLE.org "])
def test_one_address_is_one_account(
    session: Session, ana: Account, now: datetime, typed: str
) -> None:
    with pytest.raises(Invalid) as refused:
        join(session, typed, now)

    assert refused.value.field == "email"


def test_of_many_who_begin_at_once_with_one_address_one_begins(
    engine: Engine, config: Config, now: datetime
) -> None:
    def begins(_number: int) -> bool:
        with opened(engine, Vault(config.vault_keys), writing=True) as beside:
            with suppress(Invalid):
                join(beside, "mia@example.org", now)
                beside.commit()
                return True
            return False

    with ThreadPoolExecutor(4) as pool:
        begun = list(pool.map(begins, range(4)))

    assert sorted(begun) == [False, False, False, True]


@pytest.mark.assures("A05")
def test_her_own_address_is_no_password(session: Session, now: datetime) -> None:
    with pytest.raises(Invalid, match="easy to guess"):
        people.create_patient(
            session,
            name="Mia", email="marianne.lind@example.org", password="marianne.lind",
            zone="UTC", locale="en", now=now,
        )  # fmt: skip


@pytest.mark.assures("C05")
def test_whom_to_call_is_sealed_and_opens(session: Session, now: datetime) -> None:
    mia = join(session, "mia@example.org", now)
    session.flush()

    sealed = session.get_one(Contact, mia.id).emergency

    assert sealed
    assert b"Bo" not in sealed
    assert people.reach_of(session, mia.id).emergency == "Bo, 555 0101"
