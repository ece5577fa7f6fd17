"""Many readers beside a load: no error, and every page shows one snapshot."""

from __future__ import annotations

import os
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from core.settings import EngineSettings, Settings
from dashboard.app import make_app
from dashboard.guards import Guard
from flows.load import load_files
from warehouse.asking.pinned import PinnedReader

pytestmark = pytest.mark.slow
# COPYDESK_READER_SECONDS=120 for the long round.
SECONDS = float(os.environ.get("COPYDESK_READER_SECONDS", "20"))
READERS = 20
TEXT = "The old mill at Sorn burned down on {day}. About {count} people watched from the bridge, mayor Ida Brook said. "


def write_article(folder: Path, outlet: str, number: int) -> Path:
    file = folder / outlet / f"{number}.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    text = TEXT.format(day=f"day {number}", count=40 + number)
    file.write_text(f"Mill burns at Sorn, report {number}\n\n2026-03-04\n\n" + text * 3)
    return file


def test_twenty_readers_beside_loads_see_no_error_and_one_snapshot_each(tmp_path: Path) -> None:
    settings = Settings(lake=tmp_path / "lake", engine=EngineSettings(name="inline"))
    load_files(settings, [write_article(tmp_path, outlet, 0).parent for outlet in ("post", "times")])
    ends_at = time.monotonic() + SECONDS
    wrong: list[str] = []
    served: list[int] = []
    with closing(PinnedReader(settings)) as reader:
        app = make_app(settings, reader, Guard())

        def read(number: int) -> None:
            client = TestClient(app, base_url="http://localhost", raise_server_exceptions=False)
            while time.monotonic() < ends_at:
                front = client.get("/.json")
                if front.status_code != 200:
                    wrong.append(f"/: {front.status_code} {front.text[:200]}")
                    return
                for line in front.json()["stories"]:
                    story = client.get(f"/stories/{line['story_id']}.json")
                    if story.status_code == 404:
                        continue  # a later snapshot joined it to another
                    page = story.json()
                    told = {one["article_id"] for one in page.get("tellings", ())}
                    asked = {r["article_id"] for q in page.get("questions", ()) for r in q["readings"]}
                    if story.status_code != 200 or not asked <= told:
                        wrong.append(f"{story.status_code} {sorted(asked - told)}")
                served.append(number)

        threads = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
        for thread in threads:
            thread.start()
        for number in range(1, 1_000):
            if time.monotonic() > ends_at:
                break
            load_files(settings, [write_article(tmp_path, f"paper-{number % 5}", number).parent])
        for thread in threads:
            thread.join()
    assert wrong == []
    assert set(served) == set(range(READERS))
