"""Hosts that want to be left alone, robots.txt of every size, and headers and addresses that no request can hold."""

from __future__ import annotations

import gzip
import random
from datetime import UTC, datetime, timedelta

import pytest

from core.outcomes import Reason
from tasks.acquire.base.addresses import AddressPolicy
from tasks.acquire.web.client import WebClient
from tasks.acquire.web.exchange import said_length
from tasks.acquire.web.fetch import Fetcher, FetchPolicy, parse_retry_after
from tasks.acquire.web.fetched import LISTING_TYPES, Ask
from tasks.acquire.web.robots import RobotsRules, robots_address, robots_from_row, robots_to_row
from tests.fixtureweb.fetching import HOST, OTHER, PAGE, fetch, gaps, play, with_robots
from tests.fixtureweb.server import Answer, FixtureWeb, Request, html, not_found

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def test_a_host_that_asks_for_an_hour_is_asked_nothing_more_in_this_run():
    async def run(web: FixtureWeb, fetcher: Fetcher) -> None:
        for n in range(3):
            answer = await fetcher.fetch(Ask(web.url(HOST, f"/{n}")))
            assert answer.reason is Reason.FETCH_FAILED
        assert "left alone until" in (answer.detail or "")
        assert answer.request_count == 0
        assert (await fetcher.fetch(Ask(web.url(OTHER, "/a")))).reason is Reason.FETCH_FAILED

    web = play(with_robots(Answer(429, headers={"Retry-After": "3600"})), run)
    assert web.paths(HOST) == ["/robots.txt", "/0"]
    assert web.clock.seconds() < 60


@pytest.mark.parametrize("is_robots", [False, True])
def test_the_next_run_leaves_it_alone_too_until_the_hour_is_over(is_robots):
    """The wish is kept with robots.txt, which is its own answer or lies there already."""
    busy = Answer(503, headers={"Retry-After": "3600"})
    answers = [busy]

    def site(request: Request) -> Answer:
        if (request.path == "/robots.txt") == is_robots and answers:
            return answers.pop()
        return not_found() if request.path == "/robots.txt" else html(PAGE)

    async def run(web: FixtureWeb, fetcher: Fetcher) -> None:
        url = web.url(HOST, "/a")
        assert (await fetcher.fetch(Ask(url))).reason is Reason.FETCH_FAILED
        row = robots_to_row(robots_address(url), fetcher.robots[robots_address(url)])
        assert row is not None
        asked = len(web.log)
        fetcher.robots = {row["feed_url"]: robots_from_row(row)}
        web.clock.move_to(web.clock.now() + timedelta(minutes=55))
        answer = await fetcher.fetch(Ask(url))
        assert "left alone until" in (answer.detail or "")
        assert len(web.log) == asked
        web.clock.move_to(web.clock.now() + timedelta(minutes=6))
        assert (await fetcher.fetch(Ask(url))).reason is None

    play(site, run)


def test_the_wait_that_the_last_answer_asks_for_is_kept_before_the_next_page():
    async def run(web: FixtureWeb, fetcher: Fetcher) -> None:
        await fetcher.fetch(Ask(web.url(HOST, "/a")))
        await fetcher.fetch(Ask(web.url(HOST, "/b")))

    web = play(with_robots(Answer(503, headers={"Retry-After": "90"})), run, max_attempts=1)
    assert web.paths(HOST) == ["/robots.txt", "/a", "/b"]
    assert gaps(web, HOST)[1] >= 90


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("²", None),
        ("٣", None),
        ("9" * 400, 1e9),
        ("soon", None),
        ("Mon, 02 Mar 2026 00:01:00 GMT", 60),
        ("Mon, 02 Mar 2026 00:01:00", 60),
        ("Mon, 02 Mar 99999 00:01:00 GMT", None),
        ("Mon, 02 Mar 2026 00:01:00 +9999999999", None),
        ("Sun, 01 Mar 2026 00:01:00 GMT", 0),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_whatever_it_says(value, seconds):
    assert parse_retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    ("delay", "reason", "detail"),
    [
        ("120", None, ""),
        ("3600", Reason.ROBOTS_FORBID, "asks for 3,600 seconds between two requests"),
        ("inf", None, ""),
        ("nan", None, ""),
        ("-5", None, ""),
    ],
)
def test_a_crawl_delay_is_kept_or_the_host_left_with_the_reason(delay, reason, detail):
    robots = Answer(body=f"User-agent: *\nCrawl-delay: {delay}".encode())
    answer, web = fetch(with_robots(html(PAGE), robots))
    assert answer.reason is reason
    assert detail in (answer.detail or "")
    assert gaps(web, HOST) == [] if reason else gaps(web, HOST)[0] >= (120 if delay == "120" else 2)


def long_robots(last: str) -> bytes:
    lines = "".join(f"Disallow: /closed/{n}\n" for n in range(250_000))
    return f"User-agent: *\nDisallow: /first\n{lines}{last}".encode()


