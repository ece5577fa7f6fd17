"""Pages that an outlet's `recheck` asks for again: on time, only if they changed, behind all that is new."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.config.schedules import read_waits
from core.outcomes import Reason
from tests.fixtureweb.follower import HOST, Follower, sitemap
from tests.fixtureweb.server import Answer, Request, html, not_found

WAITS = "1h, 6h, 1d"


def follow_page(hours: float, runs: int, *, tag_of=lambda count: '"1"', listed=lambda count: True, **changes):
    """Runs over a sitemap of one page, which has the tag of its count of requests."""
    asked: list[str] = []
    read: list[str] = []

    def site(base: str, request: Request) -> Answer:
        if request.path == "/s.xml":
            read.append(request.path)
            return sitemap(*([f"{base}/a"] if listed(len(read)) else []), f"{base}/other")
        if request.path not in ("/a", "/other"):
            return not_found()
        if request.path == "/other":
            return html("<p>other</p>")
        asked.append(request.headers.get("if-none-match", ""))
        tag = tag_of(len(asked))
        return Answer(304) if asked[-1] == tag else html(f"<p>page {tag}</p>", ETag=tag)

    follower = Follower(site, sitemaps="/s.xml")
    follower.hours = hours
    return follower.run(runs, **changes), asked


def had(follower: Follower) -> list[str]:
    """What each run had of page a: page, the reason of its outcome, or nothing."""
    return [
        "page" if "a" in follower.pages(run) else str(follower.outcomes(run).get("a", ""))
        for run in range(len(follower.runs))
    ]


def test_without_the_setting_no_page_is_asked_for_twice():
    follower, asked = follow_page(6, 6)
    assert asked == [""]
    assert had(follower) == ["page", "", "", "", "", ""]


def test_a_page_is_asked_for_again_at_its_times_and_only_if_it_has_changed():
    follower, asked = follow_page(1, 27, recheck=WAITS)
    assert asked == ["", '"1"', '"1"', '"1"']
    found = {run: what for run, what in enumerate(had(follower)) if what}
    assert found == {0: "page", 1: Reason.NOT_MODIFIED, 6: Reason.NOT_MODIFIED, 24: Reason.NOT_MODIFIED}


def test_an_edit_that_no_listing_tells_of_is_fetched():
    follower, _ = follow_page(1, 8, tag_of=lambda count: '"1"' if count < 3 else '"2"', recheck=WAITS)
    assert had(follower) == ["page", Reason.NOT_MODIFIED, "", "", "", "", "page", ""]


def test_times_that_passed_between_two_runs_are_caught_up_once():
    _, asked = follow_page(12, 4, recheck=WAITS)
    assert len(asked) == 3  # the first, one for 1h and 6h, one for 1d


def test_a_page_that_left_its_listing_is_asked_for_all_the_same():
    _, asked = follow_page(240, 3, listed=lambda count: count == 1, recheck="1h, 30d")
    assert len(asked) == 2


def test_new_pages_come_before_those_that_are_fetched_again():
    def site(base: str, request: Request) -> Answer:
        if request.path == "/s.xml":
            runs.append(request.path)
            return sitemap(*(f"{base}/{name}" for name in ("a", "b", "c")[: len(runs)]))
        return html("<p>page</p>") if len(request.path) == 2 else not_found()

    runs: list[str] = []
    follower = Follower(site, sitemaps="/s.xml")
    follower.hours = 2
    follower.run(4, recheck="1h", limits={"max_articles": 1, "delay_seconds": 0})
    assert [follower.pages(run) for run in range(4)] == [["a"], ["b"], ["c"], ["a"]]
    assert follower.web.paths(HOST).count("/a") == 2


def test_a_page_that_is_gone_is_told_once_and_then_left_alone():
    def site(base: str, request: Request) -> Answer:
        if request.path == "/s.xml":
            return sitemap(f"{base}/a")
        asked.append(request.path)
        return (
            not_found()
            if request.path != "/a"
            else html("<p>page</p>")
            if asked.count("/a") == 1
            else Answer(410)
        )

    asked: list[str] = []
    follower = Follower(site, sitemaps="/s.xml")
    follower.hours = 1
    follower.run(8, recheck=WAITS)
    assert asked.count("/a") == 2
    assert follower.outcomes(1) == {"a": Reason.HTTP_STATUS}


def test_waits_are_read_in_their_order():
    assert read_waits(" 1h, 6h,1d ,7d") == tuple(timedelta(hours=hours) for hours in (1, 6, 24, 168))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("often", "'often' is not a waiting time; write times after the first fetch"),
        ("1h,,6h", "'' is not a waiting time; write times after the first fetch"),
        ("1m, 1h", "too many times or one that is out of range"),
        ("1h, 400d", "too many times or one that is out of range"),
        ("6h, 1h", "not in order"),
        ("1h, 1h", "not in order"),
    ],
)
def test_waits_that_cannot_be_meant_are_refused_with_what_to_write(text: str, problem: str):
    with pytest.raises(ValueError, match=problem):
        read_waits(text)
