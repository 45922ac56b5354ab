"""What exactly a question asks for — a number, a price, a phone, a time, a person — and whether a text gives it.

A source can be about the right subject and still not hold the fact that was asked. Then it may be offered, but not as
the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.domain import Source
from assistant.language.analysis import fold, lemma, terms

NUMBER_WORDS = (
    r"twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|"
    r"negentien|twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|honderd\w*|duizend\w*|miljoen|helft|"
    r"kwart|derde|dubbele?|geen enkele?"
)
NUMBER = re.compile(rf"\d|\b(?:{NUMBER_WORDS})\b", re.IGNORECASE)
DAY = re.compile(
    r"\b(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|tweede (?:kerst|paas|pinkster)dag|kerst|pasen|pinksteren|"
    r"oudjaar|nieuwjaar|weekend|avond)",
    re.IGNORECASE,
)
EVERY_DAY = re.compile(r"\b(?:dagelijks|elke dag|zeven dagen|dag en nacht|24 uur)\b", re.IGNORECASE)
WAITING = re.compile(r"\bwacht(?:tijd|lijst|en|t)\w*", re.IGNORECASE)
PHONE = re.compile(r"\b(?:0\d{1,3}[ -]?\d[\d -]{4,}\d|0[89]00[ -]?\d{4,}|14 ?0\d{2,3}|1(?:12|13|16\d{3}|450))\b")
CLOCK = re.compile(
    r"\d{1,2}[.:]\d\d|\b(?:\d{1,2}|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf) uur\b|"
    r"\b(?:maan|dins|woens|donder|vrij|zater|zon)dag\w*|\bdag en nacht\b|\belke (?:dag|week|ochtend|middag|avond)\b|"
    r"\bweekend\w*|\bkantoortijd\w*|\bwerkdag\w*|\b24 uur\b|\bdagelijks\b",
    re.IGNORECASE,
)
MONEY = re.compile(
    r"€|\beuro\b|\bgratis\b|\bkost\w*|\bbeta\w+|\bbijdrage\b|\bprijs\b|\btarie\w+|\bvergoed\w*", re.IGNORECASE
)
STREET = re.compile(r"\b[A-Z][\w'-]*(?:straat|weg|laan|plein|singel|kade|dijk|hof|brink|pad|es)\b|\b[A-Z][\w'-]+ \d+\b")
NAME = re.compile(r"\b[A-Z][a-zëéï]+ (?:(?:van|de|der|den|ten|ter|'t) ){0,2}[A-Z][a-zëéï]+")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
CLAUSE = re.compile(r"[,.;:!?]+|\b(?:en|maar|dus|want)\b")
OWN_STORY = re.compile(r"\b(?:ik|mijn|m'?n|mien|me|wij|we|onze|ons|hij|zij|ze)\b", re.IGNORECASE)
ASKING = re.compile(
    r"\b(?:hoe\w*|welke?|wat|wanneer|wie|waar\w*|krijg|krijgen|is er|zijn er|recht op|cijfers?|bedrag\w*|percentage)\b",
    re.IGNORECASE,
)
WHETHER = re.compile(r"(?:kan|kun|mag|is|zijn|heeft|hebben|zit|krijg)\b", re.IGNORECASE)
"""How a question begins that asks whether something is there."""

COUNTED = re.compile(
    r"\b(?:hoe ?veel|(?P<number>aantal))\s+(?:procent van (?:de|het) )?(?P<noun>[\w-]+)(?: (?P<next>[\w-]+))?",
    re.IGNORECASE,
)
SHARE = re.compile(r"\b(?:welk|hoeveel) (?:percentage|procent|deel)|\bpercentage\b", re.IGNORECASE)
SHARE_GIVEN = re.compile(r"procent|%|\bkwart\b|\bhelft\b|\bderde\b|\bop de\b", re.IGNORECASE)
ROLES = (
    r"[a-z-]*(?:voorzitter|directeur|bestuurder|projectleider|manager|regisseur|coordinator|wethouder|"
    r"burgemeester|contactpersoon|woordvoerder|trekker|gedeputeerde|spreker|auteur|penvoerder)"
)
ROLE = re.compile(
    rf"\b(?:wie (?:is|zijn|was) (?:[a-z]+ ){{0,4}}?|hoe heet (?:de|het) |"
    rf"na+m(?:en)? van (?:de|het) )(?P<role>{ROLES})",
    re.IGNORECASE,
)
LEADER = "voorzitter|directeur|bestuurder|projectleider|programmamanager|wethouder|contactpersoon|penvoerder|auteur"
BRIEF_ROLE = re.compile(rf"(?:^(?P<first>{LEADER})\b|\b(?P<last>{LEADER})[?.]?$)", re.IGNORECASE)
"""A role with which a question in a few words begins or ends (“voorzitter drents collectief”)."""
BRIEF = 6
"""Words up to which a question is brief."""

AMOUNT = re.compile(rf"€|\d+ ?(?:euro|miljoen|ton)\b|\b(?:{NUMBER_WORDS}) (?:euro|miljoen|ton)\b", re.IGNORECASE)
SINCE = re.compile(
    r"\b(?:in welk jaar|sinds (?:wanneer|welk jaar)|(?:start|begin|eind|oprichtings)-?(?:jaar|datum)|looptijd|"
    r"wanneer (?:is|werd|zijn|werden|ging) .{0,80}(?:opgericht|gestart|begonnen|getekend|ondertekend|van start|klaar)|"
    r"wanneer (?:begon|startte|eindigt))",
    re.IGNORECASE,
)
RESULT = re.compile(
    r"\b(?:geevalueerd|evaluatie\w*|eindrapport\w*|conclusies?|(?<!een )uitkomst\w*|gemeten effect\w*)\b", re.I
)
RESULT_GIVEN = re.compile(
    r"evalu|eindrapport|conclu|uitkomst|result|effect|blijkt|bleek|bleken|leverde|opgeleverd|\bscoor\w*", re.IGNORECASE
)
FACILITY = re.compile(
    r"\b(?:drempels?|drempelvrij|lift|toilet\w*|wc|verdieping|ingang|printen|printer|kopieren|wifi|"
    r"lunch|menu|aanmeldformulier|inschrijfformulier|"
    r"gebarentolk|gebarentaal|ringleiding|arabisch|oekraiens|pools|turks|tigrinya|huisdier\w*)\b",
    re.IGNORECASE,
)
"""What a place has or offers beside its help: a source holds it only when it names it."""
EVERYDAY = re.compile(
    r"\b(?:(?:reis)?paspoort|identiteitskaart|id-?kaart|(?<!geen )rijbewijs|uittreksel|geboorteaangifte|naturalisatie|"
    r"(?:kap|bouw|omgevings|evenementen|parkeer|terras|drank|horeca|standplaats|sloop)(?:vergunning|ontheffing)|"
    r"bestemmingsplan|welstand|dakkapel|schutting|(?:om|uit)zagen|snoeien|lantaarnpa\w+|straatlamp\w*|stoeptegel\w*|stoep|"
    r"tegels|(?:speel|trap)veld\w*|riool|riolering|putdeksel|kolken?|gladheid|strooien|zwerfvuil|grof ?vuil|"
    r"afval\w*|milieustraat|kliko\w*|(?:vuil|vuilnis|gft|rest|papier|plastic|container|milieu)-?(?:bak|zak|pas)\w*|"
    r"\w*containers?|woz|ozb|"
    r"(?:honden|toeristen|onroerendezaak|water(?:schaps)?|riool|afval)(?:belasting|heffing)|parkeerbo\w+|blauwe zone|"
    r"trouwzaal|trouwambtenaar|huwelijksaangifte|grafrecht\w*|straatfeest|buurtfeest|optocht|vuurwerk\w*|"
    r"(?:vlieg|reis)vaccinatie\w*|reisprikken|verkeersdrempel|snelheidsbord|zebrapad|bushokje|"
    r"glasvezel|zonnepan\w+|warmtepomp\w*|laadpaal\w*|verhui(?:zing|s) (?:door|aan)\w*|adreswijziging)\b",
    re.IGNORECASE,
)
"""Everyday matters of a municipality, which our sources do not cover unless they say the very word."""

WAITED_FOR = 8
"""Letters from which a word tells what is waited for."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A kind of fact: how it is asked for, and whether a source holds it."""

    name: str
    asks: Callable[[str], object]
    held_by: Callable[[str, Source], bool]


