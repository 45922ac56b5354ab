"""What every home of the index promises, whether it is a folder or a server."""

from __future__ import annotations

import math
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path

import pytest
from qdrant_client import AsyncQdrantClient

from assistant.domain import Filter
from assistant.errors import IndexMissing
from assistant.index import PAGE, Index, IndexHome, Lookup, Point, PointType
from assistant.index.edge import EdgeHome
from assistant.index.server import PREFIX, ServerHome

pytestmark = [
    # The client without a server compares every vector and says so.
    pytest.mark.filterwarnings("ignore:Payload indexes have no effect"),
    pytest.mark.filterwarnings("ignore:Local mode performs exact"),
]

Reopen = Callable[[], Awaitable[IndexHome]]
"""Closes the home and opens it again, as a new process would."""

NORTH, EAST, BETWEEN = [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.6, 0.8, 0.0]
WALKING, MONEY, COFFEE = 11, 12, 13
"""Terms, as dimensions of the sparse vectors."""


class Homes:
    """One place to keep generations, opened by one home at a time."""

    def __init__(self, make: Callable[[], IndexHome]) -> None:
        self._make = make
        self.home = make()

    async def reopen(self) -> IndexHome:
        """As after a restart of the program."""
        await self.home.close()
        self.home = self._make()
        return self.home


@pytest.fixture(params=["edge", "server in this process", "server"])
async def homes(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Homes]:
    match request.param:
        case "edge":
            homes = Homes(lambda: EdgeHome(tmp_path))
        case "server in this process":
            homes = Homes(lambda: ServerHome(AsyncQdrantClient(path=str(tmp_path))))
        case _:
            url = request.getfixturevalue("qdrant_url")
            homes = Homes(lambda: ServerHome(AsyncQdrantClient(url)))
            await empty_server(url)
    yield homes
    await homes.home.close()


@pytest.fixture
def home(homes: Homes) -> IndexHome:
    return homes.home


async def empty_server(url: str) -> None:
    client = AsyncQdrantClient(url)
    for collection in (await client.get_collections()).collections:
        if collection.name.startswith(PREFIX):
            await client.delete_collection(collection.name)
    await client.close()


def an_id(n: int) -> str:
    return str(uuid.UUID(int=n))


def a_point(n: int, *, type: str = "chunk", **payload: object) -> Point:
    return Point(an_id(n), {"type": type, "source": f"bron-{n}", **payload}, dense=NORTH, sparse={WALKING: 1.0})


async def build(home: IndexHome, generation: str, points: Sequence[Point]) -> None:
    await home.create(generation, 3)
    await home.add(generation, points)
    await home.complete(generation)


async def opened(home: IndexHome, points: Sequence[Point]) -> Index:
    await build(home, "g1", points)
    await home.publish("g1")
    return await home.open()


async def test_opening_where_nothing_was_published_says_how_to_build_one(home: IndexHome) -> None:
    with pytest.raises(IndexMissing, match="python -m ingest refresh"):
        await home.open()


async def test_nothing_is_live_where_nothing_was_published(home: IndexHome) -> None:
    await build(home, "g1", [a_point(1)])

    assert await home.live() is None


async def test_a_published_generation_is_live_and_opens(home: IndexHome) -> None:
    index = await opened(home, [a_point(1)])

    assert await home.live() == "g1"
    assert index.generation == "g1"


async def test_an_incomplete_candidate_is_neither_listed_nor_opened_nor_published(home: IndexHome) -> None:
    await home.create("g1", 3)
    await home.add("g1", [a_point(1)])

    assert await home.generations() == []
    with pytest.raises(IndexMissing):
        await home.publish("g1")
    with pytest.raises(IndexMissing):
        await home.peek("g1")


async def test_publishing_an_unknown_generation_is_refused_by_name(home: IndexHome) -> None:
    with pytest.raises(IndexMissing, match="g9"):
        await home.publish("g9")


async def test_peeking_into_an_unknown_generation_is_refused_by_name(home: IndexHome) -> None:
    with pytest.raises(IndexMissing, match="g9"):
        await home.peek("g9")


