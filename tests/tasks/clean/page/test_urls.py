"""One address for one article, and never one for two."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean.page.page import parse_page
from tasks.clean.page.urls import address_key, canonicalise, find_canonical_url, join_address

STORY = "https://www.harbourpost.example/news/bridge-shut"


@pytest.mark.parametrize(
    "url",
    [
        STORY,
        "HTTPS://WWW.HarbourPost.Example/news/bridge-shut",
        STORY + "#comments",
        "https://www.harbourpost.example:443/news/bridge-shut",
        STORY + "?utm_source=mail&utm_campaign=x",
        STORY + "?fbclid=abc&gclid=def&srsltid=ghi",
        STORY + "/amp",
        STORY + "/amp/",
        STORY + ".amp",
        STORY + "?outputType=amp",
        STORY + "?amp=1",
        STORY + "?share=twitter",
        "https://user:secret@www.harbourpost.example/news/bridge-shut",
        "https://www-harbourpost-example.cdn.ampproject.org/c/s/www.harbourpost.example/news/bridge-shut",
        "https://www.google.com/amp/s/www.harbourpost.example/news/bridge-shut",
        "  " + STORY + "\n",
    ],
)
def test_other_dresses_of_an_address_come_to_the_same(url: str) -> None:
    assert canonicalise(url) == STORY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/story?id=1", "https://a.example/story?id=2"),
        ("https://a.example/index.php?mod=news&id=1", "https://a.example/index.php?mod=sport&id=1"),
        ("https://a.example/Story", "https://a.example/story"),
        ("https://a.example/amp/story", "https://a.example/story"),
        ("https://a.example/2031/03/04/x", "https://a.example/2031/03/05/x"),
        ("https://m.co.uk/x", "https://co.uk/x"),
        ("https://a.example:8080/x", "https://a.example/x"),
        ("https://a.example/x?q=1&q=2", "https://a.example/x?q=1"),
        ("https://a.example/ramp", "https://a.example/r"),
        ("https://a.example/amp", "https://a.example/"),
        ("https://www.google.com/amp/news", "https://news/"),
    ],
)
def test_addresses_that_may_name_two_articles_stay_two(one: str, other: str) -> None:
    assert canonicalise(one) != canonicalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/news/bridge/index.html", "https://a.example/news/bridge/"),
        ("https://a.example/index.php?id=1", "https://a.example/?id=1"),
        ("https://a.example/news/Default.aspx", "https://a.example/news/"),
        ("https://a.example/news/amp/index.html/amp", "https://a.example/news"),
    ],
)
def test_an_index_file_is_its_folder(one: str, other: str) -> None:
    assert canonicalise(one) == other


@pytest.mark.parametrize(
    "url",
    [
        "http://www.harbourpost.example/news/bridge-shut",
        "http://www.harbourpost.example/news/bridge-shut/",
        STORY + "/",
        STORY + "/index.html",
        "https://harbourpost.example/news/bridge-shut",
    ],
)
def test_one_article_is_known_by_one_address_whatever_its_scheme_and_slash(url: str) -> None:
    home = "https://www.harbourpost.example/"
    assert address_key(canonicalise(url, home) or "") == address_key(STORY)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "https://www.a.example/x"),  # no outlet says that they are the same
        ("http://a.example:8080/x", "https://a.example:8080/x"),
        ("https://a.example/x/index.html/2", "https://a.example/x/2"),
        ("https://a.example/x/my-index.html", "https://a.example/x/"),
        ("https://a.example/x?id=1", "https://a.example/x?id=2"),
    ],
)
def test_addresses_that_may_differ_are_known_apart(one: str, other: str) -> None:
    assert address_key(canonicalise(one) or "") != address_key(canonicalise(other) or "")


def test_the_canonical_address_keeps_its_scheme_and_slash() -> None:
    assert canonicalise("http://a.example/x/") == "http://a.example/x/"


def test_parameters_stand_in_order_of_name() -> None:
    assert canonicalise("https://a.example/x?b=2&a=1") == "https://a.example/x?a=1&b=2"


@pytest.mark.parametrize("label", ["m", "mobile", "amp"])
def test_hosts_for_phones_become_the_outlets_own(label: str) -> None:
    phone = f"https://{label}.harbourpost.example/news/bridge-shut"
    assert canonicalise(phone, "https://www.harbourpost.example/") == STORY
    assert canonicalise(phone) == "https://harbourpost.example/news/bridge-shut"


def test_a_host_in_another_script_is_written_as_it_goes_over_the_wire() -> None:
    assert canonicalise("https://möwenpost.example/x") == "https://xn--mwenpost-n4a.example/x"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "javascript:void(0)",
        "mailto:x@a.example",
        "/news/1",
        "ftp://a.example/x",
        "https://",
        "https://[::1",
        "https://localhost:99999/x",
        "http://" + "a" * 5_000 + ".example",
    ],
)
def test_what_is_no_web_address_is_none(text: str) -> None:
    assert canonicalise(text) is None


@settings(deadline=None)
@given(
    host=st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,8}){1,3}", fullmatch=True),
    path=st.text(max_size=30),
    query=st.lists(st.tuples(st.text(max_size=6), st.text(max_size=6)), max_size=4),
)
def test_canonicalising_twice_changes_nothing(host: str, path: str, query: list[tuple[str, str]]) -> None:
    url = f"https://{host}/{path}?" + "&".join(f"{name}={value}" for name, value in query)
    once = canonicalise(url)
    assert once is None or canonicalise(once) == once


@settings(deadline=None)
@given(st.text(st.characters(), max_size=60))
def test_no_text_is_an_error(text: str) -> None:
    canonicalise(text)
    canonicalise("https://" + text)
    join_address("https://a.example/" + text, text)


def test_half_a_character_in_an_address_is_no_error() -> None:
    assert canonicalise("https://a.example/\ud800?q=\ud800") == "https://a.example/%3F?q=%3F"


def read_canonical(head: str, url: str | None = STORY + "?utm_source=x") -> tuple[str | None, str | None]:
    return find_canonical_url(
        parse_page(f"<html><head>{head}</head><body>x</body></html>".encode(), None, url)
    )


def test_the_canonical_link_is_taken_and_made_absolute() -> None:
    assert read_canonical('<link rel="canonical" href="/news/bridge-shut">') == (STORY, "canonical")


def test_og_url_stands_in_for_a_missing_link() -> None:
    assert read_canonical(f'<meta property="og:url" content="{STORY}?a=1">') == (STORY + "?a=1", "og:url")


@pytest.mark.parametrize(
    "href",
    ["/", "https://www.harbourpost.example/", "https://other.example/x", "http://[broken", "javascript:x"],
)
def test_a_link_to_the_front_page_or_another_site_is_not_believed(href: str) -> None:
    assert read_canonical(f'<link rel="canonical" href="{href}">') == (STORY, "url")


def test_a_page_from_a_file_believes_its_link() -> None:
    assert read_canonical(f'<link rel="canonical" href="{STORY}">', None) == (STORY, "canonical")
    assert read_canonical("", None) == (None, None)
