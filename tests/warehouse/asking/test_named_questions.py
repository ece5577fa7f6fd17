"""Questions of the user's own stand beside the built-in ones, behind the fences of any user's SQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

import copydesk
from benchmarks.inputs.synthetic_lake import article_id, fill_lake, person_name, story_id
from cli.main import copydesk as command_line
from copydesk.assistant.tools import LakeTools
from core.errors import ConfigError
from core.settings import PageSettings, Settings
from dashboard.app import make_app
from dashboard.guards import Guard
from warehouse.asking.named_questions import answer_question, find_question, list_questions
from warehouse.asking.pinned import PinnedReader
from warehouse.asking.user_limits import page_limits
from warehouse.catalog.migrations import list_marts
from warehouse.catalog.open import Lake, open_lake
from warehouse.catalog.sql_files import SqlFile, list_queries, run_query

BOATS = """-- purpose: boats above a bound
-- key: article_id, start_char
-- parameters:
--   least number = 100: the bound
FROM figures SELECT surface, article_id, start_char WHERE counted = 'boats' AND value >= $least ORDER BY ALL
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, quick_sessions: None) -> Path:
    """A lake of ten made-up articles, two questions and the settings that name both."""
    made = tmp_path_factory.mktemp("questions")
    with open_lake(Settings(lake=made / "lake"), create=True) as lake:
        fill_lake(lake, 0, 10)
    (made / "queries").mkdir()
    (made / "queries" / "boats.sql").write_text(BOATS, encoding="utf-8")
    (made / "queries" / "peek.sql").write_text("SELECT * FROM read_text('/etc/hostname')", encoding="utf-8")
    lines = f"lake = '{made}/lake'\nqueries = '{made}/queries'\n"
    (made / "copydesk.toml").write_text(lines, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def settings(folder: Path) -> Settings:
    return Settings(lake=folder / "lake", queries=folder / "queries")


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Iterator[PinnedReader]:
    with closing(PinnedReader(settings)) as opened:
        yield opened


@pytest.fixture(scope="module")
def lake(settings: Settings) -> Iterator[Lake]:
    with open_lake(settings, read_only=True) as opened:
        yield opened


@pytest.mark.parametrize(
    "file",
    [file for file in list_queries() if "story_id" in {one.name for one in file.parameters}],
    ids=lambda file: file.name,
)
def test_a_question_about_a_story_has_the_answer_of_the_whole_lake(lake: Lake, file: SqlFile) -> None:
    for number in (0, 5):
        asked = {"story_id": story_id(number)}
        found = answer_question(lake, file, asked).to_pylist()
        assert found == run_query(lake, file.name, **asked).to_pylist()


def test_no_question_compares_each_row_with_each_row(lake: Lake) -> None:
    """A join on no equality takes a hundred times as long in a lake of ten times as many articles."""
    samples = {"name": person_name(0), "counted": "boats", "article": article_id(0), "story_id": story_id(0)}
    asked = {mart.name: (f"FROM {mart.name}", None) for mart in list_marts()}
    for file in list_queries():
        values = {one.name: samples[one.name] for one in file.parameters if one.is_required}
        asked[f"query {file.name}"] = file.prepare(values)
    plans = {
        name: str(lake.fetch(f"EXPLAIN {text}", values or None)) for name, (text, values) in asked.items()
    }
    assert "HASH_JOIN" in plans["figures_changed"]
    assert [name for name, plan in plans.items() if "BLOCKWISE_NL_JOIN" in plan] == []


def test_own_questions_are_listed_behind_the_built_in_ones(settings: Settings) -> None:
    names = [file.name for file in list_questions(settings)]
    assert names[-2:] == ["boats", "peek"]
    assert "most_quoted" in names
    assert [file.name for file in list_questions(Settings())] == names[:-2]


def ask_by_command(folder: Path, *words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(command_line, ["query", *words, "--config", str(folder / "copydesk.toml")])
    return done.exit_code, done.stdout, f"{done.stderr}{done.exception}"


def test_the_command_asks_an_own_question_with_its_values(folder: Path) -> None:
    code, told, _ = ask_by_command(folder, "boats", "least=108", "--json")
    assert code == 0
    assert {row["surface"] for row in json.loads(told)} == {"108", "109"}


def test_python_asks_it_too(folder: Path) -> None:
    with copydesk.connect(config=folder / "copydesk.toml") as lake:
        assert {row["surface"] for row in lake.query("boats", least=108).rows()} == {"108", "109"}
        assert "boats" in lake.queries().df()["name"].tolist()


@pytest.mark.slow  # a page and an assistant, a process for each answer
def test_the_dashboard_and_an_assistant_ask_it_too(settings: Settings, reader: PinnedReader) -> None:
    client = TestClient(make_app(settings, reader, Guard()), base_url="http://localhost")
    assert 'href="/queries/boats"' in client.get("/queries").text
    page = client.get("/queries/boats.json?least=108").json()
    assert {row[0] for row in page["rows"]} == {"108", "109"}
    assert client.get("/queries/boats.csv?least=108").text.startswith("surface,article_id,start_char\n")
    tools = LakeTools(settings, reader)
    assert "boats above a bound" in tools.list_questions()
    assert '"108"' in tools.ask_question("boats", {"least": "108"})


def test_an_own_question_reads_no_file(folder: Path, settings: Settings, reader: PinnedReader) -> None:
    code, _, told = ask_by_command(folder, "peek")
    assert code != 0
    assert "read_text" in told
    client = TestClient(make_app(settings, reader, Guard()), base_url="http://localhost")
    assert "read_text" in client.get("/queries/peek.json").json()["problem"]


@pytest.mark.parametrize("name", ["../boats", "Boats", "boat"])
def test_only_a_name_in_the_folder_is_found(settings: Settings, name: str) -> None:
    with pytest.raises(ConfigError, match="no query is called"):
        find_question(settings, name)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("most_quoted", "SELECT 1", "Copydesk has a query of that name"),
        ("My Boats", "SELECT 1", "small letters"),
        ("boats", "-- parameters:\n--   least: no type\nSELECT 1", "parameter line"),
        ("boats", "SELECT 1 -- " + "x" * 100_000, "longer than"),
    ],
)
def test_a_wrong_file_is_named_with_what_to_do(tmp_path: Path, name: str, text: str, told: str) -> None:
    (tmp_path / f"{name}.sql").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=told):
        list_questions(Settings(queries=tmp_path))


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="does not exist"):
        list_questions(Settings(queries=tmp_path / "none"))


def test_the_limits_of_pages_are_settings() -> None:
    limits = page_limits(Settings(pages=PageSettings(seconds=5, memory_gigabytes=2, rows=10)))
    assert (limits.seconds, limits.memory_bytes(), limits.rows) == (5, 2_000_000_000, 10)