async def test_generations_are_listed_by_age(home: IndexHome) -> None:
    for generation in ("20261103T120000-bb", "20261101T120000-cc", "20261102T120000-aa"):
        await build(home, generation, [a_point(1)])

    assert await home.generations() == ["20261101T120000-cc", "20261102T120000-aa", "20261103T120000-bb"]


async def test_a_crash_while_a_candidate_is_built_leaves_the_live_one(homes: Homes) -> None:
    await build(homes.home, "g1", [a_point(1)])
    await homes.home.publish("g1")
    await homes.home.create("g2", 3)
    await homes.home.add("g2", [a_point(2)])

    home = await homes.reopen()

    assert await home.generations() == ["g1"]
    index = await home.open()
    assert [point.id for point in await index.scroll("chunk")] == [an_id(1)]


async def test_a_candidate_that_a_crash_left_can_be_built_again(homes: Homes) -> None:
    await homes.home.create("g1", 3)
    await homes.home.add("g1", [a_point(1)])
    home = await homes.reopen()

    index = await opened(home, [a_point(2)])

    assert [point.id for point in await index.scroll("chunk")] == [an_id(2)]


async def test_what_was_published_is_there_after_a_restart(homes: Homes) -> None:
    await opened(homes.home, [a_point(1)])

    index = await (await homes.reopen()).open()

    assert [point.id for point in await index.retrieve([an_id(1)])] == [an_id(1)]


async def test_publishing_another_generation_leaves_the_open_one_readable(home: IndexHome) -> None:
    before = await opened(home, [a_point(1)])
    await build(home, "g2", [a_point(2)])

    await home.publish("g2")

    after = await home.open()
    assert [point.id for point in await before.scroll("chunk")] == [an_id(1)]
    assert [point.id for point in await after.scroll("chunk")] == [an_id(2)]


async def test_an_older_generation_can_be_published_again(home: IndexHome) -> None:
    await build(home, "g1", [a_point(1)])
    await build(home, "g2", [a_point(2)])
    await home.publish("g2")

    await home.publish("g1")

    assert await home.live() == "g1"


async def test_a_dropped_generation_is_gone_and_the_live_one_stays(home: IndexHome) -> None:
    index = await opened(home, [a_point(1)])
    await build(home, "g2", [a_point(2)])

    await home.drop("g2")

    assert await home.generations() == ["g1"]
    assert len(await index.scroll("chunk")) == 1


async def test_dropping_an_unknown_generation_does_no_harm(home: IndexHome) -> None:
    await home.drop("g9")

    assert await home.generations() == []


async def test_an_index_and_its_home_may_be_closed_twice(home: IndexHome) -> None:
    index = await opened(home, [a_point(1)])

    await index.close()
    await index.close()
    await home.close()
    await home.close()


async def test_a_point_with_a_known_id_replaces_it(home: IndexHome) -> None:
    await home.create("g1", 3)
    await home.add("g1", [a_point(1, text="oud")])
    await home.add("g1", [a_point(1, text="nieuw")])
    await home.complete("g1")

    points = await (await home.peek("g1")).scroll("chunk")

    assert [point.payload["text"] for point in points] == ["nieuw"]


async def test_a_dense_lookup_gives_cosines_best_first(home: IndexHome) -> None:
    index = await opened(
        home,
        [
            Point(an_id(1), {"type": "chunk", "source": "a"}, dense=EAST),
            Point(an_id(2), {"type": "chunk", "source": "b"}, dense=NORTH),
            Point(an_id(3), {"type": "chunk", "source": "c"}, dense=BETWEEN),
        ],
    )

    [found] = await index.look_up([Lookup(("chunk",), 10, dense=NORTH)])

    assert [match.id for match in found] == [an_id(2), an_id(3), an_id(1)]
    assert [match.score for match in found] == pytest.approx([1.0, 0.6, 0.0], abs=1e-6)


