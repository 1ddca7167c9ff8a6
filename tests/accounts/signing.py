"""Trying to sign in, from anywhere."""

from werkzeug.test import TestResponse

from tests.people import BASE, PASSWORD, Browser

ANAS = "ana@example.org"
WRONG = "not her password at all"


def sign_in(
    browser: Browser,
    email: str = ANAS,
    password: str = PASSWORD,
    *,
    place: str = "127.0.0.1",
    path: str = "/sign-in",
) -> TestResponse:
    """Send the sign-in form from this address of the net."""
    return browser.client.post(
        path,
        base_url=BASE,
        data={"csrf_token": browser.csrf(), "email": email, "password": password},
        environ_overrides={"REMOTE_ADDR": place},
    )
