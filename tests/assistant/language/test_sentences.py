"""Sentences end where a reader would stop, so that a quote is never half a sentence."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from assistant.language import sentences
from assistant.language.sentences import split_sentences
from tests.conftest import REPOSITORY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Elke dinsdag open. Aanmelden hoeft niet.", ["Elke dinsdag open.", "Aanmelden hoeft niet."]),
        ("Vraag het bijv. aan Sedna. Dat mag.", ["Vraag het bijv. aan Sedna.", "Dat mag."]),
        ("Er is o.a. koffie, i.v.m. de kosten t.b.v. ons.", ["Er is o.a. koffie, i.v.m. de kosten t.b.v. ons."]),
        ("Bel mevr. De Vries of dhr. Jansen. Dat kan.", ["Bel mevr. De Vries of dhr. Jansen.", "Dat kan."]),
        ("Bel Sedna, tel. 0591 680800. Of mail.", ["Bel Sedna, tel. 0591 680800.", "Of mail."]),
        ("Kijk op www.sedna-emmen.nl voor meer. Of bel.", ["Kijk op www.sedna-emmen.nl voor meer.", "Of bel."]),
        ("Chatten kan op 113.nl. Bellen ook.", ["Chatten kan op 113.nl.", "Bellen ook."]),
        ("Mail naar info@sedna-emmen.nl. Dank!", ["Mail naar info@sedna-emmen.nl.", "Dank!"]),
        ("Het kost € 12.50 per keer. Dat is veel.", ["Het kost € 12.50 per keer.", "Dat is veel."]),
        ("Er zijn 1.250 deelnemers. Mooi!", ["Er zijn 1.250 deelnemers.", "Mooi!"]),
        ("Open van 10.00 tot 12.00 uur. Loop binnen.", ["Open van 10.00 tot 12.00 uur.", "Loop binnen."]),
        ("Het kost € 83,-. Betaal per maand.", ["Het kost € 83,-.", "Betaal per maand."]),
        ("Kom je ook? Graag!", ["Kom je ook?", "Graag!"]),
        ("Zonder punt aan het eind", ["Zonder punt aan het eind"]),
        ("  \n ", []),
        ("", []),
    ],
    ids=[
        "two sentences",
        "bijv.",
        "several abbreviations",
        "titles before a name",
        "tel.",
        "web address",
        "short web address at the end",
        "e-mail address at the end",
        "decimal point",
        "thousands",
        "times",
        "an amount at the end",
        "question and exclamation",
        "no full stop",
        "white space",
        "nothing",
    ],
)
def test_a_text_is_split_where_a_reader_would_stop(text: str, expected: list[str]) -> None:
    assert split_sentences(text) == expected


def test_paragraphs_and_list_items_never_share_a_sentence() -> None:
    text = "Wij helpen met\n- schulden\n- formulieren\n\nAanmelden hoeft niet"

    assert split_sentences(text) == ["Wij helpen met", "- schulden", "- formulieren", "Aanmelden hoeft niet"]


def test_every_sentence_stands_literally_in_the_text() -> None:
    text = "Bel dhr.\nJansen, o.a. voor hulp.  Of loop\nbinnen.\n\n# Kosten\n\nGratis (t/m 2026). “Echt waar?” Ja."

    sentences = split_sentences(text)

    assert all(sentence in text for sentence in sentences)
    assert "".join("".join(sentences).split()) == "".join(text.split())


def test_a_long_text_without_a_full_stop_is_one_sentence() -> None:
    text = "hulp en " * 2500

    assert split_sentences(text) == [text.strip()]


def test_the_model_is_read_as_nltk_reads_it() -> None:
    import nltk
    from nltk.tokenize.punkt import PunktTokenizer

    spec = find_spec("llama_index.core")
    nltk.data.path.append(str(Path(str(spec and spec.origin)).parent / "_static" / "nltk_cache"))
    ours = sentences._tokenizer.__wrapped__()._params  # one that was used also holds the words that it met
    theirs = PunktTokenizer("dutch")._params

    assert len(ours.ortho_context) > 30_000
    assert ours.abbrev_types == theirs.abbrev_types | sentences.ABBREVIATIONS
    assert [getattr(ours, name) for name in ("collocations", "sent_starters", "ortho_context")] == [
        getattr(theirs, name) for name in ("collocations", "sent_starters", "ortho_context")
    ]


def test_nltk_is_whole_for_who_asks_for_it_later() -> None:
    program = """
import sys
from assistant.language.light_nltk import PunktSentenceTokenizer
assert "scipy" not in sys.modules and not any(name.partition(".")[0] == "nltk" for name in sys.modules)
import nltk, nltk.tokenize.punkt
print(nltk.tokenize.wordpunct_tokenize("Goede dag."), nltk.probability.FreqDist)
print(PunktSentenceTokenizer().tokenize("Ja. Nee."))
"""
    told = subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True)

    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("['Goede', 'dag', '.'] ")
