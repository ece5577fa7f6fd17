"""The cleaning stage: captures in, rows of articles and removed lines and one outcome each out."""

from __future__ import annotations

from collections.abc import Sequence

from core.captures import Capture, CaptureKind
from core.outcomes import InputOutcome, Reason, StageResult
from tasks.clean.options import CleanOptions
from tasks.clean.page.encoding.binary import BinaryPayloadError, PayloadError
from tasks.clean.read_captures import CleanedArticle, Refusal, clean_page, clean_record, clean_text
from tasks.clean.rows import build_article_row, build_removed_rows
from tasks.clean.rules.learned import merge_statistics, observe_lines

STAGE = "clean"


def clean_captures(captures: Sequence[Capture], options: CleanOptions) -> StageResult:
    """Rows of `articles` (less run_id and code_version) and `removed_lines`, one outcome per capture.

    Accepted captures carry Reason.NEW and their article_id; the others the reason why they are no
    article: empty, binary, bad_encoding, bad_record, no_body, too_short, too_large, paywall, consent_page,
    javascript_required, error_page, bot_check or link_list.
    """
    result = StageResult()
    for capture in captures:
        _clean_capture(capture, options, result)
    if "line_statistics" in result.rows:
        result.rows["line_statistics"] = merge_statistics(result.rows["line_statistics"])
    return result


def _clean_capture(capture: Capture, options: CleanOptions, result: StageResult) -> None:
    cleaned = _read_capture(capture, options)
    if isinstance(cleaned, Refusal):
        result.outcomes.append(
            InputOutcome(capture.input_ref, cleaned.reason, STAGE, capture.capture_id, detail=cleaned.detail)
        )
        return
    article = build_article_row(capture, cleaned)
    result.add("articles", article)
    for row in build_removed_rows(article, cleaned.draft):
        result.add("removed_lines", row)
    if options.counts_lines:
        day = (cleaned.metadata.published_at or capture.fetched_at).date()
        result.rows.setdefault("line_statistics", []).extend(
            observe_lines(capture.outlet, cleaned.draft, day)
        )
    result.outcomes.append(
        InputOutcome(
            capture.input_ref, Reason.NEW, STAGE, capture.capture_id, article["article_id"], cleaned.note
        )
    )


def _read_capture(capture: Capture, options: CleanOptions) -> CleanedArticle | Refusal:
    if not capture.payload.strip():
        return Refusal(Reason.EMPTY, "no bytes")
    try:
        return _READERS[capture.kind](capture, options)
    except BinaryPayloadError as error:
        return Refusal(Reason.BINARY, str(error))
    except PayloadError as error:
        return Refusal(Reason.BAD_ENCODING, str(error))


_READERS = {
    CaptureKind.HTML: clean_page,
    CaptureKind.TEXT: clean_text,
    CaptureKind.RECORD: clean_record,
}