def _any_sentence(pattern: re.Pattern[str], source: Source) -> bool:
    return any(pattern.search(sentence) for sentence in source.sentences)


def _holds_count(question: str, source: Source) -> bool:
    """Whether a sentence with a number names what is counted."""
    with_number = [s for s in source.sentences if NUMBER.search(s)]
    if SHARE.search(question):
        return any(SHARE_GIVEN.search(s) for s in with_number)
    counted = COUNTED.search(question)
    if counted and counted["number"]:
        nouns = [lemma(fold(word)) for word in (counted["noun"], counted["next"]) if word and len(word) > SHORT_WORD]
        return any(_names(noun, fold(s)) for s in with_number for noun in nouns)
    noun = lemma(fold(counted["noun"])) if counted else ""
    if noun in MEASURES:
        measured = re.compile(rf"(?:\d|\b(?:{NUMBER_WORDS}))[\w.,-]*(?: \w+)? {MEASURES[noun]}")
        return any(measured.search(fold(s)) or (noun == "euro" and "€" in s) for s in with_number)
    if noun and noun not in UNITS:
        return any(_names(noun, fold(s)) for s in with_number)
    about = set(terms(question)) - set(terms(f"{source.title} {source.organisation or ''}")) - UNITS
    return any(_stem(term) in fold(s) for s in with_number for term in about) if about else bool(with_number)


