"""Passwords are long rather than odd, and are kept as Argon2id."""

import pytest
from argon2 import PasswordHasher

from journal.accounts import passwords
from journal.errors import Invalid
from tests.people import Browser

GOOD = "copper lantern meadow"


def refusal(password: str, *context: str) -> str:
    with pytest.raises(Invalid) as refused:
        passwords.check(password, *context)
    return str(refused.value)


@pytest.mark.assures("A05")
def test_what_is_kept_is_argon2id() -> None:
    assert passwords.hashed(GOOD).startswith("$argon2id$")


@pytest.mark.assures("A05")
def test_two_people_with_one_password_share_no_hash() -> None:
    assert passwords.hashed(GOOD) != passwords.hashed(GOOD)


def test_the_right_one_matches_and_another_does_not() -> None:
    kept = passwords.hashed(GOOD)

    assert passwords.matches(GOOD, kept)
    assert not passwords.matches(GOOD + " ", kept)


def test_nobodys_password_matches_nothing() -> None:
    assert not passwords.matches(GOOD, None)


@pytest.mark.assures("A07")
def test_where_there_is_no_hash_the_work_is_that_of_a_new_one() -> None:
    assert not passwords._hasher.check_needs_rehash(passwords._nobodys())


def test_a_damaged_hash_matches_nothing() -> None:
    assert not passwords.matches(GOOD, "$argon2id$broken")


@pytest.mark.assures("B07")
def test_an_accent_typed_on_another_keyboard_is_the_same_letter() -> None:
    kept = passwords.hashed("caf\u00e9 lantern meadow")

    assert passwords.matches("cafe\u0301 lantern meadow", kept)


@pytest.mark.assures("A05")
@pytest.mark.parametrize("length", [12, 128])
def test_from_12_to_128_characters_are_taken(length: int) -> None:
    passwords.check((GOOD * 10)[:length])


@pytest.mark.assures("A05")
@pytest.mark.parametrize("length", [0, 11, 129])
def test_fewer_or_more_are_not(length: int) -> None:
    assert "Use between" in refusal((GOOD * 10)[:length])


@pytest.mark.assures("A05")
@pytest.mark.parametrize(
    "plain",
    ["only small letters here", "730194628501", "ÄPFEL UND BIRNEN", "日本語の長い合言葉です今日も"],
)
def test_no_kind_of_character_is_demanded(plain: str) -> None:
    passwords.check(plain)


@pytest.mark.assures("A05")
@pytest.mark.parametrize(
    "common",
    [
        "passwordpassword", "password1234", "PassWord!!!!", "aaaaaaaaaaaaaa", "abcdefghijkl",
        "123456789012", "987654321098", "ketaminejournal", "qwertyqwerty", "letmeinletmein",
        "qwertyuiop12", "P@ssw0rd12345", "Password2019!", "iloveyou2024!", "1qaz2wsx3edc",
        "flowerflower", "aabbccddeeff", "sunshine monkey dragon",
    ],
)  # fmt: skip
def test_what_everybody_tries_is_refused(common: str) -> None:
    assert "easy to guess" in refusal(common)


@pytest.mark.assures("A05")
@pytest.mark.parametrize("own", ["anabelle-lind", "lindlindlind1", "Anabelle Lind"])
def test_her_own_name_is_refused(own: str) -> None:
    assert "easy to guess" in refusal(own, "Anabelle Lind", "anabelle@example.org")


@pytest.mark.assures("A05")
def test_a_passphrase_that_we_offer_is_six_words_and_good() -> None:
    offered = passwords.passphrase()

    passwords.check(offered)
    assert len(offered.split()) == 6


def test_no_two_offers_are_alike() -> None:
    assert len({passwords.passphrase() for _ in range(50)}) == 50


def test_the_words_to_draw_from_are_many_and_different() -> None:
    words = passwords._words()

    assert len(set(words)) == len(words) == 2**10


def test_a_hash_with_older_parameters_is_made_anew() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD)

    kept = passwords.renewed(GOOD, weak)

    assert kept is not None
    assert kept != weak
    assert passwords.matches(GOOD, kept)


def test_a_hash_as_made_today_stays() -> None:
    kept = passwords.hashed(GOOD)

    assert passwords.renewed(GOOD, kept) == kept


@pytest.mark.assures("A05")
def test_nothing_keeps_her_from_pasting(stranger: Browser) -> None:
    page = stranger.get("/sign-in").text

    assert "onpaste" not in page
    assert 'autocomplete="current-password"' in page
