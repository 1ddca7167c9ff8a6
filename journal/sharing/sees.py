"""What a clinic sees of someone's journal, in sentences for her."""

from collections.abc import Sequence

from babel.lists import format_list
from flask_babel import format_date, get_locale, gettext

from journal.accounts.models import Account
from journal.errors import words
from journal.sharing.grants import Shared
from journal.sharing.models import Grant, Scope

PARTS = {
    Scope.NUMBERS: words("your numbers"),
    Scope.NOTES: words("your notes"),
    Scope.MEDICINES: words("your medicines"),
    Scope.SIDE_EFFECTS: words("what you noticed after infusions"),
}


def sees(shared: Shared, patient: Account) -> Sequence[str]:
    """What it sees, what it does not, and until when."""
    clinic, grant = shared.clinic.name, shared.grant
    if grant is None:
        return [gettext("%(clinic)s sees nothing of your journal.", clinic=clinic)]
    parts = _parts(*(scope for scope in Scope if scope in grant.scopes))
    said = [_from(clinic, parts, grant, patient)]
    if hidden := _parts(*(scope for scope in Scope if scope not in grant.scopes)):
        said.append(gettext("They do not see %(parts)s.", parts=hidden))
    if grant.expires_at:
        day = format_date(grant.expires_at, "long")
        said.append(gettext("This ends by itself on %(day)s.", day=day))
    return said


def _from(clinic: str, parts: str, grant: Grant, patient: Account) -> str:
    first = max(grant.first_day or patient.began, patient.began)
    said: str = gettext(
        "%(clinic)s sees %(parts)s from %(day)s on.",
        clinic=clinic,
        parts=parts,
        day=format_date(first, "long"),
    )
    return said


def _parts(*scopes: Scope) -> str:
    return format_list([gettext(PARTS[scope]) for scope in scopes], locale=get_locale())
