"""Who is let through to the Prefect server beside the lake, by the headers of a request alone."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import prefect
import psutil
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from flows.scheduling.guard import LOGIN_PATH, LoopbackGuard
from flows.scheduling.server_note import (
    LocalServer,
    login_page,
    make_password,
    read_note,
    remove_note,
    write_note,
)

ORIGIN = "http://127.0.0.1:4711"
SOCKET = "ws://127.0.0.1:4711/api/events/in"


async def _answer(_: Request) -> Response:
    return PlainTextResponse("behind the guard", headers={"Access-Control-Allow-Origin": "*"})


async def _greet(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("behind the guard")
    await socket.close()


@pytest.fixture
def client() -> Iterator[TestClient]:
    routes = [
        Route("/{path:path}", _answer, methods=["GET", "POST", "OPTIONS"]),
        WebSocketRoute("/api/events/in", _greet),
    ]
    guarded = LoopbackGuard(Starlette(routes=routes), ORIGIN)
    with TestClient(guarded, base_url=ORIGIN, follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize(
    "host",
    [
        "harbour.example",
        "harbour.example:4711",
        "127.0.0.1.harbour.example",
        "localhost.harbour.example",
        "127.0.0.1@harbour.example",
        "127.0.0.1:4711.harbour.example",
        "0.0.0.0:4711",
        "[::]:4711",
        "192.168.1.7:4711",
        "127.0.0.1:4711\n",
        "127.0.0.1:",
        "",
    ],
)
def test_a_name_that_is_not_this_machines_is_refused(client: TestClient, host: str) -> None:
    for method in ("GET", "POST", "OPTIONS"):
        answer = client.request(method, "/api/flows/filter", headers={"Host": host})
        assert answer.status_code == 403, method
        assert "127.0.0.1 only" in answer.text
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect(SOCKET, headers={"Host": host}),
    ):
        pass
    assert "127.0.0.1 only" in refused.value.reason


@pytest.mark.parametrize(
    "host", ["127.0.0.1:4711", "localhost:4711", "LOCALHOST:4711", "[::1]:4711", "127.0.0.1"]
)
def test_a_program_of_this_machine_asks_by_any_of_its_names(client: TestClient, host: str) -> None:
    answer = client.post("/api/flows/filter", headers={"Host": host})
    assert (answer.status_code, answer.text) == (200, "behind the guard")


@pytest.mark.parametrize(
    "origin",
    [
        "http://harbour.example",
        "null",
        "http://localhost:4711",
        "https://127.0.0.1:4711",
        "http://127.0.0.1:4712",
        "http://127.0.0.1:47110",
        "http://127.0.0.1:4711.harbour.example",
        "",
    ],
)
def test_a_page_of_another_origin_is_refused(client: TestClient, origin: str) -> None:
    for method in ("GET", "POST", "OPTIONS"):
        answer = client.request(method, "/api/flows/filter", headers={"Origin": origin})
        assert answer.status_code == 403, method
        assert "access-control-allow-origin" not in answer.headers
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect(SOCKET, headers={"Origin": origin}),
    ):
        pass
    assert "another site" in refused.value.reason


def test_the_ui_itself_is_let_through(client: TestClient) -> None:
    assert client.post("/api/flows/filter", headers={"Origin": ORIGIN}).text == "behind the guard"
    with client.websocket_connect(SOCKET, headers={"Origin": ORIGIN}) as opened:
        assert opened.receive_text() == "behind the guard"


def test_no_answer_is_granted_to_all_origins_or_stands_in_another_sites_frame(client: TestClient) -> None:
    answer = client.get("/api/flows")
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"


def test_two_hosts_in_one_request_are_refused(client: TestClient) -> None:
    hosts = [("Host", "127.0.0.1:4711"), ("Host", "harbour.example")]
    assert client.get("/api/flows", headers=hosts).status_code == 403


def test_a_page_asked_by_another_name_of_this_machine_is_found_at_the_address_of_the_ui(
    client: TestClient,
) -> None:
    answer = client.get("/runs", headers={"Host": "localhost:4711"})
    assert (answer.status_code, answer.headers["location"]) == (307, f"{ORIGIN}/runs")
    answer = client.get("//harbour.example/runs", headers={"Host": "localhost:4711"})
    assert answer.headers["location"].startswith(f"{ORIGIN}/")


def test_the_login_puts_the_password_where_the_ui_looks_for_it(client: TestClient) -> None:
    answer = client.get(LOGIN_PATH)
    assert answer.headers["cache-control"] == "no-store"
    (script,) = re.findall(r"<script>(.*)</script>", answer.text)
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node here to run the page's script")
    browser = (
        "const kept = {}; let went; const btoa = text => Buffer.from(text).toString('base64');"
        "const localStorage = {setItem: (key, value) => { kept[key] = value; }};"
        "const location = {hash: '#copydesk:a_b-c', replace: to => { went = to; }};"
        f"{script}; console.log(JSON.stringify([kept, went]));"
    )
    done = subprocess.run([node, "-e", browser], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [
        {"prefect-password": base64.b64encode(b"copydesk:a_b-c").decode()},
        "/",
    ]


def test_the_ui_of_this_prefect_still_looks_there() -> None:
    for assets in (prefect.__ui_static_path__, prefect.__ui_v2_static_path__):
        scripts = [path.read_text() for path in (Path(assets) / "assets").glob("*.js")]
        assert any("`prefect-password`" in script for script in scripts), assets


def test_what_is_noted_of_the_server_is_for_its_owner_alone(tmp_path: Path) -> None:
    (tmp_path / "server.json").write_text("an older one, readable by others")
    server = LocalServer(4711, make_password())
    before = os.umask(0)
    try:
        write_note(tmp_path, psutil.Process(), server)
    finally:
        os.umask(before)
    files = [path for path in tmp_path.iterdir() if server.auth in path.read_text()]
    assert sorted(path.name for path in files) == ["login.html", "server.json"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    note = read_note(tmp_path)
    assert note
    assert note.server == server
    assert note.find_process() == psutil.Process()
    assert server.auth not in repr(note)
    remove_note(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_login_page_leads_to_the_ui_with_the_password_behind_the_hash(tmp_path: Path) -> None:
    server = LocalServer(4711, "copydesk:abc")
    write_note(tmp_path, psutil.Process(), server)
    text = login_page(tmp_path).read_text()
    assert f'content="0; url={ORIGIN}{LOGIN_PATH}#copydesk:abc"' in text


def test_no_two_passwords_are_alike() -> None:
    passwords = {make_password() for _ in range(100)}
    assert len(passwords) == 100
    assert min(len(password) for password in passwords) > 40


@pytest.mark.parametrize(
    "text", ["", "[]", "7", '{"pid": 1}', '{"pid": "x", "created": 1, "port": 1}', "null"]
)
def test_a_broken_note_names_no_server(tmp_path: Path, text: str) -> None:
    (tmp_path / "server.json").write_text(text)
    assert read_note(tmp_path) is None
