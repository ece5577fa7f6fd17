"""One outlet followed: indexes of sitemaps, section pages, unwanted addresses, bad pages."""

from __future__ import annotations

from core.captures import CaptureKind
from core.outcomes import Reason
from tasks.acquire.web.pages import FetchedPage
from tests.fixtureweb.follower import HOST, Follower, index, sitemap
from tests.fixtureweb.server import Answer, Request, html, not_found


def test_of_an_index_only_sitemaps_that_changed_or_say_nothing_are_asked_again():
    asked = []

    def site(base: str, request: Request) -> Answer:
        asked.append(request.path)
        dated = "2026-03-03" if asked.count("/index.xml") > 2 else "2026-03-02"
        answers = {
            "/index.xml": index((f"{base}/dated.xml", dated), (f"{base}/undated.xml", None)),
            "/dated.xml": sitemap(f"{base}/a", *([f"{base}/c"] if dated == "2026-03-03" else [])),
            "/undated.xml": sitemap(f"{base}/b"),
        }
        return answers.get(request.path, html("<p>page</p>") if len(request.path) == 2 else not_found())

    follower = Follower(site, sitemaps="/index.xml").run(times=3)
    assert [sorted(follower.pages(run)) for run in range(3)] == [["a", "b"], [], ["c"]]
    assert asked.count("/dated.xml") == 2
    assert asked.count("/undated.xml") == 3


def test_section_pages_are_the_last_resort():
    def site(base: str, request: Request) -> Answer:
        if request.path == "/harbour":
            return html(
                '<a href="/news/ferry-did-not-sail-friday">Ferry did not sail</a><a href="/about">About</a>'
            )
        return html("<p>page</p>") if request.path.startswith("/news/") else not_found()

    follower = Follower(site, sections="/harbour").run(times=2)
    assert follower.pages(0) == ["ferry-did-not-sail-friday"]
    assert follower.pages(1) == []
    (page,) = (item for item in follower.runs[0] if isinstance(item, FetchedPage))
    assert page.capture.hints == {"title": "Ferry did not sail"}
    assert page.capture.kind is CaptureKind.HTML
    assert page.capture.outlet == "mail"
    assert page.exchange.status_code == 200


def test_what_is_not_wanted_is_said_once_and_never_asked_for():
    def site(base: str, request: Request) -> Answer:
        if request.path == "/s.xml":
            return sitemap(f"{base}/video/a", f"{base}/news/b", "https://elsewhere.example/c")
        return html("<p>page</p>") if request.path == "/news/b" else not_found()

    follower = Follower(site, sitemaps="/s.xml").run(times=2, leave=("/video/",))
    assert follower.pages(0) == ["b"]
    assert follower.outcomes(0) == {"a": Reason.NOT_WANTED, "c": Reason.NOT_WANTED}
    assert follower.outcomes(1) == {}
    assert follower.web.paths(HOST).count("/video/a") == 0


def test_a_page_that_is_no_page_costs_only_itself():
    bad = {
        "/1": Answer(body=b"%PDF-1.7 x", headers={"Content-Type": "text/html"}),
        "/2": Answer(body=b"x", headers={"Content-Type": "application/pdf"}),
        "/3": Answer(404),
        "/4": html("<p>page</p>"),
    }

    def site(base: str, request: Request) -> Answer:
        if request.path == "/s.xml":
            return sitemap(*(base + path for path in bad))
        return bad.get(request.path, not_found())

    follower = Follower(site, sitemaps="/s.xml").run(times=2)
    assert follower.pages(0) == ["4"]
    assert follower.outcomes(0) == {
        "1": Reason.BINARY,
        "2": Reason.UNSUPPORTED_TYPE,
        "3": Reason.HTTP_STATUS,
    }
    assert follower.outcomes(1) == {}


def test_a_broken_feed_is_read_as_far_as_it_goes_and_reported():
    def site(base: str, request: Request) -> Answer:
        if request.path == "/feed":
            body = f'<rss version="2.0"><channel><item><link>{base}/a</link></item><item><li'
            return Answer(body=body.encode(), headers={"Content-Type": "text/xml", "ETag": '"1"'})
        return html("<p>page</p>") if request.path == "/a" else not_found()

    follower = Follower(site, feeds="/feed").run()
    assert follower.pages() == ["a"]
    (cursor,) = follower.cursors.values()
    assert "not well formed" in (cursor.problem or "")
    assert cursor.etag is None


def test_a_feed_that_is_gone_is_reported_and_nothing_is_forgotten():
    def site(base: str, request: Request) -> Answer:
        return Answer(410) if request.path == "/feed" else not_found()

    follower = Follower(site, feeds="/feed").run(times=2)
    (cursor,) = follower.cursors.values()
    assert (cursor.failure_count, cursor.problem, cursor.status_code) == (2, "HTTP status 410", 410)


def test_a_list_of_addresses_gives_each_page_or_why_there_is_none():
    def site(base: str, request: Request) -> Answer:
        return html("<p>page</p>") if request.path == "/a" else not_found()

    follower = Follower(site, "/a", "/b").run()
    assert follower.pages() == ["a"]
    assert follower.outcomes() == {"b": Reason.HTTP_STATUS}
    assert len(follower.runs[0]) == 2
