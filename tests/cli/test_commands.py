"""Setting up a clinic from a terminal."""

import re
import sqlite3
import stat

import pytest

from tests.cli.conftest import Terminal


def test_from_nothing_to_an_invitation(terminal: Terminal) -> None:
    terminal.run("migrate")
    clinic = terminal.run(
        "create-clinic", "--name", "Riverbend", "--zone", "America/New_York", "--telephone", "555"
    )
    member = terminal.run(
        "create-member", "--clinic", "Riverbend", "--name", "Dr Bose", "--email", "b@example.org"
    )
    invitation = terminal.run("invite", "--clinic", "Riverbend", "--label", "New on Tuesday")

    assert clinic.stdout == "Made Riverbend.\n"
    assert re.match(r"http://127\.0\.0\.1:8000/recover/\w+\n", member.stdout)
    assert re.match(r"http://127\.0\.0\.1:8000/join/[\w-]{43}\n", invitation.stdout)
    assert terminal.run("check").stdout == "Sound.\n"


def test_an_invitation_comes_with_a_code_to_hold_a_phone_to(settled: Terminal) -> None:
    settled.run("create-member", "--clinic=Riverbend", "--name=Dr Bose", "--email=b@example.org")

    invitation = settled.run("invite", "--clinic", "Riverbend", "--label", "New")

    assert "▄" in invitation.stdout or "█" in invitation.stdout


def test_links_carry_the_address_that_people_type(settled: Terminal) -> None:
    member = settled.run(
        "create-member",
        "--clinic=Riverbend",
        "--name=Dr Bose",
        "--email=b@example.org",
        JOURNAL_BASE_URL="https://journal.example.org",
    )

    assert member.stdout.startswith("https://journal.example.org/recover/")


def test_an_administrator_is_made_as_the_readme_says(settled: Terminal) -> None:
    made = settled.run(
        "create-member",
        "--clinic=Riverbend",
        "--name=Dr Bose",
        "--email=b@example.org",
        "--role",
        "administrator",
    )

    assert made.returncode == 0
    assert "/recover/" in made.stdout


def test_a_clinic_elsewhere_is_told_that_it_needs_lines(terminal: Terminal) -> None:
    terminal.run("migrate")

    made = terminal.run("create-clinic", "--name=Hügel", "--zone=Europe/Berlin", "--country=DE")
    checked = terminal.run("check")

    assert "whom to call in a crisis" in made.stdout
    assert "Hügel has no crisis lines" in checked.stdout
    assert checked.returncode == 1


def test_a_clinic_elsewhere_brings_its_own_lines(terminal: Terminal) -> None:
    terminal.run("migrate")
    terminal.run(
        "create-clinic",
        "--name=Hill",
        "--zone=Europe/London",
        "--country=GB",
        "--crisis-line=Samaritans=tel:116123",
        "--crisis-line=Shout=sms:85258",
    )

    assert terminal.run("check").stdout == "Sound.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["create-clinic", "--name=A", "--zone=Mars/Base"], "Mars/Base is not a time zone"),
        (["create-clinic", "--name= ", "--zone=UTC"], "A clinic needs a name."),
        (
            ["create-clinic", "--name=A", "--zone=UTC", "--crisis-line=988"],
            "a crisis line looks like",
        ),
        (
            ["create-member", "--clinic=Riverbend", "--name=Dr Bose", "--email=notmail"],
            "An e-mail address looks like",
        ),
        (["invite", "--clinic=Nowhere", "--label=A"], "there is no clinic named 'Nowhere'"),
        (["invite", "--clinic=Riverbend", "--label=A"], "nobody yet: journal create-member"),
    ],
)
def test_what_cannot_be_done_is_one_kind_line(
    settled: Terminal, words: list[str], said: str
) -> None:
    refused = settled.run(*words)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("journal: ")
    assert said in refused.stderr
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["serve", "web", "worker", "check"])
def test_before_the_schema_is_there_the_way_is_named(terminal: Terminal, command: str) -> None:
    refused = terminal.run(command)

    assert refused.returncode == 2
    assert refused.stderr == (
        "journal: the database does not have the newest schema: journal migrate\n"
    )


def test_a_setting_that_cannot_be_used_is_named(terminal: Terminal) -> None:
    refused = terminal.run("serve", JOURNAL_BASE_URL="http://journal.example.org")

    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "JOURNAL_BASE_URL must be https" in refused.stderr


@pytest.mark.parametrize("command", ["serve", "web"])
def test_https_without_a_proxy_is_not_served(settled: Terminal, command: str) -> None:
    refused = settled.run(command, JOURNAL_BASE_URL="https://journal.example.org")

    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "JOURNAL_PROXIES" in refused.stderr


def test_a_database_that_does_not_answer_is_one_kind_line(terminal: Terminal) -> None:
    url = "postgresql+psycopg://journal:hunter2hunter2@127.0.0.1:1/journal"

    refused = terminal.run("check", JOURNAL_DATABASE_URL=url)

    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert refused.stderr.startswith("journal: the database cannot be used: ")
    assert "hunter2" not in refused.stderr


@pytest.mark.assures("C09")
def test_a_secret_that_others_can_read_is_refused(settled: Terminal) -> None:
    (settled.instance / "vault.keys").chmod(0o644)

    refused = settled.run("check")

    assert refused.returncode == 2
    assert "vault.keys can be read by others: chmod 600" in refused.stderr


@pytest.mark.assures("C09")
def test_everything_in_the_instance_is_its_owners(settled: Terminal) -> None:
    secret = (settled.instance / "secret.key").stat().st_mode

    assert stat.S_IMODE(settled.instance.stat().st_mode) == 0o700
    assert stat.S_IMODE(secret) == 0o600


@pytest.mark.assures("D02")
def test_a_changed_audit_log_is_found(settled: Terminal) -> None:
    with sqlite3.connect(settled.instance / "journal.db") as database:
        database.execute("DROP TRIGGER audit_events_no_update")
        database.execute("UPDATE audit_events SET action = 'nothing.happened' WHERE id = 1")
    database.close()

    checked = settled.run("check")

    assert "The audit log was changed, at event 1." in checked.stdout
    assert checked.returncode == 1


@pytest.mark.assures("A17")
@pytest.mark.parametrize("command", ["serve", "web", "worker", "check"])
def test_a_demo_is_not_taken_for_something_real(settled: Terminal, command: str) -> None:
    with sqlite3.connect(settled.instance / "journal.db") as database:
        database.execute("INSERT INTO demo_marks VALUES (1, '2026-11-24 16:00:00')")
    database.close()

    refused = settled.run(command)

    assert refused.returncode == 2
    assert refused.stderr == ("journal: this database holds a demo: serve it with `journal demo`\n")


def test_no_command_tells_a_secret(settled: Terminal) -> None:
    names = ("secret.key", "vapid.pem", "vault.keys")
    secrets = [line for name in names for line in (settled.instance / name).read_text().split()]
    said = settled.run("check").stdout + settled.run("migrate").stderr

    assert not any(secret in said for secret in secrets if len(secret) > 20)
