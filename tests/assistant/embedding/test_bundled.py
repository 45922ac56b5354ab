"""The encoder that we ship starts without torch."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from assistant.embedding import BUNDLED, Embedder, open_embedder
from tests.conftest import REPOSITORY

HEAVY = ("torch", "transformers", "sentence_transformers", "llama_index", "qdrant_client", "scipy", "sklearn")


def test_the_assistant_and_its_default_encoder_start_without_heavy_libraries() -> None:
    program = (
        "import sys; import assistant; from assistant.embedding import open_embedder; "
        f"open_embedder('{BUNDLED}').embed_questions(['hulp']); "
        f"print(sorted(set({HEAVY}) & set(sys.modules)))"
    )

    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=REPOSITORY, check=True)

    assert result.stdout.strip() == "[]"


def test_the_setting_names_the_bundled_encoder() -> None:
    embedder = open_embedder(BUNDLED)

    assert (embedder.name, embedder.dimension, embedder.max_tokens) == ("bundled:e5-small", 384, 512)


def test_threads_that_embed_at_once_do_not_mix_their_vectors(embedder: Embedder) -> None:
    texts = [f"vraag {n} over mantelzorg" for n in range(6)]
    expected = [embedder.embed_questions([text]) for text in texts]

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: embedder.embed_questions([text]), texts))

    assert found == expected


def test_opening_the_encoder_calls_nobody_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """OpenVINO brings a package that can tell its makers what is used; nothing of ours may set it to work."""
    program = (
        "import sys; called = []; "
        "sys.addaudithook(lambda event, _: called.append(event) if event.startswith('socket.') else None); "
        "from assistant.embedding import open_embedder; "
        f"embedder = open_embedder('{BUNDLED}'); embedder.embed_questions(['hulp']); "
        "print(embedder.engine, [event for event in called if event in ('socket.connect', 'socket.getaddrinfo')])"
    )
    environment = {**os.environ, "HOME": str(tmp_path)}

    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=REPOSITORY, env=environment, check=True
    )

    assert result.stdout.startswith("OpenVINO")
    assert result.stdout.rstrip().endswith("[]")
    assert list(tmp_path.iterdir()) == []
