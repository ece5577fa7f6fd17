"""The rule for lines that an outlet repeats over its articles: boilerplate that no phrase list knows.

`observe_lines` counts the lines of every cleaned article; `merge_statistics` adds the counts up per outlet, for
`line_statistics`. A line that repeats at the edges of articles on more than one day is boilerplate
(`choose_learned_lines`), and the rule `learned` removes it from later articles. The idea follows the site-wide line counts of Pomikalek, "Removing boilerplate and duplicate content from web corpora" (2011).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date

from core.outcomes import Row
from tasks.clean.rules.rule import rule
from tasks.clean.words.draft import Draft
from tasks.clean.words.lines import fold, split_words
from tasks.clean.words.moments import read_moment
from tasks.clean.words.printed_bylines import is_name, is_name_with_outlet, read_byline

_NUMBERS = re.compile(r"\d")
_HEAD_EDGE = 3
_TAIL_EDGE = 6
_MOST_WORDS = 60  # a repeated paragraph that is longer is a text of its own
_MOST_WORDS_INSIDE = 20  # inside an article only short lines are counted: long ones are hardly ever repeated
_LEAST_ARTICLES = 5
_LEAST_SHARE = 0.03  # of the outlet's articles
_LEAST_DAYS = 2  # a refrain of one day's live blog or series is no boilerplate
_EDGE_RATIO = 0.8  # a repeated line inside articles is a slogan or a refrain
_LINK_EDGE_RATIO = 0.4  # link text can be further in
_LINKED = 0.5
_QUOTING = "\"“”„«»‘’「『'"


def hash_line(text: str) -> str:
    """SHA-256 of a line, case-folded, each digit as 0, runs of whitespace as one space."""
    normal = " ".join(_NUMBERS.sub("0", text.casefold()).split())
    return hashlib.sha256(normal.encode("utf-8", "surrogatepass")).hexdigest()


@rule("learned", "lines that the outlet repeats over its articles")
def take_learned(draft: Draft) -> list[int]:
    """Lines that the outlet's earlier articles repeat (CleanOptions.learned_lines).

    Bylines, and times printed above the text, are left to their own rules. They repeat too, since an author writes
    often and digits are masked ("Published: March 3"), but they describe this article.
    """
    if not draft.learned:
        return []
    first, _ = draft.bounds()
    known = [number for number in draft.kept if hash_line(draft.lines[number].text) in draft.learned]
    return [n for n in known if not _tells_of_article(draft.lines[n].text, n < first)]


def _tells_of_article(text: str, above: bool) -> bool:
    """Whether a line names the author or, above the article, the time of publication."""
    named = is_name(text) or is_name_with_outlet(text) or read_byline(text) is not None
    return named or (above and read_moment(text) is not None)


def observe_lines(outlet: str, draft: Draft, day: date) -> list[Row]:
    """Rows of `line_statistics` for one article: its short lines and the lines at its edges, removed lines included."""
    rows: dict[str, Row] = {}
    count = len(draft.body)
    for place, number in enumerate(draft.body):
        line = draft.lines[number]
        at_edge = place < _HEAD_EDGE or place >= count - _TAIL_EDGE
        if not 0 < len(line.words) <= (_MOST_WORDS if at_edge else _MOST_WORDS_INSIDE):
            continue
        key = hash_line(line.text)
        if key not in rows:
            rows[key] = _row(outlet, key, line.text, at_edge, line.linked_ratio, day)
        elif at_edge:
            rows[key]["edge_count"] = 1
    return list(rows.values())


def _row(outlet: str, key: str, text: str, at_edge: bool, linked_ratio: float, day: date) -> Row:
    return {
        "outlet": outlet,
        "line_sha256": key,
        "text": text,
        "article_count": 1,
        "edge_count": int(at_edge),
        "linked_ratio": linked_ratio,
        "first_seen_date": day,
        "last_seen_date": day,
    }


def merge_statistics(*groups: Iterable[Row]) -> list[Row]:
    """Rows of `line_statistics` added up and sorted by outlet and line; the first text is kept."""
    merged: dict[tuple[str, str], Row] = {}
    for row in (row for group in groups for row in group):
        key = (row["outlet"], row["line_sha256"])
        merged[key] = _add(merged[key], row) if key in merged else dict(row)
    return [merged[key] for key in sorted(merged)]


def _add(one: Row, other: Row) -> Row:
    count = one["article_count"] + other["article_count"]
    linked = one["linked_ratio"] * one["article_count"] + other["linked_ratio"] * other["article_count"]
    return {
        **one,
        "article_count": count,
        "edge_count": one["edge_count"] + other["edge_count"],
        "linked_ratio": linked / count,
        "first_seen_date": min(one["first_seen_date"], other["first_seen_date"]),
        "last_seen_date": max(one["last_seen_date"], other["last_seen_date"]),
    }


def choose_learned_lines(
    statistics: Iterable[Row], article_counts: Mapping[str, int]
) -> dict[str, frozenset[str]]:
    """Hashes of boilerplate lines by outlet, for CleanOptions.learned_lines.

    `article_counts` says how many articles each outlet has. A line must occur in five articles and in 3 % of the
    outlet's, on more than one day, and at the edge of four in five of them (two in five for link text). Quoted
    words are never learned.
    """
    chosen: dict[str, set[str]] = {}
    for row in statistics:
        if is_boilerplate(row, article_counts.get(row["outlet"], 0)):
            chosen.setdefault(row["outlet"], set()).add(row["line_sha256"])
    return {outlet: frozenset(keys) for outlet, keys in sorted(chosen.items())}


def is_boilerplate(row: Row, article_count: int) -> bool:
    """Whether the line of a `line_statistics` row is boilerplate; see choose_learned_lines."""
    seen = row["article_count"]
    days = (row["last_seen_date"] - row["first_seen_date"]).days + 1
    if seen < max(_LEAST_ARTICLES, _LEAST_SHARE * article_count) or days < _LEAST_DAYS:
        return False
    if row["text"][:1] in _QUOTING or len(split_words(fold(row["text"]))) > _MOST_WORDS:
        return False
    needed = _LINK_EDGE_RATIO if row["linked_ratio"] >= _LINKED else _EDGE_RATIO
    return bool(row["edge_count"] >= needed * seen)
