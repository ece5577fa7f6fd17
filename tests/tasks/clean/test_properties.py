"""What holds for every page and text: idempotence, nothing invented, nothing lost without a reason."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.captures import CaptureKind
from core.tables import TABLES
from tasks.clean.options import CleanOptions
from tasks.clean.stage import clean_captures
from tests.tasks.clean.clean_samples import PARAGRAPHS, capture_of, make_page

WORDS = [
    "bridge",
    "tide",
    "council",
    "ferry",
    "storm",
    "market",
    "lantern",
    "quay",
    "fish",
    "rope",
    "harbour",
    "bell",
    "stone",
    "winter",
    "Monday",
    "Quill",
]
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=3, max_size=40).map(
    lambda words: " ".join(words).capitalize() + "."
)
NOISE = st.sampled_from(
    [
        "Leave a Reply",
        "*",
        "Share this",
        "By Ida Brook",
        "Read more: Ferries",
        "Tags: tide",
        "Comments",
        "Photo: Hale",
    ]
)
LONG = st.lists(st.sampled_from(WORDS), min_size=61, max_size=80).map(" ".join)
LINES = st.lists(st.one_of(SENTENCE, NOISE, LONG), min_size=1, max_size=14)
OPTIONS = CleanOptions(min_words=1)
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _clean(payload: bytes | str, kind: CaptureKind) -> tuple[str, set[str]]:
    rows = clean_captures([capture_of(payload, kind)], OPTIONS).rows
    body = str(rows["articles"][0]["body_text"]) if rows.get("articles") else ""
    return body, {row["text"] for row in rows.get("removed_lines", [])}


@FEW
@given(LINES)
@example(
    [
        "Comments",
        "By Ida Brook",
        "Bridge" + " bridge" * 9 + ".",
        "bridge " * 63 + "bridge",
        "Leave a Reply",
        "Bridge" + " bridge" * 18 + ".",
    ]
)
def test_cleaning_a_cleaned_text_changes_nothing(lines: list[str]) -> None:
    body, _ = _clean(
        "\n\n".join(["Headline of the day", *PARAGRAPHS, *lines, PARAGRAPHS[0] + " Again."]), CaptureKind.TEXT
    )
    again, _ = _clean(body, CaptureKind.TEXT)
    assert again == body


@FEW
@given(LINES)
def test_every_paragraph_is_a_line_of_the_input_and_stands_in_its_order(lines: list[str]) -> None:
    body, _ = _clean("\n\n".join([*PARAGRAPHS, *lines]), CaptureKind.TEXT)
    given_lines = iter([*PARAGRAPHS, *lines])
    assert all(paragraph in given_lines for paragraph in body.split("\n\n") if paragraph)


@FEW
@given(LINES)
def test_no_long_paragraph_of_a_text_is_lost_without_a_reason(lines: list[str]) -> None:
    body, removed = _clean("\n\n".join([*PARAGRAPHS, *lines]), CaptureKind.TEXT)
    kept = set(body.split("\n\n"))
    assert all(line in kept | removed for line in lines if len(line.split()) > 60)


@FEW
@given(LINES)
def test_no_long_paragraph_of_a_page_is_lost_without_a_reason(lines: list[str]) -> None:
    page = make_page("".join(f"<p>{line}</p>" for line in [*PARAGRAPHS, *lines]))
    body, removed = _clean(page, CaptureKind.HTML)
    kept = set(body.split("\n\n"))
    assert all(line in kept | removed for line in lines if len(line.split()) > 60)


@FEW
@given(st.text(max_size=600))
def test_any_text_at_all_has_one_outcome_and_rows_that_fit(text: str) -> None:
    for kind in CaptureKind:
        payload = text.encode("utf-8", "surrogatepass")
        result = clean_captures([capture_of(payload, kind)], OPTIONS)
        assert len(result.outcomes) == 1
        articles = [{**row, "run_id": "r", "code_version": "v"} for row in result.rows.get("articles", [])]
        TABLES["articles"].to_arrow(articles)
        TABLES["removed_lines"].to_arrow(result.rows.get("removed_lines", []))


@FEW
@given(
    st.lists(
        st.sampled_from(
            [
                "<div>",
                "</div>",
                "<p>",
                "</p>",
                "<a href=/x>",
                "</a>",
                "<b",
                "<li>",
                "<table><tr><td>",
                "<!--",
                "-->",
                "<br><br>",
                "&#0;",
                "words of a line",
            ]
        ),
        max_size=60,
    )
)
def test_broken_markup_has_one_outcome(pieces: list[str]) -> None:
    assert len(clean_captures([capture_of("".join(pieces) or " ")], OPTIONS).outcomes) == 1
