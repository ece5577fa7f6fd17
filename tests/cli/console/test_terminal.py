"""What is printed cannot steer the terminal, the spreadsheet or the page that shows it."""

from __future__ import annotations

import ast
import csv
import io
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from rich.console import Console

from cli.console.display import print_json, print_mappings, print_rows
from cli.console.formats import write_answer
from cli.console.progress import ProgressBar
from cli.console.terminal import say, say_text, show_in_browser
from core.errors import ConfigError
from tests.cli.command import COPYDESK, run
from warehouse.asking.user_sql import UserSql, open_for_user_sql
from warehouse.catalog.location import LakeLocation

CLI = Path(__file__).resolve().parents[3] / "cli"
EVIL = "\x1b[2Jtide\u202egnp.exe\x9b31m\x7f"
SHOWN = "<U+001B>[2Jtide<U+202E>gnp.exe<U+009B>31m<U+007F>"
# Modules that hand text to a stream or to rich: their tests are below, and each makes it visible itself.
WRITERS = {"terminal.py", "display.py", "formats.py"}
RICH = {"display.py", "progress.py"}


def find_prints(source: str, name: str) -> list[str]:
    """Each place where a module prints by itself."""
    found = []
    for node in ast.walk(ast.parse(source)):
        words = ast.unparse(node) if isinstance(node, ast.Attribute | ast.Name) else ""
        is_print = words in ("print", "click.echo", "click.secho", "click.echo_via_pager", "sys.stdout.write")
        is_print |= words.endswith((".stdout.buffer", ".stderr.buffer", "sys.stderr.write"))
        is_write = isinstance(node, ast.Attribute) and node.attr == "write" and name not in WRITERS
        imported = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        imported += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        is_rich = any(module.split(".")[0] == "rich" for module in imported) and name not in RICH
        is_echo = "click" in imported and isinstance(node, ast.ImportFrom)
        if (is_print and name != "terminal.py") or is_write or is_rich or is_echo:
            found.append(f"{name}:{getattr(node, 'lineno', 0)}")
    return found


def test_no_module_of_cli_prints_by_itself() -> None:
    found = [
        place
        for file in sorted(CLI.rglob("*.py"))
        for place in find_prints(file.read_text("utf-8"), file.name)
    ]
    assert found == [], "print with cli.console.terminal.say or say_text"


@pytest.mark.parametrize(
    "source",
    [
        "print(x)",
        "click.echo(x)",
        "deploy(settings, click.echo)",
        "sys.stdout.write(x)",
        "sys.stdout.buffer.write(x)",
        "stream.write(x)",
        "from click import echo",
        "from rich.console import Console",
        "import rich.table",
    ],
)
def test_the_walk_finds_what_prints(source: str) -> None:
    assert find_prints(source, "search.py")


@pytest.mark.parametrize(
    "source", ["say(x)", "import click", "print_rows(x)", "path.write_text(x)", "sys.stdout.flush()"]
)
def test_the_walk_lets_other_things_be(source: str) -> None:
    assert find_prints(source, "search.py") == []


def test_a_line_stays_a_line_and_a_text_keeps_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    say(f"wrote {EVIL}\ncopydesk: all is well")
    say_text(f"{EVIL}\nsecond", err=True)
    written = capsys.readouterr()
    assert written.out == f"wrote {SHOWN}<U+000A>copydesk: all is well\n"
    assert written.err == f"{SHOWN}\nsecond\n"


@pytest.mark.parametrize(("is_terminal", "columns"), [(False, "80"), (True, "200"), (True, "20")])
def test_tables_show_codes_however_they_are_drawn(
    is_terminal: bool, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    stream = io.StringIO()
    stream.isatty = lambda: is_terminal  # type: ignore[method-assign]
    print_rows((f"name{EVIL}", "n"), [(EVIL, 1), ("two\nlines\x85", 2)], title=f"Of {EVIL}", stream=stream)
    written = stream.getvalue()
    assert written.startswith(f"Of {SHOWN}\n")
    assert f"name{SHOWN}" in written
    assert written.count(SHOWN) >= 3
    assert "two lines<U+0085>" in written
    assert not {"\u202e", "\x9b", "\x7f", "\x85"}.intersection(written)
    assert "\x1b[2J" not in written  # rich's own escapes are colours


def test_what_stands_for_no_rows_shows_codes(capsys: pytest.CaptureFixture[str]) -> None:
    print_mappings([], title=EVIL, empty="none")
    assert capsys.readouterr().out == f"{SHOWN}: none\n"


def test_json_has_escapes_that_give_the_characters_back(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"title": EVIL + "\u2028"})
    written = capsys.readouterr().out
    assert "\\u202egnp.exe\\u009b31m\\u007f" in written
    assert json.loads(written) == {"title": EVIL + "\u2028"}


def test_progress_shows_codes_and_takes_no_orders_from_hosts() -> None:
    out = io.StringIO()
    with ProgressBar(Console(file=io.StringIO(), force_terminal=True)) as bar:
        bar.start("acquire")
        bar.expect(f"{EVIL}[red]post[/red]", 2)
        Console(file=out, width=160).print(bar._bar.get_renderable())
    assert f"{SHOWN}[red]post[/red]" in out.getvalue()


