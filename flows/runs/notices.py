"""Tell people: a failed run, a silent outlet, a failed data check; by webhook, by mail, or both.

Telling never breaks the run that tells: what cannot be sent is logged and left at that.
"""

from __future__ import annotations

import json
import os
import smtplib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

from core.errors import CopydeskError
from core.safety.logs import get_log
from core.safety.visible import escape_json, show_text
from core.settings import NoticeSettings, Settings
from warehouse.asking.checks import CheckResult
from warehouse.catalog.sql_files import run_query

if TYPE_CHECKING:
    from warehouse.catalog.session import Lake

_SECONDS = 15.0
_log = get_log()


@dataclass(frozen=True, slots=True)
class Notice:
    """What people are told: its kind (run_failed, outlet_silent, check_failed), one line, and facts."""

    kind: str
    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def send_notice(settings: NoticeSettings, notice: Notice) -> bool:
    """Send it to everyone the settings name; whether all of them could be told. Never raises."""
    is_sent = True
    for name, is_wanted, send in (
        ("webhook", has_webhook(settings), _post),
        ("mail", bool(settings.mail_to), _mail),
    ):
        if is_wanted:
            try:
                send(settings, notice)
            except (OSError, smtplib.SMTPException, ValueError) as error:
                # The address of a webhook is a secret, and some messages hold it.
                _log.warning(
                    "a notice (%s) could not go out by %s: %s", notice.kind, name, type(error).__name__
                )
                is_sent = False
    return is_sent


def has_webhook(settings: NoticeSettings) -> bool:
    """Whether there is an address to post to; one that is set and empty is none."""
    return bool(settings.webhook and settings.webhook.get_secret_value())


def tell_failure(settings: Settings, flow: str, error: Exception) -> None:
    """Tell that a run of the flow failed, and why."""
    # Errors of our own hold no secret; of others only the kind is passed on.
    why = str(error) if isinstance(error, CopydeskError) else f"{type(error).__name__}; the log says more"
    place = str(settings.lake)
    text = f"Copydesk: {flow} failed on {place}: {why}"
    send_notice(settings.notices, Notice("run_failed", text, {"flow": flow, "lake": place, "error": why}))


def tell_silent_outlets(lake: Lake, settings: Settings, run_id: str, outlets: Sequence[str]) -> None:
    """Tell of the outlets that have brought nothing new for too long; of each silence once."""
    notices = settings.notices
    if not (has_webhook(notices) or notices.mail_to):
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
        facts = {"outlet": row["outlet"], "last_new_at": row["last_new_at"]}
        send_notice(notices, Notice("outlet_silent", text, facts))


def tell_failed_checks(settings: Settings, failed: Sequence[CheckResult]) -> None:
    """Tell of data checks that rows of the lake fail."""
    if failed:
        named = ", ".join(f"{check.name} ({check.failing_count} rows)" for check in failed)
        text = f"Copydesk: data checks fail on {settings.lake}: {named}; `copydesk check` shows the rows"
        facts = {"checks": {check.name: check.failing_count for check in failed}}
        send_notice(settings.notices, Notice("check_failed", text, facts))


def _post(settings: NoticeSettings, notice: Notice) -> None:
    import httpx  # here because it is slow to import, and few runs fail

    assert settings.webhook is not None
    # `text` is what the incoming hooks of chat programs show.
    body = {"text": show_text(notice.text), "kind": notice.kind, "facts": dict(notice.facts)}
    try:
        answer = httpx.post(
            settings.webhook.get_secret_value(),
            content=escape_json(json.dumps(body, default=str, ensure_ascii=False)).encode(),
            headers={"Content-Type": "application/json"},
            timeout=_SECONDS,
        )
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ConnectionError(type(error).__name__) from error
    if not answer.is_success:
        raise OSError(f"status {answer.status_code}")


def _mail(settings: NoticeSettings, notice: Notice) -> None:
    message = EmailMessage()
    message["From"], message["To"] = settings.mail_from, ", ".join(settings.mail_to)
    text = show_text(notice.text)
    message["Subject"] = text.splitlines()[0][:200]
    message.set_content(text + "\n")
    connect = smtplib.SMTP_SSL if settings.smtp_security == "tls" else smtplib.SMTP
    with connect(settings.smtp_host, settings.smtp_port, timeout=_SECONDS) as server:
        if settings.smtp_security == "starttls":
            server.starttls()
        if settings.smtp_user:
            server.login(settings.smtp_user, os.environ.get("COPYDESK_SMTP_PASSWORD", ""))
        server.send_message(message)
