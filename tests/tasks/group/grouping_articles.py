"""Articles for the tests of grouping, written for them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from core.outcomes import Row
from tasks.group.signatures import sign_articles

MONTH = date(2026, 10, 1)

REPORT = """The council of Larkmouth voted on Monday night to close the swimming hall in Cobden Street.
The roof, which was built in 1971, would cost 4.2 million euros to repair, said the head of the works
department, Odile Farrow. Some 300 people followed the debate from the gallery and from the stairs. The
swimming club, which has 640 members, had collected 11,000 signatures against the plan. Its chairwoman,
Tess Arkwright, spoke of a black day for the town and announced that the club would go to court. The vote
was 21 to 18, with one councillor away. The hall is to close at the end of November. Schools will take their
pupils by bus to the pool in Upper Denning, a ride of 25 minutes each way, which the department wants to
pay for out of the savings. The mayor, Rufus Hale, said that nobody had wanted this, and that the money
was simply not there. A motion to ask the citizens first had failed by a single vote a month ago."""

OTHER = """A goods train left the rails near Stowbridge on Thursday and blocked the line to the coast for
nine hours. Twelve wagons with gravel tipped over, but nobody was hurt. The driver had noticed a jolt after
the points at Fenny Junction and stopped within 400 metres, a spokesman for the railway said. Engineers
brought two cranes from the depot in Carrow. Around 6,000 passengers had to go by bus or to wait. The line
was opened again for one track at half past eight in the evening. The cause is not yet known."""


def when(day: int, hour: int = 12) -> datetime:
    """A time in October 2026, UTC."""
    return datetime(2026, 10, day, hour, tzinfo=UTC)


def make_signed(
    article_id: str, text: str, published_at: datetime | None, original: str | None = None
) -> Row:
    """A row of DUPLICATE_COLUMNS."""
    signature = sign_articles([{"article_id": article_id, "month": MONTH, "body_text": text}])[0]
    return {**signature, "published_at": published_at, "original_article_id": original}


def make_article(
    article_id: str, title: str | None, text: str, published_at: datetime | None, **more: Any
) -> Row:
    """A row of GROUP_COLUMNS."""
    return {
        "article_id": article_id,
        "outlet": f"outlet-{article_id[0]}",
        "language": "en",
        "month": MONTH,
        "title": title,
        "body_text": text,
        "published_at": published_at,
        "entity_ids": None,
        "event_dates": None,
        "entity_weights": None,
        "numbers": None,
        "original_article_id": None,
        "story_id": None,
        **more,
    }
