"""A name may lead anywhere; a connection goes to the public internet only."""

import asyncio
import socket

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from journal.push.guard import GuardedResolver, GuardedSockets

PUBLIC = "142.250.74.10"
OF_TESTS = frozenset({"http://push.localhost:8123"})


class Says(AbstractResolver):
    """Whoever owns a name says where it leads: each time the next list of addresses."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host, host=address, port=port, family=family, proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in self.answers.pop(0)
        ]  # fmt: skip

    async def close(self) -> None:
        self.answers.clear()


def resolved(
    resolver: GuardedResolver, host: str = "web.push.apple.com", port: int = 443
) -> list[str]:
    return [one["host"] for one in asyncio.run(resolver.resolve(host, port))]


def opened(also: frozenset[str], address: str, port: int) -> None:
    info = (socket.AF_INET, socket.SOCK_STREAM, 0, "", (address, port))
    GuardedSockets(also)(info).close()


def test_a_public_name_leads_where_it_says() -> None:
    assert resolved(GuardedResolver(frozenset(), Says([PUBLIC]))) == [PUBLIC]


@pytest.mark.assures("B06")
@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1"])
def test_a_name_that_leads_inside_leads_nowhere(address: str) -> None:
    with pytest.raises(OSError, match="not on the public internet"):
        resolved(GuardedResolver(frozenset(), Says([address])))


@pytest.mark.assures("B06")
def test_of_a_mixed_answer_the_public_part_is_used() -> None:
    assert resolved(GuardedResolver(frozenset(), Says(["127.0.0.1", PUBLIC, "::1"]))) == [PUBLIC]


@pytest.mark.assures("B06")
def test_a_name_that_changes_its_mind_is_judged_again() -> None:
    rebinding = GuardedResolver(frozenset(), Says([PUBLIC], ["127.0.0.1"]))
    first = resolved(rebinding)

    with pytest.raises(OSError, match="not on the public internet"):
        resolved(rebinding)

    assert first == [PUBLIC]


def test_tests_resolve_to_this_machine() -> None:
    resolver = GuardedResolver(OF_TESTS, Says(["127.0.0.1"]))

    assert resolved(resolver, "push.localhost", 8123) == ["127.0.0.1"]


@pytest.mark.assures("B06")
@pytest.mark.parametrize(("host", "port"), [("web.push.apple.com", 8123), ("push.localhost", 443)])
def test_nobody_else_does_because_of_them(host: str, port: int) -> None:
    with pytest.raises(OSError, match="not on the public internet"):
        resolved(GuardedResolver(OF_TESTS, Says(["127.0.0.1"])), host, port)


@pytest.mark.assures("B06")
def test_not_even_tests_resolve_to_another_machine_inside() -> None:
    with pytest.raises(OSError, match="not on the public internet"):
        resolved(GuardedResolver(OF_TESTS, Says(["10.0.0.1"])), "push.localhost", 8123)


def test_a_closed_resolver_closes_the_one_it_asks() -> None:
    inner = Says([PUBLIC])

    asyncio.run(GuardedResolver(frozenset(), inner).close())

    assert inner.answers == []


@pytest.mark.parametrize(("address", "port"), [(PUBLIC, 443), ("127.0.0.1", 8123)])
def test_a_socket_opens_to_where_it_may(address: str, port: int) -> None:
    opened(OF_TESTS, address, port)


@pytest.mark.assures("B06")
@pytest.mark.parametrize(
    ("address", "port"), [("127.0.0.1", 443), ("127.0.0.1", 22), ("10.0.0.1", 8123), ("::1", 443)]
)
def test_and_to_nowhere_else(address: str, port: int) -> None:
    with pytest.raises(OSError, match="not on the public internet"):
        opened(OF_TESTS, address, port)
