"""Labels around an article: parts that a style sheet alone keeps apart, long lines of times, bios without a byline."""

from __future__ import annotations

import pytest
from lxml import html

from core.captures import CaptureKind
from tasks.clean.page.blocks.reader import read_lines
from tests.tasks.clean.clean_samples import PARAGRAPHS, TITLE, clean_one, make_page, make_text, paragraphs

BODY = "\n\n".join(PARAGRAPHS)


def lines_of(markup: str) -> list[str]:
    return [line.text for line in read_lines(html.fromstring(f"<html><body>{markup}</body></html>"))]


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        (
            '<div class="byline"><a href="/rhea">Rhea Tan</a><a href="/jo">Jo Park</a></div>',
            "Rhea Tan Jo Park",
        ),
        ("<div><span>Berg</span><time>di 4 maart</time></div>", "Berg di 4 maart"),
        (
            '<p class="byline"><span>Rhea Tan</span><span>Harbour Post</span></p>',
            "Rhea Tan Harbour Post",
        ),
    ],
)
def test_labels_side_by_side_are_parted(markup: str, line: str) -> None:
    assert lines_of(markup) == [line]


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        ("<p><b>H</b>ello, said the harbour master.</p>", "Hello, said the harbour master."),
        (
            "<p><span>The har</span><span>bour</span> was <a href='/shut'>shut</a><span>.</span></p>",
            "The harbour was shut.",
        ),
        ("<div><span>T</span><span>he tide came in</span></div>", "The tide came in"),
        ("<h2><span>Har</span><span>bour</span></h2>", "Harbour"),
        ("<div><span>Quay Street</span><span>, Port Ellery</span></div>", "Quay Street, Port Ellery"),
        (f"<div><span>{PARAGRAPHS[0]}</span><span>x</span></div>", f"{PARAGRAPHS[0]}x"),
    ],
)
def test_parts_of_a_word_or_a_sentence_are_not(markup: str, line: str) -> None:
    assert lines_of(markup) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "PUBLISHED: March 4, 2025 at 6:05 p.m. PST | UPDATED: March 5, 2025 at 7:15 a.m. PST",
        "Published Tuesday 4 March 2025 at 18:05 GMT, updated Wednesday 5 March 2025 at 07:15 GMT, by our newsroom",
        "04.03.2025 - 15:48 Uhr Lesedauer: 2 Min.",
        "发布时间：2025-03-04 18:05 更新时间：2025-03-04 19:05",
    ],
)
def test_a_long_line_of_times_above_the_text_goes(line: str) -> None:
    article, removed, _ = clean_one(make_page(f"<p>{line}</p>{paragraphs()}"))
    assert article is not None
    assert article["body_text"] == BODY
    assert removed[line] == "date"


@pytest.mark.parametrize(
    "line",
    [
        "Published on 4 March 2025, the report was updated on 5 March 2025 and again a day later.",
        "Updated on 4 March 2025, the list of the boats that were lost in the storm has grown to forty, from the"
        " Mary Quill of Port Ellery to the ferry of Sable",
    ],
)
def test_a_sentence_with_times_in_it_stays(line: str) -> None:
    article, removed, _ = clean_one(make_page(f"<p>{line}</p>{paragraphs()}"))
    assert article is not None
    assert line not in removed


@pytest.mark.parametrize("line", ["منذ ساعتين", "评论（12）", "评论 12"])
def test_lines_of_other_scripts_are_known(line: str) -> None:
    article, removed, _ = clean_one(make_page(f"{paragraphs()}<p>{line}</p>"))
    assert article is not None
    assert removed[line] in ("updated", "comment_form")


@pytest.mark.parametrize(
    "line",
    [
        "Rhona Teague ist Redakteurin im Ressort Politik.",
        "Rhona Teague is a senior reporter at the Harbour Post and lives by the quay.",
        "Anne-Lise Teague est journaliste au service politique.",
    ],
)
def test_a_bio_goes_though_no_byline_names_its_author(line: str) -> None:
    for payload, kind in (
        (make_page(f"{paragraphs()}<p>{line}</p>"), CaptureKind.HTML),
        (make_text(TITLE, *PARAGRAPHS, line).encode(), CaptureKind.TEXT),
    ):
        article, removed, _ = clean_one(payload, kind)
        assert article is not None
        assert article["body_text"] == BODY
        assert removed[line] == "bio"


@pytest.mark.parametrize(
    "line",
    [
        "Mara Quill is a former editor of the Harbour Post.",  # who speaks in the article
        "Rhona Teague is a diver from Sable.",
        "The bridge is an editor of memories.",
    ],
)
def test_a_last_line_about_somebody_else_stays(line: str) -> None:
    article, removed, _ = clean_one(make_page(f"{paragraphs()}<p>{line}</p>"))
    assert article is not None
    assert line not in removed


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Join our WhatsApp channel", "share"),
        ("Thanks for reading!", "share"),
        ("Donate now", "newsletter"),
        ("Around the Network", "related"),
        ("Was this article helpful?", "reporting"),
        ("Report an error", "reporting"),
        ("With agency inputs", "reporting"),
        ("AP writer Rhea Tan in Bergdi contributed.", "reporting"),
        ("(Edited by Jo Park)", "reporting"),
        ("— AP", "reporting"),
        ("Fehler gefunden? Jetzt melden", "reporting"),
        ("（记者张三）", "reporting"),
        ("Topics", "tags"),
        ("Comments", "comment_form"),
    ],
)
def test_what_pages_print_under_the_text_goes_from_texts_too(line: str, rule: str) -> None:
    article, removed, _ = clean_one(make_text(TITLE, *PARAGRAPHS, line), CaptureKind.TEXT)
    assert article is not None
    assert article["body_text"] == BODY
    assert removed[line] == rule


@pytest.mark.parametrize(
    "line",
    [
        "Comments by the minister were met with silence.",
        "Donate now, the mayor told them, or see it fall.",
        "Thanks for reading it aloud, she told the clerk.",
        "The AP writer contributed.",
        "Topics of the debate were left open.",
    ],
)
def test_sentences_that_begin_so_stay(line: str) -> None:
    article, removed, _ = clean_one(make_text(TITLE, *PARAGRAPHS, line), CaptureKind.TEXT)
    assert article is not None
    assert line not in removed


def test_a_label_that_counts_at_the_edges_only_stays_between_paragraphs() -> None:
    inner = ("Comments?", "Print", "Topics")
    article, removed, _ = clean_one(
        make_text(TITLE, *PARAGRAPHS[:3], *inner, PARAGRAPHS[3], PARAGRAPHS[0][:90] + "."), CaptureKind.TEXT
    )
    assert article is not None
    assert set(inner).isdisjoint(removed)
    assert PARAGRAPHS[3] in article["body_text"]


@pytest.mark.parametrize("role", ["Staff Writer", "Senior Political Editor"])
def test_a_role_under_a_byline_goes_and_is_no_author(role: str) -> None:
    for payload, kind in (
        (make_page(f"<p>By Rhona Teague</p><p>{role}</p>{paragraphs()}"), CaptureKind.HTML),
        (make_text(TITLE, "By Rhona Teague", role, *PARAGRAPHS).encode(), CaptureKind.TEXT),
    ):
        article, removed, _ = clean_one(payload, kind)
        assert article is not None
        assert (article["authors"], article["body_text"]) == (["Rhona Teague"], BODY)
        assert removed[role] == "byline"
