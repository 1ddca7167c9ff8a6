"""What a phone has to fetch for today's page."""

import gzip
import posixpath
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from journal.clock import diary_day
from tests.people import ZONE, Browser

MOST = 60_000
# Also what a module fetches only when it is needed: some phone needs it all.
IMPORTED = re.compile(r"""(?:\bfrom|\bimport|\bimport\()\s*"(\.[^"]+)\"""")
URL = re.compile(r"""(?:@import\s+|url\()["']?([^"')]+)""")
FETCHED = ("stylesheet", "preload", "modulepreload")


class Page(HTMLParser):
    """The files that a page has its browser fetch; icons and the manifest are another matter."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.files: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        file = said.get("href") if said.get("rel") in FETCHED else said.get("src")
        self.files += [file] if file else []


@dataclass(frozen=True)
class Fetched:
    """One answer as it came over the wire."""

    size: int
    packed: bool
    keep: str
    text: str


@pytest.fixture
def page() -> str:
    return f"/entries/{diary_day(datetime.now(UTC), ZONE)}"


@pytest.fixture
def fetched(anas_phone: Browser, page: str) -> dict[str, Fetched]:
    """Today's page and all that it loads, each once."""
    found = {page: fetch(anas_phone, page)}
    waiting = Page(found[page].text).files
    while waiting:
        path = waiting.pop()
        if path not in found:
            found[path] = fetch(anas_phone, path)
            waiting += named_in(path, found[path].text)
    return found


def fetch(phone: Browser, path: str) -> Fetched:
    with phone.get(path, **{"Accept-Encoding": "gzip"}) as answer:
        assert answer.status_code == 200
        sent, packed = answer.data, answer.headers.get("Content-Encoding") == "gzip"
        text = (gzip.decompress(sent) if packed else sent).decode()
        return Fetched(len(sent), packed, answer.headers["Cache-Control"], text)


def named_in(path: str, text: str) -> list[str]:
    """What a style sheet or a module has the browser fetch in its turn."""
    found = (URL if path.endswith(".css") else IMPORTED).findall(text)
    here = posixpath.dirname(path)
    return [posixpath.normpath(posixpath.join(here, one)) for one in found if one[0] in "./"]


def test_today_and_all_it_loads_are_light(fetched: dict[str, Fetched]) -> None:
    assert len(fetched) > 15
    assert sum(one.size for one in fetched.values()) <= MOST


def test_all_of_it_comes_compressed(fetched: dict[str, Fetched]) -> None:
    assert [path for path, one in fetched.items() if not one.packed] == []


def test_what_it_loads_never_has_to_be_asked_for_again(
    fetched: dict[str, Fetched], page: str
) -> None:
    del fetched[page]

    assert [path for path, one in fetched.items() if "immutable" not in one.keep] == []


def test_nor_does_it_say_with_what(anas_phone: Browser, page: str) -> None:
    script = re.search(r'src="([^"]+app\.js)"', anas_phone.get(page).text)

    assert script
    with anas_phone.get(script[1]) as answer:
        assert not {"ETag", "Last-Modified"} & set(answer.headers.keys())
    with anas_phone.get("/static/js/app.js") as answer:
        assert {"ETag", "Last-Modified"} <= set(answer.headers.keys())


def test_icons_never_have_to_be_asked_for_again(anas_phone: Browser, page: str) -> None:
    icon = re.search(r'rel="icon" href="([^"]+)"', anas_phone.get(page).text)

    assert icon
    assert "immutable" in fetch(anas_phone, icon[1]).keep


def test_by_its_plain_name_a_file_is_asked_for_again(anas_phone: Browser) -> None:
    assert "immutable" not in fetch(anas_phone, "/static/css/base.css").keep


def test_whoever_does_not_unpack_gets_it_as_it_is(anas_phone: Browser, page: str) -> None:
    answer = anas_phone.get(page)

    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert answer.text.endswith("</html>")


@pytest.mark.assures("A10")
def test_how_well_a_page_packs_tells_nothing_about_its_token(
    anas_phone: Browser, page: str
) -> None:
    sizes = {fetch(anas_phone, page).size for _ in range(12)}

    assert len(sizes) > 3
