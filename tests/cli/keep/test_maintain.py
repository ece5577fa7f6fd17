"""`copydesk maintain` as it is called from cron: a dry run looks only, and no lake is made by mistake."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lakes import ask

from tests.cli.command import answer, run


def test_a_dry_run_counts_what_would_go_and_leaves_it(own_lake: Path) -> None:
    orphan = own_lake / "data" / "main" / "stories" / "of-a-killed-writer.parquet"
    orphan.write_bytes(b"not finished")
    long_ago = (datetime.now(UTC) - timedelta(days=9)).timestamp()
    os.utime(orphan, (long_ago, long_ago))
    snapshots = ask(own_lake, "SELECT max(snapshot_id) FROM lake.snapshots()")
    told = json.loads(answer("maintain", "--dry-run", "--json", lake=own_lake))
    assert (told["is_dry_run"], told["removed"]["orphans"]) == (True, 1)
    assert told["before"] == told["after"]
    assert "would be removed" in answer("maintain", "--dry-run", lake=own_lake)
    assert orphan.exists()
    assert ask(own_lake, "SELECT max(snapshot_id) FROM lake.snapshots()") == snapshots
    assert ask(own_lake, "SELECT count(*) FROM runs WHERE flow = 'maintain'") == [(0,)]


def test_a_lake_that_is_not_there_is_the_users_error_and_is_not_made(tmp_path: Path) -> None:
    for words in (["maintain"], ["maintain", "--dry-run"]):
        code, output, error = run(*words, lake=tmp_path / "typo")
        assert (code, output) == (2, "")
        assert f"no lake at {tmp_path / 'typo'}" in error
    assert not (tmp_path / "typo").exists()
