"""What a patient sees to before an infusion, as her clinics have written it down."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.infusions.models import InfusionDay
from journal.sharing.access import Access
from journal.sharing.models import Enrolment


def checklist_of(session: Session, access: Access) -> Sequence[str]:
    """Each thing once, in the order her clinics give it, her first clinic's first."""
    lists = session.scalars(
        select(InfusionDay.checklist)
        .join(Enrolment, Enrolment.clinic_id == InfusionDay.clinic_id)
        .where(Enrolment.patient_id == access.patient_id, Enrolment.until.is_(None))
        .order_by(Enrolment.since)
    )
    return list(dict.fromkeys(one for checklist in lists for one in checklist))
