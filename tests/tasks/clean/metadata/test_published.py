"""The time of publication: the best witness decides, and the place is told."""

from __future__ import annotations

from datetime import UTC, datetime

import htmldate
import pytest

from core.outlets import Outlet
from tasks.clean.metadata.published import find_modified, find_published, read_hint
from tasks.clean.metadata.published_places import Published
from tasks.clean.page.headline import find_surroundings
from tasks.clean.page.page import Page, parse_page

URL = "https://harbourpost.example/bridge-shut"
FETCHED = datetime(2031, 6, 1, tzinfo=UTC)
EXACT = datetime(2031, 3, 4, 9, 15, tzinfo=UTC)
DAY = datetime(2031, 3, 4, tzinfo=UTC)
ARTICLE = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Bridge shut", %s}</script>'
)


def make_page(head: str = "", body: str = "", url: str = URL, lang: str = "en-GB") -> Page:
    html = (
        f'<html lang="{lang}"><head>{head}</head><body><h1>Bridge shut until spring</h1>{body}</body></html>'
    )
    return parse_page(html.encode(), None, url)


def find(page: Page, hint: Published | None = None, outlet: Outlet | None = None) -> Published | None:
    return find_published(page, outlet, hint, FETCHED, find_surroundings(page, "Bridge shut until spring"))


def check(found: Published | None, at: datetime, place: str, source: str) -> None:
    assert found is not None
    assert (found.moment.at, found.place, found.source) == (at, place, source)


def test_json_ld_is_asked_first() -> None:
    head = ARTICLE % '"datePublished": "2031-03-04T10:15:00+01:00"'
    head += '<meta property="article:published_time" content="2031-03-09T00:00:00Z">'
    check(find(make_page(head)), EXACT, "json-ld datePublished", "json-ld")


def test_meta_tags_come_next() -> None:
    head = '<meta property="article:published_time" content="2031-03-04T10:15:00+01:00">'
    check(find(make_page(head)), EXACT, "meta article:published_time", "meta")


def test_a_feed_is_believed_before_the_printed_page() -> None:
    hint = read_hint({"published_at": "2031-03-04T09:15:00Z"}, "feed")
    page = make_page(body="<p>5 March 2031</p>")
    check(find(page, hint), EXACT, "hint", "feed")


def test_a_time_tag_is_read() -> None:
    page = make_page(
        body='<article><time class="entry-date" datetime="2031-03-04T09:15:00Z">4 March</time></article>'
    )
    check(find(page), EXACT, "time tag", "text")


def test_a_time_tag_of_a_change_a_teaser_or_a_comment_is_not() -> None:
    body = (
        '<p>Updated <time datetime="2031-04-01T00:00:00Z">1 April</time></p>'
        '<div class="related"><time datetime="2031-01-01T08:00:00Z">1 January</time></div>'
        '<ol class="comments"><li><time datetime="2031-02-02T08:00:00Z">2 February</time></li></ol>'
        '<footer><time datetime="2030-02-02T08:00:00Z">2030</time></footer>'
    )
    assert find(make_page(body=body)) is None


def test_a_dateline_by_the_headline_is_read_in_the_outlets_zone() -> None:
    outlet = Outlet(key="hafenpost", time_zone="Europe/Berlin", country="DE")
    page = make_page(body="<div>Von Käthe Groß</div><div>4. März 2031, 10:15 Uhr</div>", lang="de")
    check(find(page, outlet=outlet), EXACT, "dateline", "text")


def test_the_address_gives_the_day() -> None:
    page = make_page(url="https://harbourpost.example/2031/03/04/bridge-shut.html")
    check(find(page), DAY, "url", "url")
    check(find(make_page(url="https://harbourpost.example/news/2031/mar/04/bridge")), DAY, "url", "url")


def test_the_month_in_the_address_is_better_than_nothing() -> None:
    found = find(make_page(url="https://harbourpost.example/2031/03/bridge-shut"))
    check(found, datetime(2031, 3, 1, tzinfo=UTC), "url", "url")
    assert found is not None and found.moment.precision == "month"


def test_a_date_of_long_ago_beside_the_headline_is_no_publication() -> None:
    head = ARTICLE % '"datePublished": "2031-03-04T09:15:00Z"'
    check(find(make_page(head, "<p>4 March 1931</p>")), EXACT, "json-ld datePublished", "json-ld")


