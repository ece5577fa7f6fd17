"""Pages and texts of the Harbour Post, a fictional outlet, for the tests of cleaning."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from core.captures import Capture, CaptureKind
from core.outcomes import InputOutcome, Row
from tasks.clean.options import CleanOptions
from tasks.clean.stage import clean_captures

FETCHED = datetime(2026, 3, 4, 8, 30, tzinfo=UTC)
TITLE = "Council agrees to mend the old bridge"
PARAGRAPHS = (
    "The council of Port Ellery met on Monday and agreed, after a long debate, to mend the old bridge over"
    " the river before the winter storms arrive, at a cost of 2.4 million crowns.",
    "Work on the eastern arch is to begin in the second week of May, the harbour master told members, and"
    " lorries will have to take the ferry road until the end of the summer.",
    "Fishermen had asked for a wider passage under the middle arch, since the newer boats no longer fit"
    " through it when the tide is high and the wind comes from the south.",
    "“We have waited eleven years for this,” said Mara Quill, who runs the boatyard by the quay, and she"
    " added that she would believe it when she saw the first stone lifted.",
)


def make_page(body: str, head: str = "", after: str = "") -> bytes:
    """A page with menu, headline, body box and footer around the given parts."""
    return f"""<html lang="en"><head><title>{TITLE} | Harbour Post</title>
<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="Harbour Post"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><h1>{TITLE}</h1>{head}
<div class="article-body">{body}</div>{after}
<footer><p>Harbour Post, Quay Street 4, Port Ellery, is a member of the press council of the islands.</p></footer>
</body></html>""".encode()


def paragraphs(*extra: str, after: int = 2) -> str:
    """The sample paragraphs as HTML, with extra HTML after the given one."""
    parts = [f"<p>{text}</p>" for text in PARAGRAPHS]
    return "".join([*parts[:after], *extra, *parts[after:]])


def make_text(*lines: str) -> str:
    return "\n\n".join(lines)


def capture_of(payload: bytes | str, kind: CaptureKind = CaptureKind.HTML, **fields: Any) -> Capture:
    body = payload.encode() if isinstance(payload, str) else payload
    address = "https://harbourpost.example/news/bridge" if kind is CaptureKind.HTML else "file:/bridge.txt"
    values: dict[str, Any] = {"capture_id": "c1", "input_ref": "bridge", "outlet": "harbour", "url": address}
    return Capture(kind=kind, payload=body, fetched_at=FETCHED, **{**values, **fields})


def clean_one(
    payload: bytes | str, kind: CaptureKind = CaptureKind.HTML, options: CleanOptions | None = None
) -> tuple[Row | None, dict[str, str], InputOutcome]:
    """The article row (None if there is none), the rule by removed line, and the outcome."""
    result = clean_captures([capture_of(payload, kind)], options or CleanOptions())
    articles = result.rows.get("articles", [])
    removed = {row["text"]: row["rule"] for row in result.rows.get("removed_lines", [])}
    assert len(result.outcomes) == 1
    return (articles[0] if articles else None), removed, result.outcomes[0]


def body_of(payload: bytes | str, kind: CaptureKind = CaptureKind.HTML, **options: Any) -> list[str]:
    """The paragraphs of the body."""
    article, _, outcome = clean_one(payload, kind, CleanOptions(**options) if options else None)
    assert article is not None, outcome
    return str(article["body_text"]).split("\n\n")
