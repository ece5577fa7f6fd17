"""Who may ask the dashboard, and what its answers forbid a browser."""

from __future__ import annotations

import base64

import pytest
from fastapi.testclient import TestClient

from core.errors import ConfigError
from core.settings import Settings
from dashboard.app import make_app
from dashboard.guards import Guard, is_loopback
from warehouse.asking.pinned import PinnedReader

TOKEN = "a-long-and-random-token"


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:1", "[::1]:8765", "LOCALHOST", "[::1]"])
def test_this_machines_names_are_answered(host: str) -> None:
    assert Guard().refusal("GET", {"host": host}) is None


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8765",
        "",
        "127.0.0.1@evil.example",
        "::1",
    ],
)
def test_a_foreign_host_name_is_refused(host: str) -> None:
    refused = Guard().refusal("GET", {"host": host})
    assert refused is not None
    assert refused[0] == 421


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_but_reading_is_answered(client: TestClient, method: str) -> None:
    assert client.request(method, "/").status_code == 405


def test_every_answer_forbids_scripts_frames_and_other_origins(client: TestClient) -> None:
    for path in ("/", "/outlets.json", "/style.css", "/nowhere", "/openapi.json"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers


def test_a_request_from_another_origin_gets_no_permission(client: TestClient) -> None:
    headers = client.get("/", headers={"Origin": "https://evil.example"}).headers
    assert not [name for name in headers if name.startswith("access-control")]
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "desk.example"])
def test_an_address_that_others_reach_needs_a_token(host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(ConfigError, match="--token"):
        Guard.for_address(host, None)
    assert Guard.for_address(host, TOKEN).token == TOKEN


def test_a_short_token_is_refused() -> None:
    with pytest.raises(ConfigError, match="16"):
        Guard.for_address("127.0.0.1", "secret")


def test_the_token_is_a_password_or_a_bearers(settings: Settings, reader: PinnedReader) -> None:
    client = TestClient(make_app(settings, reader, Guard.for_address("192.0.2.7", TOKEN)))
    refused = client.get("/outlets.json")
    assert refused.status_code == 401
    assert "Basic" in refused.headers["www-authenticate"]
    assert client.get("/outlets.json", auth=("anybody", TOKEN)).status_code == 200
    assert client.get("/outlets.json", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert client.get("/outlets.json", auth=("anybody", TOKEN[:-1])).status_code == 401
    broken = base64.b64encode(b"\xff\xfe:").decode()
    for header in (f"Basic {broken}", "Basic %%%", "Bearer", f"Digest {TOKEN}", ""):
        assert client.get("/", headers={"Authorization": header}).status_code == 401
