"""The note about the Prefect server beside the lake, in files that only their owner can read."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import psutil

from flows.scheduling.guard import LOGIN_PATH

_NOTE = "server.json"
_LOGIN = "login.html"


@dataclass(frozen=True)
class LocalServer:
    """The port of the server, and the password for it."""

    port: int
    auth: str = field(repr=False)

    @property
    def ui_url(self) -> str:
        """The address of its UI, and the origin of the UI's requests."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """The address of its API."""
        return f"{self.ui_url}/api"

    @property
    def environment(self) -> dict[str, str]:
        """The environment that a process needs to use the server."""
        return {
            "PREFECT_API_URL": self.url,
            "PREFECT_API_AUTH_STRING": self.auth,
            "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "true",
        }


@dataclass(frozen=True)
class ServerNote:
    """The server's process, and how to reach it."""

    pid: int
    created: float
    server: LocalServer

    def find_process(self) -> psutil.Process | None:
        """The process, if it still lives and is not another one with its id."""
        try:
            process = psutil.Process(self.pid)
            is_it = process.is_running() and process.create_time() == self.created
            return process if is_it and not has_ended(process) else None
        except psutil.NoSuchProcess:
            return None


def has_ended(process: psutil.Process) -> bool:
    """Whether the process is gone, or is dead and not yet waited for."""
    try:
        return not process.is_running() or bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def make_password() -> str:
    """A new user:password that cannot be guessed."""
    return f"copydesk:{secrets.token_urlsafe(32)}"


def read_note(home: Path) -> ServerNote | None:
    """The note about the server whose database is in `home`; None if there is no complete note."""
    try:
        noted = json.loads((home / _NOTE).read_text())
        server = LocalServer(int(noted["port"]), str(noted.get("auth", "")))
        return ServerNote(int(noted["pid"]), float(noted["created"]), server)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def write_note(home: Path, process: psutil.Process, server: LocalServer) -> None:
    """Note the server, and write the page that logs its UI in."""
    noted = {
        "pid": process.pid,
        "created": process.create_time(),
        "port": server.port,
        "auth": server.auth,
    }
    _write_private(home / _NOTE, json.dumps(noted))
    _write_private(login_page(home), _make_login_page(server))


def remove_note(home: Path) -> None:
    """Remove the note of a server that is gone, and its password."""
    for path in (home / _NOTE, login_page(home)):
        path.unlink(missing_ok=True)


def login_page(home: Path) -> Path:
    """The page that logs in with one click.

    It is a file and no printed address: what is printed ends up in logs, and an address that a terminal hands to the
    browser is seen by all users of the machine among the running commands.
    """
    return home.resolve() / _LOGIN


def _make_login_page(server: LocalServer) -> str:
    link = escape(f"{server.ui_url}{LOGIN_PATH}#{server.auth}")
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Copydesk: log in</title>\n'
        f'<meta http-equiv="refresh" content="0; url={link}"></head>\n'
        f'<body><p><a href="{link}">Log in to the Prefect UI</a>, or open {server.ui_url} and give it\n'
        f"<code>{escape(server.auth)}</code></p></body></html>\n"
    )


def _write_private(path: Path, text: str) -> None:
    """Write a new file: an existing file can be open to others."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
