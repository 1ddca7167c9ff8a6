"""The `journal` command; each subcommand is one call into a feature."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import click
import segno
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from journal import clock
from journal import serve as serving
from journal.accounts import people, recovery
from journal.config import Config, ConfigError, from_env
from journal.db import make_engine, opened
from journal.demo import make as demo_making
from journal.demo.mark import refuse_wrong_database
from journal.errors import JournalError
from journal.migrations import upgrade
from journal.ops import check as soundness
from journal.sharing import clinics, invitations
from journal.sharing.clinics import Line
from journal.sharing.models import Clinic, Role
from journal.vault import Vault

HOST = "127.0.0.1"
Port = click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, envvar="PORT"
)


class Kindly(click.Group):
    """What we expect to go wrong is one line that says what to do, never a traceback."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except JournalError as error:
            said = error.message % error.values
        except ConfigError as error:
            said = str(error)
        except DBAPIError as error:
            # The driver's own words: it names no setting and no secret of ours.
            said = f"the database cannot be used: {str(error.orig).splitlines()[0]}"
        click.echo(f"journal: {said}", err=True)
        sys.exit(2)


@click.group(cls=Kindly)
def main() -> None:
    """Journal: a diary between infusions."""


@main.command()
@Port
def serve(port: int) -> None:
    """Serve the pages and run the worker."""
    serving.check_port(HOST, port, "journal serve --port ")
    config = _real()
    serving.check_proxies(config)
    sys.exit(serving.both(config, HOST, port, lambda: click.echo(f"Serving on {HOST}:{port}.")))


@main.command()
@Port
def web(port: int) -> None:
    """Serve the pages only."""
    serving.check_port(HOST, port, "journal web --port ")
    config = _real()
    serving.check_proxies(config)
    serving.web(config, HOST, port)


@main.command()
def worker() -> None:
    """Run the worker only."""
    serving.work(_real())


@main.command()
@Port
def demo(port: int) -> None:
    """Serve a clinic of forty people who do not exist."""
    serving.check_port(HOST, port, "make run PORT=")
    address = f"http://{HOST}:{port}"
    # Nothing done in a demo reaches anybody.
    config = replace(from_env(demo=True), base_url=address, smtp_url=None)
    demo_making.ready(config, clock.now(), _progress)
    sys.exit(serving.both(config, HOST, port, lambda: _welcome(address)))


@main.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    upgrade(make_engine(from_env().database_url))
    click.echo("The database has the newest schema.")


@main.command()
def check() -> None:
    """Say whether this installation is sound."""
    found = soundness.faults(_not_a_demo())
    for fault in found:
        click.echo(f"- {fault}")
    click.echo("Sound." if not found else f"{len(found)} to mend.")
    sys.exit(bool(found))


@main.command("create-clinic")
@click.option("--name", required=True)
@click.option("--zone", required=True, help="IANA name, such as America/New_York")
@click.option("--country", default="US", show_default=True, help="whose crisis lines we know: US")
@click.option("--telephone")
@click.option("--hours", help="when somebody answers, in your own words")
@click.option(
    "--crisis-line",
    "lines",
    multiple=True,
    metavar="LABEL=NUMBER",
    help='"Samaritans=tel:116123", or =sms:..., as often as needed; instead of the country\'s',
)
def create_clinic(
    name: str,
    zone: str,
    country: str,
    telephone: str | None,
    hours: str | None,
    lines: Sequence[str],
) -> None:
    """Make a clinic."""
    with _writing() as session:
        clinic = clinics.create_clinic(
            session,
            name=name,
            zone=zone,
            now=clock.now(),
            country=country,
            crisis_lines=[_line(text) for text in lines] or None,
            telephone=telephone,
            hours=hours,
        )
        session.commit()
    click.echo(f"Made {clinic.name}.")
    if not clinic.crisis_lines:
        click.echo("It cannot invite anyone until its settings say whom to call in a crisis.")


@main.command("create-member")
@click.option("--clinic", "clinic_name", required=True)
@click.option("--name", required=True)
@click.option("--email", required=True)
@click.option(
    "--role",
    # Given members of an enum, click asks for their NAMES.
    type=click.Choice([role.value for role in Role]),
    default=Role.CLINICIAN.value,
    show_default=True,
)
def create_member(clinic_name: str, name: str, email: str, role: str) -> None:
    """Make someone of a care team, and a link with which she chooses a password."""
    config = _real()
    with _writing() as session:
        clinic, now = _clinic(session, clinic_name), clock.now()
        account = people.create_member(session, name=name, email=email, zone=clinic.zone, now=now)
        clinics.add_member(session, clinic, account, Role(role), now)
        token = recovery.first_password(session, account, now)
        session.commit()
    click.echo(f"{config.base_url}/recover/{token}")
    click.echo("Works once, for a week. Whoever opens it chooses the password: pass it on safely.")


@main.command()
@click.option("--clinic", "clinic_name", required=True)
@click.option("--label", required=True, help="a name for the clinic's own list")
@click.option("--number", help="the clinic's own number for this person")
def invite(clinic_name: str, label: str, number: str | None) -> None:
    """Invite a patient: a link, and a code to hold a phone to."""
    config = _real()
    with _writing() as session:
        clinic = _clinic(session, clinic_name)
        team = clinics.members(session, clinic)
        if not team:
            raise ConfigError("this clinic has nobody yet: journal create-member")
        _, token = invitations.invite(session, team[0], label, number, clock.now())
        session.commit()
    link = f"{config.base_url}/join/{token}"
    click.echo(link)
    click.echo("Good once, for 14 days.")
    segno.make(link).terminal(compact=True)


def _welcome(address: str) -> None:
    click.echo(f"\n  Journal is at {address}")
    click.echo(
        "  Open it on this computer and look around, as a patient (make the window narrow: that is "
        "the\n  phone) or as a clinician. Everyone in it is made up. Ctrl-C stops it.\n"
    )


def _progress(done: int, of: int) -> None:
    # On a terminal one line that counts up; in a file one line.
    if done == of or sys.stdout.isatty():
        click.echo(f"\r  Making the demo clinic: {done} of {of} people", nl=done == of)


@contextmanager
def _writing() -> Iterator[Session]:
    config = _real()
    engine = make_engine(config.database_url)
    with opened(engine, Vault(config.vault_keys), writing=True) as session:
        yield session
    engine.dispose()


def _real() -> Config:
    """The configuration of a database that is no demo and has the newest schema."""
    config = _not_a_demo()
    engine = make_engine(config.database_url)
    soundness.refuse_old_schema(engine)
    engine.dispose()
    return config


def _not_a_demo() -> Config:
    config = from_env()
    engine = make_engine(config.database_url)
    refuse_wrong_database(engine, config)
    engine.dispose()
    return config


def _clinic(session: Session, name: str) -> Clinic:
    found = session.scalars(select(Clinic).where(Clinic.name == name)).all()
    if len(found) != 1:
        raise ConfigError(
            f"there is {'no' if not found else 'more than one'} clinic named {name!r}"
        )
    return found[0]


def _line(text: str) -> Line:
    label, _, number = (part.strip() for part in text.partition("="))
    if not label or not number:
        raise ConfigError(f'a crisis line looks like "Samaritans=tel:116123", not {text!r}')
    if number.startswith("sms:"):
        return Line(label, text_to=number.removeprefix("sms:"))
    return Line(label, call=number.removeprefix("tel:"))
