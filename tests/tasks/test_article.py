"""An article's way through the stages: what a batch of captures gives, and which of two captures stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from core.captures import Capture, CaptureKind, make_capture_id
from core.outcomes import Reason
from tasks.article import analyse_articles, read_articles, read_texts
from tasks.clean.options import CleanOptions
from tasks.extract.options import ExtractOptions

START = datetime(2026, 5, 4, tzinfo=UTC)
TEXT = (
    "Lock gate opens again\n\nBy Ines Caldwell\n\n"
    "The lock gate at Fenholm opened again on Monday after 12 days, said harbour master Tomas Reik. Some 40 boats "
    "had waited below it.\n\n“We are glad that it is over,” said Reik. The repair cost 85,000 pounds."
)


def capture(url: str, text: str = TEXT, hours: int = 0, ref: str | None = None) -> Capture:
    at = START + timedelta(hours=hours)
    payload = text.encode()
    capture_id = make_capture_id(url, sha256(payload).hexdigest(), at)
    return Capture(capture_id, ref or f"{url}#{hours}", "fenholm-news", url, CaptureKind.TEXT, payload, at)


def test_every_stage_gives_its_rows_and_every_capture_one_outcome() -> None:
    captures = [
        capture("https://fenholm.example/gate"),
        capture("https://fenholm.example/none", "No more."),
    ]
    result = read_articles(captures, CleanOptions(min_words=5), ExtractOptions())
    (article,) = result.rows["articles"]
    for table in ("sentences", "mentions", "figures", "quotations", "signatures"):
        assert {row["article_id"] for row in result.rows[table]} == {article["article_id"]}, table
    assert [outcome.reason for outcome in result.outcomes] == [Reason.NEW, Reason.NO_BODY]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_of_captures_of_one_article_the_newest_stays(order: tuple[int, ...]) -> None:
    url = "https://fenholm.example/gate"
    captures = [capture(url, hours=0), capture(url, hours=1), capture(url, f"{TEXT} It is open.", hours=2)]
    result = read_texts([captures[number] for number in order], CleanOptions())
    (article,) = result.rows["articles"]
    assert article["body_text"].endswith("It is open.")
    reasons = {outcome.input_ref: outcome.reason for outcome in result.outcomes}
    older = Reason.OLDER_CAPTURE
    assert reasons == {f"{url}#0": older, f"{url}#1": older, f"{url}#2": Reason.NEW}
    told = {outcome.detail for outcome in result.outcomes if outcome.reason is older}
    assert told == {f"{url}#2 is kept in its place"}


def test_the_same_text_twice_is_the_same_article_in_the_run_and_other_articles_stay() -> None:
    url = "https://fenholm.example/gate"
    captures = [capture(url, hours=1), capture("https://fenholm.example/two"), capture(url, hours=0)]
    result = read_texts(captures, CleanOptions())
    assert len(result.rows["articles"]) == 2
    reasons = {outcome.input_ref: outcome.reason for outcome in result.outcomes}
    assert reasons[f"{url}#0"] is Reason.SAME_ARTICLE_IN_RUN
    assert list(reasons.values()).count(Reason.NEW) == 2


def test_of_two_captures_of_one_moment_one_stays() -> None:
    same = [capture("https://fenholm.example/gate", ref="line 1")] * 2
    result = read_texts(same, CleanOptions())
    assert len(result.rows["articles"]) == 1
    assert sorted(outcome.reason for outcome in result.outcomes) == [Reason.NEW, Reason.SAME_ARTICLE_IN_RUN]


def test_the_analysis_of_no_articles_is_empty() -> None:
    result = analyse_articles([], ExtractOptions())
    assert not any(result.rows.values())
