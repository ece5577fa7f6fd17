"""`copydesk load` with what records call their columns, lists of addresses, and mistakes in its options."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "flows"))
from tiny_outlet import serving_outlet

from tests.cli.command import run

TEXT = (
    "The ferry Elin Star stopped in thick fog on Monday with more than 200 passengers on board, the harbour "
    "office said.\n\nTwo tugs brought it back to Port Lowen after nearly four hours. Nobody was hurt, said Captain "
    "Idris Vale, who has sailed the route for 20 years."
)
ROWS = [
    {"headline": "Ferry stops in fog", "body": TEXT, "day": "2026-05-04", "paper": "harbour"},
    {
        "headline": "Bridge to close",
        "body": TEXT.replace("ferry", "bridge"),
        "day": "2026-05-05",
        "paper": "harbour",
    },
]
MAPPING = "title=headline,text=body,published_at=day,outlet=paper"


def ask(query: str, cwd: Path) -> list[dict[str, object]]:
    code, output, error = run("sql", query, "--format", "json", cwd=cwd)
    assert code == 0, error
    rows: list[dict[str, object]] = json.loads(output)
    return rows


def write_rows(folder: Path) -> list[str]:
    """The first row as CSV, the second as Parquet."""
    names = list(ROWS[0])
    cells = ",".join('"' + str(ROWS[0][name]) + '"' for name in names)
    (folder / "one.csv").write_text(",".join(names) + "\n" + cells + "\n")
    pq.write_table(pa.Table.from_pylist(ROWS[1:]), folder / "two.parquet")
    return ["one.csv", "two.parquet"]


@pytest.mark.slow
def test_columns_of_csv_and_parquet_are_called_as_the_user_says(tmp_path: Path) -> None:
    files = write_rows(tmp_path)
    _, output, error = run("load", *files, "--columns", MAPPING, "--json", cwd=tmp_path)
    assert json.loads(output)["outcomes"] == {"accepted": 2}, error
    query = "SELECT title, outlet, published_at::DATE::VARCHAR AS day FROM articles ORDER BY day"
    assert ask(query, tmp_path) == [
        {"title": "Ferry stops in fog", "outlet": "harbour", "day": "2026-05-04"},
        {"title": "Bridge to close", "outlet": "harbour", "day": "2026-05-05"},
    ]


@pytest.mark.slow
def test_the_pages_of_a_list_are_fetched(tmp_path: Path) -> None:
    with serving_outlet() as outlet:
        (tmp_path / "copydesk.toml").write_text('[fetch]\nopen_hosts = ["127.0.0.1"]\n')
        (tmp_path / "urls.txt").write_text(f"{outlet}/2026/pier\n{outlet}/2026/no-such-page\n")
        words = ("load", "urls.txt", "--urls", "--outlet", "gullcliff", "--json")
        report = json.loads(run(*words, cwd=tmp_path)[1])
    assert {row["reason"]: row["inputs"] for row in report["reasons"]} == {"new": 1, "http_status": 1}
    assert [(row["outlet"], row["request_count"]) for row in report["fetches"]] == [("gullcliff", 3)]
    assert ask("SELECT outlet, title FROM articles", tmp_path) == [
        {"outlet": "gullcliff", "title": "Pier at Gullcliff opens again after storm"}
    ]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("x.csv", "--columns", "title"), "write title=headline,text=body"),
        (("x.csv", "--columns", "headline=title"), "no field is called 'headline'"),
        (("https://harbour-post.example/news/ferry",), "--urls"),
        (("nowhere.txt", "--urls"), "nowhere.txt cannot be read"),
        (("x.csv", "--urls", "--columns", "title=a"), "--columns has no effect with --urls"),
        (("x.csv", "--language", "xx"), "--language: 'xx' is not an ISO 639-1 language code"),
        (("x.csv", "--only", "nosuch"), "--only nosuch: neither a host"),
    ],
    ids=["mapping", "field", "page", "list", "useless", "language", "outlet"],
)
def test_a_mistake_in_the_options_is_one_line_and_makes_no_lake(
    words: tuple[str, ...], why: str, tmp_path: Path
) -> None:
    (tmp_path / "x.csv").write_text("title,text\na,b\n")
    code, _, error = run("load", *words, cwd=tmp_path)
    assert code == 2
    assert why in error
    assert "Traceback" not in error
    assert not (tmp_path / "lake").exists()


@pytest.mark.slow
def test_a_load_that_rejected_every_input_says_so_and_ends_with_an_exit_code(tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("Kop,Verhaal\nFerry," + json.dumps(TEXT.replace("\n", " ")) + "\n")
    code, output, _ = run("load", "odd.csv", cwd=tmp_path)
    assert code == 2
    assert "NOTHING WAS LOADED. The only input was rejected" in output
    (row,) = ask("SELECT detail FROM outcomes", tmp_path)
    assert "'Verhaal' looks like the text: name it with --columns text=Verhaal" in str(row["detail"])
    code, output, error = run("load", "odd.csv", "--columns", "text=Verhaal", cwd=tmp_path)
    assert code == 0, error
    assert "NOTHING" not in output
