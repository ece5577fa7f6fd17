"""The interactive SQL shell: history, completion, several lines per query."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.sql import SqlLexer

from cli.console.formats import FORMATS, write_answer
from cli.console.terminal import say, say_text
from core.errors import CopydeskError

if TYPE_CHECKING:
    from warehouse.asking.user_sql import UserSql

HELP = """\
End a query with ; or an empty line. Ctrl-C stops a query, Ctrl-D leaves.
  .tables          the tables and views
  .mode FORM       table, csv, json or markdown
  .help            this
  .quit            leave"""
_KEYWORDS = (
    "select from where group by order limit having join left on as with distinct union all and or not in"
)


def run_shell(session: UserSql, form: str) -> None:
    """Read queries and answer them until the user leaves; a wrong query costs one line of error."""
    say("Copydesk SQL, read-only. .help says more.")
    prompt: PromptSession[str] = PromptSession(
        history=_open_history(),
        completer=WordCompleter([*_KEYWORDS.split(), *session.words()], ignore_case=True),
        lexer=PygmentsLexer(SqlLexer),
        auto_suggest=AutoSuggestFromHistory(),
        complete_while_typing=False,
    )
    while True:
        try:
            text = _read_query(prompt)
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if text in (".quit", ".exit"):
            return
        form = _answer(session, text, form)


def _read_query(prompt: PromptSession[str]) -> str:
    lines = [prompt.prompt("sql> ")]
    while lines[-1].strip() and not lines[0].startswith(".") and not lines[-1].rstrip().endswith(";"):
        lines.append(prompt.prompt("...> "))
    return "\n".join(lines).strip()


def _answer(session: UserSql, text: str, form: str) -> str:
    """Do what the line asks; the form for the next answers comes back."""
    if text == ".help":
        say_text(HELP)
    elif text == ".tables":
        _run(session, session.LIST_TABLES, form)
    elif text.startswith(".mode"):
        asked = text.removeprefix(".mode").strip()
        if asked in FORMATS and asked != "parquet":
            return asked
        say("the forms are table, csv, json and markdown", err=True)
    elif text.startswith("."):
        say(f"{text.split()[0]} is not a command; .help lists them", err=True)
    elif text:
        _run(session, text, form)
    return form


def _run(session: UserSql, text: str, form: str) -> None:
    try:
        write_answer(session.run(text), form)
    except CopydeskError as error:
        say_text(str(error), err=True)
    except KeyboardInterrupt:
        session.interrupt()
        say("stopped", err=True)


def _open_history() -> History:
    folder = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "copydesk"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(folder / "sql_history"))