@pytest.mark.parametrize("coding", [None, "gzip"])
def test_of_a_long_robots_txt_the_beginning_counts(coding):
    body = long_robots("Disallow: /last\n")
    assert len(body) > 5_000_000
    headers = {"Content-Encoding": coding} if coding else {}
    robots = Answer(body=gzip.compress(body) if coding else body, headers=headers)

    async def run(web: FixtureWeb, fetcher: Fetcher) -> None:
        reasons = [(await fetcher.fetch(Ask(web.url(HOST, path)))).reason for path in ("/first", "/last")]
        assert reasons == [Reason.ROBOTS_FORBID, None]

    play(with_robots(html(PAGE), robots), run)


def test_a_rule_that_is_cut_in_two_is_none():
    lines = "User-agent: *\n" + "#" * 511_975 + "\n"
    robots = Answer(body=(lines + "Disallow: /private\n").encode())
    assert len(lines) == 511_990
    assert fetch(with_robots(html(PAGE), robots))[0].reason is None


@pytest.mark.parametrize(
    ("robots", "said"),
    [
        ("User-agent: GPTBot\nDisallow: /", "GPTBot"),
        ("User-agent: bytespider\nUser-agent: meta-externalagent\nDisallow: /", "Bytespider"),
        ("User-agent: Amazonbot\nDisallow: /a", "Amazonbot"),
        ("User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /", "content-signal"),
        ("Content-signal: ai-train = NO # please", "content-signal"),
        ("User-agent: CCBot\nUser-agent: *\nContent-Usage: /a train-ai=n\nAllow: /", "content-usage"),
        ("User-agent: *\nContent-Signal: search=yes, ai-train=yes", None),
        ("User-agent: *\nContent-Usage: /b train-ai=n", None),
        ("User-agent: Othersbot\nContent-Signal: ai-train=no", None),
        ("User-agent: Amazonbot\nDisallow: /b", None),
        ("User-agent: copydesk\nAllow: /\nUser-agent: *\nDisallow: /", None),
    ],
)
def test_opt_outs_of_training_are_told_by_crawlers_and_by_lines_that_say_it(robots, said):
    rules = RobotsRules(NOW, robots)
    url = "https://orsay-mail.example/a"
    assert rules.forbids(url, "copydesk") is None
    rule = rules.forbids(url, "copydesk", with_training_optouts=True)
    assert (rule is None) == (said is None)
    assert (said or "") in (rule or "")


@pytest.mark.parametrize(("etag", "modified"), [('"é"', "1 fév"), ('"1"\r\nX: y', "a\x00b"), ("\ud83d", "²")])
def test_validators_that_a_request_cannot_hold_are_not_sent(etag, modified):
    def site(request: Request) -> Answer:
        assert not {"if-none-match", "if-modified-since", "x"} & set(request.headers)
        return html(PAGE)

    assert fetch(site, etag=etag, last_modified=modified)[0].reason is None


def test_only_digits_of_ascii_are_a_length():
    lengths = ["12", "²", "٣", "-5", "", "1 2"]
    assert [said_length({"content-length": length}) for length in lengths] == [12, *[None] * 5]
    assert said_length({}) is None


@pytest.mark.parametrize("length", ["²", "-5", "9" * 400])
def test_a_length_that_is_none_costs_that_page_alone(length):
    answer, _ = fetch(with_robots(Answer(headers={"Content-Type": "text/html", "Content-Length": length})))
    assert answer.reason is not None


@pytest.mark.parametrize(
    "location", ["http://xn--/", "http://a b.example/", "http://xn--a.example/", "http://①②⑦.1/"]
)
def test_a_redirect_to_what_is_no_address_is_refused(location):
    given = location.encode().decode("latin-1")
    answer, _ = fetch(with_robots(Answer(302, headers={"Location": given})))
    assert answer.reason is Reason.FORBIDDEN_ADDRESS, answer


def test_a_proxy_is_never_asked_for_inner_addresses_whoever_leads_there(simulated_proxy):
    def site(request: Request) -> Answer:
        leads = {
            "http://one.example/robots.txt": "http://169.254.169.254/latest",
            "http://two.example/robots.txt": "http://2130706433/admin",
            "http://three.example/a": "http://localhost/admin",
            "http://four.example/a": "http://①②⑦.0.0.1/admin".encode().decode("latin-1"),
        }
        place = leads.get(request.path)
        return Answer(302, headers={"Location": place}) if place else not_found()

    answers, log = simulated_proxy(
        site, [f"http://{name}.example/a" for name in ("one", "two", "three", "four")]
    )
    assert [answer.reason for answer in answers] == [Reason.FORBIDDEN_ADDRESS] * 4
    assert {path.split("/")[2].partition(".")[2] for path in log} == {"example"}


@pytest.fixture
def simulated_proxy():
    """Asks for addresses through a proxy that the site plays; the answers, and what the proxy was asked for."""
    import asyncio

    from tests.fixtureweb.clock import SimulatedClock

    def ask(site, urls):
        clock = SimulatedClock()
        web = FixtureWeb(clock)
        web.sites = {"": site}

        async def run():
            async with web, WebClient("t", AddressPolicy(), proxy=web.url("127.0.0.1", "")) as client:
                fetcher = Fetcher(
                    client,
                    FetchPolicy(),
                    clock=clock.seconds,
                    now=clock.now,
                    sleep=clock.sleep,
                    rng=random.Random(1),
                )
                return [await fetcher.fetch(Ask(url, types=LISTING_TYPES)) for url in urls]

        return asyncio.run(run()), [request.path for request in web.log]

    return ask
