"""A wrong token from our own page and from another site: only the first is offered again."""

import pytest
from werkzeug.test import TestResponse

from tests.people import BASE, Browser

TYPED = {"name": "Ana Lind", "password": "seven quiet foxes", "csrf_token": "of yesterday"}


def send(browser: Browser, **headers: str) -> TestResponse:
    return browser.client.post("/account/details", base_url=BASE, data=TYPED, headers=headers)


@pytest.mark.assures("A10")
@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": BASE}, {"Sec-Fetch-Site": "same-origin", "Origin": BASE}],
    ids=["says nothing", "old", "new"],
)
def test_what_ana_typed_is_kept(anas_phone: Browser, headers: dict[str, str]) -> None:
    answer = send(anas_phone, **headers)

    assert answer.status_code == 400
    assert 'name="name" value="Ana Lind"' in answer.text


@pytest.mark.assures("A10")
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
    ids=["new", "beside", "old", "hidden"],
)
def test_what_another_site_made_up_is_not_offered(
    anas_phone: Browser, headers: dict[str, str]
) -> None:
    answer = send(anas_phone, **headers)

    assert answer.status_code == 400
    assert "Ana Lind" not in answer.text


@pytest.mark.assures("A10")
def test_nor_does_another_site_sign_ana_out(stranger: Browser) -> None:
    # Sent from there, her cookie stays behind: a new one in the answer would take its place.
    answer = send(stranger, Origin="https://evil.example")

    assert "Set-Cookie" not in answer.headers
