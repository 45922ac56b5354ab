"""A refresh does only what is needed, and a crash at any moment costs nothing but time."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.domain import Filter
from assistant.embedding import Embedder
from assistant.errors import CorpusError, IndexInUse
from assistant.index.edge import EdgeHome
from assistant.index.ownership import Ownership
from assistant.library import Library
from assistant.settings import Settings, read_settings
from ingest import refresh
from ingest.generations import generations
from ingest.synchronise import GENERATIONS_KEPT
from tests.conftest import REPOSITORY, Workplace
from tests.small_corpus import write_source

NEW_BODY = "De breiclub in Emmen breit elke woensdag sokken. Wol is gratis. Kom gerust een keer kijken."


def change_phone(workplace: Workplace) -> None:
    """A change of one source that needs no new vector."""
    path = workplace.corpus / "emmen-inloop.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("telefoon: 0591 680800", "telefoon: 0591 680801"), encoding="utf-8")


async def ids(settings: Settings, embedder: Embedder) -> set[str]:
    """The sources that the live generation answers with."""
    home = EdgeHome(settings.data_dir / "index")
    try:
        library = await Library.open(home, embedder)
        return {source.id for source in await library.sources()}
    finally:
        await home.close()


async def test_a_first_refresh_publishes_all_sources(small: Workplace) -> None:
    [live] = await generations(small.settings)

    assert (live.live, live.sources, live.chunks) == (True, 12, 12)


async def test_an_unchanged_corpus_embeds_nothing_and_publishes_nothing(workplace: Workplace) -> None:
    [before] = await generations(workplace.settings)

    report = await refresh(workplace.settings, workplace.corpus)

    assert (report.embedded, report.published) == (0, False)
    assert (report.new, report.changed, report.gone) == ((), (), ())
    assert report.generation == before.id
    assert await generations(workplace.settings) == [before]


async def test_one_changed_file_embeds_only_its_new_texts(workplace: Workplace) -> None:
    path = workplace.corpus / "emmen-inloop.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Aanmelden hoeft niet.", "Aanmelden is wel nodig."), encoding="utf-8")

    report = await refresh(workplace.settings, workplace.corpus)

    assert (report.new, report.changed, report.gone) == ((), ("emmen-inloop",), ())
    # Its one chunk and the one sentence that changed; the title, questions and other sentences were known.
    assert report.embedded == 2
    assert report.published


async def test_a_change_outside_the_text_embeds_nothing_and_is_published(
    workplace: Workplace, embedder: Embedder
) -> None:
    change_phone(workplace)

    report = await refresh(workplace.settings, workplace.corpus)

    assert (report.changed, report.embedded, report.published) == (("emmen-inloop",), 0, True)
    home = EdgeHome(workplace.index)
    source = await (await Library.open(home, embedder)).source("emmen-inloop")
    await home.close()
    assert source is not None
    assert source.contact.phone == "0591 680801"


async def test_a_new_file_is_found_after_a_refresh(workplace: Workplace, embedder: Embedder) -> None:
    write_source(workplace.corpus, "breiclub", NEW_BODY, titel="Breiclub")

    report = await refresh(workplace.settings, workplace.corpus)

    assert report.new == ("breiclub",)
    assert "breiclub" in await ids(workplace.settings, embedder)


async def test_nothing_of_a_removed_file_is_left(workplace: Workplace, embedder: Embedder) -> None:
    (workplace.corpus / "emmen-inloop.md").unlink()

    report = await refresh(workplace.settings, workplace.corpus)

    assert (report.gone, report.embedded) == (("emmen-inloop",), 0)
    home = EdgeHome(workplace.index)
    index = await home.open()
    for point_type in ("source", "title", "question", "chunk", "sentence"):
        assert await index.scroll(point_type, Filter(sources=("emmen-inloop",))) == []
    await index.close()
    await home.close()


async def test_a_moved_file_is_the_same_source(workplace: Workplace) -> None:
    (workplace.corpus / "hulp").mkdir()
    (workplace.corpus / "emmen-inloop.md").rename(workplace.corpus / "hulp" / "emmen-inloop.md")

    assert not (await refresh(workplace.settings, workplace.corpus)).published


async def test_another_list_of_places_is_published_without_embedding(workplace: Workplace) -> None:
    path = workplace.corpus / "plaatsen.csv"
    path.write_text(path.read_text(encoding="utf-8") + "Weerdinge,Emmen,dorp,\n", encoding="utf-8")

    report = await refresh(workplace.settings, workplace.corpus)

    assert (report.embedded, report.published) == (0, True)


async def test_questions_that_are_left_out_are_not_indexed(workplace: Workplace) -> None:
    question = "Waar kan ik mensen ontmoeten in Emmen?"

    report = await refresh(workplace.settings, workplace.corpus, left_out=frozenset({question}))

    assert report.published
    home = EdgeHome(workplace.index)
    points = await (await home.open()).scroll("question")
    await home.close()
    assert question not in {point.payload["text"] for point in points}


async def test_leaving_out_another_question_builds_anew(workplace: Workplace) -> None:
    await refresh(workplace.settings, workplace.corpus, left_out=frozenset({"Waar kan ik mensen ontmoeten in Emmen?"}))

    report = await refresh(workplace.settings, workplace.corpus, left_out=frozenset({"schuldhulp assen"}))

    assert report.published


async def test_a_file_that_is_wrong_stops_the_refresh_and_the_old_index_answers(
    workplace: Workplace, embedder: Embedder
) -> None:
    before = await generations(workplace.settings)
    path = workplace.corpus / "emmen-inloop.md"
    path.write_text(path.read_text(encoding="utf-8").replace("- Emmen", "- Emen"), encoding="utf-8")
    line = 1 + path.read_text(encoding="utf-8").splitlines().index("- Emen")

    with pytest.raises(CorpusError, match=rf"{re.escape(str(path))}:{line}: gemeenten\.0: 'Emen' is unknown"):
        await refresh(workplace.settings, workplace.corpus)

    assert await generations(workplace.settings) == before
    assert len(await ids(workplace.settings, embedder)) == 12


async def test_a_corpus_folder_that_is_gone_leaves_the_old_index(workplace: Workplace, embedder: Embedder) -> None:
    with pytest.raises(CorpusError, match="no such folder"):
        await refresh(workplace.settings, workplace.corpus / "nergens")

    assert len(await ids(workplace.settings, embedder)) == 12


async def test_another_model_builds_the_index_anew(workplace: Workplace, tiny_model: Path) -> None:
    settings = read_settings(data_dir=workplace.settings.data_dir, embedding_model=str(tiny_model))

    report = await refresh(settings, workplace.corpus)

    assert report.published
    assert report.embedded > 60
    assert not (await refresh(settings, workplace.corpus)).published


async def test_a_deleted_or_damaged_cache_is_made_again(workplace: Workplace, tiny_model: Path) -> None:
    settings = read_settings(data_dir=workplace.settings.data_dir, embedding_model=str(tiny_model))
    first = await refresh(settings, workplace.corpus)
    (workplace.settings.data_dir / "vectors.sqlite").write_bytes(b"kapot" * 1000)
    write_source(workplace.corpus, "breiclub", NEW_BODY, titel="Breiclub")

    report = await refresh(settings, workplace.corpus)

    assert report.embedded > first.embedded


async def test_a_live_generation_that_cannot_be_read_is_built_anew(workplace: Workplace, embedder: Embedder) -> None:
    shutil.rmtree(workplace.index / "generations")

    report = await refresh(workplace.settings, workplace.corpus)

    assert (report.published, report.embedded) == (True, 0)
    assert len(await ids(workplace.settings, embedder)) == 12


async def test_only_the_last_generations_are_kept_and_the_live_one_is_among_them(workplace: Workplace) -> None:
    home = EdgeHome(workplace.index)
    for n in range(GENERATIONS_KEPT):
        await home.create(f"2025110{n}T120000-abcdef", 3)
        await home.complete(f"2025110{n}T120000-abcdef")
    (workplace.corpus / "plaatsen.csv").unlink()

    report = await refresh(workplace.settings, workplace.corpus)

    kept = await home.generations()
    assert len(kept) == GENERATIONS_KEPT
    assert kept[-1] == await home.live() == report.generation
    assert "20251100T120000-abcdef" not in kept


async def test_a_second_refresh_at_the_same_time_is_refused(workplace: Workplace) -> None:
    other = Ownership(workplace.settings.data_dir / "refresh.lock")
    other.claim()

    with pytest.raises(IndexInUse, match="a refresh is already being done by process"):
        await refresh(workplace.settings, workplace.corpus)
    other.release()


async def test_progress_is_told_until_all_is_done(workplace: Workplace) -> None:
    write_source(workplace.corpus, "breiclub", NEW_BODY, titel="Breiclub")
    told: list[tuple[str, int, int]] = []

    await refresh(workplace.settings, workplace.corpus, progress=lambda *progress: told.append(progress))

    for what in {what for what, _, _ in told}:
        done = [(n, total) for w, n, total in told if w == what]
        assert done[-1][0] == done[-1][1]
        assert [n for n, _ in done] == sorted(n for n, _ in done)


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from assistant.settings import read_settings
from ingest import refresh
corpus, data, moment = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
told = []
def progress(what, done, total):
    told.append(what)
    if moment == f"{what} {done}" or moment == f"{what} all" and done == total:
        os.kill(os.getpid(), signal.SIGKILL)
async def die(self, generation, *more):
    os.kill(os.getpid(), signal.SIGKILL)
from assistant.index.edge import EdgeHome
step = {"removed": "remove", "written": "complete", "complete": "publish"}.get(moment)
if step:
    setattr(EdgeHome, step, die)
asyncio.run(refresh(read_settings(data_dir=data), corpus, progress=progress))
"""


@pytest.mark.parametrize(
    "moment", ["Teksten inlezen all", "Index bouwen 0", "removed", "Index bouwen 1", "written", "complete"]
)
async def test_a_refresh_that_is_killed_leaves_the_live_index_and_the_next_one_completes(
    workplace: Workplace, embedder: Embedder, moment: str
) -> None:
    before = await generations(workplace.settings)
    write_source(workplace.corpus, "breiclub", NEW_BODY, titel="Breiclub")
    change_phone(workplace)
    process = subprocess.run(
        [sys.executable, "-c", KILLED, str(workplace.corpus), str(workplace.settings.data_dir), moment],
        cwd=REPOSITORY,
        check=False,
    )
    assert process.returncode == -signal.SIGKILL

    [live] = [generation for generation in await generations(workplace.settings) if generation.live]
    assert live == before[0]
    assert "breiclub" not in await ids(workplace.settings, embedder)

    report = await refresh(workplace.settings, workplace.corpus)

    assert (report.new, report.changed, report.published) == (("breiclub",), ("emmen-inloop",), True)
    # The vectors that were computed before the kill are kept.
    assert report.embedded == 0
    assert "breiclub" in await ids(workplace.settings, embedder)
