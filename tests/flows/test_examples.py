"""The bundled examples from file to tables, against what a correct run finds in them (examples/expected.json)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.settings import load_settings
from flows.load import load_files
from warehouse import connect

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
OUTLETS = EXAMPLES / "outlets"
EXPECTED = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))
ARTICLES = EXPECTED["articles"]
Rows = list[dict[str, Any]]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Rows]:
    """All rows that one load of the examples makes, by table; `file` names the input of each article."""
    lake = tmp_path_factory.mktemp("examples") / "lake"
    settings = load_settings(EXAMPLES / "copydesk.toml", lake=lake)
    engine = settings.engine.model_copy(update={"name": "inline"})
    load_files(settings.model_copy(update={"engine": engine}), [OUTLETS])
    names = ("articles", "removed_lines", "figures", "quotations", "duplicates", "story_articles", "outcomes")
    with connect(lake) as session:
        rows = {name: session.sql(f"SELECT * FROM {name}").to_arrow_table().to_pylist() for name in names}
    for outcome in rows["outcomes"]:
        outcome["file"] = Path(outcome["input_ref"]).relative_to(OUTLETS).as_posix()
    return rows


@pytest.fixture(scope="module")
def articles(tables: Mapping[str, Rows]) -> dict[str, dict[str, Any]]:
    """The accepted articles by file."""
    by_id = {row["article_id"]: row for row in tables["articles"]}
    accepted = [row for row in tables["outcomes"] if row["outcome"] == "accepted"]
    return {row["file"]: by_id[row["article_id"]] for row in accepted}


def rows_of(tables: Mapping[str, Rows], table: str, article: Mapping[str, Any]) -> Rows:
    return [row for row in tables[table] if row["article_id"] == article["article_id"]]


def test_every_article_is_accepted_and_every_other_input_rejected_for_its_reason(
    tables: Mapping[str, Rows],
) -> None:
    found = {row["file"]: (row["outcome"], row["reason"]) for row in tables["outcomes"]}
    assert {file for file, (outcome, _) in found.items() if outcome == "accepted"} == set(ARTICLES)
    for file, reasons in EXPECTED["rejected"].items():
        assert found[file][0] == "rejected"
        assert found[file][1] in reasons


@pytest.mark.parametrize("file", ARTICLES)
def test_the_head_of_the_article_is_read(file: str, articles: Mapping[str, Mapping[str, Any]]) -> None:
    article, expected = articles[file], ARTICLES[file]
    assert article["title"] == expected["title"]
    assert (article["authors"] or []) == expected["authors"]
    said = expected["published_at"]
    assert article["published_at"] == (datetime.fromisoformat(said).astimezone(UTC) if said else None)
    assert article["published_precision"] == expected["published_precision"]


@pytest.mark.parametrize("file", ARTICLES)
def test_the_body_keeps_its_paragraphs_and_nothing_of_the_page(
    file: str, articles: Mapping[str, Mapping[str, Any]]
) -> None:
    body = articles[file]["body_text"]
    assert [text for text in ARTICLES[file]["keeps"] if text not in body] == []
    assert [text for text in ARTICLES[file]["removes"] if text in body] == []


@pytest.mark.parametrize("file", ARTICLES)
def test_what_is_not_kept_of_the_page_is_told_with_its_rule(
    file: str, articles: Mapping[str, Mapping[str, Any]], tables: Mapping[str, Rows]
) -> None:
    told = "\n".join(row["text"] for row in rows_of(tables, "removed_lines", articles[file]))
    assert [text for text in ARTICLES[file]["removes"] if text not in told] == []


@pytest.mark.parametrize("file", ARTICLES)
def test_the_figures_are_read(
    file: str, articles: Mapping[str, Mapping[str, Any]], tables: Mapping[str, Rows]
) -> None:
    figures = rows_of(tables, "figures", articles[file])
    for expected in ARTICLES[file]["figures"]:
        values = {name: value for name, value in expected.items() if name != "surface_contains"}
        near = [row for row in figures if shares_text(row["surface"], expected["surface_contains"])]
        assert [row for row in near if all(row[name] == value for name, value in values.items())], (
            expected,
            near,
        )


@pytest.mark.parametrize("file", ARTICLES)
def test_the_quotations_have_their_speakers(
    file: str, articles: Mapping[str, Mapping[str, Any]], tables: Mapping[str, Rows]
) -> None:
    quotations = rows_of(tables, "quotations", articles[file])
    for expected in ARTICLES[file]["quotations"]:
        near = [row for row in quotations if expected["text"] in row["text"]]
        assert [row for row in near if row["speaker"] in expected["speakers"]], (expected, near)


def shares_text(one: str, other: str) -> bool:
    return one in other or other in one


def test_the_copy_is_found_and_no_other(
    articles: Mapping[str, Mapping[str, Any]], tables: Mapping[str, Rows]
) -> None:
    found = {(r["article_id"], r["original_article_id"], r["relation"]) for r in tables["duplicates"]}
    assert found == {
        (articles[copy["article"]]["article_id"], articles[copy["original"]]["article_id"], copy["relation"])
        for copy in EXPECTED["duplicates"]
    }


def test_the_events_are_stories_and_the_two_ferries_are_not_mixed(
    articles: Mapping[str, Mapping[str, Any]], tables: Mapping[str, Rows]
) -> None:
    story_of = {row["article_id"]: row["story_id"] for row in tables["story_articles"]}
    alone = set(EXPECTED["may_stand_alone"])
    main_stories = []
    for files in EXPECTED["stories"].values():
        stories = {story_of[articles[file]["article_id"]] for file in files if file not in alone}
        assert len(stories) == 1, f"{files} are one event"
        main_stories.append(*stories)
    assert len(set(main_stories)) == len(EXPECTED["stories"])
    event_of = {
        file: story
        for files, story in zip(EXPECTED["stories"].values(), main_stories, strict=True)
        for file in files
    }
    for file in alone:
        own = story_of[articles[file]["article_id"]]
        assert own == event_of[file] or own not in main_stories, f"{file} is in the wrong story"
