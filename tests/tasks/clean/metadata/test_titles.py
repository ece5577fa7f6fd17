"""The headline is found by vote, and is never the outlet's name."""

from __future__ import annotations

import pytest

from core.outlets import CleaningOverrides, Outlet
from tasks.clean.metadata.titles import cut_title, find_social_title, find_title
from tasks.clean.page.page import Page, parse_page
from tasks.clean.page.site_names import SiteNames, find_site_names

URL = "https://www.harbourpost.example/news/2031/bridge"
SITES = SiteNames(frozenset({"harbourpost"}), "harbourpost")


def make_page(
    *, title: str = "", h1: tuple[str, ...] = (), og: str = "", json_ld: str = "", site: str = "Harbour Post"
) -> Page:
    head = f"<title>{title}</title>" if title else ""
    head += f'<meta property="og:title" content="{og}">' if og else ""
    head += f'<meta property="og:site_name" content="{site}">' if site else ""
    if json_ld:
        head += (
            f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{json_ld}"}}</script>'
        )
    body = "".join(f"<h1>{text}</h1>" for text in h1)
    return parse_page(f"<html><head>{head}</head><body>{body}<p>Text.</p></body></html>".encode(), None, URL)


def test_all_witnesses_of_a_wordpress_page_agree_once_the_site_name_is_cut() -> None:
    page = make_page(
        title="Bridge shut until spring - Harbour Post",
        og="Bridge shut until spring - Harbour Post",
        h1=("Bridge shut until spring",),
    )
    assert find_title(page) == ("Bridge shut until spring", "h1")


def test_the_heading_wins_over_a_title_written_for_search_engines() -> None:
    page = make_page(
        title="Harbour bridge closure 2031: all dates | Harbour Post",
        h1=("Bridge shut until spring, all dates of the closure",),
    )
    assert find_title(page) == ("Bridge shut until spring, all dates of the closure", "h1")


def test_json_ld_and_og_together_outweigh_a_heading_that_neither_knows() -> None:
    page = make_page(
        json_ld="Bridge shut until spring",
        og="Bridge shut until spring",
        h1=("Bridge in the harbour shut for months",),
    )
    assert find_title(page)[0] == "Bridge shut until spring"


def test_a_heading_that_is_the_outlets_name_is_no_title() -> None:
    page = make_page(title="Bridge shut until spring – Harbour Post", h1=("Harbour Post",))
    assert find_title(page) == ("Bridge shut until spring", "title")


def test_the_second_heading_is_taken_when_only_it_is_known_elsewhere() -> None:
    page = make_page(
        og="Bridge shut until spring", h1=("Harbour Post", "Most read this week", "Bridge shut until spring")
    )
    assert find_title(page) == ("Bridge shut until spring", "h1")


def test_a_page_with_nothing_but_the_outlets_name_has_no_title() -> None:
    assert find_title(make_page(title="Harbour Post", og="Harbour Post", h1=("Harbour Post",))) == (
        None,
        None,
    )
    assert find_title(make_page()) == (None, None)


def test_a_kicker_inside_the_heading_is_not_part_of_the_title() -> None:
    page = make_page(og="Bridge shut until spring", h1=("<span>Traffic</span> Bridge shut until spring",))
    assert find_title(page)[0] == "Bridge shut until spring"


def test_a_headline_in_capitals_is_given_in_the_spelling_of_another_witness() -> None:
    page = make_page(og="Bridge shut until spring", h1=("BRIDGE SHUT UNTIL SPRING",))
    assert find_title(page) == ("Bridge shut until spring", "og:title")


def test_a_title_cut_short_votes_for_the_whole_one() -> None:
    page = make_page(og="Bridge shut until …", h1=("Bridge shut until spring",))
    assert find_title(page)[0] == "Bridge shut until spring"


def test_the_hint_of_a_feed_is_evidence_and_no_order() -> None:
    page = make_page(og="Bridge shut until spring", h1=("Bridge shut until spring",))
    assert find_title(page, hint="Bridge to close")[0] == "Bridge shut until spring"
    assert find_title(make_page(title="Harbour Post"), hint="Bridge to close") == ("Bridge to close", "hint")


