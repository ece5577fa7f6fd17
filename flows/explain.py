"""Explain why a figure is compared with figures of other outlets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.errors import ConfigError
from core.outcomes import Row
from core.safety.visible import show_line
from flows.story_articles import read_story_articles
from warehouse.asking.ids import find_id
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import run_query

if TYPE_CHECKING:
    from tasks.group.questions.explaining import Comparison, Explanation
    from tasks.group.questions.readings import Reading


def explain_named_figure(lake: Lake, name: str) -> Row:
    """The figure called ARTICLE:START or ARTICLE:WORDS, its question, and the figures beside it, as JSON has them.

    ARTICLE is an address or the beginning of an article_id, START a place in the figure, WORDS its words. Raises
    ConfigError if there is no such figure, or if its article is alone in its story.
    """
    article_id, figure = _find_figure(lake, name)
    stories = run_query(lake, "stories_of_articles", article_ids=[article_id]).to_pylist()
    members = run_query(
        lake, "story_members", story_ids=sorted({row["story_id"] for row in stories})
    ).to_pylist()
    if len(members) < 2:
        raise ConfigError(
            "no other article covers this story, so there is nothing to compare the figure with"
        )
    told, known = read_story_articles(lake, {members[0]["story_id"]: members})
    key = (article_id, figure["start_char"], figure["end_char"])
    from tasks.group.questions.explaining import explain_figure  # loads numerical libraries

    (articles,) = told.values()
    found = explain_figure(articles, key)
    if found is None:
        raise ConfigError(
            f"{figure['surface']!r} cannot be compared: it is a rank, a label or a number without a value"
        )
    return _show(found, _find_question(lake, known.get(key)))


def _find_figure(lake: Lake, name: str) -> tuple[str, Row]:
    asked, _, place = name.rpartition(":")
    if not asked or not place:
        raise ConfigError(
            f"{show_line(name)!r} does not name a figure; write ARTICLE:START, e.g. 4be06:1204, or ARTICLE:WORDS"
        )
    article_id = find_id(lake, "article", asked)
    figures = run_query(lake, "figures_of_article", article_id=article_id).to_pylist()
    found = [row for row in figures if _is_at(row, place)] or [
        row for row in figures if place.casefold() in str(row["surface"]).casefold()
    ]
    if not found:
        printed = ", ".join(f"{row['start_char']} ({row['surface']})" for row in figures[:20])
        raise ConfigError(f"no figure of {article_id} is at {show_line(place)!r}; it has {printed or 'none'}")
    return article_id, found[0]


def _is_at(figure: Row, place: str) -> bool:
    return place.isdecimal() and bool(figure["start_char"] <= int(place) < figure["end_char"])


def _find_question(lake: Lake, question_id: str | None) -> Row | None:
    found: Sequence[Row] = run_query(
        lake, "questions_by_id", ids=[question_id] if question_id else []
    ).to_pylist()
    return found[0] if found else None


def _show(found: Explanation, question: Row | None) -> Row:
    beside = [_show_comparison(one) for one in found.comparisons]
    return {
        "question": question,
        "figure": _show_reading(found.reading),
        "same_question": [row for row in beside if row.pop("is_joined")],
        "nearest_others": [
            row for row, one in zip(beside, found.comparisons, strict=True) if not one.is_joined
        ],
    }


def _show_comparison(one: Comparison) -> Row:
    return {
        **_show_reading(one.reading),
        "is_joined": one.is_joined,
        "verdict": one.verdict,
        "verdict_why": one.verdict_why,
        "log_odds_above_bound": None if one.log_odds is None else round(one.log_odds, 2),
        "reasons": [{"words": reason.words, "weight": round(reason.weight, 2)} for reason in one.reasons],
        "why_apart": one.why,
    }


def _show_reading(reading: Reading) -> Row:
    figure, told = reading.mention.figure, reading.article
    sentences = {row["sentence_number"]: (row["start_char"], row["end_char"]) for row in told.sentences}
    start, end = sentences.get(figure["sentence_number"], (figure["start_char"], figure["end_char"]))
    text = told.article["body_text"]
    inside = slice(figure["start_char"], figure["end_char"])
    return {
        "outlet": reading.outlet,
        "published_at": reading.published,
        "surface": figure["surface"],
        "told_for": reading.mention.time.tell(),
        "sentence": f"{text[start : inside.start]}⟦{text[inside]}⟧{text[inside.stop : end]}",
        "source": figure["attributed_to"],
        "article_id": figure["article_id"],
        "start_char": figure["start_char"],
        "end_char": figure["end_char"],
    }
