"""Waiting for what a page says later: Playwright's own wait takes any promise for a yes."""

from playwright.sync_api import Page

NOTHING_KEPT = "indexedDB.databases().then((all) => all.length === 0)"


def until(page: Page, says_yes: str) -> None:
    """Wait until this script says yes, ten seconds at most."""
    for _ in range(100):
        if page.evaluate(says_yes):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"it never was so: {says_yes}")
