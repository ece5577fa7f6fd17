"""Spans with their sentence, their outlet and a link: figures_in_context and its sisters."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from tests.warehouse.conftest import PartFolder, make_rows, make_run
from warehouse.catalog.open import Lake
from warehouse.landing.land import land_parts

BODY = "The dam – old as it is – holds. Officials counted 40 well-built boats, and 40 were lost. “It held.\n\nIt held all night long and it will hold for as long as anybody here is alive,” she said."
BEGINNINGS = [0, BODY.index("Officials"), BODY.index("“"), BODY.index("\n\n") + 2, len(BODY) + 1]
SENTENCES = [(start, end - 1) for start, end in pairwise(BEGINNINGS)]


def land(lake: Lake, part: PartFolder, url: str, **tables: list[dict[str, Any]]) -> None:
    """One article with these spans."""
    rows = make_rows("dam", body=BODY)
    article = rows["articles"][0]
    article["url"] = article["canonical_url"] = url
    own = {"article_id": article["article_id"], "month": article["month"]}
    rows["sentences"] = [
        {"sentence_number": number, "start_char": start, "end_char": end, **own}
        for number, (start, end) in enumerate(SENTENCES, 1)
    ]
    for name, spans in tables.items():
        rows[name] = [{**own, **span} for span in spans]
    land_parts(lake, make_run(), [part(rows)])


def figure(surface: str, start: int, number: int | None) -> dict[str, Any]:
    return {
        "surface": surface,
        "start_char": start,
        "end_char": start + len(surface),
        "sentence_number": number,
        "kind": "count",
        "bound": "exact",
        "is_suspect": False,
    }


def test_a_figure_stands_marked_in_its_sentence_with_its_outlet(lake: Lake, part: PartFolder) -> None:
    start = BODY.index("40 well-built")
    land(lake, part, "https://ledger.example/dam", figures=[figure("40 well-built boats", start, 2)])
    ((marked, sentence, page),) = lake.fetch("SELECT marked, sentence, page FROM figures_in_context")
    assert marked == "Officials counted ⟦40 well-built boats⟧, and 40 were lost."
    assert sentence == "Officials counted 40 well-built boats, and 40 were lost."
    assert page.startswith("/articles/")
    assert page.endswith(f"#c{start}")


def test_the_link_names_the_words_before_and_escapes_what_a_fragment_would_read(
    lake: Lake, part: PartFolder
) -> None:
    start = BODY.index("40 well-built")
    land(lake, part, "https://ledger.example/dam#top", figures=[figure("40 well-built boats", start, 2)])
    assert lake.fetch("SELECT link FROM figures_in_context") == [
        ("https://ledger.example/dam#:~:text=Officials%20counted-,40%20well%2Dbuilt%20boats",)
    ]


@pytest.mark.parametrize(
    "url", ["file:///articles/dam.txt", "javascript:alert(1)", "ftp://ledger.example/dam"]
)
def test_what_is_no_web_address_gets_no_link(lake: Lake, part: PartFolder, url: str) -> None:
    rows = figure("40", BODY.index("40"), 2)
    land(lake, part, url, figures=[rows])
    assert lake.fetch("SELECT link FROM figures_in_context") == [(None,)]


def test_a_figure_of_no_known_sentence_is_a_row_without_one(lake: Lake, part: PartFolder) -> None:
    land(lake, part, "https://ledger.example/dam", figures=[figure("40", BODY.index("40"), None)])
    ((sentence, surface, link),) = lake.fetch("SELECT sentence, surface, link FROM figures_in_context")
    assert (sentence, surface) == (None, "40")
    assert link == "https://ledger.example/dam#:~:text=40"


def test_a_quotation_over_two_paragraphs_is_whole_and_its_link_has_its_first_and_last_words(
    lake: Lake, part: PartFolder
) -> None:
    start, end = BODY.index("“"), BODY.index("”") + 1
    quotation = {
        "start_char": start,
        "end_char": end,
        "sentence_number": 3,
        "text": BODY[start + 1 : end - 1],
        "kind": "direct",
        "is_anonymous": False,
    }
    land(lake, part, "https://ledger.example/dam", quotations=[quotation])
    ((marked, link),) = lake.fetch("SELECT marked, link FROM quotations_in_context")
    assert marked == f"⟦{BODY[start:end]}⟧"
    assert link.endswith("#:~:text=%E2%80%9CIt%20held.,anybody%20here%20is%20alive%2C%E2%80%9D")
