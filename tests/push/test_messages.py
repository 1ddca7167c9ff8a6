"""What is sent to a device can be opened there and nowhere else, and says what it has to."""

import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import http_ece
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.errors import Invalid
from journal.push.messages import LARGEST, Encrypter, Message, check_keys, payload, topic
from tests.push.phone import Phone, base64

ID = UUID("00000000-0000-4000-8000-000000000001")
TODAY = "https://journal.example.org/today"
TAG = "day-2026-11-24"
ANAS = Phone()
# The keys of RFC 8291's example.
P256DH = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"


def message(phone: Phone, text: bytes = b"Hello", ttl: int = 3600, tag: str = TAG) -> Message:
    return Message(phone.endpoint, phone.p256dh, phone.auth, text, ttl, tag)


def said(body: str = "A minute for your day?", later: str | None = "In an hour") -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(payload(ID, "Journal", body, TODAY, TAG, "en", later=later))
    return whole


def test_her_phone_opens_what_was_sent(encrypter: Encrypter) -> None:
    encrypted = encrypter.encrypt(message(ANAS))

    assert ANAS.open(encrypted.body) == b"Hello"


def test_another_phone_does_not(encrypter: Encrypter) -> None:
    encrypted = encrypter.encrypt(message(ANAS))

    with pytest.raises(http_ece.ECEException):
        Phone().open(encrypted.body)


def test_on_the_way_nobody_can_read_it(encrypter: Encrypter) -> None:
    encrypted = encrypter.encrypt(message(ANAS, b"A minute for your day?"))

    assert b"minute" not in encrypted.body


def test_the_same_twice_does_not_look_the_same(encrypter: Encrypter) -> None:
    first, second = encrypter.encrypt(message(ANAS)), encrypter.encrypt(message(ANAS))

    assert first.body != second.body


def test_it_goes_to_the_letter_to_where_the_browser_said(encrypter: Encrypter) -> None:
    phone = Phone("https://wns2-par02p.notify.windows.com:443/w/?token=BQ%2b%7E~=")

    assert encrypter.encrypt(message(phone)).endpoint == phone.endpoint


def test_a_push_service_is_told_all_it_wants_to_know(encrypter: Encrypter) -> None:
    headers = dict(encrypter.encrypt(message(ANAS)).headers)

    assert headers.pop("Authorization").startswith("vapid t=ey")
    assert headers == {
        "TTL": "3600",
        "Urgency": "normal",
        "Topic": TAG,
        "Content-Encoding": "aes128gcm",
    }


def test_now_or_never_is_a_time_too(encrypter: Encrypter) -> None:
    encrypter.encrypt(message(ANAS, ttl=60))

    assert encrypter.encrypt(message(ANAS, ttl=0)).headers["TTL"] == "0"


def test_many_at_once_each_keep_their_own_time(encrypter: Encrypter) -> None:
    letters = [message(ANAS, str(ttl).encode(), ttl=ttl) for ttl in range(300)]

    with ThreadPoolExecutor(3) as threads:
        encrypted = list(threads.map(encrypter.encrypt, letters))

    assert [one.headers["TTL"] for one in encrypted] == [str(ttl) for ttl in range(300)]
    assert [ANAS.open(one.body) for one in encrypted] == [one.payload for one in letters]


def test_what_comes_too_late_is_not_sent(encrypter: Encrypter) -> None:
    with pytest.raises(ValueError, match="over"):
        encrypter.encrypt(message(ANAS, ttl=-1))


def test_the_largest_fills_what_push_services_take(encrypter: Encrypter) -> None:
    encrypted = encrypter.encrypt(message(ANAS, b"x" * LARGEST))

    assert len(encrypted.body) == 4096
    assert ANAS.open(encrypted.body) == b"x" * LARGEST


def test_a_larger_one_is_not_sent(encrypter: Encrypter) -> None:
    with pytest.raises(ValueError, match="3994 bytes"):
        encrypter.encrypt(message(ANAS, b"x" * (LARGEST + 1)))


