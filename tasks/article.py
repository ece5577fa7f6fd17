"""The path of an article through the stages: clean, extract, sign.

Workers, `copydesk preview` and `copydesk explain` read articles here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.captures import Capture
from core.outcomes import InputOutcome, Outcome, Reason, Row, StageResult
from tasks.clean.options import CleanOptions
from tasks.clean.stage import clean_captures
from tasks.extract.options import ExtractOptions


def read_articles(captures: Sequence[Capture], clean: CleanOptions, extract: ExtractOptions) -> StageResult:
    """Rows of every table that the captures give, and one outcome per capture.

    Of several captures of one article only the newest gives rows; the others are duplicates.
    """
    result = read_texts(captures, clean)
    result.extend(analyse_articles(result.rows.get("articles", []), extract))
    return result


def read_texts(captures: Sequence[Capture], clean: CleanOptions) -> StageResult:
    """The first stage alone: rows of `articles`, `removed_lines` and `line_statistics`, one outcome per capture.

    Captures of one article are rare, so the others are simply cleaned again without the older ones.
    """
    result = clean_captures(captures, clean)
    duplicates = _find_duplicates(captures, result)
    if not duplicates:
        return result
    kept = [capture for number, capture in enumerate(captures) if number not in duplicates]
    result = clean_captures(kept, clean)
    result.outcomes.extend(duplicates.values())
    return result


def analyse_articles(articles: Sequence[Row], extract: ExtractOptions) -> StageResult:
    """The stages after cleaning: what the texts name, count, date and quote, and their signatures."""
    # Loaded here: reading a text alone must not load spaCy.
    from tasks.extract.stage import extract_articles
    from tasks.group.signatures import sign_articles

    result = extract_articles(articles, extract)
    result.rows["signatures"] = sign_articles(articles)
    return result


def _find_duplicates(captures: Sequence[Capture], result: StageResult) -> dict[int, InputOutcome]:
    """The outcomes of captures that give way to a newer one of the same article, by position."""
    accepted = [
        number for number, outcome in enumerate(result.outcomes) if outcome.outcome is Outcome.ACCEPTED
    ]
    newest: dict[str | None, int] = {}
    for number in sorted(
        accepted, key=lambda n: (captures[n].fetched_at, captures[n].input_ref), reverse=True
    ):
        newest.setdefault(result.outcomes[number].article_id, number)
    texts = dict(zip(accepted, (row["text_sha256"] for row in result.rows.get("articles", [])), strict=True))
    duplicates = {}
    for number in accepted:
        outcome, winner = result.outcomes[number], newest[result.outcomes[number].article_id]
        if number != winner:
            duplicates[number] = _give_way(outcome, captures[winner], texts[number] == texts[winner])
    return duplicates


def _give_way(outcome: InputOutcome, winner: Capture, is_same_text: bool) -> InputOutcome:
    reason = Reason.SAME_ARTICLE_IN_RUN if is_same_text else Reason.OLDER_CAPTURE
    return replace(outcome, reason=reason, stage="process", detail=f"{winner.input_ref} is kept in its place")