async def test_a_sparse_lookup_finds_only_points_that_share_a_term(home: IndexHome) -> None:
    index = await opened(
        home,
        [
            Point(an_id(1), {"type": "chunk", "source": "a"}, NORTH, {WALKING: 1.0}),
            Point(an_id(2), {"type": "chunk", "source": "b"}, NORTH, {MONEY: 1.0}),
            Point(an_id(3), {"type": "chunk", "source": "c"}, NORTH),
        ],
    )

    [found] = await index.look_up([Lookup(("chunk",), 10, sparse={MONEY: 1.0, COFFEE: 1.0})])

    assert [match.id for match in found] == [an_id(2)]


async def test_the_score_of_a_sparse_lookup_is_the_sum_of_idf_times_weight(home: IndexHome) -> None:
    index = await opened(
        home,
        [
            Point(an_id(1), {"type": "chunk", "source": "a"}, NORTH, {WALKING: 0.5, MONEY: 2.0}),
            Point(an_id(2), {"type": "chunk", "source": "b"}, NORTH, {WALKING: 1.0}),
            Point(an_id(3), {"type": "question", "source": "b"}, NORTH, {COFFEE: 1.0}),
            Point(an_id(4), {"type": "title", "source": "b"}, NORTH),
        ],
    )

    [found] = await index.look_up([Lookup(("chunk",), 10, sparse={WALKING: 1.0, MONEY: 1.0})])

    # Three points have a sparse vector; two of them hold WALKING and one holds MONEY.
    walking, money = math.log(1.5 / 2.5 + 1), math.log(2.5 / 1.5 + 1)
    assert {match.id: match.score for match in found} == pytest.approx(
        {an_id(1): 0.5 * walking + 2.0 * money, an_id(2): walking}, rel=1e-5
    )


async def test_a_rare_term_weighs_more_than_a_common_one(home: IndexHome) -> None:
    common = [Point(an_id(n), {"type": "chunk", "source": "a"}, NORTH, {WALKING: 1.0}) for n in range(1, 6)]
    index = await opened(home, [*common, Point(an_id(9), {"type": "chunk", "source": "b"}, NORTH, {MONEY: 1.0})])

    [found] = await index.look_up([Lookup(("chunk",), 10, sparse={WALKING: 1.0, MONEY: 1.0})])

    assert found[0].id == an_id(9)


async def test_lookups_answer_in_the_order_in_which_they_were_asked(home: IndexHome) -> None:
    index = await opened(home, [a_point(1), a_point(2, type="title")])

    chunks, titles, nothing = await index.look_up(
        [
            Lookup(("chunk",), 5, dense=NORTH),
            Lookup(("title",), 5, sparse={WALKING: 1.0}),
            Lookup(("question",), 5, dense=NORTH),
        ]
    )

    assert [match.id for match in chunks] == [an_id(1)]
    assert [match.id for match in titles] == [an_id(2)]
    assert nothing == []


async def test_a_lookup_returns_no_more_than_its_limit_and_only_the_asked_fields(home: IndexHome) -> None:
    index = await opened(home, [a_point(n, text="Aanmelden hoeft niet.", number=n) for n in range(1, 6)])

    [found] = await index.look_up([Lookup(("chunk",), 2, dense=NORTH, fields=("source", "number"))])

    assert len(found) == 2
    assert all(set(match.payload) == {"source", "number"} for match in found)


async def test_a_point_without_vectors_is_kept_but_never_found(home: IndexHome) -> None:
    index = await opened(home, [a_point(1), Point(an_id(2), {"type": "source", "source": "a"})])

    [dense, sparse] = await index.look_up(
        [Lookup(("source",), 5, dense=NORTH), Lookup(("source",), 5, sparse={WALKING: 1.0})]
    )

    assert dense == sparse == []
    assert [point.id for point in await index.scroll("source")] == [an_id(2)]


