"""Turns the corpus into a searchable index, one immutable generation after the other."""

from ingest.asked import keep_asked
from ingest.editing import (
    Draft,
    SourceChanged,
    SourceFile,
    find_source,
    problems_in,
    read_draft,
    source_files,
    write_source,
)
from ingest.generations import generations, publish, reject
from ingest.limits import Asked, Order, Publish
from ingest.runs import Run, Runs, RunState
from ingest.schedule import Schedule
from ingest.site_editing import (
    FlaggedPage,
    PagePreview,
    add_site,
    decide_flag,
    flagged_pages,
    preview_page,
    site_states,
)
from ingest.starting import start_refresh
from ingest.synchronise import refresh

__all__ = [
    "Asked",
    "Draft",
    "FlaggedPage",
    "Order",
    "PagePreview",
    "Publish",
    "Run",
    "RunState",
    "Runs",
    "Schedule",
    "SourceChanged",
    "SourceFile",
    "add_site",
    "decide_flag",
    "find_source",
    "flagged_pages",
    "generations",
    "keep_asked",
    "preview_page",
    "problems_in",
    "publish",
    "read_draft",
    "refresh",
    "reject",
    "site_states",
    "source_files",
    "start_refresh",
    "write_source",
]
