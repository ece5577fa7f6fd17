"""Fetching against a web that misbehaves in every way it can: each way costs one page and has its reason."""

from __future__ import annotations

import asyncio
import gzip
import itertools
from collections.abc import AsyncIterator
from datetime import timedelta
from email.utils import format_datetime

import pytest

from core.outcomes import Reason
from tasks.acquire.web.fetch import Fetcher
from tasks.acquire.web.fetched import LISTING_TYPES, Ask, Fetched
from tests.fixtureweb.fetching import HOST, OTHER, PAGE, fetch, gaps, play, with_robots
from tests.fixtureweb.server import Answer, FixtureWeb, Request, html, not_found


def test_a_page_comes_with_its_body_its_headers_its_time_and_the_address_that_answered():
    answer, web = fetch(with_robots(html(PAGE, ETag='"1"')))
    assert answer.reason is None
    assert answer.body == PAGE.encode()
    assert (answer.status_code, answer.content_type, answer.charset) == (200, "text/html", "utf-8")
    assert answer.headers["etag"] == '"1"'
    assert answer.exchange is not None
    assert answer.exchange.ip_address == "127.0.0.1"
    assert ("User-Agent", "copydesk-test") in answer.exchange.request_headers
    assert web.paths(HOST) == ["/robots.txt", "/a"]


def test_a_compressed_page_is_decoded_and_kept_as_it_came():
    packed = gzip.compress(PAGE.encode())
    coded = Answer(body=packed, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})
    answer, _ = fetch(with_robots(coded))
    assert answer.body == PAGE.encode()
    assert answer.exchange is not None
    assert answer.exchange.body == packed


def test_what_is_known_is_asked_for_on_condition_and_unchanged_on_304():
    def site(request: Request) -> Answer:
        known = request.headers.get("if-none-match") == '"1"' and "if-modified-since" in request.headers
        return Answer(304) if known else html(PAGE)

    answer, _ = fetch(site, etag='"1"', last_modified="Mon, 02 Mar 2026 00:00:00 GMT")
    assert answer.reason is Reason.NOT_MODIFIED


async def endless(piece: bytes = b"x" * 65536) -> AsyncIterator[bytes]:
    for _ in range(8000):  # 500 MB
        yield piece


async def drip() -> AsyncIterator[bytes]:
    for _ in range(1000):
        yield b"x"
        await asyncio.sleep(0.05)


PAGE_HEADERS = {"Content-Type": "text/html"}
MISBEHAVIOURS = {
    "not there": (not_found(), Reason.HTTP_STATUS, "HTTP status 404"),
    "gone": (Answer(410), Reason.HTTP_STATUS, "HTTP status 410"),
    "forbidden": (Answer(403), Reason.HTTP_STATUS, "HTTP status 403"),
    "empty": (html(""), Reason.EMPTY, "empty"),
    "a picture": (
        Answer(body=b"x", headers={"Content-Type": "image/png"}),
        Reason.UNSUPPORTED_TYPE,
        "image/png",
    ),
    "said to be 500 MB": (
        Answer(headers={"Content-Type": "text/html", "Content-Length": "500000000"}),
        Reason.TOO_LARGE,
        "more than 1,000,000 bytes",
    ),
    "500 MB": (Answer(headers=PAGE_HEADERS, stream=endless), Reason.TOO_LARGE, "more than 1,000,000 bytes"),
    "a slow drip": (Answer(headers=PAGE_HEADERS, stream=drip), Reason.TIMED_OUT, "within 0.5 seconds"),
    "a gzip bomb": (
        Answer(
            body=gzip.compress(bytes(5_000_000)),
            headers={"Content-Type": "text/html", "Content-Encoding": "gzip"},
        ),
        Reason.COMPRESSION_BOMB,
        "grow to more than 1,000,000",
    ),
    "a circle": (Answer(302, headers={"Location": "/a"}), Reason.HTTP_STATUS, "more than 5 redirects"),
    "a redirect to nowhere": (Answer(302), Reason.HTTP_STATUS, "redirects to no address"),
    "a redirect to loopback": (
        Answer(302, headers={"Location": "http://127.0.0.1/"}),
        Reason.FORBIDDEN_ADDRESS,
        "127.0.0.1, which is not on the public Internet",
    ),
    "a redirect to the metadata service": (
        Answer(301, headers={"Location": "http://169.254.169.254/latest/meta-data"}),
        Reason.FORBIDDEN_ADDRESS,
        "169.254.169.254",
    ),
    "a redirect to a file": (
        Answer(302, headers={"Location": "file:///etc/passwd"}),
        Reason.FORBIDDEN_ADDRESS,
        "scheme file",
    ),
    "a redirect to a script": (
        Answer(302, headers={"Location": "javascript:alert(1)"}),
        Reason.FORBIDDEN_ADDRESS,
        "scheme javascript",
    ),
    "always 503": (Answer(503), Reason.FETCH_FAILED, "HTTP status 503"),
}


