"""Ana's series, as the tests of the desk and of her own pages tell them."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.entries.models import How
from journal.sharing.models import Clinic
from tests.clinic.desk import give, write

ONE = timedelta(days=1)
Pains = Sequence[int | None]


def told(
    session: Session,
    where: Clinic,
    who: Account,
    today: date,
    pains: Pains,
    how: How = How.LIVE,
    before: Pains = (7,) * 14,
) -> date:
    """An infusion, these pains before it and those on the days after it up to today, and the mood
    the other way round. The day of the infusion."""
    given = today - len(pains) * ONE
    days = [*before, None, *pains]
    first = given - len(before) * ONE
    write(
        session,
        who,
        {
            first + n * ONE: {"pain_avg": pain, "mood": 10 - pain}
            for n, pain in enumerate(days)
            if pain is not None
        },
        how,
    )
    give(session, where, who, given)
    return given
