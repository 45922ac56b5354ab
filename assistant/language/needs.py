"""Recognises the need behind a resident's words, as one of the topics that sources carry.

People do not say “eenzaamheid” but “ik heb niemand om mee te praten”. The table gives each topic the words and turns
of phrase that announce it; a source with a recognised topic is preferred, never excluded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.language.analysis import fold

PHRASES: Mapping[str, str] = {
    "eenzaamheid": r"eenza\w+|alleen (?:thuis|zijn|zit|voel)|(?:voel|zit|ben|leef|zo|helemaal|"
    r"altijd|steeds|vaak|veel) "
    r"(?:me |mij |mezelf |zo |heel |erg |hier |vaak |wel |ook )*alleen|niemand (?:om|meer|die)|"
    r"geen (?:vrienden|aanspraak|"
    r"contact\w*|visite|bezoek)|mensen (?:ontmoeten|leren kennen)|gezelsch\w+|gezellig\w*|"
    r"praatje\w*|aanspraak|maatje\w*|"
    r"koffie\w*|ontmoet\w*|inloop\w*|samen eten|huiskamer\w*|buurthuis|kom nergens|lonely|einsam|samotn\w*|yalniz\w*",
    "geldzorgen": r"schuld\w*|geldzorg\w*|geld tekort|geen geld|te weinig geld|geldproble\w+|geldgebrek|rood staan|"
    r"sta rood|rekening\w*|aanmaning\w*|deurwaarder\w*|incasso\w*|beslag\w*|rondkomen|niet rond|huurachterstand\w*|"
    r"betalen|uitkering\w*|bijstand\w*|toeslag\w*|minim\w+|armoede|arm|voedselbank\w*|"
    r"voedselpakket\w*|kwijtscheld\w*|"
    r"budget\w*|kledingbank\w*|debt\w*|money|schulden|dlug\w*|borc\w*",
    "mantelzorg": r"mantelzorg\w*|respijt\w*|(?:zorg|zorgen|zorgt|verzorg\w*) (?:al |elke dag |"
    r"dag en nacht |voor |ik |"
    r"alleen )*voor (?:mijn|mn|m'n|haar|zijn|een|onze)|overbelast\w*|verzorg\w* (?:mijn|mn|m'n)",
    "clientondersteuning": r"clientonder\w*|wmo|keukentafel\w*|indicatie\w*|loket\w*|sociaal team|wijkteam|"
    r"formulier\w*|aanvragen|bezwaar|klacht\w*|pgb",
    "jeugd-en-opvoeden": r"opvoed\w*|kind(?:eren|je|jes)?|baby\w*|peuter\w*|kleuter\w*|puber\w*|zoon\w*|dochter\w*|"
    r"tiener\w*|jongere\w*|jeugd\w*|school\w*|consultatiebureau|gezin\w*|zwanger\w*|scheiding|"
    r"gescheiden|pest\w*|child\w*",
    "vrijwilligerswerk": r"vrijwillig(?!er (?:die|om|voor|met|aan)\b)\w*|anderen helpen|"
    r"iets doen voor|iets betekenen|handen uit de mouwen|mijn steentje",
    "taal-en-digitaal": r"taal\w*|lezen en schrijven|laaggelett\w*|nederlands (?:leren|oefenen|spreken)|digitaa?l\w*|"
    r"computer\w*|digid|internet\w*|tablet\w*|smartphone\w*|mobiel\w*|inloggen|(?:kan|"
    r"kunnen) niet (?:goed )?lezen|laptop",
    "bewegen-en-leefstijl": r"beweg\w*|beweeg\w*|sport\w*|wandel\w*|valpreventie|vallen|gevallen|"
    r"afvallen|overgewicht|"
    r"gezond\w* leven|leefstijl\w*|roken|fitness|gym\w*|zwem\w*|gli|valrisico",
    "vervoer": r"vervoer\w*|bus|buurtbus\w*|taxi\w*|rijden|brengen|ophalen|automaatje\w*|valys|scootmobiel\w*|"
    r"naar het ziekenhuis|deur (?:niet )?uit|geen auto|rolstoel\w*",
    "wonen": r"wonen|woning\w*|huur\w*|huis(?!arts|dier|elijk|houd)\w*|dak\w*|urgentie|verhuiz\w*|"
    r"buren\w*|burenruzie|overlast|opvang|slapen",
    "dementie": r"dement\w*|alzheimer\w*|vergeet\w*|geheugen\w*|verward\w*(?! gedrag)|verwarring\w*|"
    r"odensehuis\w*|in de war",
    "nieuwkomers": r"vluchteling\w*|statushouder\w*|inburger\w*|oekra\w*|asiel\w*|nieuwkomer\w*|refugee\w*|"
    r"flüchtling\w*|uitgeprocedeerd\w*",
    "thuiszorg": r"thuiszorg\w*|huishoud\w*|schoonma\w*|poets\w*|wijkverpleg\w*|wijkzuster|douchen|"
    r"wassen|steunkous\w*|"
    r"zorg thuis|hulp thuis|thuis wonen|hulp in (?:het )?huis\w*|palliatie\w*|hospice\w*|terminaal|verpleeghuis",
    "veiligheid": r"geweld\w*|mishandel\w*|onveilig\w*|bedreig\w*|stalk\w*|veilig\w*|bang voor|politie|misbruik\w*|"
    r"discrimin\w*|loverboy\w*|mensenhandel",
    "werk": r"werk (?:zoeken|vinden)|baan\w*|werkloos\w*|solliciter\w*|re-?integrat\w*|arbeidsmarkt\w*|vacature\w*|"
    r"personeel\w*|ontslag\w*|ontslagen|participatie\w*|beschut werk",
    "mentale-gezondheid": r"psych\w*|ggz|depress\w*|somber\w*|angst\w*|paniek\w*|burn-?out|stress\w*|piek\w*|"
    r"mentaal|mentale|niet lekker in mijn vel|overspannen|zelfmoord\w*|suicid\w*|trauma\w*|therap\w*",
    "huisarts-en-ziekenhuis": r"huisarts\w*|dokter\w*|ziekenhuis\w*|spoedpost\w*|spoedeisend\w*|seh|"
    r"apotheek|medicijn\w*|"
    r"eigen risico|zorgverzeker\w*|tandarts\w*|verwijzing\w*|wachttijd\w*|wachtlijst\w*|bevolkingsonderzoek\w*",
    "rouw": r"rouw\w*|overleden|overlijden|verlies\w*|gestorven|weduw\w*|nabestaande\w*|dood van|sinds (?:mijn|mn) "
    r"(?:man|vrouw|moeder|vader) (?:er niet|dood|is overl)\w*|gemis|mis (?:mijn|mn|hem|haar)",
    "verslaving": r"versla\w*|alcohol\w*|drank\w*|drink\w* (?:te )?veel|drugs|blow\w*|gok\w*|gam\w*|spielsucht|zucht",
}

COMPILED: Mapping[str, re.Pattern[str]] = {
    topic: re.compile(rf"\b(?:{pattern})\b") for topic, pattern in PHRASES.items()
}


def recognise_needs(text: str) -> tuple[str, ...]:
    """The topics that the words of a question announce, in the order of the table."""
    folded = fold(text)
    return tuple(topic for topic, pattern in COMPILED.items() if pattern.search(folded))