def test_a_day_is_made_exact_by_another_place_with_the_minute() -> None:
    head = ARTICLE % '"datePublished": "2031-03-04"'
    page = make_page(head, '<time datetime="2031-03-04T09:15:00Z">10:15</time>')
    check(find(page), EXACT, "time tag", "text")


def test_a_day_is_not_made_exact_by_a_time_on_another_day() -> None:
    head = ARTICLE % '"datePublished": "2031-03-04"'
    page = make_page(head, '<time datetime="2031-03-05T09:15:00Z">5 March</time>')
    check(find(page), DAY, "json-ld datePublished", "json-ld")


def test_an_older_date_by_the_headline_is_believed_over_the_time_of_a_move() -> None:
    head = ARTICLE % '"datePublished": "2031-05-20T12:00:00Z"'
    check(find(make_page(head, "<p>4 March 2031</p>")), DAY, "dateline", "text")


def test_but_not_when_the_machine_readable_day_is_printed_as_well_or_lies_close() -> None:
    head = ARTICLE % '"datePublished": "2031-03-05T01:00:00Z"'
    body = "<p>4 March 2031</p>"
    check(
        find(make_page(head, body)), datetime(2031, 3, 5, 1, tzinfo=UTC), "json-ld datePublished", "json-ld"
    )
    head = ARTICLE % '"datePublished": "2031-05-20T12:00:00Z"'
    body = "<p>20 May 2031</p><p>4 March 2031</p>"
    check(
        find(make_page(head, body)), datetime(2031, 5, 20, 12, tzinfo=UTC), "json-ld datePublished", "json-ld"
    )


def test_a_time_tag_that_is_labelled_as_publication_is_believed_over_a_later_time_of_a_move() -> None:
    head = ARTICLE % '"datePublished": "2031-05-20T08:00:00Z"'
    body = '<p>Long.</p><div class="sidebar"><h4>Publish date</h4><time datetime="2031-03-04">4 March</time></div>'
    check(find(make_page(head, body)), DAY, "labelled time tag", "text")


def test_but_not_one_of_another_article_nor_one_without_a_label() -> None:
    head = ARTICLE % '"datePublished": "2031-05-20T08:00:00Z"'
    teaser = '<a href="/ferry"><h4>Publish date</h4><time datetime="2031-03-04">4 March</time></a>'
    bare = '<div class="sidebar"><h4>Low tide</h4><time datetime="2031-03-04">4 March</time></div>'
    for body in (teaser, bare):
        check(
            find(make_page(head, body)),
            datetime(2031, 5, 20, 8, tzinfo=UTC),
            "json-ld datePublished",
            "json-ld",
        )


def test_a_dateline_with_day_and_month_exchanged_gainsays_nothing() -> None:
    url = "https://harbourpost.example/2031/10/03/bridge-shut"
    page = make_page(body="<div>03/10/2031</div>", url=url, lang="en")
    fetched = datetime(2031, 12, 1, tzinfo=UTC)
    found = find_published(page, None, None, fetched, find_surroundings(page, "Bridge shut until spring"))
    check(found, datetime(2031, 10, 3, tzinfo=UTC), "url", "url")


def test_a_date_below_a_long_standfirst_is_still_beside_the_headline() -> None:
    standfirst = "<p>" + "The old bridge stays shut until the stones are dry. " * 6 + "</p>"
    page = make_page(body=f"{standfirst}<div>4 March 2031</div>")
    check(find(page), DAY, "dateline", "text")


def test_but_a_date_below_a_paragraph_is_not() -> None:
    paragraph = "<p>" + "The old bridge stays shut until the stones are dry. " * 12 + "</p>"
    found = find(make_page(body=f"{paragraph}<div>4 March 2031</div>"))
    assert found is None or found.place != "dateline"


def test_the_time_of_a_change_is_a_last_resort_and_called_so() -> None:
    check(find(make_page(body="<p>Last updated: 4 March 2031</p>")), DAY, "dateline of a change", "text")


@pytest.mark.parametrize("value", ["2031-12-24T10:00:00Z", "1970-01-01T00:00:00Z", "soon", "", "0000-00-00"])
def test_an_impossible_time_is_passed_over(value: str) -> None:
    head = ARTICLE % f'"datePublished": "{value}"'
    head += '<meta property="article:published_time" content="2031-03-04T09:15:00Z">'
    check(find(make_page(head)), EXACT, "meta article:published_time", "meta")


