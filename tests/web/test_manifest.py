"""What a phone needs to know to put Journal on its first page."""

import json
import struct
from typing import Any

import pytest

from tests.people import Browser

PNG_HEAD = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def manifest(stranger: Browser) -> dict[str, Any]:
    answer = stranger.get("/manifest.json")
    assert answer.mimetype == "application/manifest+json"
    found: dict[str, Any] = json.loads(answer.text)
    return found


def test_its_name_says_nothing_of_health(manifest: dict[str, Any]) -> None:
    assert (manifest["name"], manifest["short_name"], manifest["id"]) == ("Journal", "Journal", "/")


def test_there_is_an_icon_that_may_be_cut(manifest: dict[str, Any]) -> None:
    assert {one["purpose"] for one in manifest["icons"]} == {"any", "maskable"}


def test_it_shows_itself_on_a_phone_and_at_a_desk(manifest: dict[str, Any]) -> None:
    assert {one["form_factor"] for one in manifest["screenshots"]} == {"narrow", "wide"}


def test_every_picture_is_there_and_as_large_as_it_says(
    stranger: Browser, manifest: dict[str, Any]
) -> None:
    shortcuts = [icon for one in manifest["shortcuts"] for icon in one["icons"]]
    said = {
        one["src"]: one["sizes"]
        for one in (*manifest["icons"], *manifest["screenshots"], *shortcuts)
        if one["type"] == "image/png"
    }

    assert {path: size(stranger, path) for path in said} == said


def test_every_shortcut_leads_somewhere(anas_phone: Browser, manifest: dict[str, Any]) -> None:
    places = [manifest["start_url"], *(one["url"] for one in manifest["shortcuts"])]

    assert [anas_phone.get(one).status_code for one in places] == [302, 302, 200]


def size(browser: Browser, path: str) -> str:
    """Width and height, as the picture itself says them."""
    with browser.get(path) as answer:
        head = answer.data[:24]
    assert head.startswith(PNG_HEAD)
    width, height = struct.unpack(">II", head[16:24])
    return f"{width}x{height}"
