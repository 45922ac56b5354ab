"""What a model may do: put the answer in its own words, sentence by sentence, without being missed when it is away."""

from __future__ import annotations

import asyncio
import logging
from time import perf_counter

import pytest

from assistant import Assistant
from assistant.domain import Answer, Outcome, Question, Turn
from assistant.history import exchange_of
from assistant.streaming import CheckedSentence, Event, Finished, Progress
from tests.model.conftest import Opens
from tests.model.endpoint import OK, Endpoint, Line, Seen, sentences

DEBTS = Question("Wie helpt mij met schulden in Emmen?")


def answer_of(turn: Turn) -> Answer:
    assert turn.answer is not None
    return turn.answer


async def events_of(assistant: Assistant, question: Question) -> list[Event]:
    return [event async for event in assistant.stream(question)]


async def test_a_true_sentence_is_told_with_its_mark_and_its_literal_quote(
    endpoint: Endpoint, with_model: Opens
) -> None:
    async def shorter(seen: Seen, line: Line) -> None:
        await line.say(sentences((seen.first.replace(" en betalingsachterstanden", ""), 1)))

    endpoint.behave = shorter

    answer = answer_of(await with_model(llm_model="proefmodel").take_turn(DEBTS))

    said = "Het Loket Geldzaken van de gemeente Emmen helpt inwoners met schulden."
    assert f"{said} [1]" in answer.text
    assert answer.engine == "proefmodel"
    assert said not in answer.citations[0].source.text
    assert answer.citations[0].quote in answer.citations[0].source.text
    assert [card.source.id for card in answer.cards][:1] == ["emmen-geldloket"]


async def test_the_true_sentences_of_a_half_lie_stay(endpoint: Endpoint, with_model: Opens) -> None:
    async def half(seen: Seen, line: Line) -> None:
        await line.say(sentences((seen.first, 1), ("Je krijgt er duizend euro contant.", 1)))

    endpoint.behave = half

    turn = await with_model().take_turn(DEBTS)

    assert answer_of(turn).engine != "extractive"
    assert "duizend" not in answer_of(turn).text
    assert [dropped.text for dropped in turn.dropped] == ["Je krijgt er duizend euro contant."]


async def test_one_rewrite_is_asked_for_and_no_more(endpoint: Endpoint, with_model: Opens) -> None:
    async def better(seen: Seen, line: Line) -> None:
        await line.say(
            sentences(("Alles is gratis voor iedereen.", 1)) if len(endpoint.seen) == 1 else sentences((seen.first, 1))
        )

    endpoint.behave = better

    turn = await with_model().take_turn(DEBTS)

    assert len(endpoint.seen) == 2
    assert "afgekeurd" in endpoint.seen[1].system
    assert answer_of(turn).engine != "extractive"


@pytest.mark.parametrize("engine", ["sources", "model"])
async def test_a_stream_tells_the_answer_in_pieces_and_ends_once(
    engine: str, assistant: Assistant, with_model: Opens
) -> None:
    events = await events_of(assistant if engine == "sources" else with_model(), DEBTS)

    told = [event for event in events if isinstance(event, CheckedSentence)]
    assert isinstance(events[0], Progress)
    assert [type(event) for event in events].count(Finished) == 1
    assert isinstance(events[-1], Finished)
    assert "".join(piece.before + piece.text for piece in told) == answer_of(events[-1].turn).text


@pytest.mark.parametrize(
    "text",
    ["Welke projecten zijn er in Zuidoost-Drenthe?", "Hoeveel mensen in Drenthe zijn eenzaam?",
     "Wie helpt bij dementie?", "hulp bij schulden en ik zorg voor mijn moeder in Coevorden", "Wat kost een paspoort?"],
)  # fmt: skip
async def test_the_pieces_of_any_answer_are_its_text(text: str, assistant: Assistant, with_model: Opens) -> None:
    for each in (assistant, with_model()):
        events = await events_of(each, Question(text))

        told = "".join(event.before + event.text for event in events if isinstance(event, CheckedSentence))
        assert isinstance(events[-1], Finished)
        assert told in ("", answer_of(events[-1].turn).text)


async def test_the_first_sentence_does_not_wait_for_the_last_and_costs_little_time(
    endpoint: Endpoint, with_model: Opens
) -> None:
    said: list[float] = []

    async def slow_second(seen: Seen, line: Line) -> None:
        await line.raw(OK)
        whole = sentences((seen.first, 1))
        said.append(perf_counter())
        await line.piece(whole.removesuffix("]}") + ", ")
        await asyncio.sleep(1.0)
        await line.piece('{"tekst": "Onzin.", "bron": 1}]}')

    endpoint.behave = slow_second
    model = with_model()
    await events_of(model, DEBTS)

    heard = 0.0
    async for event in model.stream(DEBTS):
        if isinstance(event, CheckedSentence) and "Loket Geldzaken" in event.text and not heard:
            heard = perf_counter()

    assert heard - said[-1] < 0.5
    # The bound of 50 ms is measured on an idle machine; here others may work at the same time.


async def test_pulling_the_plug_during_a_conversation_leaves_every_question_answered(
    endpoint: Endpoint, with_model: Opens, assistant: Assistant
) -> None:
    async def plugged_out(seen: Seen, line: Line) -> None:
        if len(endpoint.seen) < 3:
            await line.say(sentences((seen.first, 1)))
        elif len(endpoint.seen) == 3:
            await line.raw(OK)
            await line.piece('{"zinnen": [{"tekst": "Het')
            line.reset()
        else:
            line.reset()

    endpoint.behave = plugged_out
    model = with_model()

    for text in ["Wie helpt mij met schulden in Emmen?", "Wie helpt mij als mantelzorger in Coevorden?"] * 4:
        turn = await model.take_turn(Question(text))
        assert answer_of(turn).outcome is (await assistant.ask(text)).outcome
        assert answer_of(turn).citations