@pytest.mark.parametrize("what", MISBEHAVIOURS)
def test_each_misbehaviour_has_its_reason(what):
    page, reason, detail = MISBEHAVIOURS[what]
    answer, _ = fetch(with_robots(page), max_bytes=1_000_000, timeout_seconds=0.5)
    assert answer.reason is reason, answer
    assert detail in (answer.detail or "")
    assert answer.body == b""


def test_a_host_that_is_inside_our_network_is_never_connected_to():
    async def run(web: FixtureWeb, fetcher: Fetcher) -> None:
        web.sites["intranet.example"] = web.sites[HOST]  # it resolves to loopback, and nobody opened it
        answer = await fetcher.fetch(Ask(web.url("intranet.example", "/a")))
        assert answer.reason is Reason.FORBIDDEN_ADDRESS

    assert play(with_robots(html(PAGE)), run).log == []


def test_robots_txt_is_asked_once_a_day_and_obeyed():
    robots = Answer(body=b"User-agent: *\nDisallow: /private\nUser-agent: copydesk\nDisallow: /secret")

    async def run(web: FixtureWeb, fetcher: Fetcher) -> None:
        for path in ("/a", "/private", "/secret", "/b"):
            answer = await fetcher.fetch(Ask(web.url(HOST, path)))
            assert (answer.reason is Reason.ROBOTS_FORBID) == (path == "/secret")
        web.clock.move_to(web.clock.now() + timedelta(hours=25))
        await fetcher.fetch(Ask(web.url(HOST, "/c")))

    web = play(with_robots(html(PAGE), robots), run)
    assert web.paths(HOST) == ["/robots.txt", "/a", "/private", "/b", "/robots.txt", "/c"]


def test_a_redirect_to_where_robots_txt_forbids_is_not_followed():
    def site(request: Request) -> Answer:
        if request.path == "/robots.txt":
            return Answer(body=b"User-agent: *\nDisallow: /private")
        return Answer(302, headers={"Location": "/private/a"})

    answer, web = fetch(site)
    assert answer.reason is Reason.ROBOTS_FORBID
    assert "/private/a" not in web.paths(HOST)


@pytest.mark.parametrize(
    ("status", "is_open"), [(404, True), (403, True), (503, False), (429, False), (500, False)]
)
def test_without_robots_txt_a_host_is_open_and_in_trouble_it_is_closed(status, is_open):
    answer, web = fetch(with_robots(html(PAGE), Answer(status)))
    assert (answer.reason is None) == is_open
    assert ("/a" in web.paths(HOST)) == is_open
    if not is_open:
        assert answer.reason is Reason.FETCH_FAILED
        assert f"could not read robots.txt (HTTP status {status})" in (answer.detail or "")


def test_an_opt_out_of_text_mining_is_honoured_when_the_user_says_so():
    robots = Answer(body=b"User-agent: GPTBot\nDisallow: /")
    for honours, reason in ((False, None), (True, Reason.ROBOTS_FORBID)):

        async def run(web: FixtureWeb, fetcher: Fetcher, reason: Reason | None = reason) -> None:
            answer = await fetcher.fetch(Ask(web.url(HOST, "/a")))
            assert answer.reason is reason

        play(with_robots(html(PAGE), robots), run, honours_training_optouts=honours)


def test_one_request_at_a_time_per_host_with_its_pause_and_hosts_side_by_side():
    async def run(web: FixtureWeb, fetcher: Fetcher) -> None:
        urls = [web.url(host, f"/{n}") for n in range(8) for host in (HOST, OTHER)]
        await asyncio.gather(*(fetcher.fetch(Ask(url, delay_seconds=3.0)) for url in urls))

    web = play(with_robots(html(PAGE)), run)
    assert web.busiest == {HOST: 1, OTHER: 1}
    assert min(gaps(web, HOST) + gaps(web, OTHER)) >= 3.0  # after robots.txt as well
    assert len(web.log) == 18


def test_a_crawl_delay_longer_than_ours_is_kept():
    async def run(web: FixtureWeb, fetcher: Fetcher) -> None:
        for n in range(3):
            await fetcher.fetch(Ask(web.url(HOST, f"/{n}"), delay_seconds=1.0))

    web = play(with_robots(html(PAGE), Answer(body=b"User-agent: *\nCrawl-delay: 7")), run)
    assert min(gaps(web, HOST)) >= 7.0


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_host_that_asks_for_patience_gets_it_from_everybody(status, form):
    waited = []

    def site(request: Request) -> Answer:
        if request.path == "/robots.txt":
            return not_found()
        waited.append(request.at)
        if len(waited) > 1:
            return html(PAGE)
        until = request.at + timedelta(seconds=90)
        value = "90" if form == "seconds" else format_datetime(until, usegmt=True)
        return Answer(status, headers={"Retry-After": value})

    async def run(web: FixtureWeb, fetcher: Fetcher) -> None:
        asks = [Ask(web.url(HOST, f"/{n}"), delay_seconds=1.0) for n in range(3)]
        for answer in await asyncio.gather(*map(fetcher.fetch, asks)):
            assert answer.reason is None

    web = play(site, run)
    assert waited[1] - waited[0] >= timedelta(seconds=90)
    assert waited[1] - waited[0] < timedelta(seconds=92)
    assert len(web.log) == 5


