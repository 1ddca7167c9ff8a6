"""The environment, read once into a frozen Config; a wrong value fails by name."""

import os
import re
import secrets
import stat
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

ROOT = Path(__file__).parent.parent
SHORTEST_SECRET = 32
SHORTEST_TOKEN = 16
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
DEMO_CONTACT = "mailto:journal@example.org"
HOST = r"((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9])"
MAILTO = re.compile(rf"mailto:[\w.+-]{{1,64}}@{HOST}", re.ASCII | re.IGNORECASE)
WEB_PAGE = re.compile(rf"https://{HOST}(?:/[!-~]*)?", re.ASCII | re.IGNORECASE)
# Names under these lead nowhere that a push service could write to (RFC 2606, 6761, 6762).
NOWHERE = frozenset({"arpa", "example", "internal", "invalid", "local", "localhost", "test"})


class ConfigError(ValueError):
    """A setting that cannot be used; the message names it and says what would do."""


@dataclass(frozen=True)
class Config:
    """How this installation runs.

    `vault_keys` maps key id to 32 bytes; the first one seals, all of them open.
    `proxies` counts the reverse proxies in front of us whose X-Forwarded-* we believe.
    `vapid_key` (PEM) signs what we send to push services, `push_contact` is whom they may write to.
    `metrics_token` opens /metrics to other machines than this one; without it they see nothing.
    `push_also` are origins of push services on this machine: tests hand them in, nobody else can.
    """

    instance: Path
    database_url: str = field(repr=False)
    base_url: str
    secret_key: str = field(repr=False)
    vault_keys: Mapping[str, bytes] = field(repr=False)
    vapid_key: str = field(repr=False)
    push_contact: str
    smtp_url: str | None = field(default=None, repr=False)
    mail_from: str | None = None
    metrics_token: str | None = field(default=None, repr=False)
    proxies: int = 0
    demo: bool = False
    push_also: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        _check_push_also(self)

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    @property
    def https(self) -> bool:
        return self.base_url.startswith("https://")


def from_env(environ: Mapping[str, str] = os.environ, *, demo: bool = False) -> Config:
    """Read JOURNAL_* settings; make missing secrets under the instance directory."""
    instance = _instance(Path(environ.get("JOURNAL_INSTANCE") or ROOT / "instance"))
    database = f"sqlite:///{instance / ('demo.db' if demo else 'journal.db')}"
    return Config(
        instance=instance,
        database_url=database if demo else environ.get("JOURNAL_DATABASE_URL") or database,
        base_url=_base_url(environ.get("JOURNAL_BASE_URL") or "http://127.0.0.1:8000"),
        secret_key=_secret_key(instance / "secret.key"),
        vault_keys=_vault_keys(_secret(instance / "vault.keys", _new_vault_key)),
        vapid_key=_vapid_key(_secret(instance / "vapid.pem", _new_vapid_key)),
        push_contact=DEMO_CONTACT if demo else _contact(environ.get("JOURNAL_PUSH_CONTACT") or ""),
        smtp_url=_smtp(environ),
        mail_from=environ.get("JOURNAL_MAIL_FROM"),
        metrics_token=_token(environ.get("JOURNAL_METRICS_TOKEN")),
        proxies=_count("JOURNAL_PROXIES", environ.get("JOURNAL_PROXIES") or "0"),
        demo=demo,
    )


def _instance(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    return path.resolve()


def _secret(path: Path, make: Callable[[], str]) -> str:
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(make() + "\n")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise ConfigError(f"{path.name} can be read by others: chmod 600 {path}")
    return path.read_text().strip()


def _secret_key(path: Path) -> str:
    key = _secret(path, lambda: secrets.token_urlsafe(48))
    if len(key) < SHORTEST_SECRET:
        raise ConfigError(f"{path.name} is too short: remove it, and a new one is made")
    return key


def _new_vault_key() -> str:
    return f"1 {b64encode(secrets.token_bytes(32)).decode()}"


def _vault_keys(text: str) -> Mapping[str, bytes]:
    try:
        keys = {key_id: b64decode(key) for key_id, key in map(str.split, text.splitlines())}
    except ValueError:
        keys = {}
    if not keys or any(len(key) != 32 for key in keys.values()):
        raise ConfigError("vault.keys must hold lines of an id and 32 bytes in base64")
    return keys


def _new_vapid_key() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode().strip()


def _vapid_key(text: str) -> str:
    try:
        key = load_pem_private_key(text.encode(), None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ConfigError("vapid.pem must hold the P-256 key it was made with: restore it")
    return text


def _contact(text: str) -> str:
    """Whom push services write to; Apple's refuses an address that cannot be."""
    found = MAILTO.fullmatch(text) or WEB_PAGE.fullmatch(text)
    if not found or found[1].lower().rpartition(".")[2] in NOWHERE:
        raise ConfigError(
            "JOURNAL_PUSH_CONTACT must be an address of yours that push services can reach, "
            "like mailto:it@clinic.example.org or https://clinic.example.org"
        )
    return text


def _check_push_also(config: Config) -> None:
    origins = [urlsplit(config.base_url), *map(urlsplit, config.push_also)]
    if config.push_also and any(origin.hostname not in LOOPBACK for origin in origins):
        raise ConfigError("push_also is for tests, on this machine itself")


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise ConfigError("JOURNAL_BASE_URL must look like https://journal.example.org")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ConfigError("JOURNAL_BASE_URL must be https, except on this machine itself")
    return text.rstrip("/")


def _smtp(environ: Mapping[str, str]) -> str | None:
    url = environ.get("JOURNAL_SMTP_URL")
    if url and urlsplit(url).scheme not in ("smtp", "smtps"):
        raise ConfigError("JOURNAL_SMTP_URL must look like smtps://name:password@host:465")
    if url and not environ.get("JOURNAL_MAIL_FROM"):
        raise ConfigError("JOURNAL_MAIL_FROM must say who the e-mail comes from")
    return url or None


def _token(text: str | None) -> str | None:
    if text and (len(text) < SHORTEST_TOKEN or not text.isascii()):
        raise ConfigError(f"JOURNAL_METRICS_TOKEN must be {SHORTEST_TOKEN} plain letters or more")
    return text or None


def _count(name: str, text: str) -> int:
    if not text.isdecimal() or int(text) > 5:
        raise ConfigError(f"{name} must be a whole number from 0 to 5")
    return int(text)
