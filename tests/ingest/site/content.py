"""What a page says, apart from how a content management system marks it up: the yardstick for finding main text."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

DAYS = ("Maandag", "Dinsdag", "Woensdag", "Donderdag", "Vrijdag")
PLACES = ("Emmen", "Assen", "Roden", "Beilen", "Gieten", "Exloërmond", "Zuidwolde", "Diever", "Nieuw-Amsterdam")
SUBJECTS = (
    ("Huishoudelijke hulp", "hulp bij het schoonmaken van je huis", "thuiszorgorganisatie"),
    ("Mantelzorgcafé", "ontmoeting voor wie voor een naaste zorgt", "steunpunt mantelzorg"),
    ("Budgetcoach", "hulp bij rekeningen, schulden en formulieren", "vrijwilligersorganisatie"),
    ("Taalpunt", "oefenen met lezen, schrijven en de computer", "bibliotheek"),
    ("Beweegprogramma", "wandelen en oefeningen tegen vallen", "buurtsportcoach"),
    ("Jeugdteam", "vragen over opvoeden en opgroeien", "jongerenwerk"),
    ("Automaatje", "vervoer door vrijwilligers naar het ziekenhuis", "welzijnswerk"),
    ("Rouwgroep", "praten over verlies met anderen", "maatschappelijk werk"),
    ("Geheugenpoli", "onderzoek bij beginnende dementie", "wijkverpleging"),
    ("Inloophuis", "koffie, gezelschap en een warme maaltijd", "dorpshuis"),
)
SENTENCES = (
    "{name} in {place} biedt {what} voor inwoners vanaf {age} jaar.",
    "Je kunt hier zonder verwijzing terecht, want aanmelden hoeft niet.",
    "De {who} van {place} regelt dit samen met de gemeente en de huisarts.",
    "Een gesprek duurt ongeveer {minutes} minuten en kost je niets.",
    "Voor het vervoer betaal je een eigen bijdrage van € {age},50 per rit.",
    "In 2025 maakten {count} mensen uit {place} en omgeving er gebruik van.",
    "Neem bijv. een familielid mee als je dat prettig vindt; dat mag altijd.",
    "Wie slecht ter been is, wordt thuis bezocht door een vrijwilliger.",
    "De wachttijd is op dit moment {weeks} weken, daarna krijg je een brief.",
    "Heb je een indicatie op grond van de Wmo, dan vragen wij die één keer op.",
    "Je krijgt een vaste contactpersoon die jouw situatie in {place} kent.",
    "Het programma loopt van september tot en met mei, ’s ochtends om half tien.",
    "Meer dan de helft van de deelnemers komt na afloop nog wekelijks langs.",
    "Spreek je (nog) geen Nederlands? Dan is er een tolk in het Arabisch of Oekraïens.",
)
QUESTIONS = (
    "Wat kost het?",
    "Hoe lang duurt het?",
    "Wie kan meedoen?",
    "Wat neem ik mee?",
    "Kan ik ook bellen?",
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    """A table, its header first."""
    answers: tuple[tuple[str, str], ...] = ()
    """An accordion: (question, answer)."""


@dataclass(frozen=True, slots=True)
class Article:
    """One page of content."""

    title: str
    lead: str
    sections: tuple[Section, ...]
    changed: str
    """The day, YYYY-MM-DD."""

    def texts(self) -> Iterator[str]:
        """Every piece of the main text, in reading order."""
        yield self.lead
        for section in self.sections:
            yield section.heading
            yield from section.paragraphs
            yield from section.items
            yield from (cell for row in section.rows for cell in row)
            yield from (piece for pair in section.answers for piece in pair)

    def headings(self) -> Sequence[str]:
        """The headings below the title, those of an accordion too."""
        return [h for s in self.sections for h in (s.heading, *(question for question, _ in s.answers))]


def an_article(number: int) -> Article:
    """The same article for the same number; different numbers differ in their words."""
    pick = random.Random(number)
    name, what, who = SUBJECTS[number % len(SUBJECTS)]
    place = PLACES[number % len(PLACES)]

    def sentences(count: int) -> str:
        values = {"name": name, "what": what, "who": who, "place": place}
        return " ".join(
            s.format(
                **values,
                age=pick.randint(12, 75),
                minutes=pick.randint(15, 90),
                count=pick.randint(40, 900),
                weeks=pick.randint(2, 12),
            )
            for s in pick.sample(SENTENCES, count)
        )

    sections = [Section("Voor wie is het?", (sentences(3), sentences(2)))]
    if pick.random() < 0.7:
        rows = tuple((day, f"{pick.randint(8, 12)}.00 - {pick.randint(13, 17)}.30 uur") for day in DAYS)
        sections.append(Section("Openingstijden", rows=(("Dag", "Tijd"), *rows)))
    if pick.random() < 0.5:
        items = ("een geldig identiteitsbewijs", f"de brief van de {who}", "een overzicht van je inkomsten")
        sections.append(Section("Dit heb je nodig", (sentences(1),), items))
    if pick.random() < 0.6:
        asked = pick.sample(QUESTIONS, 3)
        sections.append(Section("Veelgestelde vragen", answers=tuple((question, sentences(2)) for question in asked)))
    sections.append(Section("Zo werkt het", (sentences(3),)))
    changed = f"{pick.randint(2021, 2026)}-{pick.randint(1, 9):02}-{pick.randint(1, 28):02}"
    return Article(f"{name} {place} {number}", sentences(3), tuple(sections), changed)
