"""Cursors: what is new, what was edited, what comes late, and what failed before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from core.outlets import Outlet
from core.tables import TABLES
from tasks.acquire.base.announcements import Announcement, Listing
from tasks.acquire.follow.cursors import (
    MOVED_FAILURES,
    FeedCursor,
    advance_cursor,
    advance_waiting,
    choose_fresh,
    find_followed,
    find_waiting,
    note_failure,
    note_unchanged,
)
from tasks.acquire.follow.page_results import DONE, End, PageResult
from tasks.acquire.follow.seen_entries import MAX_FAILURES, OVERLAP, Requested, SeenEntry
from tasks.acquire.web.fetched import Ask, Fetched, Hop

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FEED = "https://orsay-mail.example/feed"
EMPTY = FeedCursor("orsay-mail", FEED, "feed")


def entry(name: str, hours: float = 0, edited: float | None = None) -> Announcement:
    return Announcement(
        url=f"https://orsay-mail.example/{name}",
        published_at=NOON + timedelta(hours=hours),
        modified_at=None if edited is None else NOON + timedelta(hours=edited),
    )


def answer(hours: float = 0, *hops: Hop, **rest: object) -> Fetched:
    headers = {"etag": '"1"', "last-modified": "Mon, 02 Mar 2026 12:00:00 GMT"}
    fetched_at = NOON + timedelta(hours=hours)
    return Fetched(
        Ask(FEED), FEED, fetched_at, status_code=200, headers=headers, body=b"x", hops=hops, **rest
    )  # type: ignore[arg-type]


def follow(
    cursor: FeedCursor,
    *entries: Announcement,
    hours: float = 0,
    failing: tuple[str, ...] = (),
    refusing: tuple[str, ...] = (),
    limit: int = 99,
) -> tuple[list[str], FeedCursor]:
    """One run: the names of the pages asked for, and the cursor after it."""
    now = NOON + timedelta(hours=hours)
    waiting = [e for e in find_waiting(cursor, (), now) if e.key not in {listed.key for listed in entries}]
    fresh = [*choose_fresh(cursor, entries, (), now), *waiting]
    asked = fresh[:limit]
    refused = PageResult(End.REFUSED, now, "404")
    ends = dict.fromkeys(failing, PageResult(End.FAILED, now)) | dict.fromkeys(refusing, refused)
    results = {e.key: ends.get(e.url.rpartition("/")[2], DONE) for e in asked}
    by_key = {e.key: e for e in fresh}
    after = advance_cursor(cursor, answer(hours), Listing(entries), Requested(by_key, results))
    row = after.to_row()
    TABLES["feed_cursors"].to_arrow([row])
    assert FeedCursor.from_row(row) == after
    return [e.url.rpartition("/")[2] for e in asked], after


def test_everything_is_new_the_first_time_and_nothing_the_second():
    asked, cursor = follow(EMPTY, entry("a"), entry("b", -1))
    assert asked == ["a", "b"]
    assert follow(cursor, entry("a"), entry("b", -1), hours=1)[0] == []


def test_an_entry_whose_marker_changed_is_asked_for_again():
    _, cursor = follow(EMPTY, entry("a", edited=0))
    asked, cursor = follow(cursor, entry("a", edited=3), hours=4)
    assert asked == ["a"]
    assert follow(cursor, entry("a", edited=3), hours=5)[0] == []


def test_an_entry_that_comes_late_behind_the_newest_is_still_new():
    _, cursor = follow(EMPTY, entry("new", 0))
    assert cursor.high_water_at == NOON
    assert follow(cursor, entry("new"), entry("late", -100), hours=1)[0] == ["late"]


def test_an_entry_dated_before_the_window_was_here_before():
    _, cursor = follow(EMPTY, entry("new"))
    days = OVERLAP / timedelta(hours=1)
    assert follow(cursor, entry("new"), entry("old", -days - 1), hours=1)[0] == []


def test_an_entry_that_leaves_and_comes_back_within_the_window_is_not_new():
    _, cursor = follow(EMPTY, entry("a"))
    _, cursor = follow(cursor, entry("b", 1), hours=2)
    assert follow(cursor, entry("a"), entry("b", 1), hours=30)[0] == []


def test_what_left_the_listing_long_ago_is_forgotten_so_that_cursors_stay_small():
    _, cursor = follow(EMPTY, entry("a"))
    _, cursor = follow(cursor, entry("b", 300), hours=300)
    assert set(cursor.seen) == {entry("b").key}


def test_a_date_in_the_future_does_not_move_the_mark():
    _, cursor = follow(EMPTY, entry("a"), entry("typo", 24 * 365))
    assert cursor.high_water_at == NOON
    assert follow(cursor, entry("b", -1), hours=1)[0] == ["b"]


def test_what_failed_is_asked_for_again_until_it_is_given_up():
    cursor, count = EMPTY, 0
    for hour in range(MAX_FAILURES + 5):
        asked, cursor = follow(cursor, entry("a"), hours=hour, failing=("a",))
        count += len(asked)
    assert count == MAX_FAILURES


def test_what_failed_once_and_then_came_is_done():
    _, cursor = follow(EMPTY, entry("a"), failing=("a",))
    asked, cursor = follow(cursor, entry("a"), hours=1)
    assert asked == ["a"]
    assert follow(cursor, entry("a"), hours=2)[0] == []


def test_a_304_must_not_hide_what_is_still_to_be_fetched():
    _, cursor = follow(EMPTY, entry("a"), entry("b"), limit=1)
    assert (cursor.etag, cursor.last_modified) == (None, None)
    _, cursor = follow(cursor, entry("a"), entry("b"), hours=1, failing=("b",))
    assert cursor.etag is None
    _, cursor = follow(cursor, entry("a"), entry("b"), hours=2)
    assert cursor.etag == '"1"'


def test_what_another_listing_of_the_outlet_has_seen_is_not_new():
    assert choose_fresh(EMPTY, [entry("a"), entry("b")], {entry("a").key}, NOON) == [entry("b")]


def test_a_failure_is_counted_and_a_304_ends_the_count():
    down = Fetched(Ask(FEED), FEED, NOON, detail="HTTP status 503", status_code=503)
    cursor = note_failure(note_failure(EMPTY, down), down)
    assert (cursor.failure_count, cursor.problem, cursor.status_code) == (2, "HTTP status 503", 503)
    cursor = note_unchanged(cursor, answer(1))
    assert (cursor.failure_count, cursor.problem) == (0, None)


def test_a_permanent_move_is_remembered_and_a_passing_one_is_not():
    def move(*statuses: int) -> FeedCursor:
        hops = tuple(
            Hop(FEED, status, f"https://orsay-mail.example/{n}") for n, status in enumerate(statuses)
        )
        return advance_cursor(EMPTY, answer(0, *hops), Listing(), Requested({}, {}))

    assert move(301).address == "https://orsay-mail.example/0"
    assert move(308, 302).address == "https://orsay-mail.example/0"
    assert move(302, 301).address == FEED


def test_when_a_listing_changed_last_is_known():
    cursor = advance_cursor(EMPTY, answer(0), Listing(), Requested({}, {}))
    later = advance_cursor(cursor, answer(9), Listing(), Requested({}, {}))
    assert later.changed_at == NOON
    assert later.checked_at == NOON + timedelta(hours=9)


def test_a_refusal_that_is_remembered_lets_the_listing_be_answered_by_304():
    _, cursor = follow(EMPTY, entry("a"), refusing=("a",))
    assert cursor.etag == '"1"'
    assert [e.url for e in find_waiting(cursor, (), NOON + timedelta(hours=2))] == [entry("a").url]


def test_what_is_remembered_of_an_entry_gives_the_same_announcement_but_for_its_text():
    said = replace(
        entry("a", edited=1), title="Quay", authors=("Ida Lund",), section="News", text="<p>Long</p>"
    )
    _, cursor = follow(EMPTY, said, limit=0)
    (waiting,) = find_waiting(cursor, (), NOON)
    assert waiting.marker == said.marker
    assert waiting.hints() == {key: value for key, value in said.hints().items() if key != "text"}


def test_an_entry_whose_title_or_summary_is_worded_anew_was_edited():
    first = replace(entry("a"), title="Minister denies", summary="12 were <b>hurt</b>")
    _, cursor = follow(EMPTY, first)
    assert follow(cursor, replace(first, summary="12 were  hurt"), hours=1)[0] == []
    assert follow(cursor, replace(first, title="Minister admits"), hours=1)[0] == ["a"]
    assert follow(cursor, replace(first, summary="15 were hurt"), hours=1)[0] == ["a"]


def test_cursors_of_before_markers_had_words_ask_for_nothing_again():
    _, cursor = follow(EMPTY, entry("a"))
    worded = replace(entry("a"), title="Minister denies")
    asked, cursor = follow(cursor, worded, hours=1)
    assert asked == []
    assert follow(cursor, replace(worded, title="Minister admits"), hours=2)[0] == ["a"]


def test_a_feed_that_fails_where_it_moved_to_is_asked_at_both_addresses_in_turn():
    moved = replace(EMPTY, moved_to_url="https://orsay-mail.example/rss")
    asked = [replace(moved, failure_count=n).address for n in range(MOVED_FAILURES + 3)]
    new = moved.moved_to_url
    assert asked == [new, new, new, FEED, new, FEED]


def test_cursors_of_listings_that_are_followed_are_told_from_those_left_behind():
    outlet = Outlet(key="orsay-mail", feeds=(FEED,), sitemaps=("https://orsay-mail.example/index.xml",))
    child = "https://orsay-mail.example/child.xml"
    index_seen = {Announcement(child).key: SeenEntry("", "2026-03-02")}
    cursors = [
        EMPTY,
        FeedCursor("orsay-mail", outlet.sitemaps[0], "sitemap", seen=index_seen),
        FeedCursor("orsay-mail", child, "sitemap"),
        FeedCursor("orsay-mail", "https://orsay-mail.example/old-child.xml", "sitemap"),
        FeedCursor("orsay-mail", "https://orsay-mail.example/old-feed", "feed"),
    ]
    assert [cursor.feed_url for cursor in find_followed(outlet, cursors)] == [FEED, outlet.sitemaps[0], child]


def test_a_listing_that_was_not_read_has_nothing_forgotten_however_long_ago_it_was():
    _, cursor = follow(EMPTY, entry("had"), entry("refused"), refusing=("refused",))
    refused = entry("refused")
    later = advance_waiting(cursor, "2026-03-30", Requested({refused.key: refused}, {}))
    assert set(later.seen) == {entry("had").key, refused.key}
    assert later.seen[refused.key].refusals == 1