FILTERED = [
    a_point(1, municipalities=["Emmen", "Coevorden"], themes=["sociale basis"], topics=["vervoer"], kind="dienst"),
    a_point(2, municipalities=["heel Drenthe"], themes=["netwerkaanpak"], topics=["geldzorgen"], kind="beleid"),
    a_point(3, municipalities=["Assen"], themes=["sociale basis"], topics=["geldzorgen"], audience=["professional"]),
]


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        (Filter(), {1, 2, 3}),
        (Filter(municipalities=("Coevorden",)), {1}),
        (Filter(municipalities=("Assen", "heel Drenthe")), {2, 3}),
        (Filter(themes=("sociale basis",)), {1, 3}),
        (Filter(topics=("geldzorgen",)), {2, 3}),
        (Filter(kinds=("dienst",)), {1}),
        (Filter(audiences=("professional",)), {3}),
        (Filter(sources=("bron-1", "bron-2")), {1, 2}),
        (Filter(themes=("sociale basis",), topics=("geldzorgen",)), {3}),
        (Filter(municipalities=("Emmen",), kinds=("beleid",)), set()),
        (Filter(municipalities=("emmen",)), set()),
    ],
    ids=[
        "nothing asked",
        "one of several municipalities",
        "any of the asked values",
        "theme",
        "topic",
        "kind",
        "audience",
        "source",
        "all fields must fit",
        "fields that contradict",
        "values are compared exactly",
    ],
)
async def test_a_filter_limits_lookups_and_scrolls_alike(home: IndexHome, filter: Filter, expected: set[int]) -> None:
    index = await opened(home, FILTERED)

    [dense, sparse] = await index.look_up(
        [
            Lookup(("chunk",), 10, dense=NORTH, filter=filter),
            Lookup(("chunk",), 10, sparse={WALKING: 1.0}, filter=filter),
        ]
    )
    scrolled = await index.scroll("chunk", filter)

    ids = {an_id(n) for n in expected}
    assert {match.id for match in dense} == ids
    assert {match.id for match in sparse} == ids
    assert {point.id for point in scrolled} == ids


async def test_points_are_retrieved_in_the_order_of_the_ids_and_unknown_ids_are_left_out(home: IndexHome) -> None:
    index = await opened(home, [a_point(n) for n in (1, 2, 3)])

    points = await index.retrieve([an_id(3), an_id(99), an_id(1)])

    assert [point.id for point in points] == [an_id(3), an_id(1)]


async def test_retrieving_nothing_gives_nothing(home: IndexHome) -> None:
    index = await opened(home, [a_point(1)])

    assert await index.retrieve([]) == []


async def test_a_payload_comes_back_as_it_went_in(home: IndexHome) -> None:
    payload = {
        "type": "source",
        "source": "emmen-inloop",
        "text": "Café ’t Hoekje – “gratis”: € 83,-\nElke dinsdag.",
        "contact": {"phone": "0591 680800", "email": None},
        "numbers": {"één": 1, "half": 0.5},
        "sentences": ["Ja.", "Nee."],
        "desk": True,
    }
    index = await opened(home, [Point(an_id(1), payload)])

    [point] = await index.retrieve([an_id(1)])

    assert dict(point.payload) == payload


async def test_a_scroll_gives_every_point_of_a_type_in_the_order_of_the_ids(home: IndexHome) -> None:
    many = [Point(an_id(n), {"type": "sentence", "source": "a"}) for n in range(1, 1203)]
    index = await opened(home, [*reversed(many), a_point(5000)])

    points = await index.scroll("sentence")

    assert [point.id for point in points] == [an_id(n) for n in range(1, 1203)]


async def test_reading_gives_every_point_of_some_types_with_its_vectors(home: IndexHome) -> None:
    many = [Point(an_id(n), {"type": "sentence", "source": "a", "number": n}, dense=BETWEEN) for n in range(1, 1203)]
    index = await opened(home, [*many, a_point(5000, text="Koffie"), a_point(5001, type="title")])

    pages = [page async for page in index.read(["sentence", "chunk"])]

    points = {point.id: point for page in pages for point in page}
    assert all(len(page) <= PAGE for page in pages)
    assert len(points) == sum(map(len, pages)) == 1203
    assert points[an_id(7)].payload["number"] == 7
    assert points[an_id(7)].dense == pytest.approx(BETWEEN)
    assert points[an_id(7)].sparse is None
    assert points[an_id(5000)].sparse == {WALKING: 1.0}


