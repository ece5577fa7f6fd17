"""Edits that a listing tells by its words alone: asked for then, conditionally, and not otherwise."""

from __future__ import annotations

import json

from core.outcomes import Outcome, Reason
from tests.fixtureweb.follower import HOST, Follower
from tests.fixtureweb.server import Answer, Request, html, not_found

DATE = "Mon, 02 Mar 2026 00:00:00 GMT"


def rss(base: str, title: str, summary: str) -> Answer:
    item = f"<title>{title}</title><link>{base}/a</link><description>{summary}</description>"
    body = f'<rss version="2.0"><channel><title>x</title><item>{item}<pubDate>{DATE}</pubDate></item></channel></rss>'
    return Answer(body=body.encode(), headers={"Content-Type": "application/rss+xml"})


def json_feed(base: str, title: str, summary: str) -> Answer:
    item = {"url": f"{base}/a", "title": title, "summary": summary}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [item]}
    return Answer(body=json.dumps(feed).encode(), headers={"Content-Type": "application/feed+json"})


def section(base: str, title: str, _: str) -> Answer:
    return html(f'<a href="/news/a-long-enough-slug-of-news">{title}</a>')


SAID = [
    ("Minister denies", "12 people were killed"),
    ("Minister denies", "12 people  were <b>killed</b>"),  # another markup is no other wording
    ("Minister denies", "15 people were killed"),
    ("Minister admits", "15 people were killed"),
    ("Minister admits", "15 people were killed"),
]


def follow_words(listing, place: str, tags: bool = True) -> tuple[Follower, list[bool]]:
    """Five runs over a listing worded as in SAID; the page changes when the third one looks."""
    runs = iter(range(len(SAID)))
    is_conditional: list[bool] = []
    now = [0]

    def site(base: str, request: Request) -> Answer:
        if request.path == "/robots.txt":
            return not_found()
        if request.path == "/list":
            now[0] = next(runs)
            return listing(base, *SAID[now[0]])
        tag = '"1"' if now[0] < 2 else '"2"'
        asked_with = request.headers.get("if-none-match")
        is_conditional.append(asked_with is not None and "if-modified-since" in request.headers)
        if tags and asked_with == tag:
            return Answer(304)
        return html(f"<p>page {tag}</p>", **({"ETag": tag, "Last_Modified": DATE} if tags else {}))

    follower = Follower(site, **{place: "/list"}).run(len(SAID))
    return follower, is_conditional


def test_an_rss_feed_whose_words_change_has_its_page_asked_for_again_and_only_if_it_has_changed():
    follower, is_conditional = follow_words(rss, "feeds")
    assert [follower.pages(run) for run in range(5)] == [["a"], [], ["a"], [], []]
    assert [follower.outcomes(run) for run in range(5)] == [{}, {}, {}, {"a": Reason.NOT_MODIFIED}, {}]
    assert is_conditional == [False, True, True]
    (outcome,) = (item for item in follower.runs[3] if hasattr(item, "reason"))
    assert outcome.outcome is Outcome.UNCHANGED


def test_a_json_feed_whose_words_change_has_its_page_asked_for_again():
    follower, is_conditional = follow_words(json_feed, "feeds")
    assert [follower.pages(run) for run in range(5)] == [["a"], [], ["a"], [], []]
    assert is_conditional == [False, True, True]


def test_a_link_of_a_section_page_that_is_worded_anew_has_its_page_asked_for_again():
    follower, is_conditional = follow_words(section, "sections")
    assert [len(follower.pages(run)) for run in range(5)] == [1, 0, 0, 1, 0]
    assert is_conditional == [False, True]


def test_a_page_without_validators_is_asked_for_as_it_is():
    follower, is_conditional = follow_words(rss, "feeds", tags=False)
    assert [follower.pages(run) for run in range(5)] == [["a"], [], ["a"], ["a"], []]
    assert is_conditional == [False, False, False]


def test_a_304_to_a_page_that_was_never_had_is_no_answer():
    def site(base: str, request: Request) -> Answer:
        if request.path == "/list":
            return rss(base, *SAID[0])
        return not_found() if request.path == "/robots.txt" else Answer(304)

    follower = Follower(site, feeds="/list")
    follower.hours = 2
    follower.run(2)
    assert follower.web.paths(HOST).count("/a") == 2
