"""The page that a person has before her, in whichever browser WebDriver's commands drive."""

from base64 import b64decode
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from tests.waiting import until

T = TypeVar("T")
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
SHOWN = """
return navigator.serviceWorker.getRegistration()
  .then((registration) => registration ? registration.getNotifications() : [])
  .then((all) => all.map(({ title, body, tag, lang, data }) => ({
    title, body, tag, lang, data: JSON.parse(JSON.stringify(data ?? null)),
  })));"""


class RefusedError(Exception):
    """The browser could not do what it was asked."""


class Driver(Protocol):
    """The way to a browser."""

    def ask(self, command: str, **parameters: object) -> Any:
        """What the browser answers. Raises RefusedError, or OSError when it is gone."""

    def run(self, script: str, *args: object) -> Any:
        """What a function's body returns in the page; a promise is waited for."""


class Page:
    """The tab that a person has before her."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    @property
    def url(self) -> str:
        url: str = self._driver.ask("WebDriver:GetCurrentURL")
        return url

    def goto(self, url: str) -> None:
        self._driver.ask("WebDriver:Navigate", url=url)

    def run(self, script: str, *args: object) -> Any:
        """What a function's body returns; a promise is waited for."""
        return self._driver.run(script, *args)

    def until(self, script: str, *args: object) -> Any:
        """What `run` gives, once that is something."""
        return _until(lambda: self.run(script, *args), script)

    def click(self, css: str) -> None:
        """A person's own gesture, so that the page may ask for a permission after it."""
        _until(lambda: self._clicked(css), f"a click on {css}")

    def fill(self, css: str, text: str) -> None:
        found = self._find(css)
        self._driver.ask("WebDriver:ElementClear", id=found)
        self._driver.ask("WebDriver:ElementSendKeys", id=found, text=text)

    def text(self, css: str) -> str:
        text: str = self._driver.ask("WebDriver:GetElementText", id=self._find(css))
        return text

    def shows(self, css: str, words: str) -> None:
        """Wait until these words stand there."""
        _until(lambda: words in self.text(css), f"{words!r} in {css}")

    def attribute(self, css: str, name: str) -> str | None:
        asked = {"id": self._find(css), "name": name}
        value: str | None = self._driver.ask("WebDriver:GetElementAttribute", **asked)
        return value

    def screenshot(self) -> bytes:
        """What she sees now, as a PNG."""
        return b64decode(self._driver.ask("WebDriver:TakeScreenshot"))

    def notifications(self) -> list[dict[str, Any]]:
        """Those of this site that nobody has closed, as the site itself is told of them."""
        found: list[dict[str, Any]] = self.run(SHOWN)
        return found

    def follow(self, part: str) -> None:
        """Turn to the tab whose address has `part` in it, as soon as there is one."""
        handle = _until(lambda: self._tab(part), f"a tab at {part}")
        self._driver.ask("WebDriver:SwitchToWindow", handle=handle)

    def _tab(self, part: str) -> str | None:
        for handle in self._driver.ask("WebDriver:GetWindowHandles"):
            self._driver.ask("WebDriver:SwitchToWindow", handle=handle, focus=False)
            if part in self.url:
                return str(handle)
        return None

    def _clicked(self, css: str) -> bool:
        """Not while something lies over it, and not before the page has run its scripts."""
        if self.run("return document.readyState") != "complete":
            return False
        self._driver.ask("WebDriver:ElementClick", id=self._find(css))
        return True

    def _find(self, css: str) -> str:
        look = {"using": "css selector", "value": css}
        found = _until(lambda: self._driver.ask("WebDriver:FindElement", **look), css)
        return str(found[ELEMENT])


def _until(look: Callable[[], T | None], what: str) -> T:
    """As `until`; a page on its way to another refuses, and is asked again."""
    refused: list[str] = []

    def tried() -> T | None:
        try:
            return look()
        except RefusedError as error:
            refused[:] = [str(error)]
            return None

    try:
        return until(tried, what)
    except TimeoutError as error:
        raise TimeoutError(f"{error} {refused}") from None
