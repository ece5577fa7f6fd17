"""What a Prefect server does to us is told with what to do about it, and is no defect of Copydesk."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from prefect import flow

from core.errors import ConfigError, TransientError
from core.outlets import Outlet
from core.settings import Settings
from flows.scheduling.serve import deploy_flows
from flows.scheduling.trouble import explained_trouble
from tests.servers import free_port


class _Refusing(BaseHTTPRequestHandler):
    """Answers every question with 401."""

    def do_GET(self) -> None:
        """Who asks has no password that is good enough."""
        self.send_response(401)
        self.end_headers()

    def do_POST(self) -> None:
        """The same."""
        self.do_GET()

    def log_message(self, *_args: object) -> None:
        """Stay quiet."""


@pytest.fixture
def refusing() -> Iterator[str]:
    """The API's URL of a server that refuses everybody."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Refusing)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/api"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def followed(tmp_path: Path) -> Settings:
    outlet = Outlet(key="harbour", feeds=("https://harbour.example/rss",), schedule="20m")
    return Settings(lake=tmp_path / "lake", outlets=(outlet,))


def deploy(settings: Settings, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Deploy to the server of that address."""
    from prefect.settings import PREFECT_API_URL, temporary_settings

    monkeypatch.setenv("PREFECT_API_URL", url)
    with temporary_settings({PREFECT_API_URL: url}):
        deploy_flows(settings, "copydesk", print)


def test_a_server_that_refuses_us_asks_for_the_password(
    refusing: str, followed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(
        ConfigError, match=rf"{refusing} refused the login \(401\): set PREFECT_API_AUTH_STRING"
    ):
        deploy(followed, refusing, monkeypatch)


def test_nobody_at_the_address_is_worth_another_try(
    followed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"http://127.0.0.1:{free_port()}/api"
    with pytest.raises(TransientError, match=rf"the Prefect server at {url} cannot be reached"):
        deploy(followed, url, monkeypatch)


def test_a_run_that_is_refused_is_not_told_that_the_server_is_away(
    refusing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with (
        temporary_settings({PREFECT_API_URL: refusing}),
        pytest.raises(ConfigError, match="PREFECT_API_AUTH_STRING"),
        explained_trouble(),
    ):
        flow(name="refused")(lambda: None)()


def test_other_errors_come_out_as_they_are() -> None:
    with pytest.raises(ValueError, match="of our own"), explained_trouble():
        raise ValueError("of our own")
    with pytest.raises(TransientError, match="the store"), explained_trouble():
        raise TransientError("the store is away")
