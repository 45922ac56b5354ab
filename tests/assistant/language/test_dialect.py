"""Drents is understood as people in Drenthe type it, and Dutch is never taken for Drents."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from assistant.language.analysis import words
from assistant.language.dialect import in_dutch, is_drents
from assistant.language.languages import detect_language
from assistant.language.lexicon import is_dutch
from assistant.language.spelling import Speller
from ingest.checking import read_corpus

DRENTS = {
    "Ik bin bange dat mien moeder vaalt in huus": "ben mijn huis",
    "Waor kan'k hulpe kriegen bij 't huusholden?": "waar ik hulp krijgen",
    "Ik heb geld tekört, wat mu'k doen": "tekort ik doen",
    "Is der bij mij in 't dörp een praotie te maken?": "dorp praatje",
    "Mien olders wordt wat vergeterig": "mijn ouders vergeetachtig",
    "Hoe mout ik 'n rollator anvraogen, wel kan mie helpen": "moet aanvragen mij",
    "Mien rugge dut al weken zeer": "mijn rug doet",
    "Veur mien kiender zuuk ik een sportclub": "voor mijn kinderen zoek",
    "Kuj mij helpen met de schuld'n?": "kun schulden",
    "Wij hebt gien geld veur de rekens": "geen voor rekeningen",
    "Mien man hef alzheimer en ik bin kapot": "mijn heeft ben",
    "Waor muj hen as je gien huus hebt?": "waar moet heen geen huis",
    "Ik bin zo allennig sinds mien vrou dood is": "ben alleen mijn vrouw",
    "Hoe laot is de inloop in 't buurthuus lös?": "laat buurthuis",
    "Wel kan mij naor 't ziekenhuus brengen?": "naar ziekenhuis",
    "Mien zeun zit hiele dagen thuus": "mijn zoon hele thuis",
    "Ik kan niet goud lezen, waor kan'k dat leren? 't is lastig veur mij": "waar ik voor",
    "Wie wilt vrijwilligerswark doen bij de olde lu": "vrijwilligerswerk oude mensen",
    "Mien naober hef al weken niks van zuk laoten heuren": "mijn buurman heeft laten horen",
    "Kan'k argens met andern eten op woensdag?": "ik ergens",
    "Ik zörg veur mien va en trek het niet meer": "zorg voor mijn vader",
    "Hoe kom ik an thuuszörg veur moe?": "thuiszorg voor moeder",
    "De dokter hef gien tied veur mij": "heeft geen tijd voor",
    "Wat kost dat veur minsen met weinig geld?": "voor mensen",
    "Waorum mag ik gien uutkering": "waarom geen uitkering",
    "Ik wil van de drank of, waor mo'k weden? mien vrou is het zat": "waar ik mijn vrouw",
    "Mien opoe wil nog thuus wonen": "mijn oma thuis",
    "Is der vervoer veur olde meinsen in Roden?": "voor oude mensen",
    "'k heb een rollator neudig veur mien moeder": "nodig voor mijn",
    "Wij woont wied vot en hebt gien auto": "ver weg geen",
    "Wat is der te doun veur jonges in Borger? ze hebt niks te doun, gien club": "doen voor jongens geen",
    "Mien dochter is zwaor in de war": "mijn zwaar",
    "Hej ok hulpe veur minsen die zuk ienzaam vuult": "heb hulp voor mensen eenzaam",
    "Ik wete niet hoe'k dit formulier invullen moet, kan iene helpen? mien ogen bint slecht": "hoe ik iemand mijn zijn",
    "Daor woont gien jonge lu meer": "daar geen mensen",
    "Mien bruur drinkt te veul": "mijn broer veel",
    "Wij zult een koffie-ochend holden in oens dörp, kriej daor subsidie veur?": "ons dorp daar voor",
    "Waor vin ik een maotje veur mien moeder?": "waar maatje voor mijn",
    "Mien buurvrou hef ruzie met mij over de heg, wel kan daorbij helpen": "mijn buurvrouw heeft",
    "ik wor slim muui van al die zörgen veur mien man": "zorgen voor mijn",
    "Kan mien moeder nog een keer keuzen veur dagbesteding": "mijn voor",
    "Hoe giet dat met een gehandicaptenparkeerkaorte? Ik kan niet wied lopen, mien bienen": "gaat ver mijn benen",
    "Ik heb sinds een jaor gien wark meer": "jaar geen werk",
    "mien man is uut de tied kommen en ik kan der niet over praoten": "mijn uit tijd praten",
    "Wat is dat veur een club, Gezonde Marke?": "voor",
    "Waor zit de voedselbank, wij hebt gien eten": "waar geen",
    "De kiender van mien zuster hebt het niet makkelijk": "kinderen mijn zus",
    "Ik bin old en wil better leren computeren": "ben oud beter",
    "Mien huusbaas döt niks an de schimmel": "mijn huisbaas doet",
    "Woon hier in 't veen en hef gien volk um mij hen": "heeft geen mensen heen",
    "kuw oens anmelden veur samen eten": "kunnen ons voor",
    "Hef de gemiente ok een pottie veur arme lu?": "heeft gemeente voor mensen",
    "Ik slaop al weken niet, daj dat weet": "slaap dat",
    "Mien kleinzeun wordt pest op schoele": "mijn kleinzoon school",
    "Wat mu'k doun as mien vrou de weg kwiet is": "ik doen mijn vrouw kwijt",
    "Kriegt wij nog geld weerum van de zörgverzekering": "krijgt zorgverzekering",
    "Waor is hier een taolhuus? mien Nederlands is niet best": "waar taalhuis mijn",
    "Der is gien bus meer, hoe koom ik bij de huusarts": "geen huisarts",
    "Mien wark is mij te zwaor worden": "mijn werk zwaar",
    "Ik wol wel wat veur een ander doun, vrijwillig": "wou voor doen",
    "Aj schulden hebt, waor muj dan hen?": "als waar moet heen",
    "Heur ies, mien vader is evallen en kan niet meer allent wezen": "mijn alleen",
}
"""Sixty questions in Drents, each with Dutch words that must come out."""


@pytest.fixture(scope="module")
def speller(real_corpus: Path) -> Speller:
    known: Counter[str] = Counter()
    for reading in read_corpus(real_corpus):
        for text in (reading.source.title, reading.source.text, *reading.source.questions):
            known.update(words(text))
    return Speller(known)


@pytest.mark.parametrize(("drents", "dutch"), DRENTS.items(), ids=lambda text: text[:40])
def test_drents_is_read_as_dutch(speller: Speller, drents: str, dutch: str) -> None:
    assert detect_language(drents) == "nl"

    assert set(dutch.split()) <= set(words(speller.repair(drents).text))


@pytest.mark.parametrize(
    "text",
    [
        "Mijn moe lijf wil niet meer en het dak lekt",
        "Er is geen volk meer in het dorp en de kop is eraf",
        "Ik heb niks meer, is dat ok?",
        "Als vrijwilliger hoes ik overal rond, met een slim plan",
        "Waar kan ik een röntgenfoto laten maken?",
        "De coördinator van het reünieoord in Één",
    ],
)
def test_dutch_is_not_taken_for_drents(speller: Speller, text: str) -> None:
    assert speller.repair(text).changes == ()


def test_a_word_that_both_have_counts_only_next_to_drents() -> None:
    assert in_dutch("hen", is_dutch, among_drents=False) is None
    assert in_dutch("hen", is_dutch, among_drents=True) == "heen"


def test_a_sound_law_only_leads_to_a_word_that_exists() -> None:
    assert in_dutch("bruun", {"bruin"}.__contains__, among_drents=True) == "bruin"
    assert in_dutch("bruun", set().__contains__, among_drents=True) is None


def test_what_dutch_has_too_is_no_sign_of_drents() -> None:
    assert is_drents("waor")
    assert not is_drents("volk")
