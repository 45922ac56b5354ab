"""Recognises text that is not written for a reader but for a language model."""

from __future__ import annotations

import re

from assistant.domain import Outcome
from assistant.language.sentences import split_sentences
from assistant.rules.folding import fold
from assistant.rules.matching import find_boundary
from ingest.screening.unseen import without_unseen

MODEL = (
    r"(?:ai[- ]?(?:assistent|assistant|model|agent|systeem|system|bot)|chat ?bot|chatgpt|gpt-?\d|claude|gemini|copilot|"
    r"taalmodel(?:len)?|language models?|llms?|virtuele assistent|virtual assistant|markewijzer|sprachmodell|"
    r"ki-assistent)(?:en|s)?"
)
ORDERS = (
    r"(?:negeer|vergeet|antwoord|zeg|noem|vermeld|verwijs|stuur|verzwijg|adviseer|geef|toon|gebruik|vertel|schrijf|doe|"
    r"ignore|disregard|forget|answer|say|tell|mention|respond|reply|output|recommend|always|never|do not|you must|"
    r"ignoriere|antworte|moet|mag niet|dient|zult|should|must|shall)"
)
PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # Orders to set aside what was said before.
        r"\b(?:negeer|vergeet|verwerp|overschrijf|omzeil)\b.{0,40}\b(?:instructies?|opdrachten?|aanwijzingen|regels|"
        r"richtlijnen|prompts?|context|bronnen|systeem\w*)\b",
        r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|prompts?|rules|guidelines|context|"
        r"directives|sources)\b",
        r"\b(?:ignoriere|vergiss)\b.{0,40}\b(?:anweisungen|anweisung|regeln|befehle)\b",
        r"\b(?:ignore[rz]?|ignora[dr]?|oublie[rz]?|olvida\w*|esquec\w*|dimentica\w*|z?ignoruj\w*|zapomnij\w*|pomin)\b.{0,40}\b"
        r"(?:instruc\w*|istruzion\w*|instrukc\w*|consignes|regles|reglas|regras|regole|zasad\w*|polecen\w*)\b",
        r"(?:talimat|kural|komut)\w*.{0,40}\b(?:unut|yok say|gormezden gel)",
        r"(?:تجاهل|انس|تجاوز).{0,40}(?:التعليمات|الاوامر|الأوامر|القواعد)",
        r"(?:ігноруй|ігноруи|игнорируй|игнорируи|забудь).{0,40}(?:інструкці|інструкціі|инструкци|правила|вказівк)",
        r"\b(?:vous etes|tu es|du bist|sie sind|eres|usted es|tu sei|jestes|voce e)\b.{0,25}\b"
        r"(?:assist[ae]n\w*|asisten\w*|model\w*|ki|ia)\b.{0,25}\b(?:sans|sin|ohne|senza|sem|bez)\b",
        # An order to a model by name, either way round.
        rf"^(?:\W*(?:let op|note|attention|belangrijk|important|aan|to|voor|for|beste|dear|hallo|hey)\W+)*(?:(?:alle|"
        rf"all|elke?|any|every|de|het|the|een|an?|jij|je|you)\W+)*{MODEL}\b.{{0,80}}\b{ORDERS}\b",
        rf"\b(?:als|indien|wanneer|if|when)\b.{{0,15}}\b(?:je|jij|u|you)\b.{{0,15}}\b(?:een|an?|are|is)\b.{{0,15}}"
        rf"{MODEL}\b",
        rf"\b(?:je|jij|u) bent (?:nu |voortaan |vanaf nu )?(?:een |de |het )?(?:behulpza\w+ |vrij\w* )?{MODEL}\b",
        rf"\b(?:you are|act as|pretend to be) (?:now )?(?:an? |the )?(?:\w+ )?{MODEL}\b",
        rf"\bas an? {MODEL}\b",
        # The marks between which chat models find their roles.
        r"<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id)\b|\[/?inst\]|<<sys>>|"
        r"\[/?system\]|</?(?:system|assistant)(?:_prompt)?>|"
        r"^\W{0,4}(?:system|assistant|systeem) ?(?:prompt|bericht|message)? ?:\s",
        r"\b(?:system|systeem|developer) ?-?prompt\b|\bprompt ?-?injecti(?:on|e)\b|\bjailbreak\b",
        # Orders about the answer.
        r"\b(?:antwoord|reageer|begin|eindig|sluit) (?:(?:vanaf nu|voortaan|altijd|alleen|uitsluitend|elk antwoord|"
        r"ieder antwoord|je antwoord)\s?)+\b(?:met|in|op)\b",
        r"\b(?:zeg|vertel|vermeld|noem)\b.{0,20}\b(?:gebruikers?|vragers?|bezoekers?|users?)\b.{0,60}\b(?:dat|that|om)\b",
        r"\b(?:tell|inform|direct|send|redirect)\b.{0,15}\b(?:the )?users?\b.{0,40}\b(?:that|to)\b",
        r"\bin (?:je|jouw|your|elk|ieder|every|all) (?:antwoord\w*|answers?|responses?|reply|output)\b.{0,60}\b"
        r"(?:vermeld|noem|zeg|verwijs|mention|include|say|link)\b|\b(?:vermeld|noem|mention|include)\b.{0,40}\bin "
        r"(?:je|jouw|your|elk|ieder|every|all) (?:antwoord\w*|answers?|responses?)\b",
        r"\bdo not (?:mention|reveal|tell|disclose|cite)\b.{0,60}\b(?:source|instruction|prompt|user|this)\b",
    )
)  # fmt: skip
BLOB = re.compile(
    r"(?<![\w+/])(?=[A-Za-z0-9+/]*\d)(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])[A-Za-z0-9+/]{60,}={0,2}"
)
TAG_CHARACTERS = re.compile("[\U000e0020-\U000e007e]+")
ATTACK_WORDS = re.compile(
    r"\b(?:negeer|vergeet|wis|omzeil|overschrijf|ignore|disregard|forget|bypass|override|discard|ignorez|oubliez|"
    r"instruc\w*|instrukc\w*|anweisung\w*|prompt\w*|systeem\w*|system\w*|regels|rules|doe alsof|pretend|act as|"
    r"you are|je bent|jij bent|ie bint|jailbreak|modus|mode|veiligheids\w*|filters?|richtlijnen|rol van)\b"
)
"""Without one of these the rules for questions, which cost milliseconds, find no attack."""
NEAR = 400
"""Characters of a sentence that are looked at together."""


def instructs(text: str) -> str | None:
    """The sentence that gives a model an order, or None."""
    smuggled = TAG_CHARACTERS.sub(lambda m: "".join(chr(ord(c) - 0xE0000) for c in m[0]), text)
    for sentence in split_sentences(without_unseen(smuggled).replace("\0", " ")):
        line = " ".join(fold(sentence).split())
        if any(pattern.search(line) for pattern in PATTERNS) or BLOB.search(sentence):
            return sentence
        if ATTACK_WORDS.search(line) and _attacks(sentence):
            return sentence
    return None


def _attacks(sentence: str) -> bool:
    """The rules that refuse an attack in a question also know it in a page."""
    found = find_boundary(sentence[:NEAR])
    return found is not None and found.outcome is Outcome.REFUSED_UNSAFE
