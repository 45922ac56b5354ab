"""Splits a text along its headings into chunks that the encoder can take in whole, with LlamaIndex's own parsers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from itertools import pairwise

from assistant.domain import Chunk, Source
from assistant.index.points import point_id
from assistant.language.sentences import split_sentences

CHUNK_TOKENS = 320
"""Well within the encoder's 512, so that title and headings fit too; a quote of more is no quote."""


def split(source: Source, count_tokens: Callable[[str], int]) -> tuple[Chunk, ...]:
    """The chunks of a source in text order. Every chunk is literally a piece of the text."""
    # Loading it takes most of a second, which a server need not spend before its first answer.
    from llama_index.core.node_parser import MarkdownNodeParser, SentenceSplitter
    from llama_index.core.schema import Document, MetadataMode

    splitter = SentenceSplitter(
        chunk_size=CHUNK_TOKENS,
        chunk_overlap=0,
        tokenizer=_token_list(count_tokens),
        chunking_tokenizer_fn=_sentences_with_space,
        paragraph_separator="\n\n",
    )
    chunks: list[Chunk] = []
    for section in MarkdownNodeParser(include_prev_next_rel=False).get_nodes_from_documents(
        [Document(text=source.text)]
    ):
        headings = tuple(part for part in section.metadata.get("header_path", "/").split("/") if part)
        for text in splitter.split_text(section.get_content(MetadataMode.NONE)):
            if literal := _literal(source.text, text):
                chunks.append(_chunk(source, len(chunks), headings, literal))
    return tuple(chunks)


def _token_list(count_tokens: Callable[[str], int]) -> Callable[[str], list[int]]:
    """LlamaIndex counts the length of a token list; the engine gives only the count."""
    return lambda text: [0] * count_tokens(text)


def _sentences_with_space(text: str) -> list[str]:
    """The sentences with the white space behind them: LlamaIndex glues them together again with nothing between."""
    starts, at = [], 0
    for sentence in split_sentences(text):
        starts.append(text.index(sentence, at))
        at = starts[-1] + len(sentence)
    return [text[start:end] for start, end in pairwise([0, *starts[1:], len(text)])]


def _literal(whole: str, piece: str) -> str | None:
    """The piece as it stands in the whole: LlamaIndex joins paragraphs with its own white space."""
    piece = piece.strip()
    if piece in whole:
        return piece
    words = piece.split()
    if not words:
        return None
    start = whole.find(words[0])
    while start >= 0:
        end = _match_words(whole, start, words)
        if end is not None:
            return whole[start:end]
        start = whole.find(words[0], start + 1)
    return None


def _match_words(whole: str, start: int, words: Sequence[str]) -> int | None:
    at = start
    for word in words:
        while at < len(whole) and whole[at].isspace():
            at += 1
        if not whole.startswith(word, at):
            return None
        at += len(word)
    return at


def _chunk(source: Source, position: int, headings: tuple[str, ...], text: str) -> Chunk:
    digest = hashlib.sha256("\n".join([source.title, *headings, text]).encode()).hexdigest()
    return Chunk(point_id("chunk", source.id, position), source.id, position, headings, text, digest)
