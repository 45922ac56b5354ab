"""Measured: the main text of generated pages, in the markup of the systems that our sources use."""

from __future__ import annotations

import pytest

from tests.ingest.site.content import an_article
from tests.ingest.site.judging import judge
from tests.ingest.site.markup import SKINS

PAGES = 40


@pytest.mark.parametrize("system", SKINS)
def test_the_main_text_is_found_and_the_furniture_left(system: str) -> None:
    finding = judge(SKINS[system], [an_article(n) for n in range(PAGES)])

    print(f"{system}: {finding}")
    assert finding.precision >= 0.98
    assert finding.recall >= 0.98
    assert finding.headings >= 0.98
    assert finding.dates >= 0.95
    assert finding.titles >= 0.95
