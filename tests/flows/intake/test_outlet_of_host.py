"""Records and pages that tell only their address are of the outlet in the settings that has its host."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lakes import ask

from core.outlets import CleaningOverrides, Outlet
from core.settings import EngineSettings, Settings
from flows.intake.options import find_outlet_keys
from flows.load import load_files
from flows.preview import preview_bytes, preview_lines
from tasks.acquire.base.naming import find_outlet_key

OUTLETS = (
    Outlet(
        key="gullcliff-times",
        home_url="https://www.gullcliff.example/",
        hosts=("gullcliff-mobile.example",),
        cleaning=CleaningOverrides(phrases=("By the old bell.",)),
    ),
    Outlet(key="tarn-post", home_url="http://127.0.0.1:8801/"),
    Outlet(key="lowmarsh-news", home_url="http://127.0.0.1:8802/"),
)
TEXT = (
    "Pier opens again\n\nThe pier at Gullcliff opened again on Monday after the storm of last winter, and some two"
    " hundred people came to walk to its end and back.\n\nBy the old bell.\n\nIt will stay open until the autumn, the"
    " council said, when the last of the planks will be replaced."
)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://gullcliff.example/a", "gullcliff-times"),
        ("https://www.gullcliff.example/a", "gullcliff-times"),
        ("https://sport.gullcliff.example/a", "gullcliff-times"),
        ("https://gullcliff-mobile.example/a", "gullcliff-times"),
        ("http://127.0.0.1:8801/a", "tarn-post"),
        ("http://127.0.0.1:8802/a", "lowmarsh-news"),
        ("https://notgullcliff.example/a", None),
        ("https://example/a", None),
        ("file:///tmp/a.html", None),
        (None, None),
    ],
)
def test_the_outlet_that_has_the_host_is_found(url: str | None, key: str | None) -> None:
    assert find_outlet_key(url, find_outlet_keys(Settings(outlets=OUTLETS))) == key


def test_a_preview_knows_the_outlet_by_the_address_and_its_rules_apply() -> None:
    settings = Settings(outlets=OUTLETS)
    line = json.dumps({"id": 1, "text": TEXT, "url": "https://m.gullcliff.example/pier"}).encode()
    by_line, by_option = (
        next(preview_lines(settings, [line])),
        next(preview_lines(settings, [line], outlet="tarn-post")),
    )
    assert by_line["article"]["outlet"] == "gullcliff-times"
    assert [row["rule"] for row in by_line["removed_lines"]] == ["title", "outlet_phrase"]
    assert by_option["article"]["outlet"] == "tarn-post"
    assert "By the old bell." in by_option["article"]["body_text"]
    piped = preview_bytes(settings, TEXT.encode(), url="https://gullcliff.example/pier")
    assert piped["article"]["outlet"] == "gullcliff-times"


def test_a_loaded_record_is_of_the_outlet_that_has_its_host(tmp_path: Path) -> None:
    settings = Settings(lake=tmp_path / "lake", outlets=OUTLETS, engine=EngineSettings(name="inline"))
    records = [
        {"text": TEXT, "url": "https://m.gullcliff.example/pier"},
        {"text": TEXT.replace("Gullcliff", "Aldery"), "url": "https://aldery.example/pier"},
    ]
    file = tmp_path / "records.jsonl"
    file.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    load_files(settings, [file])
    assert ask(settings, "SELECT outlet FROM articles ORDER BY outlet") == [
        ("aldery.example",),
        ("gullcliff-times",),
    ]
