"""What Ana writes in words lies in no file as she wrote it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import make_url, select, update
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.config import Config
from journal.db import Base
from journal.entries.models import Day, Edit
from journal.entries.store import earlier_values, one_day, save_edit
from journal.sharing.access import own
from journal.vault import Damaged
from tests.entries.letters import body

NOTE, MEDICINE, REASON = "marmalade on the piano", "Quixotamol", "because of the umbrella"
SEEN_TO = "a ride from Zebulon"
ONE = timedelta(days=1)


@pytest.fixture
def older(today: date) -> date:
    return today - 2 * ONE


@pytest.fixture
def written(session: Session, ana: Account, older: date, now: datetime) -> None:
    """Two older days with words in them, on the disk."""
    words = {"note": NOTE, "rescue_med": [{"name": MEDICINE}], "ready": [SEEN_TO]}
    edit = body(items=words, reason=REASON, account=str(ana.id))
    for day in (older, older - ONE):
        save_edit(session, own(ana), day, replace(edit, edit_id=uuid4()), now)
    session.commit()


@pytest.mark.assures("C05")
@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("marker", [NOTE, MEDICINE, REASON, SEEN_TO])
def test_words_are_found_in_no_file_of_the_database(
    session: Session, config: Config, marker: str
) -> None:
    content = everything(session, config)

    assert b"America/New_York" in content
    assert marker.encode() not in content


@pytest.mark.assures("C05")
@pytest.mark.usefixtures("written")
def test_the_words_of_another_day_do_not_open(session: Session, ana: Account, older: date) -> None:
    others = session.get_one(Day, (ana.id, older - ONE)).sealed

    session.execute(update(Day).where(Day.day == older).values(sealed=others))

    with pytest.raises(Damaged):
        one_day(session, own(ana), older)


@pytest.mark.assures("C05")
@pytest.mark.usefixtures("written")
def test_the_words_of_another_edit_do_not_open(session: Session, ana: Account, older: date) -> None:
    others = session.query(Edit).where(Edit.day == older - ONE).one().sealed

    session.execute(update(Edit).where(Edit.day == older).values(sealed=others))

    session.expire_all()
    with pytest.raises(Damaged):
        earlier_values(session, own(ana), older)


def everything(session: Session, config: Config) -> bytes:
    """Every byte of the database: all of its rows, and its files where it has some of its own."""
    rows = [repr(session.execute(select(t)).all()) for t in Base.metadata.sorted_tables]
    file = Path(make_url(config.database_url).database or "").resolve()
    files = [one for one in file.parent.glob(f"{file.name}*") if one.is_file()]
    return "".join(rows).encode() + b"".join(one.read_bytes() for one in files)