def test_a_wait_that_is_too_long_is_not_waited_for():
    answer, web = fetch(with_robots(Answer(429, headers={"Retry-After": "86400"})))
    assert answer.reason is Reason.FETCH_FAILED
    assert web.paths(HOST) == ["/robots.txt", "/a"]
    assert web.clock.seconds() < 60


def test_trouble_that_passes_is_tried_again_later_and_later():
    asked = []

    def site(request: Request) -> Answer:
        if request.path == "/robots.txt":
            return not_found()
        asked.append(request.at)
        return html(PAGE) if len(asked) == 4 else Answer(502)

    answer, _ = fetch(site)
    assert answer.reason is None
    assert answer.request_count == 4
    pauses = [(later - earlier).total_seconds() for earlier, later in itertools.pairwise(asked)]
    assert pauses == sorted(pauses)
    assert pauses[-1] > 2 * pauses[0] * 0.9


def test_a_host_without_an_address_has_failed_and_nothing_was_asked():
    async def run(web: FixtureWeb, fetcher: Fetcher) -> None:
        answer = await fetcher.fetch(Ask("http://nowhere.example/a"))
        assert answer.reason is Reason.FETCH_FAILED
        assert "nowhere.example has no address" in (answer.detail or "")

    assert play(not_found_everywhere, run).log == []


def not_found_everywhere(_: Request) -> Answer:
    return not_found()


def test_redirects_are_followed_over_hosts_and_written_down():
    def site(request: Request) -> Answer:
        port = request.headers["host"].rpartition(":")[2]
        moves = {
            "/a": Answer(301, headers={"Location": "/b"}),
            "/b": Answer(308, headers={"Location": f"http://{OTHER}:{port}/c#top"}),
            "/c": html(PAGE),
        }
        return moves.get(request.path, not_found())

    answer, web = fetch(site)
    assert answer.reason is None
    assert answer.final_url == web_url(answer, OTHER, "/c")
    assert [(hop.status_code, hop.location.rpartition("/")[2]) for hop in answer.hops] == [
        (301, "b"),
        (308, "c"),
    ]
    assert answer.moved_to == answer.final_url
    assert answer.exchange is not None
    assert [(url.rpartition("/")[2], e.status_code) for url, e in answer.exchange.redirects] == [
        ("a", 301),
        ("b", 308),
    ]
    assert web.paths(OTHER) == ["/robots.txt", "/c"]


def web_url(answer: Fetched, host: str, path: str) -> str:
    port = answer.ask.url.rpartition(":")[2].partition("/")[0]
    return f"http://{host}:{port}{path}"


def test_a_feed_is_taken_under_any_type_that_feeds_come_with():
    for content_type in (
        "application/rss+xml",
        "application/x-rss+xml",
        "text/rss",
        "text/xml; charset=utf-8",
        "application/octet-stream",
    ):
        feed = Answer(body=b"<rss/>", headers={"Content-Type": content_type})
        answer, _ = fetch(with_robots(feed), types=LISTING_TYPES)
        assert answer.reason is None


def test_no_cookie_is_kept():
    def site(request: Request) -> Answer:
        assert "cookie" not in request.headers
        return html(PAGE, **{"Set-Cookie": "id=7"})

    async def run(web: FixtureWeb, fetcher: Fetcher) -> None:
        for _ in range(2):
            await fetcher.fetch(Ask(web.url(HOST, "/a")))

    assert len(play(site, run).log) == 3


def test_what_was_asked_and_what_came_is_counted_by_outlet_and_host():
    async def run(web: FixtureWeb, fetcher: Fetcher) -> None:
        for path in ("/a", "/b"):
            await fetcher.fetch(Ask(web.url(HOST, path), outlet="mail"))
        await fetcher.fetch(Ask(web.url(OTHER, "/a"), max_bytes=10, outlet="mail"))
        await fetcher.fetch(Ask(web.url(OTHER, "/a"), outlet="post"))
        assert fetcher.tally == {
            ("mail", HOST): {"requests": 3, "bytes": 2 * len(PAGE), "no_robots": 1, "200": 2},
            ("mail", OTHER): {"requests": 2, "bytes": 0, "no_robots": 1, "too_large": 1},
            ("post", OTHER): {"requests": 1, "bytes": len(PAGE), "200": 1},
        }

    play(with_robots(html(PAGE)), run)
