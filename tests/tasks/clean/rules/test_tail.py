"""What stands under the last paragraph goes line by line, whatever stands in between."""

from __future__ import annotations

import pytest

from core.captures import CaptureKind
from tests.tasks.clean.clean_samples import PARAGRAPHS, TITLE, clean_one, make_page, make_text, paragraphs

BODY = "\n\n".join(PARAGRAPHS)
HEAD = '<p>By <a rel="author" href="/author/rhona">Rhona Teague</a></p>'
TAIL = [
    ("Rhona Teague covers the harbour and the ferries for the Post. Follow her on X at @rhona.", "contact"),
    ("(Reporting by Rhona Teague; Editing by Bram Lindqvist)", "reporting"),
    (
        "Do you have a story for us? Email the newsdesk at desk@harbourpost.example and tell us about it.",
        "reporting",
    ),
    (
        "This article was originally published on the pages of the Sable Gazette, and is printed here by kind leave.",
        "reporting",
    ),
    ("The post Council agrees to mend the old bridge appeared first on Harbour Post.", "reporting"),
    (
        "Copyright 2026 The Harbour Press. All rights reserved. This material may not be published or broadcast.",
        "reporting",
    ),
]


def test_notices_in_a_row_all_go() -> None:
    article, removed, _ = clean_one(
        make_page(HEAD + paragraphs() + "".join(f"<p>{line}</p>" for line, _ in TAIL))
    )
    assert article is not None
    assert article["body_text"] == BODY
    assert {line: removed.get(line) for line, _ in TAIL} == dict(TAIL)


def test_notices_in_a_row_all_go_from_a_text_too() -> None:
    lines = [line for line, _ in TAIL]
    article, removed, _ = clean_one(make_text(TITLE, *PARAGRAPHS, *lines), CaptureKind.TEXT)
    assert article is not None
    assert article["body_text"] == BODY
    assert set(lines) <= set(removed)


def test_a_credit_that_cannot_be_meant_otherwise_goes_from_the_midst_too() -> None:
    line = "(Reporting by Rhona Teague; Editing by Bram Lindqvist)"
    article, removed, _ = clean_one(make_page(paragraphs(f"<p>{line}</p>", after=1)))
    assert article is not None
    assert removed[line] == "reporting"


@pytest.mark.parametrize("line", ["(dpa/jb)", "(PAP) an/ mow/", "РИА Новости"])
def test_what_an_agency_closes_a_report_with_goes(line: str) -> None:
    article, removed, _ = clean_one(make_page(paragraphs() + f"<p>{line}</p>"))
    assert article is not None
    assert article["body_text"] == BODY
    assert removed[line] == "reporting"


@pytest.mark.parametrize(
    "line",
    [
        "Updated figures from the authority show 14 cracks.",
        "Source: the harbour master, who asked not to be named.",
        "Related: the port also lost a crane in 2019, the authority said on Monday.",
        "Sign up for our fleet, the ferry firm told sailors in a letter.",
        "(Harbour House)",
        "Clerks say one email was deleted. Residents want answers. Twitter user @tarnwatch wrote: “They all knew.”",
        "Police ask anyone who saw the van to contact them at desk@police.example.",
        "All rights reserved for the owners were transferred in 1998, the court heard.",
    ],
)
def test_a_last_line_that_only_resembles_a_notice_stays(line: str) -> None:
    for payload, kind in (
        (make_page(f"{paragraphs()}<p>{line}</p>"), CaptureKind.HTML),
        (make_text(TITLE, *PARAGRAPHS, line).encode(), CaptureKind.TEXT),
    ):
        article, removed, _ = clean_one(payload, kind)
        assert article is not None
        assert line not in removed
        assert article["body_text"].endswith(line)


CARD = "<h3><a href='/{place}'>{heading}</a></h3><p>It is {place} of the list, says the harbour, and it is dear.</p>"


@pytest.mark.parametrize(
    ("heading", "goes"), [("Whale seen off the coast of Sable", True), ("Sable Whale", False), ("1. The whale of the island of Sable", False)]
)  # fmt: skip
def test_a_linked_heading_is_a_teaser_only_if_it_can_be_a_headline(heading: str, goes: bool) -> None:
    cards = "".join(CARD.format(heading=heading, place=place) for place in ("first", "second", "third"))
    article, removed, _ = clean_one(make_page(paragraphs() + cards))
    assert article is not None
    assert (removed.get(heading) == "teaser") is goes
    assert (heading in article["body_text"]) is not goes
