"""The interactive SQL shell: history, completion, several lines per query."""

from __future__ import annotations

import os
import shlex
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.sql import SqlLexer

from cli.console.display import print_mappings
from cli.console.formats import choose_format, write_answer, write_answers
from cli.console.terminal import say, say_text
from core.errors import ConfigError, CopydeskError
from core.settings import Settings
from warehouse.asking.named_questions import find_question, list_questions
from warehouse.asking.relations import list_columns

if TYPE_CHECKING:
    from warehouse.asking.user_sql import UserSql

HELP = """\
End a query with ; or an empty line. Ctrl-C stops a query, Ctrl-D leaves.
  .tables              the tables and views
  .schema TABLE        its columns and what they mean
  .queries             the named questions
  .query NAME K=V ...  ask one; K="two words"
  .mode FORM           table, vertical (whole texts), csv, json, jsonl or markdown
  .output [FILE]       write the next answers to this file; without FILE to the terminal again
  .timer on|off        say how long an answer took
  .help                this
  .exit                leave"""
_SHELL_FORMS = ("table", "vertical", "csv", "json", "jsonl", "markdown")
_KEYWORDS = (
    "select from where group by order limit having join left on as with distinct union all and or not in"
)


def run_shell(session: UserSql, form: str, settings: Settings) -> None:
    """Read queries and answer them until the user leaves; a wrong query costs one line of error."""
    say("Copydesk SQL, read-only. .help says more.")
    prompt: PromptSession[str] = PromptSession(
        history=_open_history(),
        completer=WordCompleter([*_KEYWORDS.split(), *session.words()], ignore_case=True),
        lexer=PygmentsLexer(SqlLexer),
        auto_suggest=AutoSuggestFromHistory(),
        complete_while_typing=False,
    )
    shell = Shell(session, form, settings)
    while not shell.is_over:
        try:
            text = _read_query(prompt)
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        shell.answer(text)


def _read_query(prompt: PromptSession[str]) -> str:
    lines = [prompt.prompt("sql> ")]
    while lines[-1].strip() and not lines[0].startswith(".") and not lines[-1].rstrip().endswith(";"):
        lines.append(prompt.prompt("...> "))
    return "\n".join(lines).strip()


class Shell:
    """What the shell remembers between lines: the form of answers, where they go, and whether they are timed."""

    def __init__(self, session: UserSql, form: str, settings: Settings) -> None:
        self.is_over = False
        self._session = session
        self._settings = settings
        self._form = form
        self._output: Path | None = None
        self._is_timed = False

    def answer(self, text: str) -> None:
        """Do what the line asks. A mistake is one line on standard error."""
        try:
            words = _split(text) if text.startswith(".") else []
            if not text.startswith("."):
                if text:
                    self._run(text)
            elif words[0] in _COMMANDS:
                _COMMANDS[words[0]](self, words[1:])
            else:
                raise ConfigError(f"{words[0]} is not a command; .help lists them")
        except CopydeskError as error:
            say_text(str(error), err=True)
        except KeyboardInterrupt:
            self._session.interrupt()
            say("stopped", err=True)

    def _run(self, sql: str, values: Mapping[str, Any] | None = None) -> None:
        began = time.monotonic()
        if values is None:
            write_answers(self._session, sql, self._form, self._output)
        else:
            write_answer(self._session.run(sql, values), self._form, self._output)
        if self._is_timed:
            say(f"{time.monotonic() - began:.2f} s", err=True)

    def _leave(self, _words: Sequence[str]) -> None:
        self.is_over = True

    def _help(self, _words: Sequence[str]) -> None:
        say_text(HELP)

    def _tables(self, _words: Sequence[str]) -> None:
        self._run(self._session.LIST_TABLES)

    def _schema(self, words: Sequence[str]) -> None:
        if not words:
            raise ConfigError("name a table: .schema figures; .tables lists them")
        print_mappings(list_columns(words[0]), whole=True)

    def _queries(self, _words: Sequence[str]) -> None:
        rows = [
            {"name": file.name, "answers": file.purpose, "values": ", ".join(p.name for p in file.parameters)}
            for file in list_questions(self._settings)
        ]
        print_mappings(rows, whole=True)

    def _query(self, words: Sequence[str]) -> None:
        if not words:
            raise ConfigError("name a question: .query most_quoted limit=5; .queries lists them")
        file = find_question(self._settings, words[0])
        if wrong := [word for word in words[1:] if "=" not in word]:
            raise ConfigError(f"{wrong[0]!r} is not KEY=VALUE")
        given = self._session.complete_ids(file, dict(word.split("=", 1) for word in words[1:]))
        self._run(file.text, file.bind(given) or None)

    def _mode(self, words: Sequence[str]) -> None:
        if len(words) != 1 or words[0] not in _SHELL_FORMS:
            raise ConfigError(f"the forms are {', '.join(_SHELL_FORMS)}")
        self._form = words[0]

    def _send(self, words: Sequence[str]) -> None:
        output = Path(words[0]) if words else None
        if output:
            self._form = choose_format(None, output)
        elif self._output:
            self._form = "table"
        self._output = output

    def _timer(self, words: Sequence[str]) -> None:
        if list(words) not in (["on"], ["off"]):
            raise ConfigError("write .timer on or .timer off")
        self._is_timed = words[0] == "on"


def _split(text: str) -> list[str]:
    """The words of a command; double quotes hold words together. Raises ConfigError if one is not closed."""
    lexer = shlex.shlex(text, posix=True)
    lexer.whitespace_split, lexer.quotes, lexer.commenters, lexer.escape = True, '"', "", ""
    try:
        return list(lexer)
    except ValueError:
        raise ConfigError("a quotation mark is not closed") from None


_COMMANDS: dict[str, Callable[[Shell, Sequence[str]], None]] = {
    ".help": Shell._help,
    ".tables": Shell._tables,
    ".schema": Shell._schema,
    ".queries": Shell._queries,
    ".query": Shell._query,
    ".mode": Shell._mode,
    ".output": Shell._send,
    ".timer": Shell._timer,
    ".exit": Shell._leave,
    ".quit": Shell._leave,
}


def _open_history() -> History:
    folder = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "copydesk"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(folder / "sql_history"))
