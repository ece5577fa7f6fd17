"""Invented twin events: are reports of one event in one story, and those of its twin in another?

    python -m benchmarks.score.compare twins [FOLDER ...] [--errors]

A file of tests/data/twins holds two like events of one day; each folder is a set. `== event, outlet, time` begins a report, its first
line is the headline. The first reports of an event give no names; later ones do. The command prints B-cubed precision, recall and F1 of each
set, and how many pairs of twins have reports in one story. The last row takes all sets as published on one day. `--errors` lists the stories
that hold two events and the events that are in two stories.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.corpora import ROOT, Row
from benchmarks.score.comparing.score import find_sets
from benchmarks.train.weights.story_rows import DAY, extract_rows
from tasks.group.stories import group_stories

TWINS = ROOT / "tests" / "data" / "twins"


def read_twins(folder: Path) -> list[Row]:
    """The reports of a folder as grouping reads them, each with its event."""
    reports = [report for path in sorted(folder.glob("*.txt")) for report in _read_file(path)]
    return list(extract_rows(folder.name, reports))


def _read_file(path: Path) -> list[Row]:
    _, *parts = path.read_text(encoding="utf-8").split("== ")
    return [_read_report(path.stem, number, part) for number, part in enumerate(parts)]


def _read_report(topic: str, number: int, part: str) -> Row:
    first, _, rest = part.partition("\n")
    event, outlet, printed = first.split(", ")
    title, _, text = rest.strip().partition("\n\n")
    return {
        "id": f"{topic} {event} {number}",
        "outlet": outlet,
        "title": title,
        "text": text,
        "published_at": datetime.fromisoformat(printed).replace(tzinfo=UTC).isoformat(),
        "gold_story": f"{topic} {event}",
        "topic": topic,
    }


def group(rows: Sequence[Row]) -> dict[str, str]:
    """The story of each article, with the weights that ship."""
    made = group_stories(rows, []).rows["story_articles"]
    return {row["article_id"]: row["story_id"] for row in made}


def measure(rows: Sequence[Row], stories: Mapping[str, str]) -> tuple[float, float, float, int]:
    """B-cubed precision, recall and F1, and how many topics have reports of both events in one story."""
    event_of = {row["article_id"]: row["gold"]["gold_story"] for row in rows}
    both = Counter((event, stories[name]) for name, event in event_of.items())
    events, found = Counter(event_of.values()), Counter(stories[name] for name in event_of)
    precision = sum(n * n / found[story] for (_, story), n in both.items()) / len(rows)
    recall = sum(n * n / events[event] for (event, _), n in both.items()) / len(rows)
    topics = Counter((event.split()[0], story) for event, story in both)
    joined = {topic for (topic, _), held in topics.items() if held > 1}
    return precision, recall, 2 * precision * recall / (precision + recall), len(joined)


def describe(rows: Sequence[Row], stories: Mapping[str, str]) -> list[str]:
    """The stories of two events, and the events in several stories, by their reports."""
    held, told = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for row in rows:
        held[stories[row["article_id"]]].append(row["article_id"])
        told[row["gold"]["gold_story"]].append(stories[row["article_id"]])
    mixed = [
        f"JOINED {', '.join(names)}"
        for names in held.values()
        if len({n.rsplit(" ", 1)[0] for n in names}) > 1
    ]
    parted = [
        f"PARTED {event}: {' | '.join(', '.join(held[story]) for story in dict.fromkeys(ids))}"
        for event, ids in told.items()
        if len(set(ids)) > 1
    ]
    return mixed + parted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "folders", nargs="*", type=Path, help="folders of twin events; those of tests/data/twins"
    )
    parser.add_argument("--errors", action="store_true", help="print what is wrong")
    options = parser.parse_args()
    folders = options.folders or find_sets(TWINS)
    sets = {folder.name: read_twins(folder) for folder in folders}
    sets["all on one day"] = [{**row, "published_at": DAY} for rows in sets.values() for row in rows]
    print(
        "| invented twin events | reports | precision | recall | F1 | twins joined |\n|---|---|---|---|---|---|"
    )
    found = {name: group(rows) for name, rows in sets.items()}
    for name, rows in sets.items():
        precision, recall, f1, joined = measure(rows, found[name])
        topics = len({row["gold"]["topic"] for row in rows})
        print(f"| {name} | {len(rows)} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {joined} of {topics} |")
    for name, rows in sets.items() if options.errors else ():
        print(name, *describe(rows, found[name]), sep="\n  ")
