"""The environment, read once; a wrong value fails by name."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from journal.config import Config, ConfigError, from_env

CONTACT = "mailto:journal@example.org"
SECRETS = ["secret.key", "vapid.pem", "vault.keys"]
OTHER_CURVE = (
    ec.generate_private_key(ec.SECP384R1())
    .private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    .decode()
)
OF_TESTS = frozenset({"http://127.0.0.1:8123"})


def read(folder: Path, **environ: str) -> Config:
    settings = {"JOURNAL_INSTANCE": str(folder / "instance"), "JOURNAL_PUSH_CONTACT": CONTACT}
    return from_env(settings | environ)


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
        ("JOURNAL_METRICS_TOKEN", "fifteen letters"),
        ("JOURNAL_METRICS_TOKEN", "sixteen letters …"),
        ("JOURNAL_PROXIES", "-1"),
        ("JOURNAL_PROXIES", "6"),
        ("JOURNAL_PROXIES", "one"),
        ("JOURNAL_PUSH_CONTACT", ""),
        ("JOURNAL_PUSH_CONTACT", "journal@example.org"),
        ("JOURNAL_PUSH_CONTACT", "mailto:"),
        ("JOURNAL_PUSH_CONTACT", "mailto:journal"),
        ("JOURNAL_PUSH_CONTACT", "mailto:root@localhost"),
        ("JOURNAL_PUSH_CONTACT", "mailto:root@clinic.local"),
        ("JOURNAL_PUSH_CONTACT", "mailto:root@clinic.INVALID"),
        ("JOURNAL_PUSH_CONTACT", "mailto:root@clinic.example"),
        ("JOURNAL_PUSH_CONTACT", "mailto:root@clinic.test"),
        ("JOURNAL_PUSH_CONTACT", "mailto: root@example.org"),
        ("JOURNAL_PUSH_CONTACT", "mailto:<root@example.org>"),
        ("JOURNAL_PUSH_CONTACT", "mailto:mailto:root@example.org"),
        ("JOURNAL_PUSH_CONTACT", "mailto:root@example.org\r\nX: y"),
        ("JOURNAL_PUSH_CONTACT", "http://clinic.example.org"),
        ("JOURNAL_PUSH_CONTACT", "https://localhost"),
        ("JOURNAL_PUSH_CONTACT", "https://203.0.113.7"),
        ("JOURNAL_PUSH_CONTACT", "https://clinic.example.org:8443"),
    ],
)
def test_a_wrong_value_fails_by_name(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        read(tmp_path, **{name: value})


def test_mail_needs_to_say_who_it_comes_from(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="JOURNAL_MAIL_FROM"):
        read(tmp_path, JOURNAL_SMTP_URL="smtps://mail.example.org")


@pytest.mark.parametrize(("said", "token"), [("", None), ("sixteen letters.",) * 2])
def test_a_token_for_the_numbers_may_be_left_out(
    tmp_path: Path, said: str, token: str | None
) -> None:
    assert read(tmp_path, JOURNAL_METRICS_TOKEN=said).metrics_token == token


@pytest.mark.parametrize(
    "contact",
    [
        "mailto:journal@example.org",
        "mailto:it+push@mail.clinic.co.uk",
        "https://example.org",
        "https://clinic.example.org/contact",
    ],
)
def test_push_services_learn_whom_to_write_to(tmp_path: Path, contact: str) -> None:
    assert read(tmp_path, JOURNAL_PUSH_CONTACT=contact).push_contact == contact


def test_a_demo_needs_nobody_to_write_to(tmp_path: Path) -> None:
    demo = from_env({"JOURNAL_INSTANCE": str(tmp_path)}, demo=True)

    assert demo.push_contact == "mailto:journal@example.org"


@pytest.mark.assures("B06")
def test_no_setting_adds_a_push_service(tmp_path: Path) -> None:
    config = read(
        tmp_path, JOURNAL_PUSH_ALSO="http://127.0.0.1:8123", PUSH_ALSO="http://[::1]:8123"
    )

    assert config.push_also == frozenset()


@pytest.mark.assures("B06")
def test_tests_add_one_on_this_machine(tmp_path: Path) -> None:
    assert replace(read(tmp_path), push_also=OF_TESTS).push_also == OF_TESTS


@pytest.mark.assures("B06")
def test_an_installation_that_people_reach_has_none(tmp_path: Path) -> None:
    real = read(tmp_path, JOURNAL_BASE_URL="https://journal.example.org")

    with pytest.raises(ConfigError, match="push_also"):
        replace(real, push_also=OF_TESTS)


@pytest.mark.assures("B06")
@pytest.mark.parametrize("origin", ["http://192.168.0.7:80", "https://example.org", "127.0.0.1"])
def test_none_is_added_on_another_machine(tmp_path: Path, origin: str) -> None:
    with pytest.raises(ConfigError, match="push_also"):
        replace(read(tmp_path), push_also=OF_TESTS | {origin})


@pytest.mark.parametrize(
    ("url", "https"), [("https://journal.example.org/", True), ("http://localhost:8000", False)]
)
def test_it_knows_whether_it_is_on_https(tmp_path: Path, url: str, https: bool) -> None:
    assert read(tmp_path, JOURNAL_BASE_URL=url).https is https


@pytest.mark.assures("C09")
def test_secrets_are_made_once_and_are_the_owners_alone(tmp_path: Path) -> None:
    first = read(tmp_path)

    again = read(tmp_path)

    assert again == first
    assert mode(first.instance) == 0o700
    assert {mode(first.instance / one) for one in SECRETS} == {0o600}


@pytest.mark.assures("C09")
@pytest.mark.parametrize("name", SECRETS)
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


@pytest.mark.parametrize(
    "text",
    ["", "no key", OTHER_CURVE, OTHER_CURVE[:90]],
    ids=["empty", "no key", "another curve", "cut off"],
)
def test_a_key_that_signs_no_push_is_refused(tmp_path: Path, text: str) -> None:
    (read(tmp_path).instance / "vapid.pem").write_text(text)

    with pytest.raises(ConfigError, match=r"vapid\.pem"):
        read(tmp_path)


@pytest.mark.assures("C01")
def test_no_secret_shows_when_it_is_printed(tmp_path: Path) -> None:
    config = read(
        tmp_path,
        JOURNAL_SMTP_URL="smtps://ana:hunter2@mail.example.org",
        JOURNAL_MAIL_FROM="journal@example.org",
        JOURNAL_METRICS_TOKEN="hunter4, and twelve more",
        JOURNAL_DATABASE_URL="postgresql://journal:hunter3@db.example.org/journal",
    )

    shown = repr(config)

    assert config.secret_key not in shown
    assert "vault_keys" not in shown
    assert "PRIVATE KEY" not in shown
    assert "hunter2" not in shown
    assert "hunter3" not in shown
    assert "hunter4" not in shown


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
