"""Tables about the work itself: runs, outcomes, backfills and what was learned of outlets."""

from __future__ import annotations

from core.schema import DATE, FLOAT, INT, TEXT, TEXTS, TIMESTAMP, Table, may, need

OUTCOMES = Table(
    "outcomes",
    "input in a run",
    ("run_id", "input_ref"),
    (
        need("run_id", TEXT, "The run"),
        need("input_ref", TEXT, "The input as its user knows it: a path, path#line or URL"),
        may("capture_id", TEXT, "Its capture, if it could be archived"),
        may("article_id", TEXT, "The article it became or belongs to"),
        need(
            "outcome",
            TEXT,
            "What became of it",
            None,
            "accepted",
            "unchanged",
            "duplicate",
            "rejected",
            "quarantined",
        ),
        need("reason", TEXT, "Why, see docs/tables.md"),
        may("detail", TEXT, "More, for people"),
        need("stage", TEXT, "The stage that decided"),
    ),
)

RUNS = Table(
    "runs",
    "run of a flow",
    ("run_id",),
    (
        need("run_id", TEXT, "Time-ordered id"),
        need("flow", TEXT, "ingest, load, backfill, stories or maintain"),
        may("parameters", TEXT, "Its parameters, a JSON object"),
        need("code_version", TEXT, "Version and stage fingerprints"),
        need("started_at", TIMESTAMP, "Begin"),
        may("finished_at", TIMESTAMP, "End; null while it runs, and of a run that a crash ended"),
        need("state", TEXT, "State", None, "running", "completed", "failed", "stopped"),
        need("input_count", INT, "Inputs with a recorded outcome", "inputs"),
        need("accepted_count", INT, "Inputs accepted", "inputs"),
        may("snapshot_id", INT, "The lake's snapshot before the run's last landing; null after a move"),
        may("seconds", FLOAT, "Wall time", "seconds"),
        may("problem", TEXT, "Why it failed, in one line"),
    ),
)

LINE_STATISTICS = Table(
    "line_statistics",
    "outlet and line that its articles repeat",
    ("outlet", "line_sha256"),
    (
        need("outlet", TEXT, "Publisher"),
        need("line_sha256", TEXT, "SHA-256 of the line, case-folded, digits as 0, spaces as one"),
        need("text", TEXT, "The line as first seen"),
        need("article_count", INT, "Articles it was seen in", "articles"),
        need("edge_count", INT, "Times it was among the first or last lines of the page text", "articles"),
        need("linked_ratio", FLOAT, "Share of its characters inside links, mean", "0 to 1"),
        need("first_seen_date", DATE, "First day seen"),
        need("last_seen_date", DATE, "Last day seen"),
    ),
)

BACKFILLS = Table(
    "backfills",
    "requested backfill",
    ("backfill_id",),
    (
        need("backfill_id", TEXT, "Time-ordered id"),
        need("stage", TEXT, "The first stage that is worked again", None, "clean", "extract", "stories"),
        need("parameters", TEXT, "The request, a JSON object"),
        need("code_version", TEXT, "Version and stage fingerprints it works with"),
        need("state", TEXT, "State", None, "running", "paused", "completed", "failed", "cancelled"),
        need("created_at", TIMESTAMP, "When it was requested"),
        may("finished_at", TIMESTAMP, "When its last chunk was done, or it was cancelled"),
        need("chunk_count", INT, "Chunks it was cut into", "chunks"),
        need("item_count", INT, "Articles and captures to work again", "items"),
    ),
)

BACKFILL_CHUNKS = Table(
    "backfill_chunks",
    "chunk of a backfill, newest articles first",
    ("backfill_id", "chunk_number"),
    (
        need("backfill_id", TEXT, "The backfill"),
        need("chunk_number", INT, "From 1; the newest articles are in chunk 1"),
        need("state", TEXT, "State", None, "pending", "running", "done", "failed"),
        need("item_ids", TEXTS, "Captures (stage clean) or articles (other stages) in it"),
        may("run_id", TEXT, "The run that worked it last"),
        may("started_at", TIMESTAMP, "When that run began"),
        may("finished_at", TIMESTAMP, "When that run ended"),
        may("seconds", FLOAT, "Wall time", "seconds"),
        may("rows_before", TEXT, "Rows of these articles before, by table and outlet, a JSON object"),
        may("rows_after", TEXT, "Rows of these articles afterwards, likewise"),
        may("snapshot_before", INT, "The lake's snapshot before the chunk, with the old rows"),
        may("snapshot_after", INT, "The lake's snapshot after the chunk, with the new rows"),
        may("error", TEXT, "Why it failed"),
    ),
)

FETCHES = Table(
    "fetches",
    "outlet and host that a run requested pages from",
    ("run_id", "outlet", "host"),
    (
        need("run_id", TEXT, "The run"),
        need("outlet", TEXT, "Publisher whose pages were requested"),
        need("host", TEXT, "The host"),
        need("request_count", INT, "Requests made, robots.txt and redirects among them", "requests"),
        need("ok_count", INT, "Answers with a body (status 200 to 299)", "requests"),
        need("not_modified_count", INT, "Answers 304: nothing new", "requests"),
        need("redirect_count", INT, "Redirects (301, 302, 303, 307, 308)", "requests"),
        need("failed_count", INT, "All others, except a missing robots.txt", "requests"),
        may(
            "failures",
            TEXT,
            "Requests by HTTP status, or by reason if no answer came, a JSON object of counts",
        ),
        need("byte_count", INT, "Bodies as received", "bytes"),
    ),
)

FEED_CURSORS = Table(
    "feed_cursors",
    "feed, sitemap, section page or robots.txt that is followed",
    ("outlet", "feed_url"),
    (
        need("outlet", TEXT, "Publisher: its key in copydesk.toml; for robots.txt, the host"),
        need("feed_url", TEXT, "Its address as configured or found"),
        need("kind", TEXT, "What it is", None, "feed", "sitemap", "section", "robots"),
        may(
            "etag",
            TEXT,
            "ETag for the next request; null while entries of the listing are still to be fetched",
        ),
        may("last_modified", TEXT, "Last-Modified for the next request; null likewise"),
        may("body_sha256", TEXT, "SHA-256 of its last body, hexadecimal"),
        may("high_water_at", TIMESTAMP, "Newest time announced so far"),
        may("checked_at", TIMESTAMP, "When it was last requested"),
        may("changed_at", TIMESTAMP, "When its body last changed"),
        may("status_code", INT, "Its last HTTP status"),
        need("failure_count", INT, "Failures in a row", "requests"),
        may("problem", TEXT, "Why it could not be read completely"),
        may("moved_to_url", TEXT, "The address it has moved to permanently"),
        may("entry_count", INT, "Entries when last read", "entries"),
        may("dropped_at", TIMESTAMP, "When it was found to be no longer followed"),
        need(
            "seen",
            TEXT,
            "Entries listed lately, and those still to be fetched, a JSON object: key to [marker, day last listed, "
            "failures, more]",
        ),
        may("content", TEXT, "The text of a robots.txt"),
        may(
            "resumes_at",
            TIMESTAMP,
            "robots.txt: when requests to a host that sent Retry-After begin again",
        ),
    ),
)
