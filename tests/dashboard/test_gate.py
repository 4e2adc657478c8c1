"""The gate as a table: what a browser of ours sends gets in, everything else does not."""

from __future__ import annotations

from itertools import product

import pytest

from companion.dashboard.gate import Knock, Refusal, Site, refusal

HOST = "127.0.0.1:8420"
SITE = Site(host=HOST, streams=frozenset({"/stroom"}))
GOOD_ORIGIN = f"http://{HOST}"

WRONG_HOSTS: tuple[tuple[str, ...], ...] = (
    (),
    ("",),
    ("127.0.0.1",),
    ("127.0.0.1:80",),
    ("127.0.0.1:8421",),
    ("127.0.0.1:84200",),
    ("127.0.0.1:08420",),
    ("localhost:8420",),
    ("LOCALHOST:8420",),
    ("0.0.0.0:8420",),
    ("[::1]:8420",),
    ("127.1:8420",),
    ("2130706433:8420",),
    ("127.0.0.1.:8420",),
    ("evil.example",),
    ("evil.example:8420",),
    ("127.0.0.1:8420.evil.example",),
    ("127.0.0.1.evil.example:8420",),
    ("evil.example@127.0.0.1:8420",),
    ("127.0.0.1:8420@evil.example",),
    (" 127.0.0.1:8420",),
    ("127.0.0.1:8420 ",),
    ("127.0.0.1:8420, evil.example",),
    ("127.0.0.1:8420\x00",),
    (HOST, HOST),
    (HOST, "evil.example"),
    ("evil.example", HOST),
)
WRONG_ORIGINS: tuple[tuple[str, ...], ...] = (
    ("",),
    ("null",),
    ("http://evil.example",),
    ("https://127.0.0.1:8420",),
    ("http://127.0.0.1",),
    ("http://127.0.0.1:8421",),
    ("http://localhost:8420",),
    ("http://127.0.0.1:8420/",),
    ("http://127.0.0.1:8420.evil.example",),
    ("HTTP://127.0.0.1:8420",),
    ("file://",),
    ("chrome-extension://abcdef",),
    (GOOD_ORIGIN, GOOD_ORIGIN),
    (GOOD_ORIGIN, "http://evil.example"),
    (f"{GOOD_ORIGIN}, http://evil.example",),
)
FETCH_SITES: tuple[tuple[tuple[str, ...], bool], ...] = (
    ((), True),
    (("same-origin",), True),
    (("none",), True),
    (("same-site",), False),
    (("cross-site",), False),
    (("",), False),
    (("Same-Origin",), False),
    (("same-origin", "cross-site"), False),
)
REQUESTS: tuple[tuple[str, str, str, bool], ...] = (
    # kind, method, path, whether only our own page may ask it
    ("http", "GET", "/", False),
    ("http", "HEAD", "/", False),
    ("http", "GET", "/stroom", True),
    ("http", "POST", "/beginnen", True),
    ("websocket", "GET", "/", True),
    ("websocket", "GET", "/stroom", True),
)


def knock(
    request: tuple[str, str, str, bool],
    hosts: tuple[str, ...] = (HOST,),
    origins: tuple[str, ...] = (),
    sites: tuple[str, ...] = (),
    *extra: tuple[bytes, bytes],
) -> Knock:
    kind, method, path, _ = request
    named = [("host", h) for h in hosts]
    named += [("origin", o) for o in origins]
    named += [("sec-fetch-site", s) for s in sites]
    headers = tuple((name.encode(), value.encode()) for name, value in named)
    return Knock(kind=kind, method=method, path=path, headers=(*headers, *extra))


_HOST_CASES = list(product(REQUESTS, WRONG_HOSTS, ((), (GOOD_ORIGIN,))))
_ORIGIN_CASES = list(product(REQUESTS, WRONG_ORIGINS, ((), ("same-origin",))))
_SITE_CASES = list(product(REQUESTS, FETCH_SITES, ((), (GOOD_ORIGIN,))))


def test_the_table_has_its_promised_length() -> None:
    assert len(_HOST_CASES) + len(_ORIGIN_CASES) + len(_SITE_CASES) >= 400


@pytest.mark.parametrize(("request_", "hosts", "origins"), _HOST_CASES)
def test_any_other_host_is_refused(
    request_: tuple[str, str, str, bool], hosts: tuple[str, ...], origins: tuple[str, ...]
) -> None:
    assert refusal(knock(request_, hosts, origins), SITE) == Refusal(421, "gate.host")


@pytest.mark.parametrize(("request_", "origins", "sites"), _ORIGIN_CASES)
def test_another_origin_may_look_at_nothing_that_lasts_or_changes(
    request_: tuple[str, str, str, bool], origins: tuple[str, ...], sites: tuple[str, ...]
) -> None:
    answer = refusal(knock(request_, (HOST,), origins, sites), SITE)
    assert answer == (Refusal(403, "gate.origin") if request_[3] else None)


@pytest.mark.parametrize(("request_", "site", "origins"), _SITE_CASES)
def test_fetch_metadata_is_believed_when_it_says_elsewhere(
    request_: tuple[str, str, str, bool],
    site: tuple[tuple[str, ...], bool],
    origins: tuple[str, ...],
) -> None:
    sites, fine = site
    answer = refusal(knock(request_, (HOST,), origins, sites), SITE)
    assert answer == (None if fine or not request_[3] else Refusal(403, "gate.site"))


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get"])
def test_only_the_methods_in_use_exist(method: str) -> None:
    answer = refusal(knock(("http", method, "/", True)), SITE)
    assert answer == Refusal(405, "gate.method")


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        (b"application/x-www-form-urlencoded", None),
        (b"application/x-www-form-urlencoded; charset=utf-8", None),
        (b"application/json", None),
        (b"multipart/form-data; boundary=x", 415),
        (b"Multipart/Form-Data; boundary=x", 415),
        (b"text/plain", 415),
        (b"application/xml", 415),
        (b"", 415),
    ],
)
def test_bodies_come_in_two_kinds(content_type: bytes, status: int | None) -> None:
    request = ("http", "POST", "/beginnen", True)
    answer = refusal(knock(request, (HOST,), (), (), (b"content-type", content_type)), SITE)
    assert (answer.status if answer else None) == status


def test_an_endless_answer_asked_for_by_its_type_is_a_stream_too() -> None:
    asked = knock(("http", "GET", "/", False), (HOST,), ("http://evil.example",), (),
                  (b"accept", b"text/html, Text/Event-Stream"))  # fmt: skip
    assert refusal(asked, SITE) == Refusal(403, "gate.origin")


def test_a_very_long_address_is_refused() -> None:
    long = Knock(kind="http", target_bytes=5000, headers=((b"host", HOST.encode()),))
    assert refusal(long, SITE) == Refusal(414, "gate.target")
