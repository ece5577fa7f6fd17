"""Pages in the user's browser, and other users of the machine, get nothing from the server of `copydesk serve`."""

from __future__ import annotations

import base64
import json
import socket
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from served import Asked
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from flows.scheduling.server import local_server
from flows.scheduling.server_note import make_password

pytestmark = [pytest.mark.servers, pytest.mark.slow, pytest.mark.timeout(300)]

SOCKETS = (
    "/events/in",
    "/events/out",
    "/logs/out",
    "/task_runs/subscriptions/scheduled",
    "/work_pools/copydesk/workers/connect",
)
FOREIGN_PAGES = ("http://harbour.example", "null", "http://127.0.0.1:80", "https://127.0.0.1")
FOREIGN_NAMES = ("harbour.example", "harbour.example:4200", "0.0.0.0:4200", "127.0.0.1.harbour.example")


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """The server, as whoever has its password asks it."""
    with local_server(tmp_path_factory.mktemp("prefect")) as server:
        yield Asked(server)


def ask(method: str, url: str, **more: Any) -> httpx.Response:
    """What the server answers to whoever sends this."""
    return httpx.request(method, url, timeout=60, **more)


def test_without_the_password_nothing_is_told_and_nothing_done(api: Asked) -> None:
    strangers: list[dict[str, str]] = [
        {},
        {"Authorization": "Basic " + base64.b64encode(make_password().encode()).decode()},
        {"Authorization": "Basic " + base64.b64encode(b"copydesk:").decode()},
        {"Authorization": f"Bearer {api.server.auth}"},
    ]
    paths = list(ask("GET", f"{api.server.ui_url}/openapi.json").json()["paths"])
    assert len(paths) > 100
    for headers in strangers:
        assert ask("GET", f"{api.url}/admin/settings", headers=headers).status_code == 401
    told = [path for path in paths if path not in ("/api/health", "/api/ready", "/health", "/ready")]
    for path in told[::7]:
        answer = ask("GET", f"{api.url}{path.removeprefix('/api')}")
        assert answer.status_code == 401, path
    token = {"Prefect-Csrf-Client": "stranger", "Prefect-Csrf-Token": "guessed"}
    assert ask("POST", f"{api.url}/deployments/filter", json={}).status_code in (401, 403)
    assert ask("POST", f"{api.url}/deployments/filter", json={}, headers=token).status_code in (401, 403)
    assert ask("POST", f"{api.url}/deployments/filter", json={}, headers=api.token).status_code == 401


@pytest.mark.parametrize("origin", FOREIGN_PAGES)
def test_a_page_of_another_site_is_refused_even_with_the_password(api: Asked, origin: str) -> None:
    headers = {**api.login, **api.token, "Origin": origin}
    preflight = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    for answer in (
        ask("POST", f"{api.url}/deployments/filter", json={}, headers=headers),
        ask("GET", f"{api.url}/admin/settings", headers=headers),
        ask("OPTIONS", f"{api.url}/deployments/filter", headers=preflight),
    ):
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("host", FOREIGN_NAMES)
def test_a_site_that_points_its_name_here_is_refused_even_with_the_password(api: Asked, host: str) -> None:
    headers = {**api.login, **api.token, "Host": host}
    assert ask("POST", f"{api.url}/deployments/filter", json={}, headers=headers).status_code == 403
    assert ask("GET", api.server.ui_url, headers={"Host": host}).status_code == 403


def test_what_changes_something_needs_the_token_too(api: Asked) -> None:
    for token in (
        {},
        {"Prefect-Csrf-Client": "test", "Prefect-Csrf-Token": "guessed"},
        {"Prefect-Csrf-Client": "other", "Prefect-Csrf-Token": api.token["Prefect-Csrf-Token"]},
    ):
        answer = ask("POST", f"{api.url}/deployments/filter", json={}, headers={**api.login, **token})
        assert answer.status_code == 403, token
        assert answer.headers.get("access-control-allow-origin") is None
    assert api.post("/deployments/filter", {}) == []


def test_the_ui_reads_its_own_answers(api: Asked) -> None:
    headers = {**api.login, **api.token, "Origin": api.server.ui_url}
    answer = ask("POST", f"{api.url}/deployments/filter", json={}, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == api.server.ui_url
    told = ask("GET", f"{api.server.ui_url}/ui-settings").json()
    assert (told["auth"], told["csrf_enabled"], told["api_url"]) == ("BASIC", True, api.url)


@pytest.mark.parametrize("path", SOCKETS)
def test_a_socket_opens_for_no_other_site_and_no_other_name(api: Asked, path: str) -> None:
    url = api.url.replace("http://", "ws://") + path
    prefect = [Subprotocol("prefect")]
    for origin in FOREIGN_PAGES:
        with (
            pytest.raises(InvalidStatus, match="403"),
            connect(url, origin=Origin(origin), subprotocols=prefect),
        ):
            pass
    foreign = url.replace("127.0.0.1", "harbour.example")
    with pytest.raises(InvalidStatus, match="403"), connect(foreign, sock=_dial(api), subprotocols=prefect):
        pass


@pytest.mark.parametrize("path", SOCKETS)
def test_a_socket_tells_nothing_and_takes_nothing_without_the_password(api: Asked, path: str) -> None:
    url = api.url.replace("http://", "ws://") + path
    with pytest.raises((InvalidStatus, ConnectionClosed)), connect(url) as opened:
        opened.send("{}")
        opened.recv(timeout=60)
    for token in ("", "guessed", None):
        with connect(url, subprotocols=[Subprotocol("prefect")]) as opened:
            opened.send(json.dumps({"type": "auth", "token": token}))
            with pytest.raises(ConnectionClosed):
                opened.recv(timeout=60)


def test_a_socket_opens_for_who_has_the_password(api: Asked) -> None:
    url = api.url.replace("http://", "ws://") + "/logs/out"
    own = Origin(api.server.ui_url)
    with connect(url, subprotocols=[Subprotocol("prefect")], origin=own) as opened:
        opened.send(json.dumps({"type": "auth", "token": api.server.auth}))
        assert "auth_success" in str(opened.recv(timeout=60))


def _dial(api: Asked) -> socket.socket:
    return socket.create_connection(("127.0.0.1", api.server.port))
