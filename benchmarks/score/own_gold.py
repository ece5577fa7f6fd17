"""The extract stage on our own labelled articles (tests/data/gold): `python -m benchmarks.score.own_gold [-v]`.

Prints precision, recall and F1 of each layer's spans, and of the right ones the share whose values
agree. `-v` lists what differs. Needs no corpora.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.corpora import ROOT, make_article
from benchmarks.score.extraction.foreign_quotations import score_languages
from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles

Row = dict[str, Any]
Span = tuple[int, int]
GOLD = ROOT / "tests" / "data" / "gold"
TABLE = {"names": "mentions", "figures": "figures", "dates": "dates", "quotations": "quotations"}
VALUES = {
    "names": ("type", "role"),
    "figures": ("kind", "value", "low", "high", "bound", "unit", "counted", "is_suspect"),
    "dates": ("starts_at", "ends_at", "granularity"),
    "quotations": ("kind", "is_anonymous", "cue"),
}


@dataclass(slots=True)
class Tally:
    """Spans found and values agreeing in one layer."""

    gold: int = 0
    found: int = 0
    right: int = 0
    values: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def line(self, layer: str) -> str:
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.gold)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        shares = ", ".join(f"{key} {100 * self.values[key] / n:.0f}" for key, n in sorted(self.asked.items()))
        return f"| {layer} | {self.gold} | {100 * precision:.1f} | {100 * recall:.1f} | {100 * f1:.1f} | {shares} |"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled article: its row for the stage, and each layer's rows by span."""

    article: Row
    layers: dict[str, dict[Span, Row]]


def read_gold(folder: Path = GOLD) -> list[Labelled]:
    """Every labelled article, in the order of the files' names. Raises ValueError for a surface not found."""
    return [_read(file) for file in sorted(folder.glob("*.toml"))]


def _read(file: Path) -> Labelled:
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    head = content["article"]
    text = head["text"].strip()
    article = make_article(
        head["id"],
        text,
        head.get("published_at"),
        title=head.get("title"),
        authors=head.get("authors", []),
        outlet=head.get("outlet"),
        published_precision="minute",
    )
    article["language"] = head.get("language", "en")
    return Labelled(article, {layer: _place(file, text, content.get(layer, [])) for layer in TABLE})


def _place(file: Path, text: str, rows: Iterable[Row]) -> dict[Span, Row]:
    placed: dict[Span, Row] = {}
    start = 0
    for row in rows:
        surface = row["surface"]
        at = text.find(surface, start)
        if at < 0:
            raise ValueError(f"{file.name}: {surface!r} is not in the text after character {start}")
        placed[at, at + len(surface)] = row
        start = at + len(surface)
    return placed


def score(labelled: Sequence[Labelled]) -> tuple[dict[str, Tally], float]:
    """Each layer's tally, and the B-cubed F1 of entity ids over all articles."""
    rows = extract_articles([one.article for one in labelled], ExtractOptions()).rows
    tallies = {layer: Tally() for layer in TABLE}
    pairs: list[tuple[str, str]] = []
    for one in labelled:
        labels: dict[str, str] = {}
        for layer, table in TABLE.items():
            found = {
                (row["start_char"], row["end_char"]): row
                for row in rows.get(table, [])
                if row["article_id"] == one.article["article_id"] and row.get("kind") != "indirect"
            }
            _count(tallies[layer], layer, one, found)
            if layer == "names":
                for span, gold in one.layers[layer].items():
                    if span in found and "entity" in gold:
                        pairs.append((gold["entity"], found[span]["entity_id"]))
                        labels[found[span]["entity_id"]] = gold["entity"]
            if layer == "quotations":
                _count_speakers(tallies[layer], one, found, labels)
    return tallies, b_cubed(pairs)


def _count(tally: Tally, layer: str, one: Labelled, found: dict[Span, Row]) -> None:
    gold = one.layers[layer]
    text = one.article["body_text"]
    tally.gold += len(gold)
    tally.found += len(found)
    tally.right += len(gold.keys() & found.keys())
    name = one.article["article_id"]
    tally.notes += [f"{name}: missed {text[a:b]!r}" for a, b in sorted(gold.keys() - found.keys())]
    tally.notes += [f"{name}: surplus {text[a:b]!r}" for a, b in sorted(found.keys() - gold.keys())]
    for span in sorted(gold.keys() & found.keys()):
        for key in VALUES[layer]:
            if key in gold[span]:
                ours = found[span].get({"type": "entity_type"}.get(key, key))
                tally.asked[key] += 1
                tally.values[key] += agrees(gold[span][key], ours)
                if not agrees(gold[span][key], ours):
                    tally.notes.append(
                        f"{name}: {text[slice(*span)]!r} {key} {ours!r}, gold {gold[span][key]!r}"
                    )


def _count_speakers(tally: Tally, one: Labelled, found: dict[Span, Row], labels: dict[str, str]) -> None:
    for span, gold in one.layers["quotations"].items():
        if span in found and "speaker" in gold:
            row = found[span]
            ours = labels.get(row.get("speaker_entity_id") or "", row.get("speaker"))
            tally.asked["speaker"] += 1
            tally.values["speaker"] += ours == gold["speaker"]
            if ours != gold["speaker"]:
                words = one.article["body_text"][slice(*span)]
                tally.notes.append(
                    f"{one.article['article_id']}: {words!r} speaker {ours!r}, gold {gold['speaker']!r}"
                )


def agrees(gold: Any, ours: Any) -> bool:
    """Equal; numbers to a thousandth."""
    if isinstance(gold, int | float) and not isinstance(gold, bool):
        return isinstance(ours, int | float) and abs(ours - gold) <= 1e-3 * max(1.0, abs(gold))
    if isinstance(gold, datetime) and isinstance(ours, datetime):
        return gold == ours
    return bool(gold == ours)


def b_cubed(pairs: Sequence[tuple[str, str]]) -> float:
    """B-cubed F1 in percent of (gold, ours) cluster labels."""
    golds, ours, both = Counter(g for g, _ in pairs), Counter(o for _, o in pairs), Counter(pairs)
    precision = sum(both[pair] / ours[pair[1]] for pair in pairs) / max(1, len(pairs))
    recall = sum(both[pair] / golds[pair[0]] for pair in pairs) / max(1, len(pairs))
    return 200 * precision * recall / max(1e-9, precision + recall)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="list what differs")
    options = parser.parse_args()
    labelled = read_gold()
    tallies, cubed = score(labelled)
    print(
        f"{len(labelled)} articles\n\n| layer | gold | P | R | F1 | values agreeing, % |\n|---|---|---|---|---|---|"
    )
    for layer, tally in tallies.items():
        print(tally.line(layer))
    print(f"\nids, B-cubed F1 over all articles: {cubed:.1f}")
    print("\n| quotations in | gold | F1 | speaker | is_anonymous |\n|---|---|---|---|---|")
    for code, counts, notes in score_languages():
        f1 = 200 * counts["right"] / max(1, counts["gold"] + counts["found"])
        shares = [100 * counts[key] / max(1, counts["right"]) for key in ("speakers", "anonymous")]
        print(f"| {code} | {counts['gold']} | {f1:.1f} | {shares[0]:.1f} | {shares[1]:.1f} |")
        if options.verbose:
            print(*notes, sep="\n")
    if options.verbose:
        print(*(f"\n{layer}: {note}" for layer, tally in tallies.items() for note in tally.notes), sep="")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
