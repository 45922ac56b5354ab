"""How much one visitor, one network and one website may ask, and that somebody in danger never waits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from assistant.errors import SettingsError
from assistant.settings import Settings
from tests.web.fake_assistant import FakeAssistant
from web.app import create_app
from web.rate_limit import RateLimit, in_words, network_of

EMMEN, ASSEN = "https://www.emmen.nl", "https://www.assen.nl"
CRISIS = "ik wil dood"


@pytest.fixture
def rules() -> dict[str, str]:
    return {}


@pytest.fixture
def settings(tmp_path: Path, rules: dict[str, str]) -> Settings:
    wide = {"rate_limit": "100/minute", "network_rate_limit": "100/minute", "site_rate_limit": "100/minute"}
    own: dict[str, Any] = {**wide, **rules, "data_dir": tmp_path, "widget_sites": f"{EMMEN} https://*.assen.nl"}
    return Settings(**own)


async def ask(app: FastAPI, address: str, question: str = "Wie helpt mij?", **form: str) -> httpx.Response:
    """The answer to a question on the page, from an address."""
    transport = httpx.ASGITransport(app, client=(address, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.post("/vraag", data={"vraag": question, **form}, headers={"HX-Request": "true"})


@pytest.mark.parametrize("rules", [{"rate_limit": "3/day"}], ids=["a day"])
async def test_a_visitor_has_a_limit_for_the_day_and_reads_how_long_to_wait(app: FastAPI) -> None:
    answers = [await ask(app, "203.0.113.7") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert int(answers[3].headers["Retry-After"]) > 80_000
    assert "Je stelt veel vragen achter elkaar. Wacht 24 uur en stel je vraag dan opnieuw." in answers[3].text
    assert (await ask(app, "203.0.113.8")).status_code == 200


@pytest.mark.parametrize("rules", [{"network_rate_limit": "4/minute"}], ids=["a network"])
async def test_many_addresses_of_one_network_share_a_limit(app: FastAPI) -> None:
    same = [(await ask(app, f"203.0.113.{n}")).status_code for n in range(6)]
    homes = [(await ask(app, f"2001:db8:1:{n}::1")).status_code for n in range(6)]

    assert same == homes == [200, 200, 200, 200, 429, 429]
    assert (await ask(app, "203.0.114.1")).status_code == 200
    assert (await ask(app, "2001:db8:2::1")).status_code == 200


@pytest.mark.parametrize("rules", [{"site_rate_limit": "3/minute"}], ids=["a website"])
async def test_one_website_with_the_widget_does_not_use_up_what_is_for_others(app: FastAPI) -> None:
    def through(site: str) -> dict[str, str]:
        return {"kader": "widget", "site": site}

    emmen = [(await ask(app, f"198.51.{n}.1", **through(EMMEN))).status_code for n in range(5)]
    assen = (await ask(app, "198.51.100.1", **through(ASSEN))).status_code
    made_up = [(await ask(app, f"192.0.{n}.1", **through(f"https://x{n}.nl"))).status_code for n in range(5)]

    assert emmen == [200, 200, 200, 429, 429]
    assert assen == 200
    assert made_up == [200, 200, 200, 429, 429]


@pytest.mark.parametrize(
    "rules",
    [{"rate_limit": "1/day"}, {"network_rate_limit": "1/day"}, {"site_rate_limit": "1/day"}],
    ids=["visitor", "network", "website"],
)
async def test_somebody_in_danger_never_waits_whatever_is_used_up(app: FastAPI, rules: dict[str, str]) -> None:
    refused = [(await ask(app, "203.0.113.7")).status_code for _ in range(2)]

    answers = [await ask(app, "203.0.113.7", CRISIS) for _ in range(20)]

    assert refused == [200, 429]
    assert {answer.status_code for answer in answers} == {200}
    assert all("113" in answer.text for answer in answers)


@pytest.mark.parametrize("rules", [{"rate_limit": "2/minute"}], ids=["searching"])
async def test_searching_by_words_has_a_limit_of_its_own(client: httpx.AsyncClient) -> None:
    addresses = ("/zoeken?q=hulp", "/api/v1/search?q=hulp", "/zoeken.csv?q=hulp")
    answers = [await client.get(address) for address in addresses]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Je zoekt veel achter elkaar." in answers[2].text
    assert (await client.get("/zoeken?gemeente=Emmen")).status_code == 200
    assert (await client.get("/zoeken", params={"q": CRISIS})).status_code == 200
    assert (await client.post("/api/v1/ask", json={"question": "Wie helpt mij?"})).status_code == 200


@pytest.mark.parametrize("rules", [{"rate_limit": "off", "network_rate_limit": "1/day", "site_rate_limit": "1/day"}])
async def test_off_turns_all_three_off(app: FastAPI) -> None:
    assert {(await ask(app, "203.0.113.7")).status_code for _ in range(3)} == {200}


@pytest.mark.parametrize("setting", ["network_rate_limit", "site_rate_limit", "api_rate_limit"])
def test_a_limit_that_cannot_be_read_is_named(tmp_path: Path, setting: str) -> None:
    own: dict[str, Any] = {"data_dir": tmp_path, setting: "veel"}

    with pytest.raises(SettingsError, match=f"{setting.upper()}='veel'"):
        create_app(Settings(**own), FakeAssistant())


async def test_what_one_rule_refuses_leaves_the_others_as_they_were() -> None:
    limit = RateLimit("2/minute;3/day")

    waits = [await limit.seconds_to_wait("x") for _ in range(3)]

    assert waits[:2] == [0, 0]
    assert 0 < waits[2] <= 60


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("unix", "unix"),
    ],
    ids=["IPv4", "IPv4 written as IPv6", "IPv6", "no address"],
)
def test_a_network_is_the_first_part_of_an_address(address: str, network: str) -> None:
    from starlette.requests import Request

    assert network_of(Request({"type": "http", "client": (address, 1)})) == network


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "een seconde"),
        (90, "90 seconden"),
        (91, "2 minuten"),
        (5400, "90 minuten"),
        (5401, "2 uur"),
        (86_400, "24 uur"),
    ],
)
def test_a_wait_is_told_as_one_says_it(seconds: int, words: str) -> None:
    assert in_words(seconds) == words