def test_an_outlets_own_pattern_decides() -> None:
    outlet = Outlet(key="harbour", cleaning=CleaningOverrides(title_pattern=r"^HP\d+ (.+) //"))
    page = make_page(title="HP77 Bridge shut // Harbour Post", h1=("Something else entirely",))
    assert find_title(page, outlet) == ("Bridge shut", "pattern on title")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Bridge shut until spring | Harbour Post", "Bridge shut until spring"),
        ("Bridge shut until spring - News - Harbour Post", "Bridge shut until spring"),
        ("Harbour Post: Bridge shut until spring", "Bridge shut until spring"),
        ("Bridge shut until spring | Opinion", "Bridge shut until spring"),
        ("Bridge shut until spring — harbourpost.example", "Bridge shut until spring"),
        ("Bridge shut until spring « Harbour Post", "Bridge shut until spring"),
        ("Bridge shut until spring » Harbour Post", "Bridge shut until spring"),
        ("Bridge &amp; tunnel shut | The Harbour Post", "Bridge & tunnel shut"),
    ],
)
def test_site_name_and_section_are_cut(text: str, title: str) -> None:
    assert cut_title(text, SITES) == title


@pytest.mark.parametrize(
    "text",
    [
        "Bridge shut - and nobody knows why",
        "Harbour - a love story in nine chapters",
        "«Wir bleiben» - die Hafenbrücke schliesst",
        "« Le pont reste fermé »",
        "Live: bridge shut until spring",
        "Fish/chips and the sea",
        "Minister: bridge shut until spring",
    ],
)
def test_what_belongs_to_the_headline_stays(text: str) -> None:
    assert cut_title(text, SITES) == text


def test_a_piece_behind_a_dash_goes_when_another_witness_has_the_title_without_it() -> None:
    text = "Bridge shut until spring - Read all about it"
    assert cut_title(text, SITES) == text
    assert cut_title(text, SITES, ["Bridge shut until spring"]) == "Bridge shut until spring"


@pytest.mark.parametrize(
    "name", ["Harbour Post", "The Harbour Post", "harbourpost.example", "Harbour Post Online", "HARBOUR POST"]
)
def test_names_of_the_outlet_are_known(name: str) -> None:
    assert find_site_names(make_page(site="Harbour Post")).match(name)


def test_a_desk_is_known_by_the_outlets_short_name_in_capitals_and_a_person_is_not() -> None:
    sites = SiteNames(frozenset(), "ana")
    assert sites.match("ANA Harbour")
    assert not sites.match("Ana Lopes")


@pytest.mark.parametrize(
    "text", ["Harbour bridge shut", "Post office robbed", "Harbour", "A long headline about the Harbour Post"]
)
def test_a_headline_is_no_name_of_the_outlet(text: str) -> None:
    assert not find_site_names(make_page(site="Harbour Post")).match(text)


def test_a_very_long_title_is_read_in_linear_time() -> None:
    assert find_title(make_page(title=" - ".join(["word"] * 50_000), h1=("Bridge shut",))) == (
        "Bridge shut",
        "h1",
    )


SHOWN = "Bridge shut until spring"


@pytest.mark.parametrize(
    ("og", "social"),
    [
        ("Why you cannot cross the harbour - Harbour Post", "Why you cannot cross the harbour"),
        ("Bridge shut until spring | Harbour Post", None),
        ("BRIDGE SHUT UNTIL SPRING", None),
        ("Bridge shut until…", None),
        ("Harbour Post", None),
        ("", None),
    ],
    ids=["another", "the same with the outlet", "the same in capitals", "cut short", "the outlet", "none"],
)
def test_the_headline_for_social_networks_is_kept_beside_the_one_shown(og: str, social: str | None) -> None:
    page = make_page(h1=(SHOWN,), title=f"{SHOWN} - Harbour Post", og=og)
    title, _ = find_title(page)
    assert title == SHOWN
    assert find_social_title(page, title, find_site_names(page))[0] == social
