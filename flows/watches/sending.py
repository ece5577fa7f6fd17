"""Sending what is new in the answers of watches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import SecretStr

from core.errors import ConfigError, CopydeskError
from core.safety.logs import get_log
from core.settings import Settings, Watch
from flows.runs.notices import deliver
from flows.watches.answer_lines import AnswerRow
from flows.watches.current_answer import answer_watch
from flows.watches.state import WatchState, lock_state, read_state, write_state

_MOST_TOLD = 20
_log = get_log()


@dataclass(frozen=True, slots=True)
class WatchReport:
    """What became of a watch: new rows, recipients reached, and why others were not."""

    name: str
    new_count: int
    reached_count: int
    failures: tuple[str, ...] = ()
    text: str = ""


def find_watch(settings: Settings, name: str) -> Watch:
    """The watch of that name. Raises ConfigError for an unknown one."""
    for watch in settings.watches:
        if watch.name == name:
            return watch
    known = ", ".join(watch.name for watch in settings.watches) or "none; add [[watches]] to copydesk.toml"
    raise ConfigError(f"no watch is called {name!r}; known: {known}")


def run_watches(settings: Settings, *, dry_run: bool = False) -> list[WatchReport]:
    """Send what is new in each watch's answer, each row once to each recipient. Never raises.

    A row that could not be sent is sent again by the next run.
    """
    return [_run_safely(settings, watch, dry_run) for watch in settings.watches]


def run_watch(settings: Settings, watch: Watch, *, dry_run: bool = False) -> WatchReport:
    """Send what is new in the watch's answer. Raises what `answer_watch` raises."""
    rows = answer_watch(settings, watch)
    with lock_state(settings, watch.name):
        state = read_state(settings, watch.name)
        report = _send_new(settings, watch, rows, state, dry_run)
        if report.reached_count and report.new_count and not dry_run:
            write_state(settings, watch.name, state)
    return report


def send_test(settings: Settings, watch: Watch) -> WatchReport:
    """Send the first rows of the answer, marked as a test; nothing is remembered."""
    rows = answer_watch(settings, watch)[:3]
    text = f"This is a test of the watch {watch.name}.\n\n{tell_rows(watch, rows)}"
    failures = [
        failure
        for number, recipient in enumerate(recipients(settings, watch), 1)
        if (failure := _deliver(watch, number, recipient, f"Copydesk: test of {watch.name}", text))
    ]
    reached = len(recipients(settings, watch)) - len(failures)
    return WatchReport(watch.name, len(rows), reached, tuple(failures), text)


def recipients(settings: Settings, watch: Watch) -> Sequence[SecretStr]:
    """Its own recipients, else those of [notices]."""
    return watch.to or settings.notices.to


def tell_rows(watch: Watch, rows: Sequence[AnswerRow]) -> str:
    """The rows in words, with links; of many the first."""
    count = "1 new row" if len(rows) == 1 else f"{len(rows)} new rows"
    lines = [f"{count} of {watch.name}:"]
    for row in rows[:_MOST_TOLD]:
        lines += ["", row.head, *([f"  {row.words}"] if row.words and row.words != row.head else [])]
        lines += [f"  {link}" for link in row.links]
    if len(rows) > _MOST_TOLD:
        lines += ["", f"and {len(rows) - _MOST_TOLD} more; `copydesk` or the dashboard shows all"]
    return "\n".join(lines)


def _run_safely(settings: Settings, watch: Watch, dry_run: bool) -> WatchReport:
    try:
        report = run_watch(settings, watch, dry_run=dry_run)
    except CopydeskError as error:
        _log.warning("the watch %s could not be answered: %s", watch.name, error)
        return WatchReport(watch.name, 0, 0, (str(error),))
    for failure in report.failures:
        _log.warning("the watch %s: %s; the next run sends it again", watch.name, failure)
    return report


def _send_new(
    settings: Settings, watch: Watch, rows: Sequence[AnswerRow], state: WatchState, dry_run: bool
) -> WatchReport:
    failures: list[str] = []
    most, text, reached = 0, "", 0
    for number, recipient in enumerate(recipients(settings, watch), 1):
        fresh = [row for row in rows if state.is_new(recipient, row.key)]
        if not fresh:
            reached += 1
            continue
        if len(fresh) > most:
            most, text = len(fresh), tell_rows(watch, fresh)
        if dry_run:
            continue
        failure = _deliver(watch, number, recipient, f"Copydesk: {watch.name}", tell_rows(watch, fresh))
        if failure:
            failures.append(failure)
            continue
        reached += 1
        state.add(recipient, [row.key for row in fresh])
    return WatchReport(watch.name, most, reached, tuple(failures), text)


def _deliver(watch: Watch, number: int, recipient: SecretStr, title: str, text: str) -> str | None:
    """Why the recipient could not be reached, by its number, since its address is secret; None where it was."""
    why = deliver(recipient, title, text)
    where = f"[[watches]] {watch.name}" if watch.to else "[notices]"
    return f"recipient {number} of {where} could not be reached: {why}" if why else None
