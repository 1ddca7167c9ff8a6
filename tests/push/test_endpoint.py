"""Where a browser may ask us to send to, and which addresses that may lead to."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.errors import Invalid
from journal.push.endpoint import check, may_connect, origin

CHROME = "https://fcm.googleapis.com/fcm/send/dT3xYz:APA91bH-_q%2F~x"
OF_TESTS = frozenset({"http://127.0.0.1:8123"})


@pytest.mark.parametrize(
    "given",
    [
        CHROME,
        "https://fcm.googleapis.com:443/fcm/send/dT3xYz",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABm-_x==",
        "https://web.push.apple.com/QGuQyavXutnMH9y0Hd",
        "https://api.push.apple.com/3/device/x",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYAAABq%2b1%2f%3d",
    ],
)
def test_what_browsers_give_is_kept_to_the_letter(given: str) -> None:
    assert check(given) == given


@pytest.mark.assures("B06")
@pytest.mark.parametrize(
    "given",
    [
        "",
        "fcm.googleapis.com/fcm/send/x",
        "//fcm.googleapis.com/x",
        "http://fcm.googleapis.com/fcm/send/x",
        "HTTPS://fcm.googleapis.com/x",
        "ftp://fcm.googleapis.com/x",
        "https://fcm.googleapis.com",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com:80/x",
        "https://fcm.googleapis.com:/x",
        "https://fcm.googleapis.com:0443/x",
        "https://ana@fcm.googleapis.com/x",
        "https://ana:secret@fcm.googleapis.com/x",
        "https://fcm.googleapis.com@10.0.0.1/x",
        "https://10.0.0.1/x?https://fcm.googleapis.com/",
        "https://fcm.googleapis.com/x#part",
        "https://fcm.googleapis.com\\@10.0.0.1/x",
        "https:\\\\fcm.googleapis.com/x",
        "https://fcm.googleapis.com/x y",
        "https://fcm.googleapis.com/x\r\nHost: a",
        "https://fcm.googleapis.com/x\n",
        " https://fcm.googleapis.com/x",
        "https://fcm.googleapis.com/x\x00",
        "https://fcm.googleapis.com/ü",
        "https://fcm.googleapis.com。/x",
        "https://fcm.googleapis.com./x",
        "https://fcm.googleapis.com.example.org/x",
        "https://evil-fcm.googleapis.com/x",
        "https://googleapis.com/x",
        "https://push.apple.com/x",
        "https://evilpush.apple.com/x",
        "https://web.push.apple.com.example.org/x",
        "https://.push.apple.com/x",
        "https://a..push.apple.com/x",
        f"https://{'a' * 64}.push.apple.com/x",
        "https://-a.push.apple.com/x",
        "https://a_b.push.apple.com/x",
        "https://web.push.apple.com%2eexample.org/x",
        "https://updates.push.services.mozilla.com.:443/x",
        "https://127.0.0.1/x",
        "https://localhost/x",
        "https://[::1]/x",
        "https://2130706433/x",
        "https://example.org/x",
    ],
)
def test_everything_else_is_refused(given: str) -> None:
    with pytest.raises(Invalid) as refused:
        check(given)

    assert refused.value.field == "endpoint"


@pytest.mark.assures("B06")
def test_it_is_no_longer_than_it_has_to_be() -> None:
    longest = CHROME + "x" * (1000 - len(CHROME))

    assert check(longest) == longest
    with pytest.raises(Invalid):
        check(longest + "x")


@pytest.mark.assures("B06")
def test_a_push_service_of_the_tests_is_one_of_the_tests_only() -> None:
    url = "http://127.0.0.1:8123/push/1"

    assert check(url, also=OF_TESTS) == url
    with pytest.raises(Invalid):
        check(url)


@pytest.mark.assures("B06")
@pytest.mark.parametrize(
    "given",
    [
        "http://127.0.0.1:8124/x",
        "http://127.0.0.1/x",
        "https://127.0.0.1:8123/x",
        "http://127.0.0.1:8123@10.0.0.1/x",
        "http://127.0.0.1:81230/x",
    ],
)
def test_and_at_its_own_port_only(given: str) -> None:
    with pytest.raises(Invalid):
        check(given, also=OF_TESTS)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (CHROME, "https://fcm.googleapis.com"),
        ("https://fcm.googleapis.com:443/x", "https://fcm.googleapis.com"),
        ("https://fcm.googleapis.com:8443/x", "https://fcm.googleapis.com:8443"),
        ("http://127.0.0.1:8123/x", "http://127.0.0.1:8123"),
        ("http://127.0.0.1:80/x", "http://127.0.0.1"),
    ],
)
def test_an_origin_keeps_a_port_that_is_not_its_schemes(url: str, said: str) -> None:
    assert origin(url) == said


def test_what_is_no_endpoint_belongs_to_nobody() -> None:
    with pytest.raises(ValueError, match="no endpoint"):
        origin("fcm.googleapis.com")


@pytest.mark.parametrize("address", ["142.250.74.10", "34.107.243.93", "2a00:1450:4001:830::200a"])
def test_the_internet_may_be_connected_to(address: str) -> None:
    assert may_connect(address)


@pytest.mark.assures("B06")
@pytest.mark.parametrize(
    "address",
    [
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.8",
        "192.0.0.170",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:142.250.74.10",
        "64:ff9b::7f00:1",
        "64:ff9b::8efa:4a0a",
        "64:ff9b:1::a00:1",
        "100::1",
        "2001::1",
        "2001:0:7f00:1::80ff:fffe",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:8efa:4a0a::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "2a00:1450:4001:830::200a%1",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
    ],
)
def test_nothing_else_may_be(address: str) -> None:
    assert not may_connect(address)


@pytest.mark.assures("B06")
@pytest.mark.parametrize("text", ["", "localhost", "127.1", "2130706433", "0x7f.1", "1.2.3.4:80"])
def test_what_is_no_address_is_none(text: str) -> None:
    assert not may_connect(text)


@pytest.mark.assures("B06")
@settings(deadline=None)
@given(st.ip_addresses())
def test_whatever_python_calls_special_is_refused(address: IPv4Address | IPv6Address) -> None:
    special = (
        address.is_private, address.is_multicast, address.is_reserved, address.is_loopback,
        address.is_link_local, address.is_unspecified, not address.is_global,
    )  # fmt: skip

    assert not (may_connect(str(address)) and any(special))


@pytest.mark.assures("B06")
@settings(deadline=None)
@given(st.ip_addresses(v=4))
def test_no_address_comes_in_disguise(address: IPv4Address) -> None:
    inside = int(address)
    disguises = [
        inside, 0xFFFF << 32 | inside, 0x64FF9B << 96 | inside, 0x2002 << 112 | inside << 80,
        0x20010000 << 96 | (inside ^ 0xFFFFFFFF), 0x0064FF9B0001 << 80 | inside,
    ]  # fmt: skip

    assert not any(may_connect(str(IPv6Address(disguise))) for disguise in disguises)