def _names(noun: str, sentence: str) -> bool:
    """Whether a folded sentence has the noun, or a compound with the same head: valtraining, bewegingstraining."""
    stem = _stem(noun)
    return stem in sentence or (len(stem) >= COMPOUND and stem[-HEAD:] in sentence)


def _holds_hours(question: str, source: Source) -> bool:
    asked = [day.lower() for day in DAY.findall(question)]
    told = " ".join([source.contact.opening_hours or "", *(s for s in source.sentences if CLOCK.search(s))])
    if "weekend" in asked and "zaterdag" in told.lower():
        asked.remove("weekend")
    return bool(told.strip()) and (bool(EVERY_DAY.search(told)) or all(day in told.lower() for day in asked))


def _holds_wait(question: str, source: Source) -> bool:
    """Whether a source gives a time to wait, and is about what the visitor waits for."""
    told = any(WAITING.search(s) and NUMBER.search(s) for s in source.sentences)
    about = [term for term in terms(question) if len(term) >= WAITED_FOR and not WAITING.match(term)]
    text = fold(f"{source.title} {source.text}")
    return told and (not about or any(_stem(term) in text for term in about))


def _holds_matter(question: str, source: Source) -> bool:
    """Whether a source speaks of every everyday matter that is asked about."""
    return _names_all(EVERYDAY, question, source)


def _holds_facility(question: str, source: Source) -> bool:
    """Whether a source names everything that a place is asked to have."""
    return _names_all(FACILITY, fold(question), source)


def _names_all(words: re.Pattern[str], question: str, source: Source) -> bool:
    text = fold(f"{source.title} {source.text}")
    return all(_stem(fold(match[0])) in text for match in words.finditer(question))


def _asked_role(question: str) -> str | None:
    """The role whose holder is asked for, folded."""
    folded = fold(question).strip()
    if found := ROLE.search(folded):
        return found["role"]
    brief = BRIEF_ROLE.search(folded) if len(folded.split()) <= BRIEF else None
    return (brief["first"] or brief["last"]) if brief else None


def _holds_person(question: str, source: Source) -> bool:
    role = _asked_role(question) or ""
    own = f"{source.title} {source.organisation or ''}"
    named = [s for s in source.sentences if any(match not in own for match in NAME.findall(s))]
    return any(role[:8] in fold(s) for s in named)


def _asks_for_facility(question: str) -> bool:
    """Whether it is asked for: in a story about oneself such words are not."""
    clauses = (clause.strip() for clause in CLAUSE.split(fold(question)))
    return any(FACILITY.search(c) and (WHETHER.match(c) or not _tells(c)) for c in clauses)


def _tells(clause: str) -> bool:
    """Whether a clause tells what happened to somebody (“mijn vader viel in 2019”) and asks for nothing."""
    return bool(OWN_STORY.search(clause)) and not ASKING.search(clause)


def _stem(noun: str) -> str:
    return noun[: max(4, len(noun) - 2)]


UNITS = frozenset(
    "euro geld tijd jaar maand week dag uur keer kost kosten betaal krijg moet mag kan is zijn er mens mensen".split()
)

