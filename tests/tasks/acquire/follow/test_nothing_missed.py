"""What an outlet announced is had in the end: by runs that are cut short, killed, refused, or sent elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from email.utils import format_datetime

import pytest

from core.outcomes import Reason
from core.outlets import FetchLimits
from tasks.acquire.follow import seen_entries
from tasks.acquire.follow.listing_reader import MAX_CHILD_SITEMAPS, MAX_DEPTH
from tests.fixtureweb.clock import SimulatedClock
from tests.fixtureweb.follower import HOST, Follower, index, sitemap
from tests.fixtureweb.server import Answer, Request, html, not_found

START = SimulatedClock().now()
PAGE = html("<p>page</p>")
TWO = FetchLimits(max_articles=2)
OLD, NEW = "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"


def feed(base: str, days: Mapping[str, float], etag: str = '"1"') -> Answer:
    """A feed of pages, published so many days before the start."""
    items = "".join(
        f"<item><link>{base}/{name}</link><pubDate>{format_datetime(START - timedelta(days=ago))}</pubDate></item>"
        for name, ago in days.items()
    )
    body = f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'
    return Answer(body=body.encode(), headers={"Content-Type": "text/xml", "ETag": etag})


def serve(answers: Mapping[str, Answer], request: Request) -> Answer:
    """The answer for the path, with a 304 where its ETag is asked with; other paths are pages, but robots.txt."""
    answer = answers.get(request.path)
    if answer is None:
        return not_found() if request.path == "/robots.txt" else PAGE
    tag = answer.headers.get("ETag")
    return Answer(304) if tag and request.headers.get("if-none-match") == tag else answer


def all_pages(follower: Follower) -> list[str]:
    return [page for run in range(len(follower.runs)) for page in follower.pages(run)]


def test_what_a_limited_run_leaves_of_a_sitemap_in_an_index_comes_next_time_and_the_sitemap_is_not_asked_again():
    def site(base: str, request: Request) -> Answer:
        pages = sitemap(*(f"{base}/{n}" for n in range(5)))
        return serve({"/index.xml": index((f"{base}/child.xml", OLD)), "/child.xml": pages}, request)

    follower = Follower(site, sitemaps="/index.xml").run(4, limits=TWO)
    assert [len(follower.pages(run)) for run in range(4)] == [2, 2, 1, 0]
    assert sorted(all_pages(follower)) == list("01234")
    assert follower.web.paths(HOST).count("/child.xml") == 1


def test_a_page_of_an_index_that_failed_once_is_asked_for_again():
    failed = []

    def site(base: str, request: Request) -> Answer:
        if request.path == "/a" and len(failed) < 4:  # the tries of one run
            failed.append(request)
            return Answer(503)
        answers = {
            "/index.xml": index((f"{base}/child.xml", OLD)),
            "/child.xml": sitemap(f"{base}/a", f"{base}/b"),
        }
        return serve(answers, request)

    follower = Follower(site, sitemaps="/index.xml").run(3)
    assert [follower.pages(run) for run in range(3)] == [["b"], ["a"], []]
    assert follower.outcomes(0) == {"a": Reason.FETCH_FAILED}


def test_an_index_in_an_index_is_followed_and_one_that_leads_to_itself_ends():
    def site(base: str, request: Request) -> Answer:
        answers = {
            "/index.xml": index((f"{base}/inner.xml", OLD), (f"{base}/index.xml", OLD)),
            "/inner.xml": index((f"{base}/child.xml", None)),
            "/child.xml": sitemap(f"{base}/a"),
        }
        return serve(answers, request)

    follower = Follower(site, sitemaps="/index.xml").run(2)
    assert [follower.pages(run) for run in range(2)] == [["a"], []]
    assert {cursor.problem for cursor in follower.cursors.values()} == {None}


def test_indexes_nested_too_deep_are_reported():
    def site(base: str, request: Request) -> Answer:
        depth = request.path.count("x")
        return index((f"{base}/{'x' * (depth + 1)}", OLD)) if depth else not_found()

    follower = Follower(site, sitemaps="/x").run()
    problems = [cursor.problem for cursor in follower.cursors.values() if cursor.problem]
    assert problems == [f"indexes of sitemaps are nested more than {MAX_DEPTH} deep"]
    assert len(follower.cursors) == MAX_DEPTH + 1


def test_of_many_sitemaps_without_a_time_each_has_its_turn():
    count = MAX_CHILD_SITEMAPS + 10

    def site(base: str, request: Request) -> Answer:
        if request.path == "/index.xml":
            return index(*((f"{base}/{n}.xml", None) for n in range(count)))
        name = request.path.removeprefix("/").removesuffix(".xml")
        return sitemap(f"{base}/page-{name}") if request.path.endswith(".xml") else serve({}, request)

    follower = Follower(site, sitemaps="/index.xml").run(2)
    assert len(set(all_pages(follower))) == count


def test_old_entries_that_a_limited_run_leaves_come_next_time_however_old():
    def site(base: str, request: Request) -> Answer:
        return serve({"/feed": feed(base, {str(n): 5 * n for n in range(6)})}, request)

    follower = Follower(site, feeds="/feed").run(4, limits=TWO)
    assert [follower.pages(run) for run in range(4)] == [["0", "1"], ["2", "3"], ["4", "5"], []]


def test_what_a_limited_run_leaves_is_had_although_its_feed_has_moved_on():
    names = iter((("a", "b", "c"), ("d",), ("d",), ("d",)))

    def site(base: str, request: Request) -> Answer:
        if request.path == "/feed":
            return feed(base, dict.fromkeys(next(names), 0), etag="")
        return serve({}, request)

    follower = Follower(site, feeds="/feed")
    follower.hours = 24 * 9  # longer than entries are remembered that were asked for
    follower.run(4, limits=FetchLimits(max_articles=1))
    assert sorted(all_pages(follower)) == ["a", "b", "c", "d"]


def test_a_killed_run_loses_no_entry_however_old():
    days = {str(n): n / 2 for n in range(40)}

    def site(base: str, request: Request) -> Answer:
        return serve({"/feed": feed(base, days)}, request)

    follower = Follower(site, feeds="/feed").run(killed_after=28).run(2)
    assert len(follower.pages(0)) == 25
    assert sorted(all_pages(follower)) == sorted(days)


def test_a_killed_run_loses_no_page_of_a_sitemap_in_an_index():
    def site(base: str, request: Request) -> Answer:
        pages = sitemap(*(f"{base}/{n}" for n in range(30)))
        return serve({"/index.xml": index((f"{base}/child.xml", OLD)), "/child.xml": pages}, request)

    for killed_after in range(24, 30):
        follower = Follower(site, sitemaps="/index.xml").run(killed_after=killed_after).run(2)
        assert sorted(all_pages(follower)) == sorted(str(n) for n in range(30)), killed_after


@pytest.mark.parametrize("status", [401, 403, 404, 451])
def test_a_page_that_was_refused_is_had_when_it_is_there_later(status):
    def site(base: str, request: Request) -> Answer:
        if request.path == "/a" and request.at < START + timedelta(hours=2):
            return Answer(status)
        return serve({"/feed": feed(base, {"a": 0})}, request)

    follower = Follower(site, feeds="/feed")
    follower.hours = 0.7
    follower.run(5)
    assert [follower.outcomes(run) for run in range(5)] == [
        {"a": Reason.HTTP_STATUS},
        {},
        {"a": Reason.HTTP_STATUS},  # an hour later: once more
        {},
        {},
    ]
    follower.hours = 24
    follower.run(3)
    assert all_pages(follower) == ["a"]
    assert follower.web.paths(HOST).count("/feed") == 8
    assert sum("if-none-match" in r.headers for r in follower.web.log if r.path == "/feed") == 7


def test_a_refused_page_is_tried_three_times_more_within_a_week_and_one_that_is_gone_never():
    def site(base: str, request: Request) -> Answer:
        refusals = {"/a": Answer(404), "/b": Answer(410)}
        return serve({"/feed": feed(base, {"a": 0, "b": 0}), **refusals}, request)

    follower = Follower(site, feeds="/feed")
    follower.hours = 6
    follower.run(40)
    asked = follower.web.paths(HOST)
    assert (asked.count("/a"), asked.count("/b")) == (4, 1)


def test_a_page_is_asked_for_when_robots_txt_no_longer_forbids_it_and_refused_but_once():
    def site(base: str, request: Request) -> Answer:
        if request.path == "/robots.txt":
            rule = "Disallow: /a" if request.at < START + timedelta(hours=30) else "Allow: /"
            return Answer(body=f"User-agent: *\n{rule}\n".encode())
        return serve({"/feed": feed(base, {"a": 0})}, request)

    follower = Follower(site, feeds="/feed")
    follower.hours = 8
    follower.run(20)
    assert all_pages(follower) == ["a"]
    assert [r for run in range(20) for r in follower.outcomes(run).values()] == [Reason.ROBOTS_FORBID]
    assert follower.web.paths(HOST).count("/a") == 1


def test_a_page_that_always_fails_keeps_no_new_one_from_being_fetched():
    def site(base: str, request: Request) -> Answer:
        if request.path == "/bad":
            return Answer(503)
        return serve({"/feed": feed(base, {"bad": 0, "a": 1, "b": 2})}, request)

    follower = Follower(site, feeds="/feed").run(3, limits=FetchLimits(max_articles=1))
    assert [follower.pages(run) for run in range(3)] == [[], ["a"], ["b"]]


def test_notes_are_kept_of_the_newest_only_and_the_rest_is_found_in_the_listing_again(monkeypatch):
    monkeypatch.setattr(seen_entries, "MAX_NOTES", 3)

    def site(base: str, request: Request) -> Answer:
        return serve({"/feed": feed(base, {str(n): n for n in range(8)})}, request)

    follower = Follower(site, feeds="/feed").run(limits=TWO)
    (cursor,) = follower.cursors.values()
    noted = [entry.note["url"].rpartition("/")[2] for entry in cursor.seen.values() if entry.note]
    assert sorted(noted) == ["2", "3", "4"]
    follower.run(4, limits=TWO)
    assert sorted(all_pages(follower)) == [str(n) for n in range(8)]
    assert all_pages(follower)[-1:] == ["7"]


def test_an_outlet_that_has_had_its_time_goes_on_in_the_next_run():
    def site(base: str, request: Request) -> Answer:
        return serve({"/feed": feed(base, {str(n): n for n in range(6)})}, request)

    limits = FetchLimits(delay_seconds=10, max_seconds=25)
    follower = Follower(site, feeds="/feed").run(3, limits=limits)
    assert [len(follower.pages(run)) for run in range(3)] == [3, 3, 0]


def test_a_move_for_good_is_remembered_when_the_new_address_answers_304():
    def site(base: str, request: Request) -> Answer:
        moved = Answer(301, headers={"Location": "/rss"})
        has_moved = request.at >= START + timedelta(hours=1)
        answers = {"/feed": moved if has_moved else feed(base, {"a": 0}), "/rss": feed(base, {"a": 0})}
        return serve(answers, request)

    follower = Follower(site, feeds="/feed")
    follower.hours = 2
    follower.run(4)
    (cursor,) = follower.cursors.values()
    assert (cursor.moved_to_url or "").endswith("/rss")
    assert follower.web.paths(HOST).count("/feed") == 2


def test_a_feed_that_fails_where_it_moved_to_is_asked_at_its_old_address_again():
    def site(base: str, request: Request) -> Answer:
        is_first_day = request.at < START + timedelta(days=1)
        moved = Answer(301, headers={"Location": "/rss"})
        new = feed(base, {"a": 0}) if is_first_day else Answer(404)
        return serve({"/feed": moved if is_first_day else feed(base, {"b": 0}, '"2"'), "/rss": new}, request)

    follower = Follower(site, feeds="/feed")
    follower.hours = 25
    follower.run(6)
    assert all_pages(follower) == ["a", "b"]
    (cursor,) = follower.cursors.values()
    assert (cursor.moved_to_url, cursor.failure_count, cursor.problem) == (None, 0, None)
    assert follower.web.paths(HOST).count("/rss") == 4  # followed there, then failed there three times


def test_pages_of_a_host_that_wants_to_be_left_alone_are_left_over_and_no_failures():
    def site(base: str, request: Request) -> Answer:
        if request.path == "/0" and request.at < START + timedelta(hours=1):
            return Answer(429, headers={"Retry-After": "3600"})
        return serve({"/feed": feed(base, {str(n): n for n in range(4)})}, request)

    follower = Follower(site, feeds="/feed").run()
    assert follower.outcomes(0) == {"0": Reason.FETCH_FAILED}
    (cursor,) = follower.cursors.values()
    assert sorted(entry.failure_count for entry in cursor.seen.values()) == [0, 0, 0, 1]
    follower.web.clock.move_to(START + timedelta(hours=2))
    follower.run()
    assert sorted(all_pages(follower)) == list("0123")
