"""A refresh: collect, compare, build a candidate generation, replay questions, publish it by one atomic switch.

Nothing of the live generation is touched, so a crash at any moment leaves it answering; what was crawled, read and
embedded before the crash is kept and used by the next run. No step holds all sources at once.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from assistant.build import build_embedder, build_home
from assistant.domain import Manifest
from assistant.embedding import Embedder
from assistant.index import IndexHome
from assistant.library import Library, manifest_of
from assistant.settings import Settings
from ingest.building import Material, build, describe, embed, patch
from ingest.collecting import Aside, Entry, Progress, collect_files, collect_pages, read_aside
from ingest.comparing import Difference, compare, tell_changes
from ingest.crawl import Followed, follow_sites
from ingest.limits import Order, Publish, objections
from ingest.lock import RefreshLock
from ingest.manifests import may_patch, open_live, patched, peeked_manifest, same_ground, signature, wanted_manifest
from ingest.replaying import Replay, read_golden, replay
from ingest.reporting import Past, RefreshReport
from ingest.shelf import Shelf
from ingest.vectors import VectorCache

logger = logging.getLogger(__name__)

GENERATIONS_KEPT = 6
"""The live one, and five to go back to."""
REJECTED = "Deze wijzigingen zijn eerder afgewezen. Ververs zelf als ze nu wel mogen."


def silent(what: str, done: int, total: int) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class Collected:
    """Everything that belongs in the index now."""

    entries: Sequence[Entry]
    aside: Aside
    followed: Followed


@dataclass(frozen=True, slots=True)
class Work:
    """What the steps of one refresh share."""

    settings: Settings
    corpus: Path
    order: Order
    left_out: frozenset[str]
    home: IndexHome
    shelf: Shelf
    embedder: Embedder
    progress: Progress
    generation: str
    past: Past


async def refresh(
    settings: Settings,
    corpus: Path,
    *,
    progress: Progress = silent,
    left_out: frozenset[str] = frozenset(),
    order: Order = Order(),
    lock: RefreshLock | None = None,
    generation: str | None = None,
    past: Past = Past(),
) -> RefreshReport:
    """Brings the index in line with a corpus folder and the sites that it follows.

    `left_out` are `vragen` that are not indexed, for checks. `lock` was claimed by the caller, who also releases it.
    `generation` is the id for what is built.

    Raises `CorpusError` before anything is built when a file is wrong, and `StoreError` when the index is away or
    another refresh is running.
    """
    own = None if lock else RefreshLock.claim(settings.data_dir)
    home = build_home(settings)
    try:
        embedder = build_embedder(settings)
        with closing(Shelf(settings.data_dir / "shelf.sqlite", embedder.name)) as shelf:
            id = generation or new_id()
            return await _refresh(Work(settings, corpus, order, left_out, home, shelf, embedder, progress, id, past))
    finally:
        await home.close()
        if own:
            own.release()


def new_id(after: str = "") -> str:
    """For a run and the generation that it builds; ids sort by age.

    An id comes after `after`, also when the clock was put back since: then it is the same moment with a number.
    """
    moment = f"{datetime.now(UTC):%Y%m%dT%H%M%S}"
    if moment > after[: len(moment)]:
        return f"{moment}-{uuid.uuid4().hex[:6]}"
    then, mark, *number = after.split("-")
    return f"{then}-{mark}-{int(number[0] if number else 0) + 1:04d}"


async def _refresh(work: Work) -> RefreshReport:
    collected = await _collect(work)
    live_index = await open_live(work.home)
    try:
        live = await manifest_of(live_index) if live_index else None
        wanted = wanted_manifest(work.generation, work.embedder.name, collected.entries, collected.aside, work.left_out)
        difference = compare(live, wanted.digests)
        if live is not None and not difference and same_ground(live, wanted):
            return _unchanged(live, collected)
        if live is not None and work.order.publish is Publish.WITHIN_LIMITS and signature(wanted) in work.past.rejected:
            return replace(_unchanged(live, collected), note=REJECTED)
        standing = await _same_as(work, live, wanted)
        if standing is not None:
            manifest, embedded = standing, 0
        else:
            manifest, embedded = await _build(work, collected, wanted, live, difference)
        changes = await tell_changes(difference, live_index, collected.entries, work.shelf)
    finally:
        if live_index:
            await live_index.close()
    replayed = await _replay(work, live, manifest)
    found = await _objections(work, live, difference, replayed, manifest.generation)
    if not found:
        await work.home.publish(manifest.generation)
        await _drop_old(work.home, manifest.generation, work.past.awaiting)
        work.shelf.keep_only(entry.digest for entry in collected.entries)
    return RefreshReport(
        generation=(live.generation if live else None) if found else manifest.generation,
        new=difference.new,
        changed=difference.changed,
        gone=difference.gone,
        sources=manifest.sources,
        chunks=manifest.chunks,
        embedded=embedded,
        published=not found,
        candidate=manifest.generation,
        before=live.generation if live else None,
        objections=found,
        changes=changes,
        replay=replayed,
        crawls=collected.followed.reports,
        waiting=_waiting(collected),
        signature=signature(wanted),
    )


async def _collect(work: Work) -> Collected:
    aside = read_aside(work.corpus)
    read_golden(work.corpus)  # a mistake in it is told now, and not after the work
    files = collect_files(work.corpus, work.shelf, work.progress)
    followed = await asyncio.to_thread(
        follow_sites,
        work.corpus,
        work.settings.data_dir,
        work.progress,
        only=work.order.site,
        due_only=work.order.site is None,
        online=work.order.crawl,
    )
    return Collected([*files, *collect_pages(followed, work.shelf, files)], aside, followed)


def _unchanged(live: Manifest, collected: Collected) -> RefreshReport:
    return RefreshReport(
        live.generation,
        (),
        (),
        (),
        live.sources,
        live.chunks,
        0,
        published=False,
        before=live.generation,
        crawls=collected.followed.reports,
        waiting=_waiting(collected),
    )


def _waiting(collected: Collected) -> int:
    return sum(1 for page in collected.followed.sources if any(flag.holds for flag in page.flags))


async def _same_as(work: Work, live: Manifest | None, wanted: Manifest) -> Manifest | None:
    """A newer generation that is not live and holds exactly this: it waits for an editor, or was taken back by one."""
    if work.order.publish is Publish.ALWAYS:
        return None
    for generation in reversed(await work.home.generations()):
        if live is None or generation > live.generation:
            manifest = await peeked_manifest(work.home, generation)
            if manifest and signature(manifest) == signature(wanted):
                return manifest
    return None


async def _build(
    work: Work, collected: Collected, wanted: Manifest, live: Manifest | None, difference: Difference
) -> tuple[Manifest, int]:
    """A complete candidate, and how many texts were embedded for it."""
    material = Material(collected.entries, collected.aside.beyond, work.shelf, work.embedder, work.left_out)
    with closing(VectorCache(work.settings.data_dir / "vectors.sqlite")) as cache:
        embedded = await embed(material, cache, work.progress)
        manifest = describe(wanted, material)
        if live and may_patch(live, manifest, difference):
            manifest = patched(live, manifest, difference)
            await patch(work.home, manifest, live, difference, material, cache, work.progress)
        else:
            await build(work.home, manifest, material, cache, work.progress)
    return manifest, embedded


async def _replay(work: Work, live: Manifest | None, candidate: Manifest) -> Replay:
    if not work.order.replay or live is None or live.embedding_model != work.embedder.name:
        return Replay()
    golden = read_golden(work.corpus)
    before = await Library.of(await work.home.peek(live.generation), live, work.embedder)
    after = await Library.of(await work.home.peek(candidate.generation), candidate, work.embedder)
    try:
        return await replay(work.settings, before, after, golden, work.order.asked, work.progress)
    finally:
        await before.close()
        await after.close()


async def _objections(
    work: Work, live: Manifest | None, difference: Difference, replayed: Replay, candidate: str
) -> tuple[str, ...]:
    if live is None and work.order.publish is not Publish.NEVER:
        return ()
    ignored = work.past.awaiting | ({candidate} if candidate == work.generation else set())
    newer = [g for g in await work.home.generations() if live and live.generation < g and g not in ignored]
    return objections(
        work.order.publish,
        live_sources=live.sources if live else 0,
        gone=len(difference.gone),
        fallen=replayed.fallen,
        went_back=bool(newer),
    )


async def _drop_old(home: IndexHome, live: str, awaiting: frozenset[str]) -> None:
    older = [g for g in await home.generations() if g != live and g not in awaiting]
    for generation in older[: -(GENERATIONS_KEPT - 1)]:
        await home.drop(generation)