@settings(deadline=None)
@given(text=st.binary(max_size=LARGEST))
def test_whatever_it_is_arrives_whole(encrypter: Encrypter, text: bytes) -> None:
    assert ANAS.open(encrypter.encrypt(message(ANAS, text)).body) == text


def test_it_says_what_every_browser_reads() -> None:
    assert said() == {
        "web_push": 8030,
        "notification": {
            "title": "Journal",
            "body": "A minute for your day?",
            "navigate": TODAY,
            "lang": "en",
            "tag": TAG,
            "data": {"id": str(ID), "receipt": f"https://journal.example.org/push/receipts/{ID}"},
            "actions": [{"action": "later", "title": "In an hour"}],
            "mutable": True,
        },
        "app_badge": 1,
        "mutable": True,
    }


def test_without_a_later_there_is_no_button() -> None:
    assert said(later=None)["notification"]["actions"] == []


def test_every_language_is_sent_as_it_is_written() -> None:
    sent = payload(ID, "Journal", "¿Un minuto? 日 🌙", TODAY, TAG, "es")

    assert "¿Un minuto? 日 🌙" in sent.decode()


@settings(deadline=None)
@given(body=st.text(st.characters(codec="utf-8"), max_size=800))
def test_whatever_it_says_arrives_as_it_was_meant(body: str) -> None:
    assert said(body)["notification"]["body"] == body


@pytest.mark.parametrize(
    ("title", "navigate"),
    [("", TODAY), ("Journal", "/today"), ("Journal", ""), ("Journal", "today")],
)
def test_what_no_phone_would_show_is_not_written(title: str, navigate: str) -> None:
    with pytest.raises(ValueError, match="title"):
        payload(ID, title, "", navigate, TAG, "en")


def test_too_many_words_are_not_written() -> None:
    with pytest.raises(ValueError, match="room for 3993"):
        payload(ID, "Journal", "ü" * 2000, TODAY, TAG, "en")


def test_web_servers_do_not_carry_what_only_the_worker_needs() -> None:
    loaded = "import sys, journal.push.messages, journal.push.endpoint; print(*sys.modules)"

    said = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )

    assert not {"aiohttp", "jwt", "pydantic", "webpush"} & set(said.stdout.split())


@pytest.mark.parametrize("tag", [TAG, "a", "A_b-9", "x" * 32])
def test_a_tag_is_its_own_topic(tag: str) -> None:
    assert topic(tag) == tag


@settings(deadline=None)
@given(tag=st.text(st.characters(codec="utf-8")))
def test_every_tag_has_a_topic_that_can_be_said(tag: str) -> None:
    assert 1 <= len(topic(tag)) <= 32
    assert re.fullmatch(r"[A-Za-z0-9_-]+", topic(tag))
    assert topic(topic(tag)) == topic(tag)


def test_two_tags_have_two_topics() -> None:
    assert topic("x" * 33) != topic("x" * 34)


def test_the_keys_of_a_browser_are_taken() -> None:
    check_keys(ANAS.p256dh, ANAS.auth)
    check_keys(P256DH, AUTH)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", AUTH),
        (P256DH, ""),
        (AUTH, P256DH),
        (P256DH[:-1], AUTH),
        (P256DH + "A", AUTH),
        (P256DH + "=", AUTH),
        (P256DH + "\n", AUTH),
        ("+" + P256DH[1:], AUTH),
        (base64(b"\x04" + b"\x00" * 64), AUTH),
        (base64(b"\x04" + b"\xff" * 64), AUTH),
        (base64(b"\x02" + b"\x01" * 64), AUTH),
        (P256DH, AUTH[:-1] + "é"),
        (P256DH, AUTH + "A"),
    ],
)
def test_what_cannot_be_encrypted_for_is_told_at_once(p256dh: str, auth: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_keys(p256dh, auth)

    assert refused.value.field == "keys"
