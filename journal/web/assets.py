"""Static files: served without comments, compressed, under a prefix that changes with them."""

import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

import rcssmin
import rjsmin
from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor
from whitenoise.responders import StaticFile

from journal.config import ROOT, Config
from journal.web.headers import guards, guards_of_part

STATIC = ROOT / "static"
SERVED = frozenset({".css", ".js", ".png", ".svg"})
TO_ASK_AGAIN = frozenset({"ETag", "Last-Modified"})
PAGES = ("/offline", "/help-now", "/shell/day", "/shell/history", "/shell/waiting")
# What the pages that a phone keeps are made of: when it changes, they are fetched anew.
WRITTEN = (
    ROOT / "templates",
    ROOT / "journal" / "instruments",
    ROOT / "journal" / "infusions",
    ROOT / "journal" / "translations",
)


class Files(WhiteNoise):  # type: ignore[misc]  # it brings no types
    """What never changes under its name is never asked for again, and so says no date and no tag
    to ask with: of dozens of files, a twentieth of a first visit."""

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> StaticFile:
        file: StaticFile = super().get_static_file(path, url, stat_cache)
        if self.immutable_file_test(path, url):
            for _encoding, _path, headers in file.alternatives:
                headers[:] = [(name, said) for name, said in headers if name not in TO_ASK_AGAIN]
        return file


def init_app(app: Flask, config: Config) -> None:
    version = _version()
    built = _build(config.instance / "static", version)
    served = Files(
        app.wsgi_app,
        max_age=86400,
        allow_all_origins=False,
        add_headers_function=lambda headers, path, _url: _guard(headers, path, config),
        immutable_file_test=lambda _path, url: url.startswith(f"/static/{version}/"),
    )
    # The same files twice: immutable under their version, and by plain name for the manifest.
    served.add_files(built, prefix=f"static/{version}/")
    served.add_files(built, prefix="static/")
    app.wsgi_app = served  # type: ignore[method-assign]
    app.extensions["assets"] = version
    app.jinja_env.globals["asset"] = lambda name: f"/static/{version}/{name}"


def shell(version: str) -> list[str]:
    """What the service worker keeps: the pages that open by themselves, and all they need."""
    names = [path.relative_to(STATIC).as_posix() for path in _files() if path.suffix != ".png"]
    return [*PAGES, *(f"/static/{version}/{name}" for name in names)]


def _guard(headers: Headers, path: str, config: Config) -> None:
    of_part = path.endswith((".js", ".css"))
    for name, value in (guards_of_part(config) if of_part else guards(config)).items():
        headers[name] = value


def _files() -> list[Path]:
    return sorted(path for path in STATIC.rglob("*") if path.suffix in SERVED)


def _version() -> str:
    content = hashlib.sha256()
    written = (path for folder in WRITTEN for path in sorted(folder.rglob("*")) if path.is_file())
    for path in (*_files(), *written):
        if path.suffix != ".pyc":
            content.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return content.hexdigest()[:12]


def _build(under: Path, version: str) -> Path:
    """A copy of the files as they are sent, a .br and a .gz beside each, made once a version."""
    target = under / version
    if target.exists():
        return target
    under.mkdir(mode=0o700, parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=under))
    compressor = Compressor(log=lambda _line: None)
    for path in _files():
        copy = making / path.relative_to(STATIC)
        copy.parent.mkdir(parents=True, exist_ok=True)
        _copy(path, copy)
        if path.suffix != ".png":
            compressor.compress(str(copy))
    try:
        making.rename(target)
    except OSError:
        # Another process of ours was faster; its copy is the same.
        shutil.rmtree(making)
    return target


def _copy(path: Path, copy: Path) -> None:
    lighter = {".js": rjsmin.jsmin, ".css": rcssmin.cssmin}.get(path.suffix)
    if lighter is None:
        shutil.copyfile(path, copy)
    else:
        copy.write_text(lighter(path.read_text(encoding="utf-8")), encoding="utf-8")
