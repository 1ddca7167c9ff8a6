"""A demo is made in its own place, kept apart from what is real, and made anew in time."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from journal import create_app
from journal.config import Config, ConfigError
from journal.db import make_engine
from journal.demo import make
from journal.demo.mark import made_at, refuse_wrong_database
from journal.demo.models import DemoMark
from journal.migrations import upgrade
from journal.sharing.clinics import create_clinic
from journal.sharing.models import Clinic
from tests.demo.conftest import config_in, quietly
from tests.people import Browser

NOW = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Made:
    """A demo of NOW, and what was said about the progress."""

    config: Config
    heard: list[tuple[int, int]]


@pytest.fixture(scope="module")
def made_now(tmp_path_factory: pytest.TempPathFactory) -> Made:
    made = Made(config_in(tmp_path_factory.mktemp("now")), [])
    make.ready(made.config, NOW, lambda done, of: made.heard.append((done, of)))
    return made


@pytest.fixture
def copied(made_now: Made, demo_config: Config) -> Config:
    """Where a copy of it lies, to do something to."""
    shutil.copytree(made_now.config.instance, demo_config.instance, dirs_exist_ok=True)
    return demo_config


def when_made(config: Config) -> datetime | None:
    engine = make_engine(config.database_url)
    try:
        return made_at(engine)
    finally:
        engine.dispose()


def one_tap(config: Config, who: str = "patient", address: str = "127.0.0.1") -> int:
    """The answer to tapping "Look around", asked from that address."""
    app = create_app(config)
    browser = Browser(app)
    browser.client.environ_base["REMOTE_ADDR"] = address
    answer = browser.send_form(f"/sign-in/demo/{who}")
    app.extensions["engine"].dispose()
    return answer.status_code


def test_a_demo_says_when_it_was_made(made_now: Made) -> None:
    assert when_made(made_now.config) == NOW


def test_progress_is_told_person_by_person(made_now: Made) -> None:
    assert made_now.heard == [(n, 40) for n in range(1, 41)]


def test_a_demo_of_today_is_left_as_it_is(copied: Config) -> None:
    make.ready(copied, NOW + 23 * HOUR, quietly)

    assert when_made(copied) == NOW


def test_a_demo_older_than_a_day_is_made_anew(copied: Config) -> None:
    make.ready(copied, NOW + 25 * HOUR, quietly)

    assert when_made(copied) == NOW + 25 * HOUR


def test_one_that_was_interrupted_is_made_the_next_time(demo_config: Config) -> None:
    def interrupt(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make.ready(demo_config, NOW, interrupt)
    make.ready(demo_config, NOW, quietly)

    assert when_made(demo_config) == NOW


MARKED = (True, False)
AS_DEMO = (True, False)
PLACES = ("http://127.0.0.1:8000", "http://localhost:8000", "https://journal.example.org")
SERVED = {
    (False, False, "http://127.0.0.1:8000"),
    (False, False, "http://localhost:8000"),
    (False, False, "https://journal.example.org"),
    (True, True, "http://127.0.0.1:8000"),
    (True, True, "http://localhost:8000"),
}
ALL = set(product(MARKED, AS_DEMO, PLACES))


@pytest.fixture(scope="module")
def with_schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the schema and nothing else in it, to copy."""
    file = tmp_path_factory.mktemp("schema") / "bare.db"
    engine = make_engine(f"sqlite:///{file}")
    upgrade(engine)
    engine.dispose()
    return file


@pytest.fixture
def bare(demo_config: Config, with_schema: Path) -> Iterator[Engine]:
    engine = make_engine(demo_config.database_url)
    shutil.copyfile(with_schema, engine.url.database or "")
    yield engine
    engine.dispose()


@pytest.mark.assures("A17")
def test_what_is_real_is_left_alone_and_named(demo_config: Config, bare: Engine) -> None:
    with Session(bare.execution_options(writing=True)) as session:
        create_clinic(session, name="A real clinic", zone="America/New_York", now=NOW)
        session.commit()

    with pytest.raises(ConfigError, match=r"demo\.db is not a demo and holds something"):
        make.ready(demo_config, NOW, quietly)

    with Session(bare) as session:
        assert session.scalar(select(Clinic.name)) == "A real clinic"
        assert session.scalar(select(DemoMark.id)) is None


def mark(engine: Engine, marked: bool) -> None:
    with Session(engine.execution_options(writing=True)) as session:
        session.add_all([DemoMark(id=1, made_at=NOW)] * marked)
        session.commit()


@pytest.mark.assures("A17")
@pytest.mark.parametrize(("marked", "as_demo", "place"), sorted(SERVED))
def test_a_demo_is_served_as_a_demo_here_and_what_is_real_as_real(
    demo_config: Config, bare: Engine, marked: bool, as_demo: bool, place: str
) -> None:
    mark(bare, marked)

    refuse_wrong_database(bare, replace(demo_config, demo=as_demo, base_url=place))


@pytest.mark.assures("A17")
@pytest.mark.parametrize(("marked", "as_demo", "place"), sorted(ALL - SERVED))
def test_nothing_else_is_served(
    demo_config: Config, bare: Engine, marked: bool, as_demo: bool, place: str
) -> None:
    mark(bare, marked)

    with pytest.raises(ConfigError):
        refuse_wrong_database(bare, replace(demo_config, demo=as_demo, base_url=place))


@pytest.mark.assures("A17")
@pytest.mark.parametrize("who", ["patient", "clinician"])
def test_one_tap_signs_in_to_the_demo(made: tuple[Config, datetime], who: str) -> None:
    assert one_tap(made[0], who) == 303


@pytest.mark.assures("A17")
def test_one_tap_signs_in_to_nothing_real(config: Config) -> None:
    assert one_tap(config) == 404


@pytest.mark.assures("A17")
def test_one_tap_is_for_this_machine_only(made: tuple[Config, datetime]) -> None:
    assert one_tap(made[0], address="192.0.2.7") == 404
