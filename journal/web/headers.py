"""Security headers on every answer, and who may call us by which name."""

from urllib.parse import urlsplit

from flask import Flask, Response, request
from werkzeug.exceptions import SecurityError

from journal.config import LOOPBACK, Config

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": the origin is what tells our own forms from a stranger's.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
# The rest is about pages, and a picture can be opened as one; a script or style sheet cannot.
OF_PARTS = ("X-Content-Type-Options", "Cross-Origin-Resource-Policy")
WATCHED = frozenset({"machines.healthz", "machines.readyz", "metrics.metrics"})
HSTS = "max-age=63072000; includeSubDomains"


def init_app(app: Flask, config: Config) -> None:
    app.config.update(
        TRUSTED_HOSTS=sorted({*LOOPBACK, config.host}),
        SESSION_COOKIE_NAME="__Host-journal",
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )

    @app.before_request
    def by_our_name() -> None:
        # What watches over us on this machine calls us by the machine's names, and nobody else.
        elsewhere = config.host not in LOOPBACK and request.endpoint not in WATCHED
        if elsewhere and urlsplit(request.host_url).hostname in LOOPBACK:
            raise SecurityError("called by a name that is not ours")

    @app.after_request
    def secure(response: Response) -> Response:
        response.headers.update(guards(config))
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response


def guards(config: Config) -> dict[str, str]:
    """The headers of every answer, of pictures too."""
    return ALWAYS | _strictly(config)


def guards_of_part(config: Config) -> dict[str, str]:
    """Those of a script or style sheet, of which a first visit fetches dozens."""
    return {name: ALWAYS[name] for name in OF_PARTS} | _strictly(config)


def _strictly(config: Config) -> dict[str, str]:
    return {"Strict-Transport-Security": HSTS} if config.https else {}


def cross_site() -> bool:
    """Whether another site's page made the browser send this."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    # Browsers too old to say from which site say at least from which origin.
    origin = request.headers.get("Origin", request.host_url)
    return site not in ("same-origin", "none") or urlsplit(origin).netloc != request.host