TIME = r"(?:u+r|dag|we+k|maand|ja+r)"
MEASURES: Mapping[str, str] = dict.fromkeys(("jaar", "maand", "week", "dag", "uur"), TIME) | {
    "euro": "euro",
    "keer": "ke+r",
    "kilometer": "kilometer",
}
"""Nouns that only count as given next to their number: “24 uur”, “€ 30”."""

SHORT_WORD = 3
"""Letters up to which a word is not what is counted."""

COMPOUND, HEAD = 9, 6
"""Letters from which a stem is taken for a compound, and by which its head is recognised."""

DETAILS: tuple[Detail, ...] = (
    Detail(
        "phone",
        re.compile(r"\b(?:telefoon\w*|(?:welk|wat is het|op welk|het) nummer|nummer van)\b", re.I).search,
        lambda _, s: bool(s.contact.phone) or _any_sentence(PHONE, s),
    ),
    Detail(
        "email",
        re.compile(r"\b(?:e-?mail\w*|mail(?:en|adres)?)\b", re.I).search,
        lambda _, s: bool(s.contact.email) or "@" in s.text,
    ),
    Detail(
        "address",
        re.compile(r"\b(?:bezoek)?adres\b|\bwelke straat\b", re.I).search,
        lambda _, s: bool(s.contact.address) or _any_sentence(STREET, s),
    ),
    Detail(
        "hours",
        re.compile(
            r"\b(?:hoe laat|openingstijd\w*|welke dag\w*|welke avond\w*|wanneer (?:is|zijn) \w+(?: \w+){0,3} open)\b|"
            r"\b(?:is|zijn)\b.{0,60}\bopen\b|\bop (?:zater|zon|maan)dag\b.{0,20}\bopen\b|"
            r"^(?:en|ook|kan|mag|is|zijn|of)\b.{0,25}\b(?:in (?:het|'?t) weekend|op (?:zater|zon)dag|'?s avonds)\W*$",
            re.I,
        ).search,
        _holds_hours,
    ),
    Detail(
        "price",
        re.compile(
            r"\bwat (?:kost|betaal)\w*|\bhoeveel (?:kost|betaal|euro)\w*|\b(?:prijs|tarief|abonnement|contributie)\b|"
            r"\bgratis\b|\bkosten (?:aan|voor)\b",
            re.I,
        ).search,
        lambda _, s: bool(s.contact.costs) or _any_sentence(MONEY, s),
    ),
    Detail(
        "wait",
        re.compile(r"\b(?:hoe ?(?:lang|veel (?:weken|maanden|dagen)).{0,30}\bwacht\w*|wachttijd\w*)\b", re.I).search,
        _holds_wait,
    ),
    Detail(
        "amount",
        re.compile(
            r"\b(?:welk bedrag|subsi\w*bedrag|jaarbudget|omzet|maximale subsidie|"
            r"hoogte (?:van )?(?:de )?(?:\w+ )?subsidie|jaarlijkse (?:\w+ )?bijdrage)\b",
            re.I,
        ).search,
        lambda _, s: bool(AMOUNT.search(s.contact.costs or "")) or _any_sentence(AMOUNT, s),
    ),
    Detail("matter", EVERYDAY.search, _holds_matter),
    Detail("facility", _asks_for_facility, _holds_facility),
    Detail("person", lambda question: _asked_role(question) is not None, _holds_person),
    Detail("since", lambda question: bool(SINCE.search(fold(question))), lambda _, s: _any_sentence(YEAR, s)),
    Detail("result", lambda question: bool(RESULT.search(fold(question))), lambda _, s: _any_sentence(RESULT_GIVEN, s)),
    Detail(
        "count",
        re.compile(
            r"\bhoe ?veel\b|\bpercentage\b|\bhoe groot is het aantal\b|(?<!een )(?<!het )(?<!maximaal )\baantal\b", re.I
        ).search,
        _holds_count,
    ),
)


def missing_details(question: str, source: Source) -> tuple[str, ...]:
    """The kinds of fact that a question asks for and a source does not hold; a year that is asked for counts too."""
    missing = [d.name for d in DETAILS if d.asks(question) and not d.held_by(question, source)]
    asked_years = {year for clause in CLAUSE.split(question) if not _tells(clause) for year in YEAR.findall(clause)}
    held_years = set(YEAR.findall(f"{source.title} {source.text} {source.date or ''}"))
    return tuple([*missing, "year"] if asked_years - held_years else missing)
