"""Every fixed Dutch sentence that a visitor may read from the assistant. B1, `je`, and no fact without a source.

The helpline numbers stand in the sources named in `CRISIS_SOURCES`; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.domain import Outcome

CRISIS: Mapping[Outcome, str] = {
    Outcome.CRISIS_SUICIDE: (
        "**Bel nu 113** of gratis **0800-0113**. Je kunt dag en nacht bellen, ook anoniem. "
        "Liever chatten? Dat kan op 113.nl.\n\n"
        "Is er nu levensgevaar? **Bel 112.**\n\n"
        "Wat naar dat het zo zwaar is. Je hoeft dit niet alleen te dragen. "
        "Is er iemand bij je in de buurt? Vraag of die nu bij je blijft."
    ),
    Outcome.CRISIS_DANGER: (
        "**Bel nu 112.** Zeg waar je bent en wat er aan de hand is. Blijf aan de lijn.\n\n"
        "Ik ben een computerprogramma en kan geen hulp sturen. Bel zelf, of vraag iemand naast je om te bellen."
    ),
    Outcome.CRISIS_VIOLENCE: (
        "**Is er nu direct gevaar? Bel 112.**\n\n"
        "Anders: **bel Veilig Thuis, 0800-2000**. Je kunt dag en nacht bellen en het is gratis. "
        "Je kunt er ook terecht als je twijfelt, of als het om iemand anders gaat.\n\n"
        "Wie dit meemaakt, heeft geen schuld. Je mag hier altijd hulp bij vragen."
    ),
}

CRISIS_SOURCES: Mapping[Outcome, tuple[str, ...]] = {
    Outcome.CRISIS_SUICIDE: ("nl-113", "nl-112"),
    Outcome.CRISIS_DANGER: ("nl-112",),
    Outcome.CRISIS_VIOLENCE: ("nl-veilig-thuis", "nl-112"),
}

CRISIS_NUMBERS: Mapping[Outcome, tuple[str, ...]] = {
    Outcome.CRISIS_SUICIDE: ("113", "0800-0113", "112"),
    Outcome.CRISIS_DANGER: ("112",),
    Outcome.CRISIS_VIOLENCE: ("0800-2000", "112"),
}

IN_CASE: Mapping[Outcome, str] = {
    Outcome.CRISIS_SUICIDE: "Denk je aan zelfmoord, of is iemand bij jou in nood? Bel 113. Bij gevaar: 112.",
    Outcome.CRISIS_DANGER: "Is er nu gevaar? Bel 112.",
    Outcome.CRISIS_VIOLENCE: "Ben je niet veilig? Bel Veilig Thuis, 0800-2000. Bij gevaar: 112.",
}
"""Said after an answer to words that sound like a crisis, where the whole does not."""

SEARCHING = "Ik zoek in mijn bronnen"
READING = "Ik schrijf het antwoord"
READING_ONE = "Ik lees 1 bron"
READING_MANY = "Ik lees {count} bronnen"

FAILED = (
    "Er ging bij ons iets mis. Dat ligt niet aan jou. Probeer het over een minuut nog eens.\n\n"
    "Heb je nu meteen hulp nodig? Bel bij gevaar 112. Wil je praten over zelfmoord? Bel 113."
)

EMPTY = "Ik zie nog geen vraag. Typ in je eigen woorden wat je zoekt, bijvoorbeeld: hulp bij schulden in Emmen."

TOO_LONG = (
    "Dat is een lang verhaal. Ik kan ongeveer {limit} letters tegelijk lezen. "
    "Kun je in een paar zinnen vertellen wat je zoekt, en in welke plaats je woont?"
)

SMALL_TALK: Mapping[str, str] = {
    "greeting": "Hallo! Waar kan ik je mee helpen? Vertel wat je zoekt en in welke plaats je woont.",
    "thanks": "Graag gedaan! Is er nog iets anders dat je wilt weten?",
    "bye": "Dag! Kom gerust terug als je nog een vraag hebt.",
    "identity": (
        "Ik ben Markewijzer, een computerprogramma. Ik zoek antwoorden in openbare bronnen over "
        "hulp in Drenthe en over het netwerk Gezonde Marke. Ik kan me vergissen: kijk daarom ook bij de bron."
    ),
    "other": "Dank je wel. Waar kan ik je mee helpen?",
}

REFUSALS: Mapping[Outcome, str] = {
    Outcome.REFUSED_MEDICAL: (
        "Over klachten, medicijnen of een diagnose mag ik niets zeggen: dat kan ik niet beoordelen. "
        "Bel je huisarts. Kan het niet wachten tot morgen, bel dan de huisartsenspoedpost. "
        "Is het levensbedreigend? **Bel 112.** Rustig lezen over klachten kan op thuisarts.nl."
    ),
    Outcome.REFUSED_PERSONAL_ADVICE: (
        "Ik ken jouw situatie en jouw dossier niet, en kan daarom niet zeggen wat jij het beste kunt doen "
        "of hoe jouw aanvraag ervoor staat. Iemand van je gemeente of een cliëntondersteuner kan dat wel."
    ),
    Outcome.REFUSED_OFF_TOPIC: (
        "Daar weet ik niets van. Ik help met vragen over hulp en ondersteuning in Drenthe, "
        "en over het netwerk Gezonde Marke en zijn projecten."
    ),
    Outcome.REFUSED_UNSAFE: (
        "Daar doe ik niet aan mee. Ik help graag met vragen over hulp en ondersteuning in Drenthe, "
        "en over het netwerk Gezonde Marke en zijn projecten."
    ),
}

UNANSWERABLE = "Ik kan hierover niets vinden in mijn bronnen. Ik zeg liever niets dan iets dat niet klopt."
OUTSIDE = "{place} ligt niet in Drenthe. Ik ken alleen hulp in Drenthe en landelijke hulp."
NEXT_DOOR = "Vraag het bij {title}."
NEXT_DOOR_CALL = "Vraag het bij {title}, telefoon {phone}."
NEXT_DOOR_SITE = "Vraag het bij {title}, {website}."
NEXT_DOOR_GENERAL = "Vraag het bij het loket van je gemeente. Kies je gemeente, dan zoek ik dat loket voor je op."
ASK_AGAIN = "Je kunt je vraag ook anders stellen, of korter."
REDACTED = "Ik heb {kinds} uit je vraag gehaald en niet bewaard. Zulke gegevens heb ik niet nodig."
CORRECTED = "Ik zocht op: {words}."
LANGUAGE_NOTES: Mapping[str, str] = {
    "en": "I answer in simple Dutch. Would you rather talk to a person? Go to the desk of your gemeente (town hall).",
    "de": "Ich antworte in einfachem Niederländisch. Lieber mit einem Menschen sprechen? "
    "Geh zum Schalter deiner gemeente (Gemeinde).",
    "pl": "Odpowiadam prostym językiem niderlandzkim. Wolisz rozmawiać z człowiekiem? "
    "Idź do okienka w swojej gemeente (gminie).",
    "uk": "Я відповідаю простою нідерландською. Хочете поговорити з людиною? "
    "Зверніться до вашої gemeente (муніципалітету).",
    "ar": "أجيب بالهولندية البسيطة. هل تفضل التحدث مع شخص؟ اذهب إلى مكتب بلديتك (gemeente).",
    "tr": "Basit Hollandaca yanıt veriyorum. Bir insanla mı konuşmak istiyorsun? Gemeente (belediye) masasına git.",
}
CLARIFY = "Dat verschilt per gemeente. In welke gemeente of plaats woon je?"
CLARIFY_NAMESAKES = "Er is meer dan één {place} in Drenthe. In welke gemeente ligt het?"
UNKNOWN_NAME = "Ik ken “{name}” niet uit mijn bronnen. Deze bronnen komen het dichtst bij je vraag:"
MISSING_DETAIL = "{detail} staat niet in mijn bronnen. Wel vond ik deze bronnen over dit onderwerp:"
MUNICIPAL_MATTER = (
    "Dit regelt je gemeente zelf; mijn bronnen gaan er niet over. Deze bronnen komen het dichtst bij je vraag:"
)
DETAILS: Mapping[str, str] = {
    "phone": "Dat telefoonnummer",
    "email": "Dat e-mailadres",
    "address": "Dat adres",
    "hours": "Wanneer het open is,",
    "price": "Wat het kost,",
    "wait": "Hoe lang je moet wachten,",
    "amount": "Dat bedrag",
    "facility": "Of en hoe dat er is,",
    "since": "Wanneer dat begon of ophoudt,",
    "result": "Wat daar uitkwam,",
    "person": "Wie dat is,",
    "count": "Dat getal",
    "year": "Informatie over dat jaar",
}
SUGGESTED = "Ik weet niet zeker of dit is wat je zoekt. Deze bronnen komen het dichtst bij je vraag:"
ELSEWHERE = "In {place} vond ik dit niet. In een andere gemeente wel."
ELSEWHERE_IN = "In {place} vond ik dit niet. In {elsewhere} wel."
LIST_ONE = "Ik vond één bron die hierbij past:"
LIST_MANY = "Ik vond {count} bronnen die hierbij passen:"
DISTRESS = "Wat naar dat het zo zwaar is. Fijn dat je het vraagt."
STALE = "Deze informatie is van {date}; bel eerst even."
STALE_INFORMATION = "Deze informatie is van {date}."
AS_OF = "Stand: {date}."
CHECKED = "Wij keken dit na in {checked}."
EXPLAINED = "Met {term} bedoelen we {explanation}."
STEP_CALL = "Bel {title}: {phone}."
STEP_MAIL = "Mail {title}: {email}."
STEP_SITE = "Kijk op {website}."
STEP_DOOR = "Weet je niet waar je moet beginnen? Vraag het bij {title}."
STEP_DOOR_CALL = "Weet je niet waar je moet beginnen? Bel {title}: {phone}."
STEP_DOOR_SITE = "Weet je niet waar je moet beginnen? Kijk bij {title}: {website}."
SEE_ALSO, SEE_ALSO_TOO = "Zie ook: “{title}”.", "Of: “{title}”."
CONTACT = "Contact: {title}, {reach}."
LIST_LINE = "**{title}**"
LIST_LINE_IN = "**{title}** ({places})"
LIST_MORE = "Er zijn er nog {count}. Noem een plaats of onderwerp erbij, dan wordt de lijst korter."
FOUND = "Dit vond ik voor je."
FOUND_FOR_PLACE = "Dit vond ik voor {place}."
HELP_IN_PLACE = "Voor {need} in {place} kun je hier terecht."
HELP_FOR_PLACE = "Voor {need} kun je vanuit {place} hier terecht."
HELP_ANYWHERE = "Voor {need} kun je hier terecht."
PROFESSIONAL = "Over {need}:"
PROFESSIONAL_PLACE = "Over {need} in {place}:"

CITED: tuple[str, ...] = (
    NEXT_DOOR,
    NEXT_DOOR_CALL,
    NEXT_DOOR_SITE,
    STALE,
    STALE_INFORMATION,
    AS_OF,
    CHECKED,
    EXPLAINED,
    STEP_CALL,
    STEP_MAIL,
    STEP_SITE,
    STEP_DOOR,
    STEP_DOOR_CALL,
    STEP_DOOR_SITE,
    SEE_ALSO,
    SEE_ALSO_TOO,
    CONTACT,
    LIST_LINE,
    LIST_LINE_IN,
)
"""Sentences that may stand on a source without being its words: they only fill in its own fields."""

NEEDS: Mapping[str, str] = {
    "eenzaamheid": "contact en gezelligheid",
    "geldzorgen": "hulp bij geldzorgen",
    "mantelzorg": "hulp bij mantelzorg (zorgen voor een naaste)",
    "clientondersteuning": "hulp bij het regelen van zorg en ondersteuning",
    "jeugd-en-opvoeden": "hulp bij opvoeden en opgroeien",
    "vrijwilligerswerk": "vrijwilligerswerk",
    "taal-en-digitaal": "hulp met taal, lezen of de computer",
    "bewegen-en-leefstijl": "bewegen en gezond leven",
    "vervoer": "vervoer",
    "wonen": "vragen over wonen",
    "dementie": "hulp bij dementie",
    "nieuwkomers": "hulp voor nieuwkomers",
    "thuiszorg": "hulp en zorg thuis",
    "veiligheid": "hulp bij onveiligheid",
    "werk": "hulp bij werk",
    "mentale-gezondheid": "hulp als je psychisch niet lekker in je vel zit",
    "huisarts-en-ziekenhuis": "zorg van huisarts of ziekenhuis",
    "rouw": "steun bij rouw en verlies",
    "verslaving": "hulp bij verslaving",
}

TOPIC_NAMES: Mapping[str, str] = {
    "bewegen-en-leefstijl": "bewegen en leefstijl",
    "clientondersteuning": "cliëntondersteuning",
    "huisarts-en-ziekenhuis": "huisarts en ziekenhuis",
    "jeugd-en-opvoeden": "jeugd en opvoeden",
    "mentale-gezondheid": "mentale gezondheid",
    "taal-en-digitaal": "taal en digitale vaardigheden",
}
"""How a professional calls a topic, where that is not the topic itself."""

REDACTED_KINDS: Mapping[str, str] = {
    "bsn": "je burgerservicenummer",
    "telefoonnummer": "een telefoonnummer",
    "e-mail": "een e-mailadres",
    "rekeningnummer": "een rekeningnummer",
    "adres": "een adres",
    "geboortedatum": "een geboortedatum",
}

MONTHS = """
    januari februari maart april mei juni juli augustus september oktober november december
    """.split()


def spoken_date(date: str) -> str:
    """`2019-05` as `mei 2019`, `2019` as `2019`."""
    year, _, rest = date.partition("-")
    return f"{MONTHS[int(rest[:2]) - 1]} {year}" if rest else year


def spoken_list(items: list[str]) -> str:
    """`a, b en c`."""
    return " en ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
