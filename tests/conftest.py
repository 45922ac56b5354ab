"""The small corpus and an index of it, built once a run with the encoder that we ship, also by several workers."""

from __future__ import annotations

import fcntl
import os
import pickle
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest
from hypothesis.configuration import set_hypothesis_home_dir

from assistant import Assistant
from assistant.build import build_embedder
from assistant.embedding import BUNDLED, Embedder, Encoding, encode_questions, open_embedder
from assistant.index.copying import copy_file
from assistant.index.edge import EdgeHome
from assistant.library import Library, manifest_of
from assistant.settings import Settings, read_settings
from ingest import refresh, synchronise
from tests.small_corpus import write_corpus

REPOSITORY = Path(__file__).parent.parent
VOCABULARY = "[UNK] query passage : hulp bij schulden is gratis de bus naar emmen rijdt elk uur café in exloërmond"
"""Words that the tiny model knows."""

# Examples are found anew each run; nothing is written into the repository.
set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "hypothesis")
hypothesis.settings.register_profile("here", database=None, deadline=None)
hypothesis.settings.load_profile("here")

os.environ["HF_HUB_OFFLINE"] = "1"
for name in Settings.model_fields:
    # What a developer has set for running the program is not what the tests are about.
    if name != "qdrant_url":
        os.environ.pop(name.upper(), None)
QDRANT_URL = os.environ.pop("QDRANT_URL", None)


@dataclass(frozen=True)
class Workplace:
    """A corpus and a data folder that a test may change."""

    corpus: Path
    settings: Settings

    @property
    def index(self) -> Path:
        """The folder of the embedded index."""
        return self.settings.data_dir / "index"


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The encoder that we ship."""
    return open_embedder(BUNDLED)


class RememberingEmbedder:
    """The encoder that we ship, which computes each text once a run: a refresh embeds thousands of fixed examples."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._vectors: dict[tuple[bool, str], list[float]] = {}
        self._encodings: dict[str, Encoding] = {}
        self.name, self.max_tokens = embedder.name, embedder.max_tokens

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    def count_tokens(self, text: str) -> int:
        return self._embedder.count_tokens(text)

    def embed_questions(self, texts: Sequence[str]) -> list[list[float]]:
        return self._remembered(texts, is_question=True)

    def embed_texts(self, texts: Sequence[str]) -> list[list[float]]:
        return self._remembered(texts, is_question=False)

    def encode_questions(self, texts: Sequence[str]) -> list[Encoding]:
        new = [text for text in dict.fromkeys(texts) if text not in self._encodings]
        self._encodings.update(zip(new, encode_questions(self._embedder, new), strict=True))
        return [self._encodings[text] for text in texts]

    def remember(self, file: Path) -> None:
        """Adds the vectors that another worker kept in this file."""
        self._vectors |= pickle.loads(file.read_bytes())

    def keep(self, file: Path) -> None:
        """Writes all vectors to a file."""
        file.write_bytes(pickle.dumps(self._vectors))

    def _remembered(self, texts: Sequence[str], *, is_question: bool) -> list[list[float]]:
        new = [text for text in dict.fromkeys(texts) if (is_question, text) not in self._vectors]
        embed = self._embedder.embed_questions if is_question else self._embedder.embed_texts
        for text, vector in zip(new, embed(new) if new else [], strict=True):
            self._vectors[is_question, text] = vector
        return [self._vectors[is_question, text] for text in texts]


@pytest.fixture(scope="session", autouse=True)
def remembering(embedder: Embedder) -> Iterator[RememberingEmbedder]:
    """Every refresh and assistant of this process shares one encoder, unless a test asks for another model."""
    shared = RememberingEmbedder(embedder)

    def build(settings: Settings) -> Embedder:
        return shared if settings.embedding_model == BUNDLED else build_embedder(settings)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(synchronise, "build_embedder", build)
        patch.setattr("assistant.assistant.build_embedder", build)
        yield shared


@pytest.fixture(scope="session", autouse=True)
def no_waiting_for_the_disk() -> Iterator[None]:
    """Tests end programs, never the power: what was written is there, also before the disk has it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda file: None)
        yield


@pytest.fixture(scope="session")
def real_corpus() -> Path:
    """The corpus of this repository."""
    return REPOSITORY / "corpus"


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share, for what is costly to build."""
    own = tmp_path_factory.getbasetemp()
    shared = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shared"
    shared.mkdir(exist_ok=True)
    return shared


@contextmanager
def only_worker(shared: Path) -> Iterator[None]:
    """One worker at a time builds something in the shared folder; the others wait, and then find it there."""
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
async def small(
    shared_folder: Path, tmp_path_factory: pytest.TempPathFactory, remembering: RememberingEmbedder
) -> Workplace:
    """The small corpus, indexed. Shared by all tests of a worker: read only."""
    built, vectors = workplace_in(shared_folder / "small"), shared_folder / "vectors"
    with only_worker(shared_folder):
        if vectors.exists():
            remembering.remember(vectors)
        else:
            await refresh(built.settings, write_corpus(built.corpus))
            remembering.keep(vectors)
    return copied(built, tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
async def assistant(small: Workplace) -> AsyncIterator[Assistant]:
    """An assistant on the small corpus."""
    assistant = Assistant.open(settings=small.settings)
    await assistant.start()
    yield assistant
    await assistant.close()


@pytest.fixture
def workplace(small: Workplace, tmp_path: Path) -> Workplace:
    """A copy of the small corpus and its index, with the vectors, for a test that changes something."""
    return copied(small, tmp_path)


def copied(small: Workplace, folder: Path) -> Workplace:
    """The same in another folder: an index has one owner, and `small` may have one already."""
    copy = workplace_in(folder)
    shutil.copytree(small.corpus, copy.corpus)
    # An ordinary copy would fill the holes in the files of the index: 200 MB in the place of 20.
    shutil.copytree(small.settings.data_dir, copy.settings.data_dir, copy_function=sparsely)
    return copy


def workplace_in(folder: Path) -> Workplace:
    """Where a corpus and its index are in a folder."""
    return Workplace(folder / "corpus", read_settings(data_dir=folder / "data"))


def sparsely(source: str, target: str) -> str:
    """Copies a file as `shutil.copytree` wants it done."""
    copy_file(Path(source), Path(target))
    return target


@pytest.fixture
def qdrant_url() -> str:
    """A Qdrant server to test against; without `QDRANT_URL` such a test is skipped."""
    if QDRANT_URL is None:
        pytest.skip("QDRANT_URL is not set")
    return QDRANT_URL


@pytest.fixture(scope="session")
async def library(small: Workplace, embedder: Embedder) -> AsyncIterator[Library]:
    """The generation of the small corpus, for steps that search."""
    home = EdgeHome(small.index)
    index = await home.peek(str(await home.live()))
    library = await Library.of(index, await manifest_of(index), embedder)
    yield library
    await library.close()


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A static embedding of a few words with random weights: a real model, of a kind that has no length limit."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    words = VOCABULARY.split()
    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    folder = tmp_path_factory.mktemp("tiny-model")
    module = StaticEmbedding(tokenizer, embedding_dim=32)
    model = SentenceTransformer(modules=[module], prompts={"query": "query: ", "document": "passage: "})
    model.save(str(folder))
    return folder
