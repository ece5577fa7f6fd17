"""An edit that an outlet takes back: the earlier text stands again, and its bytes are not archived twice."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lakes import ask, find_bad_checks

from core.settings import EngineSettings, FetchSettings, Settings
from flows.archive import verify
from flows.intake.fetching import Timekeeping
from flows.listed import load_listed
from tests.fixtureweb.clock import SimulatedClock
from tests.fixtureweb.outlet_sites import OutletSite, PlayedArticle, write_rss
from tests.fixtureweb.server import FixtureWeb
from tests.fixtureweb.thread import ADDRESSES, serve_web

START = datetime(2026, 3, 2, tzinfo=UTC)
HOST = ADDRESSES[0]
SLUG = "quarrel-at-the-harbour"


@dataclass(frozen=True)
class TakenBack(PlayedArticle):
    """Edited after two hours, as it was before after four, edited in the same words after eight."""

    def version(self, now: datetime) -> int:
        return {0: 0, 1: 1, 2: 0, 3: 0, 4: 1}[int((now - START) / timedelta(hours=2))]


def build(web: FixtureWeb) -> None:
    web.sites[HOST] = OutletSite(
        HOST, web.url(HOST, "").rstrip("/"), [TakenBack(SLUG, START, START)], write_rss
    )


@pytest.mark.slow  # five runs; test_load has an edit of a file that is taken back
def test_a_page_that_goes_back_to_earlier_words_is_updated_from_the_bytes_archived_then(
    tmp_path: Path,
) -> None:
    clock = SimulatedClock(START)
    times = Timekeeping(clock.seconds, clock.now, clock.sleep, random.Random(1))
    settings = Settings(
        lake=tmp_path / "lake",
        engine=EngineSettings(name="inline"),
        fetch=FetchSettings(open_hosts=ADDRESSES),
    )
    reasons, texts = [], []
    with serve_web(clock, build) as web:
        (tmp_path / "urls.txt").write_text(web.url(HOST, f"/news/{SLUG}"))
        for n in range(5):
            clock.move_to(START + timedelta(hours=2 * n, minutes=1))
            reasons += load_listed(settings, [tmp_path / "urls.txt"], timekeeping=times).reasons
            texts += [text for (text,) in ask(settings.lake, "SELECT body_text FROM articles")]
    assert [reason for _, reason in reasons] == ["new", "updated", "updated", "same_bytes", "updated"]
    assert [f"version {n}:" in text for n, text in zip((0, 1, 0, 0, 1), texts, strict=True)] == [True] * 5
    assert ask(settings.lake, "SELECT count(*), count(DISTINCT warc_offset || warc_file) FROM captures") == [
        (4, 2)
    ]
    assert ask(settings.lake, "SELECT count(*) FROM article_revisions") == [(4,)]
    assert find_bad_checks(settings.lake) == []
    assert verify(settings) == []
