"""The `journal` command; each subcommand is one call into a feature."""

import click

from journal.config import from_env
from journal.db import make_engine
from journal.migrations import upgrade


@click.group()
def main() -> None:
    """Journal: a diary between infusions."""


@main.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    upgrade(make_engine(from_env().database_url))
