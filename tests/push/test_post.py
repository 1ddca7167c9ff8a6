"""What push services may answer, and what they may not do to us meanwhile."""

import asyncio
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from journal.push.messages import Encrypted, Encrypter, Message
from journal.push.post import Answer, Post
from journal.push.vapid import Keys
from tests.push.phone import Phone
from tests.push.service import Service, push_service, serving
from tests.push.test_guard import Says

LOOPBACK = IPv4Address("127.0.0.1")
NOW = "Tue, 24 Nov 2026 16:00:00 GMT"


class Oddities:
    """A server that answers as no push service should."""

    def __init__(self) -> None:
        self.reached: list[str] = []
        self.connections: set[object] = set()
        self.cookies: list[dict[str, str]] = []
        self.headers: dict[str, str] = {}
        self.status = 201
        self.text = ""

    async def say(self, request: web.Request) -> web.Response:
        self.reached.append(request.raw_path)
        self.connections.add(request.transport)
        self.cookies.append(dict(request.cookies))
        return web.Response(status=self.status, text=self.text, headers=self.headers)

    async def never(self, request: web.Request) -> web.Response:
        self.reached.append(request.raw_path)
        await asyncio.sleep(60)
        return web.Response()

    async def never_all(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(status=410)
        await answer.prepare(request)
        await answer.write(b"Bad")
        await asyncio.sleep(60)
        return answer

    async def endless(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(status=403)
        await answer.prepare(request)
        while True:
            self.reached.append("chunk")
            await answer.write(b"x " * 32_768)

    async def hang_up(self, request: web.Request) -> web.Response:
        assert request.transport
        request.transport.close()
        return web.Response()

    def app(self) -> web.Application:
        app = web.Application()
        app.add_routes(
            [
                web.post("/never", self.never),
                web.post("/never-all", self.never_all),
                web.post("/endless", self.endless),
                web.post("/hang-up", self.hang_up),
                web.route("*", "/{path:.*}", self.say),
            ]
        )
        return app


@pytest.fixture
def odd() -> Oddities:
    return Oddities()


@pytest.fixture
def odd_origin(odd: Oddities) -> Iterator[str]:
    with serving(odd.app()) as origin:
        yield origin


@pytest.fixture
def service() -> Iterator[Service]:
    with push_service() as service:
        yield service


def encrypted(endpoint: str) -> Encrypted:
    return Encrypted(endpoint, {"TTL": "60"}, b"Hello")


def posted(
    *messages: Encrypted,
    also: str = "",
    limit: float = 10,
    resolver: AbstractResolver | None = None,
) -> list[Answer]:
    """Post them one after the other, and look at the answers."""

    async def post_all() -> list[Answer]:
        async with Post(frozenset({also}), limit=limit, resolver=resolver) as post:
            return [await post(message) for message in messages]

    return asyncio.run(post_all())


def made_up_certificate(folder: Path) -> SSLContext:
    """Signed by nobody whom we know."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC))
        .not_valid_after(datetime.now(UTC) + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(LOOPBACK)]), critical=False)
        .sign(key, SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "server.pem").write_bytes(secret + certificate.public_bytes(Encoding.PEM))
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return context


def test_a_push_service_takes_what_we_send(
    service: Service, encrypter: Encrypter, keys: Keys
) -> None:
    phone = Phone(service.subscribe(keys.application_server_key))
    message = Message(phone.endpoint, phone.p256dh, phone.auth, b"Hello", 60, "day")

    [answer] = posted(encrypter.encrypt(message), also=service.origin)

    [taken] = service.at(phone.endpoint).taken
    assert answer == Answer(201, None, "201")
    assert phone.open(taken.body) == b"Hello"


def test_one_that_is_gone_is_told(service: Service, keys: Keys) -> None:
    endpoint = service.subscribe(keys.application_server_key)
    service.at(endpoint).gone = True

    [answer] = posted(encrypted(endpoint), also=service.origin)

    assert answer.status == 410


def test_one_that_is_busy_says_until_when(service: Service, keys: Keys) -> None:
    endpoint = service.subscribe(keys.application_server_key)
    service.busy(retry_after="120")

    [answer] = posted(encrypted(endpoint), also=service.origin)

    assert (answer.status, answer.retry_after) == (429, 120)


@pytest.mark.parametrize("status", [200, 201, 404, 410, 400, 401, 403, 413, 429, 500, 503])
def test_each_status_is_told_as_it_is(odd: Oddities, odd_origin: str, status: int) -> None:
    odd.status = status

    [answer] = posted(encrypted(f"{odd_origin}/x"), also=odd_origin)

    assert (answer.status, answer.retry_after) == (status, None)


@pytest.mark.parametrize(
    ("after", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        ("Tue, 24 Nov 2026 16:01:30 GMT", 90),
        ("Tue, 24 Nov 2026 15:00:00 GMT", 0),
        ("Fri, 01 Jan 2100 00:00:00 GMT", 86_400),
        ("999999999", 86_400),
        ("9999999999999999999999", None),
        ("-1", None),
        ("1.5", None),
        ("nan", None),
        ("soon", None),
        ("", None),
        ("٣", None),
        ("Tue, 24 Nov 2026 16:01:30 -0000", None),
        ("Tue, 99 Nov 99999 16:01:30 GMT", None),
    ],
)
def test_when_to_come_back_is_said_in_seconds_or_as_a_date(
    odd: Oddities, odd_origin: str, after: str, seconds: float | None
) -> None:
    odd.status, odd.headers = 429, {"Retry-After": after, "Date": NOW}

    [answer] = posted(encrypted(f"{odd_origin}/x"), also=odd_origin)

    assert answer.retry_after == seconds


def test_what_it_complains_of_is_one_plain_line_for_the_operator(
    odd: Oddities, odd_origin: str
) -> None:
    odd.status, odd.text = 403, '<b>{"reason":\r\n "BadJwtToken"}</b>\x1b[31m ü ' + "t" * 200

    [answer] = posted(encrypted(f"{odd_origin}/x"), also=odd_origin)

    assert answer.cause == '403 {"reason": "BadJwtToken"} [31m'


@pytest.mark.assures("B06")
def test_who_cannot_prove_a_name_is_told_nothing(odd: Oddities, tmp_path: Path) -> None:
    with serving(odd.app(), made_up_certificate(tmp_path)) as origin:
        [answer] = posted(encrypted(f"{origin}/x"), also=origin)

    assert answer == Answer(None, None, "ClientConnectorCertificateError")
    assert odd.reached == []


@pytest.mark.assures("B06")
def test_a_redirect_is_an_answer_and_is_not_followed(odd: Oddities, odd_origin: str) -> None:
    odd.status, odd.headers = 307, {"Location": f"{odd_origin}/elsewhere"}

    [answer] = posted(encrypted(f"{odd_origin}/x"), also=odd_origin)

    assert answer.status == 307
    assert odd.reached == ["/x"]


def test_who_does_not_answer_is_not_waited_for(odd_origin: str) -> None:
    [answer] = posted(encrypted(f"{odd_origin}/never"), also=odd_origin, limit=0.2)

    assert answer == Answer(None, None, "no answer within 0.2 seconds")


def test_a_status_is_an_answer_even_if_the_rest_never_comes(odd_origin: str) -> None:
    [answer] = posted(encrypted(f"{odd_origin}/never-all"), also=odd_origin, limit=2)

    assert answer == Answer(410, None, "410")


@pytest.mark.assures("B06")
def test_an_answer_without_end_is_not_read(odd: Oddities, odd_origin: str) -> None:
    [answer] = posted(encrypted(f"{odd_origin}/endless"), also=odd_origin)

    assert answer.status == 403
    assert len(answer.cause) <= 204
    assert len(odd.reached) < 200


def test_who_hangs_up_has_not_answered(odd_origin: str) -> None:
    [answer] = posted(encrypted(f"{odd_origin}/hang-up"), also=odd_origin)

    assert answer == Answer(None, None, "ServerDisconnectedError")


def test_where_nobody_listens_there_is_no_answer() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        origin = f"http://127.0.0.1:{taken.getsockname()[1]}"

        [answer] = posted(encrypted(f"{origin}/x"), also=origin)

    assert answer == Answer(None, None, "ClientConnectorError")


@pytest.mark.assures("B06")
@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "ALL_PROXY"])
def test_a_proxy_of_the_environment_is_not_asked(
    odd_origin: str, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "http://127.0.0.1:9")

    [answer] = posted(encrypted(f"{odd_origin}/x"), also=odd_origin)

    assert answer.status == 201


@pytest.mark.assures("B06")
@pytest.mark.parametrize("given", ["https://example.org/x", "http://127.0.0.1:9/x", "nonsense"])
def test_what_got_past_us_before_is_looked_at_again(given: str) -> None:
    assert posted(encrypted(given)) == [Answer(None, None, "not a push service that we know")]


@pytest.mark.assures("B06")
@pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.1", "169.254.169.254"])
def test_a_name_that_leads_inside_is_not_followed(
    odd: Oddities, odd_origin: str, inside: str
) -> None:
    [answer] = posted(
        encrypted("https://web.push.apple.com/x"), also=odd_origin, resolver=Says([inside])
    )

    assert answer == Answer(None, None, "ClientConnectorDNSError")
    assert odd.reached == []


def test_the_path_is_the_one_the_browser_gave(odd: Oddities, odd_origin: str) -> None:
    path = "/w/..//%7e~%2F/?token=BQ%2b%2f%3d&a=b+c'(!)"

    posted(encrypted(odd_origin + path), also=odd_origin)

    assert odd.reached == [path]


def test_one_connection_serves_many(odd: Oddities, odd_origin: str) -> None:
    answers = posted(*[encrypted(f"{odd_origin}/x")] * 20, also=odd_origin)

    assert [answer.status for answer in answers] == [201] * 20
    assert len(odd.connections) == 1


def test_no_cookie_is_kept(odd: Oddities, odd_origin: str) -> None:
    odd.headers = {"Set-Cookie": "a=b"}

    posted(*[encrypted(f"{odd_origin}/x")] * 2, also=odd_origin)

    assert odd.cookies == [{}, {}]
