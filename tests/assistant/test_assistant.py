"""The front door, from question to cited answer, on the small corpus."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from assistant import Assistant, replies
from assistant.assistant import with_turn_facts
from assistant.domain import Answer, Draft, Exchange, Filter, Outcome, Question, Turn
from assistant.embedding import Embedder
from assistant.errors import IndexMissing, ModelMismatch
from assistant.index.edge import EdgeHome
from assistant.language import thesaurus
from assistant.language.languages import identifier
from assistant.settings import read_settings
from assistant.streaming import Finished
from ingest import refresh
from ingest.generations import rollback
from tests.conftest import REPOSITORY, Workplace
from tests.fakes import HashingEmbedder
from tests.small_corpus import write_source


@pytest.fixture
async def own(workplace: Workplace, embedder: Embedder) -> AsyncIterator[Assistant]:
    """An assistant on a copy, for a test that changes the index under it."""
    assistant = Assistant(workplace.settings, EdgeHome(workplace.index), embedder)
    yield assistant
    await assistant.close()


@pytest.fixture
async def homeless(tmp_path: Path, embedder: Embedder) -> AsyncIterator[Assistant]:
    """An assistant without an index."""
    assistant = Assistant(read_settings(data_dir=tmp_path), EdgeHome(tmp_path / "index"), embedder)
    yield assistant
    await assistant.close()


def cited(answer: Answer) -> list[str]:
    return [citation.source.id for citation in answer.citations]


async def test_a_village_leads_to_the_help_of_its_municipality(assistant: Assistant) -> None:
    answer = await assistant.ask("Waar kan ik mensen ontmoeten in Klazienaveen?")

    assert answer.outcome is Outcome.ANSWERED
    assert answer.municipality == "Emmen"
    assert answer.cards[0].source.id == "emmen-inloop"


async def test_the_chosen_municipality_decides_where_no_place_is_named(assistant: Assistant) -> None:
    answer = await assistant.ask("Wie helpt mij met schulden?", municipality="Assen")

    assert cited(answer)[0] == "assen-geldloket"
    assert "emmen-geldloket" not in cited(answer)


@pytest.mark.parametrize(
    "question",
    [
        "Waar kan ik mensen ontmoeten in Emmen?",
        "Wie helpt mij met schulden?",
        "Wat is Gezonde Marke?",
        "Hoeveel mensen in Drenthe zijn eenzaam?",
        "Wie helpt als mijn man dementie heeft?",
        "Welke projecten zijn er in Zuidoost-Drenthe?",
        "Met wie kan ik praten als ik aan zelfmoord denk?",
    ],
)
async def test_every_mark_has_a_citation_and_every_quote_stands_literally_in_its_source(
    assistant: Assistant, question: str
) -> None:
    answer = await assistant.ask(question)

    marks = {int(mark) for mark in re.findall(r"\[(\d+)\]", answer.text)}
    assert marks <= {citation.number for citation in answer.citations}
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    for citation in answer.citations:
        assert citation.quote
        assert citation.quote in citation.source.text
        assert citation.link.startswith(f"{citation.source.url}#:~:text=")
    for card in answer.cards:
        assert card.summary in card.source.text
        assert card.citation in {citation.number for citation in answer.citations}


async def test_figures_are_quoted_with_their_source(assistant: Assistant) -> None:
    answer = await assistant.ask("Hoeveel mensen in Drenthe zijn eenzaam?")

    assert "46 procent" in answer.text
    assert cited(answer)[0] == "cijfers-eenzaamheid"


async def test_an_old_source_is_called_old(assistant: Assistant) -> None:
    answer = await assistant.ask("Wie helpt als mijn man dementie heeft?")

    assert "maart 2016" in answer.text
    assert answer.citations[0].stale


async def test_what_we_do_not_know_is_not_made_up(assistant: Assistant) -> None:
    answer = await assistant.ask("Hoe laat vertrekt de boot naar Terschelling?")

    assert answer.outcome in {Outcome.UNANSWERABLE, Outcome.SUGGESTED, Outcome.REFUSED_OFF_TOPIC}
    assert not answer.cards


async def test_a_place_outside_drenthe_is_said_to_be_that(assistant: Assistant) -> None:
    answer = await assistant.ask("Wie helpt met schulden in Groningen?")

    assert answer.outcome in {Outcome.SUGGESTED, Outcome.UNANSWERABLE}
    assert "Groningen ligt niet in Drenthe" in answer.text
    assert answer.municipality is None


async def test_a_follow_up_knows_what_it_is_about(assistant: Assistant) -> None:
    earlier = Exchange(
        "Waar kan ik mensen ontmoeten in Emmen?",
        Outcome.ANSWERED,
        municipality="Emmen",
        search_text="Waar kan ik mensen ontmoeten",
        sources=("emmen-inloop",),
    )

    answer = await assistant.ask("Wat kost dat?", history=[earlier])

    assert cited(answer) == ["emmen-inloop"]
    assert "€ 1,50" in answer.text


async def test_personal_data_comes_back_in_no_part_of_the_turn_but_the_question(assistant: Assistant) -> None:
    turn = await assistant.take_turn(Question("Mijn bsn is 123456782, wie helpt mij met schulden in Emmen?"))

    assert turn.answer is not None
    assert "burgerservicenummer" in turn.answer.text
    assert "123456782" not in " ".join([turn.text, turn.search_text, turn.answer.text])


async def test_no_question_is_ever_logged(assistant: Assistant, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        await assistant.ask("Waar kan Truus Zwaagman terecht voor hulp bij schulden in Emmen?")

    assert "Truus" not in caplog.text


async def test_the_time_of_every_step_is_recorded(assistant: Assistant) -> None:
    turn = await assistant.take_turn(Question("Wat doet Gezonde Marke voor iedereen?"))

    steps = ["ScreenQuestion", "WatchForCrisis", "KeepBounds", "TellProgress", "UnderstandQuestion", "FindPassages"]
    assert list(turn.milliseconds)[:6] == steps
    assert turn.answer is not None
    assert turn.answer.milliseconds == pytest.approx(sum(turn.milliseconds.values()), abs=0.1)


async def test_many_questions_at_once_each_get_their_own_answer(assistant: Assistant) -> None:
    questions = ["Wie helpt met schulden in Emmen?", "Wie helpt met schulden in Assen?", "Wat is Gezonde Marke?"] * 4

    answers = await asyncio.gather(*(assistant.ask(question) for question in questions))

    assert [cited(answer)[0] for answer in answers] == ["emmen-geldloket", "assen-geldloket", "gezonde-marke"] * 4


async def test_sources_can_be_searched_listed_and_opened(assistant: Assistant) -> None:
    passages = await assistant.search("mantelzorg", limit=1)
    helplines = await assistant.sources(Filter(kinds=("hulplijn",)))
    facets = await assistant.facets("kind")
    source = await assistant.source("nl-113")

    assert passages[0].source.id == "coevorden-mantelzorg"
    assert len(helplines) == facets["hulplijn"] == 3
    assert source in helplines


async def test_without_an_index_a_crisis_is_still_answered(homeless: Assistant) -> None:
    answer = await homeless.ask("ik wil niet meer leven")

    assert answer.outcome is Outcome.CRISIS_SUICIDE
    assert "113" in answer.text


async def test_without_an_index_a_question_fails_with_an_apology_and_where_to_call(homeless: Assistant) -> None:
    answer = await homeless.ask("Wie helpt mij met schulden?")

    assert (answer.outcome, answer.text) == (Outcome.FAILED, replies.FAILED)
    assert "113" in answer.text


async def test_whatever_is_wrong_with_the_index_a_crisis_is_answered_and_a_stream_ends(
    homeless: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken() -> None:
        raise RuntimeError("a segment is corrupt")

    monkeypatch.setattr(homeless, "_current", broken)

    async with asyncio.timeout(10):
        events = [event async for event in homeless.stream(Question("ik wil niet meer leven"))]
        other = await homeless.ask("Wie helpt mij met schulden?")

    assert isinstance(events[-1], Finished)
    assert events[-1].turn.outcome is Outcome.CRISIS_SUICIDE
    assert other.outcome is Outcome.FAILED


async def test_without_an_index_starting_says_how_to_build_one(homeless: Assistant) -> None:
    with pytest.raises(IndexMissing, match="python -m ingest refresh"):
        await homeless.start()


async def test_an_index_that_is_built_later_is_used_from_then_on(
    homeless: Assistant, small: Workplace, tmp_path: Path
) -> None:
    await homeless.ask("Wat is Gezonde Marke?")
    shutil.copy(small.settings.data_dir / "vectors.sqlite", tmp_path)  # what was embedded once costs no time
    write_source(
        tmp_path / "corpus", "nieuw", "Het Kulturhus in Emmen heeft een leeskring voor iedereen.", titel="Leeskring"
    )

    await refresh(read_settings(data_dir=tmp_path), tmp_path / "corpus")

    assert (await homeless.ask("Is er een leeskring in Emmen?")).outcome is not Outcome.FAILED
    assert await homeless.source("nieuw") is not None


async def test_a_newly_published_generation_answers_the_next_question(own: Assistant, workplace: Workplace) -> None:
    assert "breiclub" not in cited(await own.ask("Waar is een breiclub in Emmen?"))
    write_source(
        workplace.corpus, "breiclub", "De breiclub in Emmen breit elke woensdag sokken.", titel="Breiclub in Emmen"
    )

    await refresh(workplace.settings, workplace.corpus)

    assert cited(await own.ask("Waar is een breiclub in Emmen?"))[0] == "breiclub"


async def test_a_rollback_is_followed_too(own: Assistant, workplace: Workplace) -> None:
    write_source(workplace.corpus, "breiclub", "De breiclub in Emmen breit elke woensdag sokken.", titel="Breiclub")
    await refresh(workplace.settings, workplace.corpus)
    assert await own.source("breiclub") is not None

    await rollback(workplace.settings)

    assert await own.source("breiclub") is None


async def test_an_assistant_that_was_closed_opens_again_at_the_next_question(own: Assistant) -> None:
    await own.ask("Wat is Gezonde Marke?")
    await own.close()

    assert cited(await own.ask("Wat is Gezonde Marke?")) == ["gezonde-marke"]


async def test_once_settled_no_question_waits_for_what_the_first_one_of_its_kind_would_load(
    own: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    for loaded in (identifier, thesaurus._compiled):
        loaded.cache_clear()

    await own.settle()

    library = own._library
    assert library is not None
    monkeypatch.setattr(library._index, "retrieve", None)
    assert cited(await own.ask("Wat is Gezonde Marke?")) == ["gezonde-marke"]
    assert identifier.cache_info().currsize == 1
    assert thesaurus._compiled.cache_info().currsize == len(thesaurus.patterns())


async def test_settling_without_an_index_does_what_needs_none(homeless: Assistant) -> None:
    identifier.cache_clear()

    await homeless.settle()

    assert identifier.cache_info().currsize == 1


async def test_an_index_of_another_model_is_refused_and_both_are_named(workplace: Workplace) -> None:
    assistant = Assistant(workplace.settings, EdgeHome(workplace.index), HashingEmbedder())

    with pytest.raises(ModelMismatch, match=r"bundled:e5-small.*fake:hashing.*python -m ingest refresh"):
        await assistant.start()
    await assistant.close()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "🙂" * 50,
        "a" * 50_000,
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "\0\x1b[31m",
        "١٢٣ مساعدة",
        "{text}",
    ],
    ids=["empty", "a mark", "emoji", "endless", "HTML", "SQL", "control", "Arabic", "a template"],
)
async def test_whatever_is_typed_gets_an_answer(assistant: Assistant, text: str) -> None:
    answer = await assistant.ask(text)

    assert answer.text
    assert answer.outcome is not Outcome.FAILED


def ask_in_the_terminal(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments], capture_output=True, text=True, cwd=REPOSITORY, check=False
    )


def test_the_command_line_prints_the_object_of_the_api(workplace: Workplace) -> None:
    result = ask_in_the_terminal("Wat is Gezonde Marke?", "--json", "--data", str(workplace.settings.data_dir))

    body = json.loads(result.stdout)
    assert body["outcome"] == "answered"
    assert body["citations"][0]["source"] == "gezonde-marke"


def test_the_command_line_says_in_one_line_that_there_is_no_index(tmp_path: Path) -> None:
    result = ask_in_the_terminal("Wat is Gezonde Marke?", "--data", str(tmp_path))

    assert result.returncode == 1
    assert result.stderr.splitlines()[-1].startswith("IndexMissing: ")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("drafted", [False, True], ids=["a fixed reply", "a written answer"])
def test_the_helpline_of_what_sounded_like_a_crisis_is_named_once(drafted: bool) -> None:
    text = "Daar weet ik niets van." if not drafted else f"Kijk hier.\n\n{replies.IN_CASE[Outcome.CRISIS_DANGER]}"
    turn = Turn(
        Question("brand"),
        set_aside=Outcome.CRISIS_DANGER,
        draft=Draft() if drafted else None,
        answer=Answer(Outcome.REFUSED_OFF_TOPIC, text),
    )

    told = with_turn_facts(turn).answer

    assert told is not None
    assert told.text.count(replies.IN_CASE[Outcome.CRISIS_DANGER]) == 1
