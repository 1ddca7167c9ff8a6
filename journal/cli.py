"""The `journal` command; each subcommand is one call into a feature."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import click
import segno
from sqlalchemy import select
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
Port = click.option("--port", type=click.IntRange(1, 65535), default=8000, envvar="PORT")


class Kindly(click.Group):
    """Our own errors are one line that says what to do, never a traceback."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except (ConfigError, JournalError) as error:
            said = error.message % error.values if isinstance(error, JournalError) else str(error)
            click.echo(f"journal: {said}", err=True)
            sys.exit(2)


@click.group(cls=Kindly)
def main() -> None:
    """Journal: a diary between infusions."""


@main.command()
@Port
def serve(port: int) -> None:
    """Serve the pages and run the worker."""
    config = _real()
    serving.check_port(HOST, port)
    sys.exit(serving.both(config, HOST, port))


@main.command()
@Port
def web(port: int) -> None:
    """Serve the pages only."""
    config = _real()
    serving.check_port(HOST, port)
    serving.web(config, HOST, port)


@main.command()
def worker() -> None:
    """Run the worker only."""
    serving.work(_real())


@main.command()
@Port
def demo(port: int) -> None:
    """Serve a clinic of forty people who do not exist."""
    config = replace(from_env(demo=True), base_url=f"http://{HOST}:{port}")
    serving.check_port(HOST, port)
    demo_making.ready(config, clock.now(), _progress)
    click.echo(f"\n  Journal is at http://{HOST}:{port}")
    click.echo("  Sign in there with one tap, as a patient or as a clinician. Ctrl-C stops it.\n")
    sys.exit(serving.both(config, HOST, port))


@main.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    upgrade(make_engine(from_env().database_url))


@main.command()
def check() -> None:
    """Say whether this installation is sound."""
    found = soundness.faults(from_env())
    for fault in found:
        click.echo(f"- {fault}")
    click.echo("Sound." if not found else f"{len(found)} to mend.")
    sys.exit(bool(found))


@main.command("create-clinic")
@click.option("--name", required=True)
@click.option("--zone", required=True, help="IANA name, such as America/New_York")
@click.option("--country", default="US", show_default=True, help="whose crisis lines we know")
@click.option("--telephone")
@click.option("--hours", help="when somebody answers, in your own words")
@click.option(
    "--crisis-line", "lines", multiple=True, help='"Samaritans=116123", as often as needed'
)
def create_clinic(
    name: str, zone: str, country: str, telephone: str | None, hours: str | None, lines: list[str]
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


@main.command("create-member")
@click.option("--clinic", "clinic_name", required=True)
@click.option("--name", required=True)
@click.option("--email", required=True)
@click.option("--role", type=click.Choice([*Role]), default=Role.CLINICIAN, show_default=True)
def create_member(clinic_name: str, name: str, email: str, role: str) -> None:
    """Make someone of a care team, and a link with which she chooses a password."""
    with _writing() as session:
        clinic, now = _clinic(session, clinic_name), clock.now()
        account = people.create_member(session, name=name, email=email, zone=clinic.zone, now=now)
        clinics.add_member(session, clinic, account, Role(role), now)
        token = recovery.first_password(session, account, now)
        session.commit()
    click.echo(f"{from_env().base_url}/recover/{token}")
    click.echo("Works once, for a week. Whoever opens it chooses the password: pass it on safely.")


@main.command()
@click.option("--clinic", "clinic_name", required=True)
@click.option("--label", required=True, help="a name for the clinic's own list")
@click.option("--number", help="the clinic's own number for this person")
def invite(clinic_name: str, label: str, number: str | None) -> None:
    """Invite a patient: a link, and a code to hold a phone to."""
    with _writing() as session:
        clinic = _clinic(session, clinic_name)
        member = clinics.members(session, clinic)[:1]
        if not member:
            raise ConfigError("this clinic has nobody yet: journal create-member")
        _, token = invitations.invite(session, member[0], label, number, clock.now())
        session.commit()
    link = f"{from_env().base_url}/join/{token}"
    click.echo(link)
    segno.make(link).terminal(compact=True)


@contextmanager
def _writing() -> Iterator[Session]:
    config = _real()
    with opened(
        make_engine(config.database_url), Vault(config.vault_keys), writing=True
    ) as session:
        yield session


def _real() -> Config:
    config = from_env()
    refuse_wrong_database(make_engine(config.database_url), config)
    return config


def _clinic(session: Session, name: str) -> Clinic:
    clinic = session.scalars(select(Clinic).where(Clinic.name == name)).one_or_none()
    if clinic is None:
        raise ConfigError(f"there is no clinic named {name!r}")
    return clinic


def _line(text: str) -> Line:
    label, _, number = text.partition("=")
    if not label or not number:
        raise ConfigError(f'a crisis line looks like "Samaritans=116123", not {text!r}')
    return Line(label.strip(), call=number.strip().removeprefix("tel:"))


def _progress(done: int, of: int) -> None:
    click.echo(f"\r  Making the demo clinic: {done} of {of} people", nl=done == of)
