"""Follows websites: visits them politely, remembers what it saw, and gives their pages as sources.

`follow_sites(corpus, data_dir)` is all that a refresh needs; `CrawlMemory.decide` is where an editor's judgement of a
flagged block goes.
"""

from ingest.crawl.crawling import crawl
from ingest.crawl.fetching import Fetched, Fetcher, HttpFetcher
from ingest.crawl.following import Followed, follow_sites, is_due
from ingest.crawl.memory import CrawlMemory, Page
from ingest.crawl.reports import CrawlReport, Visit
from ingest.crawl.sites import Site, Sites, read_sites
from ingest.crawl.sources import CrawledSource, crawled_sources

__all__ = [
    "CrawlMemory",
    "CrawlReport",
    "CrawledSource",
    "Fetched",
    "Fetcher",
    "Followed",
    "HttpFetcher",
    "Page",
    "Site",
    "Sites",
    "Visit",
    "crawl",
    "crawled_sources",
    "follow_sites",
    "is_due",
    "read_sites",
]