async def test_facets_count_each_value_of_a_key_among_the_points_that_pass(home: IndexHome) -> None:
    index = await opened(home, [*FILTERED, a_point(4, type="title", topics=["geldzorgen"])])

    assert await index.facets("topics", "chunk") == {"geldzorgen": 2, "vervoer": 1}
    assert await index.facets("topics", "chunk", Filter(municipalities=("Assen",))) == {"geldzorgen": 1}
    assert await index.facets("topics", "source") == {}


async def test_a_derived_candidate_begins_as_its_base_and_leaves_it_alone(homes: Homes) -> None:
    before = await opened(homes.home, [a_point(1, text="oud"), a_point(2), a_point(3)])

    await homes.home.derive("g2", "g1")
    await homes.home.remove("g2", ["bron-2"])
    await homes.home.add("g2", [a_point(1, text="nieuw"), a_point(4)])
    await homes.home.complete("g2")

    assert [(p.id, p.payload.get("text")) for p in await before.scroll("chunk")] == [
        (an_id(1), "oud"),
        (an_id(2), None),
        (an_id(3), None),
    ]
    home = await homes.reopen()
    assert await home.live() == "g1"
    after = await home.peek("g2")
    assert [(p.id, p.payload.get("text")) for p in await after.scroll("chunk")] == [
        (an_id(1), "nieuw"),
        (an_id(3), None),
        (an_id(4), None),
    ]
    [found] = await (await home.peek("g1")).look_up([Lookup(("chunk",), 5, dense=NORTH)])
    assert {match.id for match in found} == {an_id(1), an_id(2), an_id(3)}


async def test_removing_sources_takes_all_their_points_and_no_others(home: IndexHome) -> None:
    types: tuple[PointType, ...] = ("source", "title", "question", "chunk", "sentence")
    points = [Point(an_id(n), {"type": type, "source": "a"}, NORTH) for n, type in enumerate(types)]
    kept = Point(an_id(9), {"type": "beyond", "source": ""}, NORTH)
    await build(home, "g1", [*points, kept, a_point(10)])

    await home.derive("g2", "g1")
    await home.remove("g2", ["a", "onbekend"])
    await home.complete("g2")

    index = await home.peek("g2")
    left = [point.id for type in (*types, "beyond") for point in await index.scroll(type)]
    assert left == [an_id(10), an_id(9)]


async def test_scores_in_a_derived_generation_are_those_of_one_built_anew(home: IndexHome) -> None:
    walks = [Point(an_id(n), {"type": "chunk", "source": f"bron-{n}"}, NORTH, {WALKING: 1.0}) for n in range(1, 6)]
    money = Point(an_id(9), {"type": "chunk", "source": "geld"}, BETWEEN, {MONEY: 2.0, WALKING: 0.5})
    await build(home, "g1", walks)
    await home.derive("g2", "g1")
    await home.remove("g2", ["bron-1", "bron-2", "bron-3"])
    await home.add("g2", [money])
    await home.complete("g2")
    await build(home, "g3", [*walks[3:], money])
    lookups = [Lookup(("chunk",), 9, sparse={WALKING: 1.0, MONEY: 1.0}), Lookup(("chunk",), 9, dense=EAST)]

    derived = await (await home.peek("g2")).look_up(lookups)
    anew = await (await home.peek("g3")).look_up(lookups)

    for one, other in zip(derived, anew, strict=True):
        assert {m.id: m.score for m in one} == pytest.approx({m.id: m.score for m in other}, rel=1e-5)


@pytest.mark.parametrize("base", ["g9", "half"])
async def test_deriving_from_what_is_not_complete_is_refused_by_name(home: IndexHome, base: str) -> None:
    await home.create("half", 3)

    with pytest.raises(IndexMissing, match=base):
        await home.derive("g2", base)


async def test_a_derived_candidate_that_a_crash_left_is_not_listed_and_can_be_derived_again(homes: Homes) -> None:
    await opened(homes.home, [a_point(1)])
    await homes.home.derive("g2", "g1")
    await homes.home.add("g2", [a_point(2)])

    home = await homes.reopen()

    assert await home.generations() == ["g1"]
    await home.derive("g2", "g1")
    await home.complete("g2")
    assert [point.id for point in await (await home.peek("g2")).scroll("chunk")] == [an_id(1)]
