"""A crawl that is killed goes on where it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from ingest.crawl import CrawlMemory, HttpFetcher, Visit, crawl
from tests.conftest import REPOSITORY
from tests.ingest.crawl.conftest import TEXT, Serve, a_page, a_site
from tests.ingest.site.server import Answer

PAGES = 60
KILLED_AFTER = 20
SCRIPT = """
import sys
from pathlib import Path
from ingest.crawl import CrawlMemory, HttpFetcher, crawl
from tests.ingest.crawl.conftest import a_site
from tests.ingest.site.server import Website

website = Website()
website.address = sys.argv[1]
crawl(a_site(website), CrawlMemory(Path(sys.argv[2])), HttpFetcher("x", allow_loopback=True))
"""


def test_after_a_kill_no_page_is_fetched_again_and_none_is_missed(
    serve: Serve, tmp_path: Path, fetcher: HttpFetcher
) -> None:
    paths = [f"/p{n}" for n in range(PAGES)]
    start = " ".join(f'<a href="{path}">verder</a>' for path in paths)
    slowly = {path: a_page(f"{TEXT} Dit is {path}.", pause=0.02) for path in paths}
    website = serve({"/": Answer(f"<html><body>{start}</body></html>".encode())} | slowly)
    path = tmp_path / "crawl.sqlite"
    command = [sys.executable, "-c", SCRIPT, website.address, str(path)]
    process = subprocess.Popen(command, cwd=REPOSITORY, env={**os.environ, "PYTHONPATH": str(REPOSITORY)})
    deadline = time.monotonic() + 120
    while website.sent.total() < KILLED_AFTER and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = website.sent.total()
    assert KILLED_AFTER <= before < PAGES, "killed halfway"

    memory = CrawlMemory(path)
    report = crawl(a_site(website), memory, fetcher)
    memory.close()

    assert report.resumed
    assert report.complete
    assert report.count(Visit.NEW) == PAGES
    twice = [p for p, times in website.sent.items() if p.startswith("/p") and times > 1]
    assert len(twice) <= 1, "only the page that was under way"
