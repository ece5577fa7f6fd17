"""A reader who asks in a loop while a load goes on: every answer must be that of one whole snapshot."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import CopydeskError
from warehouse import connect

# One statement sees one snapshot. In a whole one, each accepted input of the loads has its article, each
# article its capture and its sentences, and no row is there whose article is not.
QUESTION = """
SELECT
    (SELECT count(*) FROM articles) AS articles,
    (SELECT count(*) FROM outcomes WHERE outcome = 'accepted') AS accepted,
    (SELECT count(*) FROM articles ANTI JOIN captures USING (capture_id)) AS without_capture,
    (SELECT count(*) FROM articles ANTI JOIN sentences USING (article_id)) AS without_sentences,
    (SELECT count(*) FROM figures ANTI JOIN articles USING (article_id)) AS figures_alone,
    (SELECT count(*) FROM articles) - (SELECT count(DISTINCT article_id) FROM articles) AS doubled
"""


@dataclass(slots=True)
class Seen:
    """What a reader saw: how many answers, the counts of articles in their order, and what was torn."""

    answers: int = 0
    counts: list[int] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)

    def take(self, row: tuple[int, ...]) -> None:
        """Note an answer."""
        articles, accepted, *faults = row
        if articles != accepted or any(faults) or (self.counts and articles < self.counts[-1]):
            self.torn.append(f"articles {articles} after {self.counts[-1:]}, accepted {accepted}, {faults}")
        if not self.counts or articles != self.counts[-1]:
            self.counts.append(articles)
        self.answers += 1


def read_beside(load: subprocess.Popen[bytes], lake: Path) -> Seen:
    """Ask on until the load ends: each time by a new connection, and by one that stays open."""
    seen = Seen()
    for ask in _connections(load, lake):
        seen.take(ask)
    return seen


def _connections(load: subprocess.Popen[bytes], lake: Path) -> Iterator[tuple[int, ...]]:
    staying = None
    while load.poll() is None:
        try:
            with connect(lake) as fresh:
                yield from fresh.sql(QUESTION).fetchall()
        except CopydeskError:
            if staying is not None:  # a lake that was there must stay readable
                raise
            continue  # not made yet
        staying = staying or connect(lake)
        yield from staying.sql(QUESTION).fetchall()
    if staying is not None:
        yield from staying.sql(QUESTION).fetchall()
        staying.close()
