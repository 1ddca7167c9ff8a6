"""The environment, read once; a wrong value fails by name."""

import stat
from pathlib import Path

import pytest

from journal.config import Config, ConfigError, from_env


def read(folder: Path, **environ: str) -> Config:
    return from_env({"JOURNAL_INSTANCE": str(folder / "instance"), **environ})


def test_with_nothing_said_it_runs_on_this_machine_alone(tmp_path: Path) -> None:
    config = read(tmp_path)

    assert config.base_url == "http://127.0.0.1:8000"
    assert config.database_url == f"sqlite:///{tmp_path}/instance/journal.db"
    assert (config.smtp_url, config.proxies, config.demo) == (None, 0, False)


@pytest.mark.assures("A17")
def test_the_demo_has_a_database_of_its_own(tmp_path: Path) -> None:
    real = {"JOURNAL_INSTANCE": str(tmp_path), "JOURNAL_DATABASE_URL": "postgresql://real"}

    config = from_env(real, demo=True)

    assert config.database_url == f"sqlite:///{tmp_path}/demo.db"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("JOURNAL_BASE_URL", "journal.example.org"),
        ("JOURNAL_BASE_URL", "ftp://journal.example.org"),
        ("JOURNAL_BASE_URL", "https://journal.example.org/below"),
        ("JOURNAL_BASE_URL", "http://journal.example.org"),
        ("JOURNAL_SMTP_URL", "https://mail.example.org"),
        ("JOURNAL_PROXIES", "-1"),
        ("JOURNAL_PROXIES", "6"),
        ("JOURNAL_PROXIES", "one"),
    ],
)
def test_a_wrong_value_fails_by_name(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        read(tmp_path, **{name: value})


def test_mail_needs_to_say_who_it_comes_from(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="JOURNAL_MAIL_FROM"):
        read(tmp_path, JOURNAL_SMTP_URL="smtps://mail.example.org")


@pytest.mark.parametrize(
    ("url", "https"), [("https://journal.example.org/", True), ("http://localhost:8000", False)]
)
def test_it_knows_whether_it_is_on_https(tmp_path: Path, url: str, https: bool) -> None:
    assert read(tmp_path, JOURNAL_BASE_URL=url).https is https


@pytest.mark.assures("C09")
def test_secrets_are_made_once_and_are_the_owners_alone(tmp_path: Path) -> None:
    first = read(tmp_path)

    again = read(tmp_path)

    assert (again.secret_key, again.vault_keys) == (first.secret_key, first.vault_keys)
    assert mode(first.instance) == 0o700
    assert {mode(first.instance / one) for one in ("secret.key", "vault.keys")} == {0o600}


@pytest.mark.assures("C09")
@pytest.mark.parametrize("name", ["secret.key", "vault.keys"])
@pytest.mark.parametrize("open_to", [0o644, 0o640, 0o602])
def test_a_secret_that_others_can_read_is_refused(tmp_path: Path, name: str, open_to: int) -> None:
    (read(tmp_path).instance / name).chmod(open_to)

    with pytest.raises(ConfigError, match=name):
        read(tmp_path)


@pytest.mark.parametrize("text", ["", "1", "1 not-base64!", "1 c2hvcnQ=", "1 2 3"])
def test_keys_that_are_no_keys_are_refused(tmp_path: Path, text: str) -> None:
    (read(tmp_path).instance / "vault.keys").write_text(text)

    with pytest.raises(ConfigError, match=r"vault\.keys"):
        read(tmp_path)


@pytest.mark.parametrize("text", ["", "short"])
def test_a_secret_that_can_be_guessed_is_refused(tmp_path: Path, text: str) -> None:
    (read(tmp_path).instance / "secret.key").write_text(text)

    with pytest.raises(ConfigError, match=r"secret\.key"):
        read(tmp_path)


@pytest.mark.assures("C01")
def test_no_secret_shows_when_it_is_printed(tmp_path: Path) -> None:
    config = read(
        tmp_path,
        JOURNAL_SMTP_URL="smtps://ana:hunter2@mail.example.org",
        JOURNAL_MAIL_FROM="journal@example.org",
        JOURNAL_DATABASE_URL="postgresql://journal:hunter3@db.example.org/journal",
    )

    shown = repr(config)

    assert config.secret_key not in shown
    assert "vault_keys" not in shown
    assert "hunter2" not in shown
    assert "hunter3" not in shown


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
