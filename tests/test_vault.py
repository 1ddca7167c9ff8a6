"""Free text encrypted at rest."""

import pytest

from journal.vault import Damaged, Vault

OLD, NEW = b"o" * 32, b"n" * 32
TEXT = "Rain all day ☔"


@pytest.fixture
def vault() -> Vault:
    return Vault({"1": OLD})


@pytest.mark.assures("C05")
def test_what_is_sealed_opens_for_its_row(vault: Vault) -> None:
    assert vault.open(vault.seal(TEXT, "edits/1"), "edits/1") == TEXT


@pytest.mark.assures("C05")
def test_it_cannot_be_read_while_sealed(vault: Vault) -> None:
    assert b"Rain" not in vault.seal(TEXT, "edits/1")


@pytest.mark.assures("C05")
def test_it_opens_for_no_other_row(vault: Vault) -> None:
    sealed = vault.seal(TEXT, "edits/1")

    with pytest.raises(Damaged):
        vault.open(sealed, "edits/2")


def test_the_same_text_is_never_sealed_the_same(vault: Vault) -> None:
    assert vault.seal(TEXT, "edits/1") != vault.seal(TEXT, "edits/1")


@pytest.mark.assures("C05")
@pytest.mark.parametrize("place", [0, 2, 14, -1])
def test_a_changed_byte_is_found(vault: Vault, place: int) -> None:
    sealed = bytearray(vault.seal(TEXT, "edits/1"))
    sealed[place] ^= 1

    with pytest.raises(Damaged):
        vault.open(bytes(sealed), "edits/1")


@pytest.mark.parametrize(
    "sealed", [b"", b":", b"1", b"1:", b"1:short", b"2:" + b"x" * 40, b"\xff:"]
)
def test_what_was_never_sealed_is_damaged(vault: Vault, sealed: bytes) -> None:
    with pytest.raises(Damaged):
        vault.open(sealed, "edits/1")


@pytest.mark.assures("C05")
def test_a_new_key_seals_and_the_old_one_still_opens(vault: Vault) -> None:
    rotated = Vault({"2": NEW, "1": OLD})

    assert rotated.open(vault.seal(TEXT, "edits/1"), "edits/1") == TEXT
    assert rotated.seal(TEXT, "edits/1").startswith(b"2:")


@pytest.mark.assures("C05")
def test_without_its_key_nothing_opens(vault: Vault) -> None:
    with pytest.raises(Damaged):
        Vault({"2": NEW}).open(vault.seal(TEXT, "edits/1"), "edits/1")