@pytest.fixture(scope="module")
def session(lake: Path) -> Iterator[UserSql]:
    with open_for_user_sql(LakeLocation.at(lake)) as opened:
        yield opened


CELLS = (
    "SELECT '=1+1' AS a, '-5' AS b, -5 AS c, -2.5 AS d, chr(8238) || 'x' AS e, '@x' AS \"+f\","
    " chr(9) || 'y' AS g, INTERVAL (-1) DAY AS h, 'a=b' AS i, [chr(27)] AS j"
)


def read_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_csv_has_no_formulas_and_true_numbers(session: UserSql, capsys: pytest.CaptureFixture[str]) -> None:
    write_answer(session.run(CELLS), "csv")
    header, row = read_csv(capsys.readouterr().out)
    assert header == ["a", "b", "c", "d", "e", "'+f", "g", "h", "i", "j"]
    assert row[:7] == ["'=1+1", "'-5", "-5", "-2.5", "<U+202E>x", "'@x", "'\ty"]
    assert row[7].startswith("'-1 day")
    assert row[8:] == ["a=b", '["\\u001b"]']


def test_raw_csv_has_every_text_as_it_is(session: UserSql, capsys: pytest.CaptureFixture[str]) -> None:
    write_answer(session.run(CELLS), "csv", raw=True)
    header, row = read_csv(capsys.readouterr().out)
    assert header[5] == "+f"
    assert row[:7] == ["=1+1", "-5", "-5", "-2.5", "\u202ex", "@x", "\ty"]


def test_markdown_is_a_table_of_the_very_words(session: UserSql, capsys: pytest.CaptureFixture[str]) -> None:
    write_answer(
        session.run("SELECT '<b>' AS \"a|b\", '[x](javascript:y)' AS l, 'p|q' || chr(13) || 'r' AS p"),
        "markdown",
    )
    assert capsys.readouterr().out.splitlines() == [
        r"| a\|b | l | p |",
        "| --- | --- | --- |",
        r"| &lt;b&gt; | \[x\](javascript:y) | p\|q&lt;U+000D&gt;r |",
    ]


def test_raw_is_refused_where_it_means_nothing(lake: Path) -> None:
    code, _, error = run("sql", "SELECT 1", "--raw", lake=lake)
    assert code == ConfigError.exit_code
    assert "--raw is for CSV" in error


@pytest.mark.parametrize(
    "words",
    [
        ("load", f"{EVIL}.txt"),
        (f"go{EVIL}",),
        ("sql", "SELECT 1", "--format", EVIL),
        ("sql", f"SELECT error('{EVIL}')"),
        ("explain", EVIL),
        ("preview", f"{EVIL}.html"),
        ("outlets", "check", EVIL),
    ],
)
def test_errors_show_codes(words: tuple[str, ...], own_lake: Path) -> None:
    takes_lake = words[0] not in ("outlets", f"go{EVIL}")
    code, output, error = run(*words, lake=own_lake if takes_lake else None)
    assert code == ConfigError.exit_code, error
    assert "tide" in error
    assert not {"\x1b", "\u202e", "\x9b", "\x7f"}.intersection(output + error)


def test_a_file_name_with_an_end_of_line_forges_no_line(tmp_path: Path, own_lake: Path) -> None:
    page = tmp_path / "in" / f"a{EVIL}\nb.bin"
    page.parent.mkdir()
    page.write_bytes(b"x")
    code, _, _ = run("load", str(page.parent), lake=own_lake)
    assert code == 2, "it was the only input"
    query = "SELECT split_part(input_ref, '/', -1) AS name FROM outcomes"
    for form in ("table", "csv", "markdown"):
        code, output, _ = run("sql", query, "--format", form, lake=own_lake)
        assert code == 0
        assert "tide" in output
        assert not {"\x1b", "\u202e", "\x9b", "\x7f"}.intersection(output)
    _, output, _ = run("preview", str(page.parent))
    assert f"a{SHOWN}<U+000A>b.bin: rejected" in output


def test_opml_gives_the_names_back_and_steers_nothing(tmp_path: Path) -> None:
    from lxml import etree

    config = tmp_path / "copydesk.toml"
    config.write_text(
        '[[outlets]]\nkey = "tide"\nname = "Tide \\u202egnp"\nfeeds = ["https://tide.example/feed"]\n',
        "utf-8",
    )
    done = subprocess.run(
        [COPYDESK, "outlets", "export", "--config", config], capture_output=True, check=True, timeout=240
    )
    assert "\u202e".encode() not in done.stdout
    assert etree.fromstring(done.stdout).find(".//outline").get("text") == "Tide \u202egnp"


def test_where_no_browser_can_be_opened_the_address_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = []
    for answer in (0, 1):
        monkeypatch.setattr(click, "launch", lambda address, answer=answer: opened.append(address) or answer)
        show_in_browser("http://127.0.0.1:8765/")
    assert opened == ["http://127.0.0.1:8765/"] * 2
    assert capsys.readouterr().err == "no browser could be opened; open http://127.0.0.1:8765/ yourself\n"