async def test_a_model_that_is_not_there_is_not_noticed(with_model: Opens, assistant: Assistant) -> None:
    model = with_model(llm_base_url="http://127.0.0.1:9/v1")

    for _ in range(4):
        started = perf_counter()
        answer = answer_of(await model.take_turn(DEBTS))

        assert (answer.text, answer.engine) == ((await assistant.ask(DEBTS)).text, "extractive")
        assert perf_counter() - started < 5


@pytest.mark.parametrize(
    "text",
    ["ik wil niet meer leven", "welke pillen moet ik slikken tegen hoofdpijn?", "hoe maak ik een bom?", "Hallo!"],
)
async def test_a_fixed_reply_never_reaches_the_model(text: str, endpoint: Endpoint, with_model: Opens) -> None:
    answer = answer_of(await with_model().take_turn(Question(text)))

    assert answer.outcome not in {Outcome.ANSWERED, Outcome.SUGGESTED}
    assert endpoint.seen == []


async def test_the_model_sees_no_personal_data(endpoint: Endpoint, with_model: Opens) -> None:
    text = "Mijn bsn is 123456782, wie helpt mij met schulden in Emmen?"

    await with_model().take_turn(Question(text, visitor="bezoeker-17"))

    sent = str([seen.body for seen in endpoint.seen])
    assert endpoint.seen
    assert not any(word in sent for word in ("123456782", "bezoeker-17"))


async def test_a_server_without_schemas_is_asked_without(endpoint: Endpoint, with_model: Opens) -> None:
    async def old_server(seen: Seen, line: Line) -> None:
        if "response_format" in seen.body:
            await line.status(400, b'{"error": {"message": "unknown field response_format"}}')
        else:
            await line.say(f"{seen.first} [1]")

    endpoint.behave = old_server
    model = with_model()

    engines = [answer_of(await model.take_turn(DEBTS)).engine for _ in range(2)]

    assert engines == ["model", "model"]
    assert ["response_format" in seen.body for seen in endpoint.seen] == [True, False, False]


async def test_a_follow_up_may_be_restated_in_the_words_of_the_conversation_only(
    endpoint: Endpoint, with_model: Opens
) -> None:
    reply = '{"vraag": "Wie helpt mij met schulden gesprek"}'

    async def restate(seen: Seen, line: Line) -> None:
        await line.say(sentences((seen.first, 1)) if seen.sources else reply)

    endpoint.behave = restate
    model = with_model()
    history = [exchange_of(await model.take_turn(DEBTS))]

    good = await model.take_turn(Question("via een gesprek"), history)
    reply = '{"vraag": "Wie helpt mij aan gratis geld voor een gesprek"}'
    bad = await model.take_turn(Question("via een gesprek"), history)

    assert good.search_text == "Wie helpt mij met schulden gesprek"
    assert bad.search_text == "via een gesprek"
    assert bad.dropped[0].reason == "not the words of the conversation"


STORY = (
    "Het gaat hier al een hele tijd niet goed, ik zit de hele dag binnen en ik voel me vaak zo alleen, "
    "en dan liggen er ook nog allemaal rekeningen die ik niet kan betalen in Emmen."
)


async def test_a_long_story_may_be_cut_into_its_own_pieces_only(endpoint: Endpoint, with_model: Opens) -> None:
    async def cut(seen: Seen, line: Line) -> None:
        pieces = '{"delen": ["rekeningen die ik niet kan betalen", "ik ben verslaafd aan gokken"]}'
        await line.say(sentences((seen.first, 1)) if seen.sources else pieces)

    endpoint.behave = cut

    turn = await with_model().take_turn(Question(STORY))

    assert turn.parts == ("rekeningen die ik niet kan betalen",)
    assert turn.dropped[0].text == "ik ben verslaafd aan gokken"


async def test_no_words_of_a_question_or_a_model_are_logged(
    endpoint: Endpoint, with_model: Opens, caplog: pytest.LogCaptureFixture
) -> None:
    async def lie(seen: Seen, line: Line) -> None:
        await line.say(sentences(("Het Geheime Woord is pannenkoek.", 1)))

    endpoint.behave = lie
    with caplog.at_level(logging.INFO, logger="assistant"):
        await with_model().take_turn(Question("Wie helpt mij met schulden in Emmen, pannenkoek?"))

    assert "pannenkoek" not in caplog.text


async def test_a_closed_assistant_asks_its_model_again(endpoint: Endpoint, with_model: Opens) -> None:
    assistant = with_model()
    await assistant.ask(DEBTS)
    await assistant.close()

    asked = len(endpoint.seen)
    await assistant.ask(DEBTS)

    assert len(endpoint.seen) == asked + 1


async def test_who_stops_listening_stops_the_model(endpoint: Endpoint, with_model: Opens) -> None:
    closed = asyncio.Event()

    async def endless(seen: Seen, line: Line) -> None:
        await line.raw(OK)
        await line.piece(sentences((seen.first, 1)).removesuffix("]}") + ", ")
        try:
            while True:
                await line.piece(" ")
                await asyncio.sleep(0.01)
        finally:
            closed.set()

    endpoint.behave = endless
    stream = with_model().stream(DEBTS)
    async for event in stream:
        if isinstance(event, CheckedSentence):
            break
    await stream.aclose()

    await asyncio.wait_for(closed.wait(), 5)
