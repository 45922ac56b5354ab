"""Answers in prose."""

from __future__ import annotations

from dataclasses import replace

from assistant import replies
from assistant.domain import Contact, Draft, Kind, Scores
from assistant.writing.prose import write_help, write_information
from tests.fakes import a_passage, a_source, a_turn

PHONE = Contact(phone="0591 680800")
LONELY = ("eenzaamheid",)
FITTING = Scores(base=0.9, fused=0.9, question=0.95)


def text_of(draft: Draft) -> str:
    return " ".join(statement.text for statement in (*draft.lead, *draft.items, *draft.closing))


def test_help_names_the_need_and_the_place() -> None:
    passage = a_passage(a_source(contact=PHONE))

    draft = write_help(a_turn(passages=(passage,), municipality="Emmen", about_me=True, needs=LONELY))

    assert draft.lead[0].text == "Voor contact en gezelligheid in Emmen kun je hier terecht."


def test_help_that_is_not_local_does_not_claim_to_be() -> None:
    passage = a_passage(a_source(municipalities=["heel Drenthe"]))

    draft = write_help(a_turn(passages=(passage,), municipality="Emmen", about_me=True, needs=LONELY))

    assert "vanuit Emmen" in draft.lead[0].text


def test_help_without_a_place_names_none() -> None:
    draft = write_help(a_turn(passages=(a_passage(),), about_me=True, needs=LONELY))

    assert draft.lead[0].text == replies.HELP_ANYWHERE.format(need=replies.NEEDS["eenzaamheid"])


def test_a_need_that_nobody_named_is_not_named() -> None:
    draft = write_help(a_turn(passages=(a_passage(),), municipality="Emmen", about_me=True))

    assert draft.lead[0].text == replies.FOUND_FOR_PLACE.format(place="Emmen")


def test_help_with_a_phone_says_to_call_first() -> None:
    draft = write_help(a_turn(passages=(a_passage(a_source(organisation="Sedna", contact=PHONE)),), about_me=True))

    assert draft.closing[-1].text == "Bel Sedna: 0591 680800."


def test_help_that_cannot_be_reached_leads_to_the_desk() -> None:
    desk = a_source("loket", "Het loket helpt.", title="Loket Emmen", contact=Contact(phone="14 0591"), desk=True)

    draft = write_help(a_turn(passages=(a_passage(),), municipality="Emmen", door=desk, about_me=True))

    assert draft.closing[-1].text.endswith("Bel Loket Emmen: 14 0591.")
    assert draft.closing[-1].source == desk


def test_help_without_a_phone_says_where_to_write_or_look() -> None:
    mail = write_help(a_turn(passages=(a_passage(a_source(contact=Contact(email="hallo@voorbeeld.nl"))),)))
    site = write_help(a_turn(passages=(a_passage(a_source(contact=Contact(website="https://voorbeeld.nl"))),)))

    assert mail.closing[-1].text == "Mail Inloop in Emmen: hallo@voorbeeld.nl."
    assert site.closing[-1].text == "Kijk op https://voorbeeld.nl."


def test_two_needs_are_both_named_and_answered() -> None:
    money = a_passage(a_source("geld", "Het loket helpt bij schulden.", title="Geldloket", topics=["geldzorgen"]))
    turn = a_turn(
        "ik heb schulden en ik ben eenzaam",
        passages=(a_passage(scores=FITTING), replace(money, scores=FITTING)),
        municipality="Emmen",
        about_me=True,
        needs=("eenzaamheid", "geldzorgen"),
    )

    draft = write_help(turn)

    assert (
        draft.lead[0].text == "Voor hulp bij geldzorgen en voor contact en gezelligheid in Emmen kun je hier terecht."
    )
    assert {s.source.id for s in draft.lead if s.source} == {"emmen-inloop", "geld"}


def test_the_shorter_form_has_the_need_one_sentence_and_whom_to_call() -> None:
    draft = write_help(a_turn(passages=(a_passage(a_source(contact=PHONE)),), municipality="Emmen", needs=LONELY))

    opening, sentence, *_, step = draft.short
    assert opening == draft.lead[0]
    assert sentence.text == sentence.quote
    assert step.text == "Bel Inloop in Emmen: 0591 680800."


def test_old_help_says_from_when_it_is() -> None:
    draft = write_help(a_turn(passages=(a_passage(a_source(date="2016-03")),), about_me=True))

    assert replies.STALE.format(date="maart 2016") in text_of(draft)


def test_information_quotes_its_best_sentences_and_says_no_need() -> None:
    figure = a_source(
        "cijfer", "In 2024 was 46 procent eenzaam. Dat is meer dan in 2020. Meer weet ik niet.", kind=Kind.FIGURE
    )

    draft = write_information(a_turn("hoeveel mensen zijn eenzaam", passages=(a_passage(figure),)))

    assert all(statement.text in figure.text for statement in draft.lead)
    assert "46 procent" in text_of(draft)


def test_information_names_further_sources() -> None:
    first = a_passage(a_source("een", "Eerste feit. Tweede feit.", kind=Kind.POLICY))
    second = a_passage(a_source("twee", "Derde feit.", kind=Kind.POLICY, title="Nota werk"))
    third = a_passage(a_source("drie", "Vierde feit.", kind=Kind.POLICY, title="Nota wonen"))
    second, third = (replace(passage, scores=FITTING) for passage in (second, third))

    draft = write_information(a_turn(passages=(first, second, third)))

    assert replies.SEE_ALSO.format(title="Nota wonen") in text_of(draft)


def test_a_need_that_the_first_source_is_not_about_is_not_named() -> None:
    first = a_passage(a_source("recht", "Het loket helpt bij scheiding.", topics=["geldzorgen"]), scores=FITTING)
    second = a_passage(a_source("inloop", "De inloop is er voor iedereen."), scores=FITTING)

    draft = write_help(a_turn(passages=(first, second), municipality="Emmen", about_me=True, needs=LONELY))

    assert draft.lead[0].text == replies.FOUND_FOR_PLACE.format(place="Emmen")


def test_who_named_no_place_is_not_sent_to_one_of_several_municipalities() -> None:
    sources = [
        a_source(f"{m}-loket", f"Het loket van {m}.", municipalities=[m], contact=PHONE) for m in ("Emmen", "Assen")
    ]
    passages = tuple(a_passage(source, scores=FITTING) for source in sources)

    draft = write_help(a_turn(passages=passages, about_me=True))

    assert draft.closing[-1].text == replies.NEXT_DOOR_GENERAL
