"""What the OpenAPI description promises is what the addresses answer, whatever they are asked."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as examples_of

from core.settings import Settings
from dashboard.app import make_app
from dashboard.guards import Guard
from warehouse.asking.pinned import PinnedReader

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1_200)]  # each question of SQL starts a process
EXAMPLES = 6
settings_of_a_round = examples_of(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_every_address_answers_as_described(settings: Settings, reader: PinnedReader) -> None:
    schemathesis = pytest.importorskip("schemathesis")
    app = make_app(settings, reader, Guard())
    described = TestClient(app, base_url="http://localhost").get("/openapi.json").json()
    schema = schemathesis.openapi.from_dict(described)
    for operation in (each.ok() for each in schema.get_all_operations()):
        _ask(app, operation)


def _ask(app: object, operation: object) -> None:
    @settings_of_a_round
    @given(case=operation.as_strategy())  # type: ignore[attr-defined]
    def ask(case: object) -> None:
        client = TestClient(app, base_url="http://localhost", raise_server_exceptions=False)  # type: ignore[arg-type]
        asked = case.as_transport_kwargs(base_url="http://localhost")  # type: ignore[attr-defined]
        answer = client.request(**{name: value for name, value in asked.items() if name != "cookies"})
        assert answer.status_code in (200, 400, 404), (answer.request.url, answer.status_code)

    ask()
