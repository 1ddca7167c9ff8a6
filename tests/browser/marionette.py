"""Driving a stock Firefox by Marionette, the protocol it brings along: a command, its answer."""

import json
import socket
from typing import Any

from tests.browser.page import RefusedError

COMMAND = 0
PATIENCE = 30


class Marionette:
    """One connection, on which one command at a time is under way."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self._stream = self._socket.makefile("rwb")
        self._asked = 0
        self._read()  # It says hello first.
        self.ask("WebDriver:NewSession")

    def close(self) -> None:
        self._stream.close()
        self._socket.close()

    def ask(self, command: str, **parameters: object) -> Any:
        """What Firefox answers. Raises RefusedError, or OSError when it is gone."""
        self._asked += 1
        self._write([COMMAND, self._asked, command, parameters])
        _, _, error, found = self._read()
        if error:
            raise RefusedError(f"{error['error']}: {error['message']}")
        return found["value"] if isinstance(found, dict) and "value" in found else found

    def run(self, script: str, *args: object) -> Any:
        """What a function's body returns in the page; a promise is waited for."""
        return self.ask("WebDriver:ExecuteScript", script=script, args=args)

    def run_privileged(self, script: str, *args: object) -> Any:
        """The same in the browser's own window, with the rights of the browser."""
        self.ask("Marionette:SetContext", value="chrome")
        try:
            return self.run(script, *args)
        finally:
            self.ask("Marionette:SetContext", value="content")

    def _write(self, message: object) -> None:
        frame = json.dumps(message).encode()
        self._stream.write(b"%d:%b" % (len(frame), frame))
        self._stream.flush()

    def _read(self) -> Any:
        length = b""
        while (digit := self._stream.read(1)) != b":":
            if not digit:
                raise ConnectionError("Firefox hung up")
            length += digit
        return json.loads(self._stream.read(int(length)))
