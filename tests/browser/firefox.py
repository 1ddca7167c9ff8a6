"""A stock Firefox, whose profile outlives closing and killing it, and what is on its screen."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.browser.browsers import firefox
from tests.browser.marionette import Marionette
from tests.browser.page import Page
from tests.browser.programs import kill, start
from tests.waiting import until

ARGUMENTS = ("--headless", "--no-remote", "--marionette", "--remote-allow-system-access")
START = 60
PREFERENCES: Mapping[str, object] = {
    # Firefox draws notifications itself: what stands on the screen can be read and tapped.
    "alerts.useSystemBackend": False,
    "dom.push.connection.enabled": True,
    "dom.push.retryBaseInterval": 100,
    "dom.push.testing.allowInsecureServerURL": True,
    # How long after a tap a window may be opened: a busy machine is slower than a phone.
    "dom.serviceWorkers.disable_open_click_delay": 10_000,
    "marionette.port": 0,
    "network.manage-offline-status": False,
    "permissions.default.desktop-notification": 1,
}
ALERTS = """
const read = ({ document }) => ({
  title: document.getElementById("alertTitleLabel").getAttribute("value"),
  body: document.getElementById("alertTextLabel").textContent,
});
// One that is replaced, tapped or swiped away takes a moment to go.
const leaving = ({ gIsReplaced, document }) =>
  gIsReplaced || document.querySelector("#alertBox:is([clicked], [closing])");
const alerts = [...Services.wm.getEnumerator("alert:alert")]
  .filter((alert) => alert.gIsActive && !leaving(alert));
"""
READ = "return alerts.map(read);"
TAP = """
const alert = alerts.find((one) => read(one).body === arguments[0]);
alert?.document.getElementById("alertBox").click();
return Boolean(alert);"""
CLOSE = "for (const alert of alerts) alert.close();"
# Without its worker a site has no subscription either.
FORGET = """
const { ServiceWorkerCleanUp } = ChromeUtils.importESModule(
  "resource://gre/modules/ServiceWorkerCleanUp.sys.mjs"
);
gBrowser.removeAllTabsBut(gBrowser.selectedTab, { animate: false });
Services.cookies.removeAll();
const storages = Ci.nsIClearDataService.CLEAR_DOM_STORAGES;
return ServiceWorkerCleanUp.removeAll().then(() => new Promise((resolve) =>
  Services.clearData.deleteData(storages, { onDataDeleted: () => resolve(true) })));"""


@dataclass(frozen=True)
class Alert:
    """A notification as a person reads it."""

    title: str
    body: str


class Screen:
    """What stands on the screen outside of any page."""

    def __init__(self, marionette: Marionette) -> None:
        self._marionette = marionette

    def alerts(self) -> list[Alert]:
        """Of all sites, the oldest first."""
        return [Alert(**said) for said in self._marionette.run_privileged(ALERTS + READ)]

    def alert(self, body: str) -> Alert:
        """The one with this text, waited for."""
        return until(lambda: self._saying(body), f"a notification saying {body!r}")

    def tap(self, body: str) -> None:
        """Tap the one with this text, as soon as it is there."""
        until(lambda: self._tapped(body), f"a notification saying {body!r}")

    def clear(self) -> None:
        """Swipe all of them away."""
        self._marionette.run_privileged(ALERTS + CLOSE)

    def _saying(self, body: str) -> Alert | None:
        return next((alert for alert in self.alerts() if alert.body == body), None)

    def _tapped(self, body: str) -> bool:
        return bool(self._marionette.run_privileged(ALERTS + TAP, body))


class Firefox:
    """Opened by `with`; inside it can be closed, killed and opened again."""

    page: Page
    screen: Screen

    def __init__(self, profile: Path, push_service: str) -> None:
        self._profile = profile
        self._process: subprocess.Popen[bytes] | None = None
        _write_preferences(profile, push_service)

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self.kill()

    def open(self) -> None:
        process = self._process = _start(self._profile)
        try:
            port = until(lambda: _port(self._profile, process), "the start of Firefox", START)
            self._marionette = Marionette(port)
        except BaseException:
            kill(process)
            raise
        self.page = Page(self._marionette)
        self.screen = Screen(self._marionette)

    def close(self) -> None:
        """As a person does."""
        self._marionette.ask("Marionette:Quit", flags=["eAttemptQuit"])
        self._gone()

    def kill(self) -> None:
        """As an empty battery does: what Firefox has not written down yet is lost."""
        assert self._process
        kill(self._process)
        self._gone()

    def tidy(self) -> None:
        """Nothing on the screen, one empty tab, nobody signed in, no worker, no subscription."""
        if self._process is None:
            self.open()
        self.screen.clear()
        self.page.goto("about:blank")
        self._marionette.run_privileged(FORGET)
        self.page.follow("about:blank")

    def _gone(self) -> None:
        assert self._process
        self._marionette.close()
        self._process.wait(START)
        self._process = None


def _write_preferences(profile: Path, push_service: str) -> None:
    address = {"dom.push.serverURL": f"{push_service.replace('http', 'ws', 1)}/"}
    lines = (
        f"user_pref({json.dumps(name)}, {json.dumps(value)});\n"
        for name, value in {**PREFERENCES, **address}.items()
    )
    (profile / "user.js").write_text("".join(lines))


def _start(profile: Path) -> subprocess.Popen[bytes]:
    (profile / "MarionetteActivePort").unlink(missing_ok=True)
    command = [firefox(), *ARGUMENTS, "--profile", str(profile)]
    return start(command, profile / "said.txt", {"MOZ_CRASHREPORTER_DISABLE": "1"})


def _port(profile: Path, process: subprocess.Popen[bytes]) -> int | None:
    assert process.poll() is None, (profile / "said.txt").read_text()
    written = profile / "MarionetteActivePort"
    return int(written.read_text() or 0) if written.exists() else None
