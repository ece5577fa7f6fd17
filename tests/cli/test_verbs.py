"""The command line as people and scripts use it: answers on stdout, one clear line for an error, exit codes."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pyarrow.parquet as pq
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "flows"))
from cli.main import VERBS, copydesk
from tests.cli.command import answer, run, run_process
from tests.invented import ARTICLES


def test_help_lists_every_verb_with_examples() -> None:
    code, output, _ = run_process("--help")
    assert code == 0
    assert all(verb in output for verb in VERBS)
    assert "Examples:" in output


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str) -> None:
    assert "Usage: copydesk " + verb in answer(verb, "--help")


def test_sql_answers_in_every_format(lake: Path, tmp_path: Path) -> None:
    query = "SELECT outlet, count(*) AS articles FROM articles GROUP BY outlet ORDER BY outlet"
    assert json.loads(answer("sql", query, "--format", "json", lake=lake)) == [
        {"outlet": "courier", "articles": 1},
        {"outlet": "harbour", "articles": 2},
    ]
    rows = list(csv.reader(io.StringIO(answer("sql", query, "--format", "csv", lake=lake))))
    assert rows == [["outlet", "articles"], ["courier", "1"], ["harbour", "2"]]
    assert "| courier | 1 |" in answer("sql", query, "--format", "markdown", lake=lake)
    assert "harbour" in answer("sql", query, lake=lake)
    file = tmp_path / "answer.parquet"
    answer("sql", query, "--output", str(file), lake=lake)
    assert pq.read_table(file).to_pydict() == {"outlet": ["courier", "harbour"], "articles": [1, 2]}


@pytest.mark.parametrize(
    "query",
    [
        "DROP TABLE articles",
        "COPY articles TO 'x.csv'",
        "FROM read_text('/etc/passwd')",
        "SET threads = 1",
        "INSTALL httpfs",
    ],
)
def test_sql_cannot_do_more_than_read(lake: Path, query: str) -> None:
    code, output, error = run("sql", query, lake=lake)
    assert (code, output) == (2, "")
    assert "Traceback" not in error and len(error.splitlines()) <= 2


def test_an_unknown_column_is_one_line_and_exit_code_2(lake: Path) -> None:
    code, _, error = run("sql", "SELECT nothing_of_the_kind FROM articles", lake=lake)
    assert code == 2
    assert error.startswith("copydesk: there is no column nothing_of_the_kind here; candidates are ")
    assert len(error.splitlines()) == 1


def test_an_unknown_verb_and_a_missing_lake_are_the_users_errors(tmp_path: Path) -> None:
    code, _, error = run("statsu")
    assert (code, "did you mean 'status'?" in error) == (2, True)
    assert "`copydesk --help` lists the verbs" in run("fly")[2]
    assert "did you mean 'verify'?" in run("archive", "verfy")[2]
    assert "there are index, verify" in run("archive", "fly")[2]
    code, _, error = run_process("sql", "SELECT 1", lake=tmp_path / "none")
    assert code == 2
    assert "copydesk load" in error


def test_settings_that_are_wrong_are_named_with_their_key(tmp_path: Path) -> None:
    (tmp_path / "copydesk.toml").write_text("[engine]\nworkers = 0\nspeed = 9\n")
    code, _, error = run("status", cwd=tmp_path)
    assert code == 2
    assert "engine.workers" in error and "engine.speed" in error and "Traceback" not in error


def test_a_time_before_the_lake_shows_no_rows_or_says_so(lake: Path) -> None:
    code, _, error = run("sql", "SELECT 1", "--as-of", "yesterday", lake=lake)
    assert code == 2
    assert "as-of" in error


def test_named_questions_are_listed_and_answered(lake: Path) -> None:
    assert "most_quoted" in answer("query", lake=lake)
    rows = json.loads(answer("query", "most_quoted", "limit=3", "--json", lake=lake))
    assert "Idris Vale" in {row["speaker"] for row in rows}
    code, _, error = run("query", "most_quotd", lake=lake)
    assert code == 2
    assert "most_quoted" in error


def test_explain_tells_which_rule_took_which_line(lake: Path, three_loaded: Path) -> None:
    path = three_loaded.with_name("articles") / "harbour" / "ferry.txt"
    (article,) = json.loads(answer("explain", str(path), "--json", lake=lake))["articles"]
    removed = {row["text"]: row["rule"] for row in article["removed_lines"]}
    assert removed["Leave a Reply"] == "comment_form"
    assert sum(row["line_count"] for row in article["removed_by_rule"]) == len(removed)
    assert "Lines taken out, by rule" in answer("explain", str(path), lake=lake)


def test_status_and_check_are_good(lake: Path) -> None:
    status = json.loads(answer("status", "--json", lake=lake))
    assert [(row["outlet"], row["article_count"]) for row in status["outlets"]] == [
        ("courier", 1),
        ("harbour", 2),
    ]
    assert "checks pass" in answer("check", lake=lake)


def test_the_lines_of_doctor_work_in_a_plain_client_without_the_internet(lake: Path, tmp_path: Path) -> None:
    found = json.loads(answer("doctor", "--json", lake=lake))
    assert [finding for finding in found["findings"] if not finding["is_good"]] == []
    install, attach = found["attach"].split("\n", 1)
    assert install.startswith("INSTALL ducklake; LOAD ducklake;")
    script = (
        "import duckdb, sys; client = duckdb.connect(); client.execute(sys.argv[1]);"
        "print(client.execute('SELECT count(*) FROM articles').fetchall())"
    )
    # a home without any extension, and no server to get one from
    plain = {"HOME": str(tmp_path), "http_proxy": "http://127.0.0.1:1", "https_proxy": "http://127.0.0.1:1"}
    done = subprocess.run(
        [sys.executable, "-c", script, f"{found['loads_here']}\n{attach}"],
        env=plain,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("[(3,)]\n", "")
    assert found["loads_here"] in answer("doctor", lake=lake)


def _list_commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    for name in group.list_commands(click.Context(group)):
        found = group.get_command(click.Context(group), name)
        assert found is not None
        yield f"{path} {name}", found
        if isinstance(found, click.Group):
            yield from _list_commands(found, f"{path} {name}")


def test_the_help_of_every_command_has_an_example_of_it() -> None:
    commands = dict(_list_commands(copydesk, "copydesk"))
    assert len(commands) > len(VERBS) + 15
    assert [name for name, one in commands.items() if name not in (one.epilog or "")] == []


def test_tables_tell_their_columns() -> None:
    columns = {row["column"]: row for row in json.loads(answer("tables", "figures", "--json"))}
    assert "at_least" in columns["bound"]["meaning"]
    assert "no table is called 'figure'; did you mean 'figures'?" in run("tables", "figure")[2]


def test_tables_are_asked_as_any_lake_is(tmp_path: Path) -> None:
    assert answer("tables", lake=tmp_path / "nowhere") == answer("tables")
    assert not (tmp_path / "nowhere").exists()
    assert run("tables", "--config", str(tmp_path / "none.toml"))[0] == 2


def test_views_are_told_beside_the_tables_and_their_meanings_whole() -> None:
    relations = {row["table"]: row for row in json.loads(answer("tables", "--json"))}
    assert relations["story_timeline"]["is_view"]
    assert not relations["figures"]["is_view"]
    assert "suspect (malformed, or a scale off)" in answer("tables", "figure_comparison")


def test_preview_is_a_filter_with_one_line_out_for_each_line_in() -> None:
    lines = [
        json.dumps({"id": "a", "text": ARTICLES["harbour/bridge.txt"]}),
        "{broken",
        json.dumps(
            {"id": "b", "html": ARTICLES["courier/ferry-fog.html"], "url": "https://courier.example/x"}
        ),
        json.dumps({"id": "c", "text": ARTICLES["harbour/bridge.txt"]}),
    ]
    out = [
        json.loads(line) for line in answer("preview", "--jsonl", stdin="\n".join(lines) + "\n").splitlines()
    ]
    assert [row["id"] for row in out] == ["a", 2, "b", "c"]
    assert [row["outcome"] for row in out] == ["accepted", "rejected", "accepted", "accepted"]
    keys = [
        "id",
        "outcome",
        "reason",
        "article",
        "removed_lines",
        "sentences",
        "mentions",
        "figures",
        "dates",
        "quotations",
    ]
    assert all(list(row) == keys for row in out)
    assert out[0]["quotations"] == out[3]["quotations"] != []
    for row in out:
        for figure in row["figures"]:
            body = row["article"]["body_text"]
            assert body[figure["start_char"] : figure["end_char"]] == figure["surface"]


def test_init_writes_settings_that_are_valid_and_never_overwrites(tmp_path: Path) -> None:
    assert run("init", cwd=tmp_path)[0] == 0
    assert run("doctor", cwd=tmp_path)[0] == 0
    assert run("init", cwd=tmp_path)[0] == 2


@pytest.mark.slow
def test_a_backfill_is_planned_worked_and_shown(lake: Path, tmp_path: Path) -> None:
    copy = tmp_path / "lake"
    shutil.copytree(lake, copy)
    plan = json.loads(answer("backfill", "--stage", "extract", "--dry-run", "--json", lake=copy))
    assert (plan["items"], plan["outlets"]) == (3, {"courier": 1, "harbour": 2})
    report = json.loads(answer("backfill", "--stage", "extract", "--outlet", "courier", "--json", lake=copy))
    assert (report["state"], report["item_count"]) == ("completed", 1)
    assert report["backfill_id"] in answer("backfill", "list", lake=copy)


def test_help_lists_every_verb_once_in_its_section() -> None:
    shown = answer("--help")
    places = [shown.index(f"\n{section}:\n") for section in ("Work", "Ask", "Keep")]
    assert places == sorted(places)
    for verb, (module, _) in VERBS.items():
        (line,) = re.findall(rf"^  {verb}  .*$", shown, re.MULTILINE)
        above = [
            section
            for section, place in zip(("work", "ask", "keep"), places, strict=True)
            if place < shown.index(line)
        ]
        assert module.split(".")[1] == above[-1]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_shows_examples_that_call_it(verb: str) -> None:
    command = import_module(VERBS[verb][0]).command
    assert re.search(rf"Examples?:\n(.*\n)*? +(\S+=\S+ )*copydesk {verb}\b", command.epilog)
