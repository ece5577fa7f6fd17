"""`copydesk stories`: what it prints, what it records, and what it says to mistakes."""

from __future__ import annotations

import json
from getpass import getuser
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import answer, run


def find(lake: Path) -> tuple[str, dict[str, str]]:
    """The story of the two reports on the ferry, and the articles of the lake by outlet and title."""
    rows = read(lake, "SELECT * FROM story_articles JOIN articles USING (article_id) ORDER BY title")
    ferry = {row["story_id"] for row in rows if "erry" in row["title"]}
    assert len(ferry) == 1
    return ferry.pop(), {row["title"].split()[0]: row["article_id"] for row in rows}


def read(lake: Path, query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(answer("sql", query, "--json", lake=lake))
    return rows


def test_a_split_is_planned_made_listed_and_taken_back(own_lake: Path) -> None:
    story, articles = find(own_lake)
    words = ("stories", "split", story[:6], articles["Bridge"][:8])
    code, _, error = run(*words, lake=own_lake)
    assert (code, "is not in story" in error) == (2, True)
    words = ("stories", "split", story[:6], articles["Ferry"][:8], "--why", "two ferries")
    assert "1 article would move; nothing was changed (--dry-run)" in answer(
        *words, "--dry-run", lake=own_lake
    )
    assert answer("stories", "corrections", lake=own_lake).strip() == "no story was corrected by hand yet"
    shown = answer(*words, lake=own_lake)
    assert story in shown and "take it back with `copydesk stories undo " in shown
    (record,) = json.loads(answer("stories", "corrections", "--json", lake=own_lake))
    assert (record["kind"], record["decided_by"], record["why"]) == ("split", getuser(), "two ferries")
    assert len({row["story_id"] for row in read(own_lake, "FROM story_articles")}) == 3
    rows = json.loads(
        answer("stories", "undo", record["correction_id"][:8], "--by", "Bo", "--json", lake=own_lake)
    )
    assert {row["article_count"] for row in rows} == {0, 2}
    assert find(own_lake)[0] == story


def test_stories_are_merged_and_another_lake_takes_the_decision_over(own_lake: Path, tmp_path: Path) -> None:
    story, articles = find(own_lake)
    (bridge,) = read(own_lake, f"FROM story_articles WHERE article_id = '{articles['Bridge']}'")
    file = tmp_path / "corrections.jsonl"
    answer("stories", "merge", story, bridge["story_id"][:8], "--by", "Ana", lake=own_lake)
    answer("stories", "export", "--output", str(file), lake=own_lake)
    assert {row["story_id"] for row in read(own_lake, "FROM story_articles")} == {story}
    assert f"nothing in {file} is new" in answer("stories", "import", str(file), lake=own_lake)
    (moved,) = read(own_lake, "FROM story_moves")
    assert (moved["from_story_id"], moved["reason"]) == (bridge["story_id"], "corrected")


def test_a_user_without_a_name_says_who_decides(own_lake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container that runs under a number: neither the environment nor the system knows a name."""

    def find_nobody(_uid: int) -> None:
        raise KeyError("getpwuid(): uid not found")

    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", find_nobody)
    story, articles = find(own_lake)
    words = ("stories", "split", story[:6], articles["Ferry"][:8], "--dry-run")
    code, _, error = run(*words, lake=own_lake)
    assert (code, "say who with --by NAME" in error) == (2, True)
    assert "1 article would move" in answer(*words, "--by", "Ana", lake=own_lake)


def test_a_correction_says_how_many_of_its_articles_are_gone(own_lake: Path, tmp_path: Path) -> None:
    story, articles = find(own_lake)
    answer("stories", "split", story, articles["Ferry"], "--by", "Ana", lake=own_lake)
    (record,) = json.loads(answer("stories", "corrections", "--json", lake=own_lake))
    assert record["missing_count"] == 0
    file = tmp_path / "corrections.jsonl"
    answer("stories", "export", "--output", str(file), lake=own_lake)
    lines = file.read_text(encoding="utf-8").replace(record["correction_id"], "another")
    file.write_text(lines.replace(articles["Ferry"], "an article of another address"), encoding="utf-8")
    said = answer("stories", "import", str(file), lake=own_lake)
    assert "1 of the articles are not in a story of this lake" in said
    rows = json.loads(answer("stories", "corrections", "--json", lake=own_lake))
    assert {row["correction_id"]: row["missing_count"] for row in rows} == {
        record["correction_id"]: 0,
        "another": 1,
    }


def test_mistakes_are_one_line_and_exit_code_2(lake: Path) -> None:
    for words, said in (
        (("merge", "zz", "yy"), "no story has an id that begins with 'zz'"),
        (("undo", "5d1e"), "no correction has an id that begins with '5d1e'"),
        (("split", "zz"), "Missing argument 'ARTICLE...'"),
        (("splt",), "did you mean 'split'?"),
    ):
        code, output, error = run("stories", *words, lake=lake)
        assert (code, output) == (2, "")
        assert said in error and "Traceback" not in error
