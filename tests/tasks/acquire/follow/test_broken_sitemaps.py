"""A fault in a sitemap costs no more than the entry that it is in, and no address comes out cut or made up."""

from __future__ import annotations

import pytest

from tasks.acquire.follow.sitemaps import read_sitemap

BASE = "https://orsay-mail.example"
URL = f"{BASE}/sitemap.xml"


def entry(path: str, more: str = "") -> str:
    return f"<url><loc>{BASE}/{path}</loc>{more}</url>"


def read(*entries: str, head: str = '<?xml version="1.0"?><urlset>', tail: str = "</urlset>"):
    return read_sitemap((head + "".join(entries) + tail).encode("utf-8", "surrogatepass"), URL)


def paths(listing) -> list[str]:
    return [found.url.removeprefix(f"{BASE}/") for found in listing.announcements]


@pytest.mark.parametrize(
    ("broken", "path", "title"),
    [
        (entry("b?x=1&y=2"), "b?x=1&y=2", None),
        (entry("b?x=1&copy=2&amp;z"), "b?x=1&copy=2&z", None),
        (entry("b", "<news:title>R&D at the <![CDATA[port]]></news:title>"), "b", None),
        (entry("b", "<news:title>R&D at the port</news:title>"), "b", "R&D at the port"),
        (entry("b", "<title>Caf&eacute; &#x42; &#0; &nonsense;</title>"), "b", "Café B \ufffd &nonsense;"),
        (entry("b", "<title><![CDATA[R&amp;D]]></title> & "), "b", "R&amp;D"),
        (entry("b", "<title>Bell\x07</title>"), "b", "Bell"),
        (entry("b", "<title>Half \ud83d</title>"), "b", None),
        (entry("b", "<title>Tide < 3 m</title>"), "b", "Tide < 3 m"),
        (entry("b", "<title>Never closed"), "b", None),
        (entry("b", "<a></b><title>Wrong</title>"), "b", None),
        (f"<url><loc>{BASE}/b</loc>", "b", None),
        (
            f"<url><image:image><image:loc>{BASE}/i.jpg</image:loc></image:image><loc>{BASE}/b</loc>&</url>",
            "b",
            None,
        ),
    ],
)
def test_what_stands_around_a_fault_is_read_and_the_fault_told(broken, path, title):
    listing = read(entry("a"), broken, entry("c", "<title>Ferry</title>"))
    assert paths(listing) == ["a", path, "c"]
    assert "not well formed" in (listing.problem or "")
    if title is not None:
        assert listing.announcements[1].title == title
    assert listing.announcements[2].title == "Ferry"


@pytest.mark.parametrize(
    "broken",
    [
        f"<url><loc>{BASE}/wro",
        f"<url><loc>{BASE}/wro<b/>ng</loc></url>&",
        f"<url><loc>{BASE}/wro</lo</url>",
        "<url>&</url>",
    ],
)
def test_no_address_is_made_of_half_of_one(broken):
    assert paths(read(entry("a"), broken, entry("c"))) == ["a", "c"]


def test_what_is_cut_off_gives_the_addresses_before():
    whole = "<urlset>" + entry("a") + entry("b") + entry("c")
    for length in range(len(whole) - len(entry("c")) + 6, len(whole) - 12):
        listing = read_sitemap(whole[:length].encode(), URL)
        assert paths(listing) == ["a", "b"]
        assert listing.problem


def test_warnings_before_it_and_scripts_behind_it_cost_nothing():
    head = "<br />\n<b>Warning</b>: no array in /srv/map.php\n<?xml version='1.0' encoding='ISO-8859-1'?><urlset>"
    body = (head + entry("a", "<title>Fähre</title>") + entry("b") + "</urlset><script>x()</script>").encode(
        "latin-1"
    )
    listing = read_sitemap(body, URL)
    assert paths(listing) == ["a", "b"]
    assert listing.announcements[0].title == "Fähre"


def test_comments_are_no_entries():
    listing = read(entry("a"), f"<!-- {entry('hidden')} -->", entry("b?x=1&y=2"), "<!-- open")
    assert paths(listing) == ["a", "b?x=1&y=2"]


def test_an_index_is_read_past_its_faults_too():
    child = "<sitemap><loc>{}</loc><lastmod>2026-03-02</lastmod></sitemap>"
    listing = read(
        child.format("/1.xml?a&b"), child.format("/2.xml"), head="<sitemapindex>", tail="</sitemapindex>"
    )
    assert [url.removeprefix(BASE) for url, _ in listing.children] == ["/1.xml?a&b", "/2.xml"]
    assert all(moment for _, moment in listing.children)


def test_a_title_of_a_picture_and_the_time_of_the_next_page_are_not_taken():
    broken = f"<url><loc>{BASE}/a</loc>" + entry("b", "<lastmod>2026-03-02</lastmod>") + "&"
    first, second = read(broken).announcements
    assert (first.modified_at, second.modified_at is None) == (None, False)


def test_an_entity_within_an_address_makes_it_none():
    body = f"<!DOCTYPE urlset [<!ENTITY host 'x'>]><urlset><url><loc>{BASE}/&host;</loc></url>{entry('a')}</urlset>"
    assert paths(read_sitemap(body.encode(), URL)) == ["a"]


def test_an_entry_without_an_address_is_not_the_sitemap_itself():
    assert paths(read("<url><loc></loc></url>", "<url/>", entry("a"))) == ["a"]


def test_text_before_the_sitemap_is_a_fault_and_costs_no_address():
    data = f"\nWarning: no such index in map.php on line 3\n<?xml version='1.0'?><urlset>{entry('a')}{entry('b')}</urlset>"
    listing = read_sitemap(data.encode(), URL)
    assert paths(listing) == ["a", "b"]
    assert listing.problem == "there is other text before it"
    assert read_sitemap(b"Warning: no such index", URL).announcements == ()


def test_an_address_whose_end_is_forgotten_ends_with_its_entry():
    assert paths(read(entry("a"), f"<url><loc>{BASE}/b</url>", entry("c"))) == ["a", "b", "c"]


def test_names_in_capitals_are_the_same_names():
    whole = f"<URLSET><URL><LOC>{BASE}/a</LOC></URL><URL><LOC>{BASE}/b&c</LOC></URL></URLSET>"
    assert paths(read_sitemap(whole.encode(), URL)) == ["a", "b&c"]
    assert paths(read_sitemap(whole.replace("&", "-").encode(), URL)) == ["a", "b-c"]
