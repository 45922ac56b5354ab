"""The crawler never reaches an address inside our own network."""

from __future__ import annotations

from contextlib import closing

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.crawl import CrawlMemory, Fetched, HttpFetcher, Visit, crawl
from ingest.crawl.guard import GuardedTransport, RefusedAddress, is_public
from tests.ingest.crawl.conftest import Serve, a_page, a_site
from tests.ingest.site.server import Answer

PUBLIC = "93.184.216.34"


class Reached(httpx.BaseTransport):
    """Remembers where a request went."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(200, text="bereikt")


def fetched_from(url: str, *, allow_loopback: bool = False) -> Fetched:
    """What a fetcher of its own finds at an address."""
    with closing(HttpFetcher("x", allow_loopback=allow_loopback)) as fetcher:
        return fetcher.fetch(url)


@pytest.mark.parametrize(
    "address",
    """
    127.0.0.1 127.8.9.1 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1
    255.255.255.255 192.0.2.1 198.18.0.1 240.0.0.1 ::1 :: fe80::1 fe80::1%eth0 fc00::1 fd12:3456::1 ff02::1
    ::ffff:127.0.0.1 ::ffff:93.184.216.34 2002:7f00:1:: 64:ff9b::7f00:1 2001:db8::1 2001:0:7f00:1:: onzin
    """.split(),
)
def test_private_local_and_reserved_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "145.131.1.1", "2a02:22a0:bbb3:dc50::1"])
def test_ordinary_addresses_are_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses())
def test_every_address_is_judged_without_failing(address: object) -> None:
    assert isinstance(is_public(str(address)), bool)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_our_own_network_is_refused_however_it_is_written(url: str) -> None:
    fetched = fetched_from(url)

    assert fetched.status == 0
    assert "RefusedAddress" in str(fetched.problem) or "ConnectError" in str(fetched.problem)


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    reached = Reached()
    transport = GuardedTransport(resolve=lambda host, port: next(answers), inner=lambda: reached)

    with httpx.Client(transport=transport) as client:
        client.get("https://wisselend.example/pad")
        with pytest.raises(RefusedAddress):
            client.get("https://wisselend.example/pad")

    (request,) = reached.requests
    assert request.url.host == PUBLIC
    assert request.headers["Host"] == "wisselend.example"
    assert request.extensions["sni_hostname"] == "wisselend.example", "the certificate is checked against the name"


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    transport = GuardedTransport(resolve=lambda host, port: [PUBLIC, "10.0.0.1"], inner=Reached)

    with httpx.Client(transport=transport) as client, pytest.raises(RefusedAddress):
        client.get("http://gemengd.example/")


def test_each_name_has_connections_of_its_own() -> None:
    made: list[Reached] = []
    transport = GuardedTransport(resolve=lambda host, port: [PUBLIC], inner=lambda: made.append(Reached()) or made[-1])  # type: ignore[func-returns-value]

    with httpx.Client(transport=transport) as client:
        for host in ("een.example", "twee.example", "een.example"):
            client.get(f"https://{host}/")

    assert [len(reached.requests) for reached in made] == [2, 1]


def test_loopback_is_let_through_only_by_the_setting(serve: Serve) -> None:
    website = serve({"/": a_page()})

    assert fetched_from(f"{website.address}/").status == 0
    assert fetched_from(f"{website.address}/", allow_loopback=True).status == 200
    assert website.asked.total() == 1


def test_the_setting_for_loopback_opens_no_other_network() -> None:
    transport = GuardedTransport(allow_loopback=True, resolve=lambda host, port: ["192.168.1.1"], inner=Reached)

    with httpx.Client(transport=transport) as client, pytest.raises(RefusedAddress):
        client.get("http://thuis.example/")


def test_a_proxy_in_the_environment_is_not_used(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    website = serve({"/": a_page()})
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")

    assert fetched_from(f"{website.address}/", allow_loopback=True).status == 200


def test_a_redirect_into_our_network_is_not_followed(serve: Serve, memory: CrawlMemory, fetcher: HttpFetcher) -> None:
    inside = serve(
        {"/geheim": a_page("Dit is geheim en hoort nergens anders te staan dan hier, in ons eigen netwerk.")}
    )
    website = serve({"/": Answer(b'<html><body><a href="/a">a</a></body></html>')})
    website.answers["/a"] = Answer(b"", 302, {"Location": f"{inside.address}/geheim"})

    report = crawl(a_site(website), memory, fetcher)

    assert report.count(Visit.GONE) == 1
    assert inside.asked.total() == 0
