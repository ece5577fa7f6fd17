"""`copydesk outlets` and settings that are wrong: one clear message, exit code 2, nothing fetched, no traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.main import main

OPML = '<opml><body><outline text="Orsay Mail" xmlUrl="https://orsay-mail.example/rss"/></body></opml>'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, without settings of the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COPYDESK_CONFIG", raising=False)
    return tmp_path


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command."""
    monkeypatch.setattr("sys.argv", ["copydesk", *words])
    with pytest.raises(SystemExit) as end:
        main()
    out, error = capsys.readouterr()
    return int(str(end.value.code)), out, error


@pytest.mark.parametrize(
    ("words", "text", "why"),
    [
        (("run",), '[[outlets]]\nkey = "harbour"\ntake = ["("]\n', "outlet 'harbour', take: '('"),
        (("run",), '[fetch]\nproxy = "foo"\n', "fetch.proxy: it is not the address of a proxy"),
        (("run",), 'user_agent = "café desk"\n', "user_agent: 'é' in"),
        (
            ("run",),
            '[[outlets]]\nkey = "harbour"\n[outlets.cleaning]\ndrop = ["div[["]\n',
            "cleaning.drop: 'div[['",
        ),
        (("serve",), '[[outlets]]\nkey = "harbour"\nschedule = "every day"\n', "outlet 'harbour', schedule:"),
        (
            ("outlets", "import", "feeds.opml"),
            '[[outlets]]\nname = "The Tarn Post"\n',
            "(The Tarn Post), key: is missing",
        ),
        (
            ("outlets", "list"),
            '[[outlets]]\nkey = "a"\n[[outlets]]\nkey = "a"\n',
            "outlet 'a', key: another outlet",
        ),
    ],
)
def test_settings_that_are_wrong_are_the_users_error(
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    text: str,
    why: str,
) -> None:
    (here / "copydesk.toml").write_text(text, encoding="utf-8")
    (here / "feeds.opml").write_text(OPML, encoding="utf-8")
    code, out, error = run(monkeypatch, capsys, *words)
    assert (code, out) == (2, "")
    assert why in error
    assert "internal error" not in error and "Traceback" not in error
    assert len(error.splitlines()) == 1
    assert not (here / "lake").exists()


def test_check_tells_every_mistake_in_a_row_of_its_outlet(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "copydesk.toml").write_text('[[outlets]]\nkey = "harbour"\ncountry = "XX"\n', encoding="utf-8")
    code, out, error = run(monkeypatch, capsys, "outlets", "check", "--json")
    [row] = json.loads(out)
    assert (code, error) == (2, "")
    assert (row["outlet"], row["kind"], row["url"]) == ("harbour", "settings", "country")
    assert "'XX' is not an ISO 3166-1 country code" in row["problem"]


def test_import_says_what_was_there_already(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "feeds.opml").write_text(OPML, encoding="utf-8")
    assert run(monkeypatch, capsys, "outlets", "import", "feeds.opml")[:2] == (
        0,
        "added 1 outlets to copydesk.toml\n",
    )
    assert run(monkeypatch, capsys, "outlets", "import", "feeds.opml")[:2] == (
        0,
        "added 0 outlets to copydesk.toml; 1 were there already\n",
    )


def test_init_says_in_one_line_that_it_cannot_write(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, error = run(monkeypatch, capsys, "init", "nowhere/copydesk.toml")
    assert code == 2
    assert "nowhere/copydesk.toml cannot be written" in error