def test_nothing_is_invented() -> None:
    assert find(make_page(body="<p>The bridge was built in 1931 and rebuilt in 1987.</p>")) is None


def test_the_last_change_is_told_with_its_place() -> None:
    head = ARTICLE % '"dateModified": "2031-03-04T10:15:00+01:00"'
    assert find_modified(make_page(head)) == (EXACT, "json-ld")
    meta = '<meta property="article:modified_time" content="2031-03-04T09:15:00Z">'
    assert find_modified(make_page(meta)) == (EXACT, "meta article:modified_time")
    printed = make_page(body="<p>4 March 2031</p><p>Updated 5 March 2031, 10:15</p>")
    around = find_surroundings(printed, "Bridge shut until spring")
    assert find_modified(printed, None, around) == (datetime(2031, 3, 5, 10, 15, tzinfo=UTC), "dateline")
    assert find_modified(make_page()) == (None, None)


@pytest.mark.parametrize("value", [None, "", 17, ["x"], {"a": 1}, "no time"])
def test_a_hint_of_any_shape_is_no_error(value: object) -> None:
    assert read_hint({"published_at": value}, "feed") is None


def test_a_hint_may_be_a_datetime() -> None:
    found = read_hint({"published_at": EXACT}, "record")
    check(found, EXACT, "hint", "record")


def test_what_a_feed_prints_without_a_zone_is_meant_in_the_outlets() -> None:
    outlet = Outlet(key="hafenpost", time_zone="Asia/Tokyo", country="JP")
    found = read_hint({"published_at": "2031/3/4 05:30:41"}, "feed", outlet)
    assert found is not None
    assert (found.moment.at, found.moment.precision) == (datetime(2031, 3, 3, 20, 30, tzinfo=UTC), "minute")
    assert f"{found.moment.local_date}" == "2031-03-04"


def test_the_day_that_a_feed_prints_is_kept_where_utc_is_another() -> None:
    found = read_hint({"published_at": "Tue, 04 Mar 2031 23:30:00 -0700"}, "feed")
    assert found is not None and f"{found.moment.local_date}" == "2031-03-04"


def test_a_midnight_of_a_feed_is_a_day_without_a_time() -> None:
    found = read_hint({"published_at": "Tue, 04 Mar 2031 00:00:00 +0900"}, "feed")
    assert found is not None
    assert (found.moment.at, found.moment.precision) == (datetime(2031, 3, 4, tzinfo=UTC), "day")


FILLER = "".join(
    f"<p>The bridge carries line {line} over the harbour to the old town.</p>" for line in range(40)
)


def test_the_likeliest_day_of_the_page_is_a_guess_and_is_called_one() -> None:
    page = make_page(body=f"{FILLER}<div>Harbour Post, 4 March 2031, Port Ellery</div>")
    check(find(page), DAY, "htmldate's full search", "guess")


@pytest.mark.parametrize(
    "told",
    [
        '<p>See <a href="https://other.example/2031-03-04/ferry">what others write about the ferry</a>.</p>',
        "<p>The council of Port Ellery has run the ferry since it bought the boat and the two piers of the old company"
        " on 4 March 2031, after a long quarrel about the fare and about who mends the piers.</p>",
        "<p>The ferry was bought in March 2031.</p>",
    ],
    ids=["another address", "within a sentence", "a month"],
)
def test_a_day_that_no_short_text_prints_is_no_guess(told: str) -> None:
    assert find(make_page(body=FILLER + told)) is None


def test_the_slow_full_search_is_left_out_where_no_short_text_prints_a_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[bool] = []
    monkeypatch.setattr(
        htmldate, "find_date", lambda *_, extensive_search, **__: calls.append(extensive_search)
    )
    find(make_page(body="<p>Open since 1988</p>"))
    assert calls == [False]


@pytest.mark.parametrize(
    "printed", ["Copyright 2029 Harbour Post", "Room 2031, 2 Quay Street", "No day at all"]
)
def test_a_year_alone_is_no_guess(printed: str) -> None:
    assert find(make_page(body=f"{FILLER}<div>{printed}</div>")) is None
