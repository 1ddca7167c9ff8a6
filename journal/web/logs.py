"""Log lines as JSON, of known fields only: no name, no token, no path, no health data."""

import json
import logging
import sys
import time
import traceback
from typing import Any

from flask import Flask, Response, g, request

log = logging.getLogger("journal")

FIELDS = ("method", "rule", "status", "ms", "fault", "job", "count", "cause")


class JsonLines(logging.Formatter):
    """One object a line; JSON's own escaping keeps input from forging a second line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[1]:
            line["fault"] = type(record.exc_info[1]).__name__
            line["where"] = _where(record.exc_info[1])
        return json.dumps(line)


def set_up() -> None:
    """Send our log to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    log.handlers[:] = [handler]
    log.setLevel(logging.INFO)


def init_app(app: Flask) -> None:
    app.before_request(_start)
    app.log_exception = _fault  # type: ignore[method-assign] # Flask's own writes the path

    @app.after_request
    def written(response: Response) -> Response:
        if request.url_rule and request.endpoint not in ("machines.healthz", "machines.readyz"):
            log.info(
                "request",
                extra={
                    "method": request.method,
                    "rule": request.url_rule.rule,
                    "status": response.status_code,
                    "ms": round((time.perf_counter() - g.began) * 1000, 1),
                },
            )
        return response


def _fault(exc_info: Any) -> None:
    log.error("fault", exc_info=exc_info)


def _start() -> None:
    g.began = time.perf_counter()


def _where(error: BaseException) -> list[str]:
    """Files and lines only: the text of an exception may quote what somebody typed."""
    return [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
