"""Free text encrypted at rest: AES-256-GCM, key ids, bound to the row it belongs to."""

import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12


class Damaged(Exception):
    """A sealed text that does not open: changed, moved to another row, or its key is gone."""


class Vault:
    """Seals with the first key, opens with any."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._current = next(iter(keys))

    def seal(self, text: str, row: str) -> bytes:
        """Encrypt `text` for the row named `row` ("edits/<id>"); it opens for that row alone."""
        nonce = secrets.token_bytes(NONCE)
        sealed = self._ciphers[self._current].encrypt(nonce, text.encode(), row.encode())
        return self._current.encode() + b":" + nonce + sealed

    def open(self, sealed: bytes, row: str) -> str:
        """Decrypt. Raises Damaged rather than give back anything doubtful."""
        key_id, _, rest = sealed.partition(b":")
        cipher = self._ciphers.get(key_id.decode(errors="replace"))
        if cipher is None:
            raise Damaged(f"no key {key_id!r} for {row}")
        try:
            return cipher.decrypt(rest[:NONCE], rest[NONCE:], row.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise Damaged(row) from error
