"""Sessions are the same on every machine."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from warehouse.catalog.extensions import extension_binary, open_session


@pytest.mark.usefixtures("quick_sessions")
def test_every_connection_of_a_session_is_in_utc() -> None:
    session = open_session()
    for connection in (session, session.cursor()):
        assert connection.execute("SELECT current_setting('TimeZone')").fetchone() == ("UTC",)


def test_an_open_session_loads_no_extension_whose_signature_is_wrong(tmp_path: Path) -> None:
    binary = extension_binary("httpfs")
    assert binary is not None
    changed = bytearray(binary.read_bytes())
    changed[1000] ^= 1
    (tmp_path / binary.name).write_bytes(changed)
    with closing(open_session("ducklake", "sqlite_scanner")) as session:
        with pytest.raises(duckdb.Error, match="signature is either missing or invalid"):
            session.execute(f"LOAD '{tmp_path / binary.name}'")
        with pytest.raises(duckdb.Error, match="Cannot change allow_unsigned_extensions"):
            session.execute("SET GLOBAL allow_unsigned_extensions = true")
        session.execute(f"LOAD '{binary}'")
