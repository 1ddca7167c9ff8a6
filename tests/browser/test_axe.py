"""On every page, in light and in dark, axe finds nothing."""

from collections.abc import Mapping
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, Enters, Opens
from tests.browser.ways import WAYS, Way

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SCREENS: dict[str, dict[str, Any]] = {
    "nobody": PHONE,
    "ana": PHONE,
    "ben": PHONE,
    "dr.bose": DESK,
    "ada": DESK,
}


@pytest.mark.parametrize("who", WAYS)
def test_axe_finds_nothing(
    opens: Opens, enter: Enters, addresses: Mapping[str, object], who: str
) -> None:
    page = enter(opens(**SCREENS[who], bypass_csp=True), who)

    found = {str(way): found_on(page, way, addresses) for way in WAYS[who]}

    assert {way: violations for way, violations in found.items() if violations} == {}


def found_on(page: Page, way: Way, addresses: Mapping[str, object]) -> list[str]:
    """What axe complains of, each with the first place where it does."""
    way.take(page, addresses)
    return [complaint for scheme in SCHEMES for complaint in found_in(page, scheme)]


def found_in(page: Page, scheme: Literal["light", "dark"]) -> list[str]:
    page.emulate_media(color_scheme=scheme)
    violations = Axe().run(page).response["violations"]
    return [f"{scheme}: {one['id']}: {one['nodes'][0]['html']}" for one in violations]
