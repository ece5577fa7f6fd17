"""What a load tells its user beside the outcomes: where outlets are missing, nothing is there to compare."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from core.outcomes import Outcome, Reason
from flows.runs.run import Run
from tasks.acquire.base.naming import slug_outlet
from warehouse.catalog.sql_files import run_query


def find_hints(run: Run) -> list[str]:
    """A line when all files of the load lay in one folder, which is their outlet for want of a better name, and some
    of them tell the same story; else nothing."""
    if not run.counts.get("accepted"):
        return []
    rows = run_query(run.lake, "stories_of_one_outlet", run_id=run.run_id).to_pylist()
    if len(rows) != 1 or not rows[0]["story_count"] or not _is_named_by_folder(**rows[0]):
        return []
    count, outlet = rows[0]["story_count"], rows[0]["outlet"]
    stories = "One story is" if count == 1 else f"{count} stories are"
    return [
        f"{stories} told by several articles of outlet {outlet!r}, which is the name of their folder. Where they are of "
        "several outlets, say so, and what they print is compared: load them from a folder for each outlet, or again "
        "with --outlet NAME FILE..."
    ]


def tell_links(run: Run) -> list[str]:
    """A line when links were not followed because they lead out of the folders that were loaded; else nothing."""
    count = run.reasons.get((Outcome.REJECTED.value, Reason.LINK_OUTSIDE.value), 0)
    if not count:
        return []
    links = "One link leads" if count == 1 else f"{count} links lead"
    return [
        f"{links} out of what was loaded; `copydesk load --follow-links` follows them where you trust them."
    ]


def _is_named_by_folder(outlet: str, folder_url: str, **_more: object) -> bool:
    return slug_outlet(PurePosixPath(unquote(urlsplit(folder_url).path)).name) == outlet
