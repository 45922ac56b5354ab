"""`python -m assistant.beforehand`: derives now what a first start would derive, and keeps it for every start.

For an installation, and above all for an image that cannot be written to when it runs.
"""

from __future__ import annotations

import sys

from assistant.embedding.engines import open_engine
from assistant.language.lemmas import dictionary
from assistant.language.lexicon import dutch_words
from assistant.rules.tables import TABLES, load_table


def derive_all() -> None:
    """All that is kept beside our modules; what is there already is only read."""
    dictionary()
    dutch_words()
    for name in TABLES:
        load_table(name)
    open_engine()  # its tokenizer's tables, and the network as it is compiled for this processor


if __name__ == "__main__":
    sys.dont_write_bytecode = False  # whoever runs this wants the files, like who runs `compileall`
    derive_all()
