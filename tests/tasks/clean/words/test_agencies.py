"""Which news agency an article credits."""

from __future__ import annotations

import pytest

from tasks.clean.words.agencies import find_agency, is_agency
from tests.tasks.clean.clean_samples import clean_one, make_page, paragraphs


@pytest.mark.parametrize(
    ("body", "agency"),
    [
        ("PORT SABLE, Nov. 3 (AP) — Rain fell on the harbour.", "AP"),
        ("Port Sable (dpa/jb) - Im Hafen regnet es.", "dpa"),
        ("PORT SABLE, November 3. /TASS/. Rain fell on the harbour.", "TASS"),
        ("PORT SABLE, Nov. 3 (Xinhua) -- Rain fell on the harbour.", "Xinhua"),
        ("Reuters - Rain fell on the harbour.", "Reuters"),
        ("Rain fell on the harbour, the port said. (AFP)", "AFP"),
        ("Rain fell on the harbour, the port said. — Reuters", "Reuters"),
        ("The harbour board (formerly Reuters) said on Monday that rain fell.", None),
        ("Rain fell on the harbour, the port told Reuters.", None),
        ("PORT SABLE (HL) — Rain fell on the harbour.", None),
        ("", None),
    ],
)
def test_a_dateline_or_the_words_behind_the_last_sentence_tell_the_agency(
    body: str, agency: str | None
) -> None:
    assert find_agency(body, [], []) == agency


@pytest.mark.parametrize(
    ("credit", "agency"),
    [
        ("By MARA QUILL Associated Press", "AP"),
        ("Mara Quill, Reuters", "Reuters"),
        ("With inputs from PTI", "PTI"),
        ("© 2026 The Canadian Press", "Canadian Press"),
        ("AP writer Mara Quill contributed to this report.", "AP"),
        ("(dpa/jb)", "dpa"),
        ("Source: Interfax", "Interfax"),
        ("Meridian Press Agency", "Meridian Press Agency"),
        ("With files from Lowland News Service", "Lowland News Service"),
        ("(AP Photo/Mara Quill)", None),
        ("Mara Quill, Port Sable, PA", None),
        ("By Mara Quill", None),
    ],
)
def test_a_credit_line_tells_the_agency_unless_it_credits_a_picture(credit: str, agency: str | None) -> None:
    assert find_agency("Rain fell.", [], [credit]) == agency


def test_an_agency_among_the_authors_is_the_agency() -> None:
    assert find_agency("Rain fell.", ["Mara Quill", "AFP"], []) == "AFP"


def test_the_dateline_is_believed_before_the_byline() -> None:
    assert find_agency("PORT SABLE (AP) — Rain fell.", ["Reuters"], []) == "AP"


def test_every_form_of_a_name_is_an_agency() -> None:
    assert is_agency("The Associated Press")
    assert is_agency("ТАСС")
    assert not is_agency("The Harbour Ledger")


def test_a_page_with_an_agency_credit_has_its_agency() -> None:
    article, _, _ = clean_one(
        make_page(paragraphs() + "<p>The Associated Press contributed to this report.</p>")
    )
    assert article is not None
    assert article["agency"] == "AP"


def test_a_page_without_a_credit_has_no_agency() -> None:
    article, _, _ = clean_one(make_page(paragraphs()))
    assert article is not None
    assert article["agency"] is None


def test_a_long_hostile_line_takes_no_time() -> None:
    assert find_agency("(" * 50_000 + "A" * 50_000, [], ["AP " * 50_000]) == "AP"
