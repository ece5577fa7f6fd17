"""Report a failed run, a silent outlet or a failed data check to the recipients in [notices].

A notice that cannot be sent is logged and never breaks the run that sends it. Addresses of recipients hold passwords
and tokens, so neither a log line nor an error shows them.
"""
# Why: see docs/decisions.md, "Notices go through apprise".

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.errors import CopydeskError
from core.safety.logs import get_log
from core.safety.visible import show_text
from core.settings import NoticeSettings, Settings
from warehouse.asking.checks import CheckResult
from warehouse.catalog.sql_files import run_query

if TYPE_CHECKING:
    from apprise import NotifyBase
    from pydantic import SecretStr

    from warehouse.catalog.session import Lake

_TITLES = {
    "run_failed": "Copydesk: a run failed",
    "outlet_silent": "Copydesk: an outlet is silent",
    "check_failed": "Copydesk: a data check failed",
}
_log = get_log()


@dataclass(frozen=True, slots=True)
class RunNotice:
    """One notice: its kind (run_failed, outlet_silent, check_failed) and its text."""

    kind: str
    text: str


def send_notice(settings: NoticeSettings, notice: RunNotice) -> bool:
    """Send a notice to every recipient, and say whether all could be reached. Never raises."""
    return all([_send(number, notice, secret) for number, secret in enumerate(settings.to, 1)])


def find_unknown_addresses(settings: NoticeSettings) -> list[int]:
    """Positions in `notices.to`, from 1, of the addresses that apprise cannot read."""
    return [number for number, one in enumerate(settings.to, 1) if _open_recipient(one) is None]


def find_services(settings: NoticeSettings) -> list[str]:
    """The services that receive notices, such as `mailto`; addresses themselves are secret."""
    return services_of(settings.to)


def services_of(addresses: Sequence[SecretStr]) -> list[str]:
    """The services of these addresses, such as `mailto`, and nothing else of them."""
    return sorted({one.get_secret_value().strip().partition(":")[0].lower() for one in addresses})


def tell_failure(settings: Settings, flow: str, error: Exception) -> None:
    """Report that a run of the flow failed, and why."""
    text = f"Copydesk: {flow} failed on {settings.lake}: {tell_reason(error)}"
    send_notice(settings.notices, RunNotice("run_failed", text))


def tell_reason(error: BaseException) -> str:
    """Why a run failed, without secrets: the messages of our own errors hold none, of other errors only the kind is told."""
    return str(error) if isinstance(error, CopydeskError) else f"{type(error).__name__}; the log says more"


def tell_silent_outlets(lake: Lake, settings: Settings, run_id: str, outlets: Sequence[str]) -> None:
    """Report outlets without a new article for too long, once for each silence."""
    notices = settings.notices
    if not notices.to:
        return
    rows = run_query(
        lake,
        "silent_outlets",
        outlets=list(outlets),
        run_id=run_id,
        hours=notices.silent_hours,
        asked_at=datetime.now(UTC),
    ).to_pylist()
    for row in rows:
        since = f"since {row['last_new_at']:%Y-%m-%d %H:%M} UTC" if row["last_new_at"] else "so far"
        text = f"Copydesk: nothing new from {row['outlet']} {since}; `copydesk status` shows its outcomes"
        send_notice(notices, RunNotice("outlet_silent", text))


def tell_failed_checks(settings: Settings, failed: Sequence[CheckResult]) -> None:
    """Report data checks that rows of the lake fail."""
    if failed:
        named = ", ".join(f"{check.name} ({check.failing_count} rows)" for check in failed)
        text = f"Copydesk: data checks fail on {settings.lake}: {named}; `copydesk check` shows the rows"
        send_notice(settings.notices, RunNotice("check_failed", text))


def deliver(secret: SecretStr, title: str, text: str) -> str | None:
    """Send a text to one recipient; why that failed, without the address, or None."""
    recipient = _open_recipient(secret)
    if recipient is None:
        return "apprise does not know such an address; correct it"
    from apprise import NotifyFormat

    try:
        if recipient.notify(title=title, body=show_text(text), body_format=NotifyFormat.TEXT):
            return None
    except (OSError, TypeError, ValueError) as error:
        return type(error).__name__  # its message can hold the address
    return "the service did not take it; check address and password"


def _send(number: int, notice: RunNotice, secret: SecretStr) -> bool:
    why = deliver(secret, _TITLES.get(notice.kind, "Copydesk"), notice.text)
    if why is None:
        return True
    _log.warning("a notice (%s) could not be sent to recipient %d in [notices]: %s", notice.kind, number, why)
    return False


def _open_recipient(secret: SecretStr) -> NotifyBase | None:
    from apprise import Apprise  # slow to import, and few runs send a notice

    logging.getLogger("apprise").disabled = True  # its lines hold addresses and answers of servers
    return Apprise.instantiate(secret.get_secret_value().strip(), suppress_exceptions=True)
