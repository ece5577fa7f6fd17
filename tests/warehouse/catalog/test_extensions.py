"""Sessions are the same on every machine."""

from __future__ import annotations

import pytest

from warehouse.catalog.extensions import open_session


@pytest.mark.usefixtures("quick_sessions")
def test_every_connection_of_a_session_is_in_utc() -> None:
    session = open_session()
    for connection in (session, session.cursor()):
        assert connection.execute("SELECT current_setting('TimeZone')").fetchone() == ("UTC",)
