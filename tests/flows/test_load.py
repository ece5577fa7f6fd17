"""Loading files: what lands, that twice is the same as once, and what bad input costs."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lakes import ask, read_tables

from core.errors import ConfigError
from core.outcomes import Outcome
from core.settings import Settings
from flows.load import load_files
from warehouse.asking.checks import run_checks
from warehouse.catalog.open import open_lake


def test_articles_land_with_their_rows_and_one_outcome_each(settings: Settings, articles: Path) -> None:
    report = load_files(settings, [articles])
    assert report.reasons == {("accepted", "new"): 3}
    rows = ask(settings.lake, "SELECT outlet, title, authors FROM articles ORDER BY title")
    assert rows == [
        ("harbour", "Bridge at Tarn to close for six weeks", ["Owen Sadler"]),
        ("harbour", "Ferry stops in fog off Port Lowen", ["Mara Quill"]),
        ("courier", "Ferry passengers back on land after fog", ["Sol Amery"]),
    ] or sorted(row[1] for row in rows) == sorted(
        [
            "Bridge at Tarn to close for six weeks",
            "Ferry stops in fog off Port Lowen",
            "Ferry passengers back on land after fog",
        ]
    )
    removed = ask(settings.lake, "SELECT text FROM removed_lines WHERE rule = 'comment_form'")
    assert {("Leave a Reply",), ("Be the first to comment",)} <= set(removed)


def test_every_check_passes_after_a_load(three_loaded: Path) -> None:
    with open_lake(Settings(lake=three_loaded), read_only=True) as lake:
        assert [result for result in run_checks(lake) if not result.is_good] == []


def test_loading_twice_gives_the_same_tables_and_says_unchanged(loaded: Settings, three_loaded: Path) -> None:
    before = read_tables(loaded.lake)
    made_by = ask(loaded.lake, "SELECT DISTINCT run_id FROM articles")
    report = load_files(loaded, [three_loaded.with_name("articles")])
    assert report.reasons == {("unchanged", "same_bytes"): 3}
    assert read_tables(loaded.lake) == before
    assert ask(loaded.lake, "SELECT DISTINCT run_id FROM articles") == made_by


def test_two_lakes_loaded_from_the_same_files_are_equal(no_lake: Settings, three_loaded: Path) -> None:
    one_by_one = no_lake.engine.model_copy(update={"batch_size": 1})
    load_files(no_lake.model_copy(update={"engine": one_by_one}), [three_loaded.with_name("articles")])
    assert read_tables(no_lake.lake) == read_tables(three_loaded)


def test_a_changed_article_replaces_its_rows_and_keeps_its_captures(loaded: Settings, articles: Path) -> None:
    page = articles / "courier" / "ferry-fog.html"
    page.write_text(page.read_text().replace("Around 180 passengers", "Around 195 passengers"))
    report = load_files(loaded, [page])
    assert report.reasons == {("accepted", "updated"): 1}
    bodies = ask(loaded.lake, "SELECT body_text FROM articles WHERE outlet = 'courier'")
    assert len(bodies) == 1 and "Around 195 passengers" in bodies[0][0]
    assert ask(loaded.lake, "SELECT count(*) FROM captures WHERE outlet = 'courier'") == [(2,)]


def test_two_copies_of_one_text_are_one_article_and_one_duplicate(settings: Settings, articles: Path) -> None:
    shutil.copy(articles / "harbour" / "bridge.txt", articles / "harbour" / "bridge-again.txt")
    report = load_files(settings, [articles / "harbour"])
    assert report.counts == {"accepted": 2, "duplicate": 1}
    assert ask(settings.lake, "SELECT count(*) FROM articles") == [(2,)]


def test_bad_input_costs_only_itself_and_says_why(settings: Settings, articles: Path) -> None:
    (articles / "empty.html").write_bytes(b"")
    (articles / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    (articles / "short.txt").write_text("Nothing happened.\n")
    (articles / "lines.jsonl").write_text('{"text": broken}\n')
    report = load_files(settings, [articles])
    assert report.counts["accepted"] == 3
    reasons = dict(ask(settings.lake, "SELECT parse_filename(input_ref), reason FROM outcomes"))
    assert reasons["empty.html"] == "empty"
    assert reasons["picture.html"] == "binary"
    assert reasons["short.txt"] in ("too_short", "no_body")
    assert reasons["lines.jsonl#line-1"] == "bad_record"


def test_rejected_bytes_keep_their_reason_when_they_come_again(settings: Settings, articles: Path) -> None:
    (articles / "short.txt").write_text("Nothing happened.\n")
    first = load_files(settings, [articles / "short.txt"])
    again = load_files(settings, [articles / "short.txt"])
    assert first.reasons == again.reasons
    assert set(again.counts) == {Outcome.REJECTED}


def test_records_bring_their_own_metadata(settings: Settings, tmp_path: Path) -> None:
    text = "The mill at Osk reopened on Friday with 40 workers, two years after it had closed. " * 3
    record = {
        "url": "https://valley.example/mill",
        "title": "Mill at Osk reopens",
        "authors": ["Ada Brink"],
        "published_at": "2026-05-08T07:00:00Z",
        "text": text,
    }
    file = tmp_path / "records.jsonl"
    file.write_text(json.dumps(record) + "\n")
    load_files(settings, [file])
    rows = ask(settings.lake, "SELECT outlet, title, authors, published_source, month FROM articles")
    assert rows == [
        (
            "valley.example",
            "Mill at Osk reopens",
            ["Ada Brink"],
            "record",
            datetime(2026, 5, 1, tzinfo=UTC).date(),
        )
    ]


def test_a_given_time_of_publication_stands_where_none_is_found(settings: Settings, articles: Path) -> None:
    load_files(settings, [articles], published=datetime(2026, 5, 4, tzinfo=UTC))
    rows = ask(settings.lake, "SELECT outlet, published_at FROM articles WHERE published_at IS NOT NULL")
    assert len(rows) == 3
    courier = [row for row in rows if row[0] == "courier"]
    assert courier[0][1].astimezone(UTC) == datetime(2026, 5, 4, 17, 30, tzinfo=UTC)


def test_a_path_that_is_not_there_is_the_users_error(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="nowhere"):
        load_files(settings, [tmp_path / "nowhere"])


def test_a_failed_run_is_recorded_as_failed(
    settings: Settings, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import recipe

    def fail(*_: object) -> None:
        raise RuntimeError("the clusters are gone")

    monkeypatch.setattr(recipe, "group_new_articles", fail)
    with pytest.raises(RuntimeError, match="clusters are gone"):
        load_files(settings, [articles])
    assert ask(settings.lake, "SELECT state FROM runs") == [("failed",)]


@pytest.mark.slow  # four whole loads
def test_every_headline_and_text_that_an_article_had_is_a_revision(
    settings: Settings, articles: Path
) -> None:
    page = articles / "courier" / "ferry-fog.html"
    load_files(settings, [page])
    edits = (
        ("would rather take", "would much rather take"),
        ("Around 180 passengers", "Around 195 passengers"),
        ("Ferry passengers back on land", "Ferry passengers not yet on land"),
    )
    for before, after in edits:
        page.write_text(page.read_text().replace(before, after))
        assert load_files(settings, [page]).reasons == {("accepted", "updated"): 1}
    rows = ask(
        settings.lake,
        "SELECT added_words_count, removed_words_count, title FROM article_revisions ORDER BY fetched_at",
    )
    assert rows[0][0] > 60 and rows[0][1] == 0
    assert [row[:2] for row in rows[1:]] == [(1, 0), (1, 1), (2, 1)]
    assert rows[-1][2] == "Ferry passengers not yet on land after fog"


@pytest.mark.slow  # five whole loads
def test_an_edit_that_is_taken_back_brings_the_earlier_text_back(settings: Settings, articles: Path) -> None:
    page = articles / "courier" / "ferry-fog.html"
    first = page.read_text()
    texts = [first, first.replace("Around 180", "Around 195"), first]
    reasons = []
    for hour, text in enumerate(texts):
        page.write_text(text)
        os.utime(page, (1_700_000_000 + 3600 * hour,) * 2)
        reasons += load_files(settings, [page]).reasons
    assert reasons == [("accepted", "new"), ("accepted", "updated"), ("accepted", "updated")]
    (body,) = ask(settings.lake, "SELECT body_text FROM articles")
    assert "Around 180" in body[0]
    assert ask(settings.lake, "SELECT count(*) FROM article_revisions") == [(3,)]
    assert load_files(settings, [page]).reasons == {("unchanged", "same_bytes"): 1}
    os.utime(page, (1_700_000_000 + 9 * 3600,) * 2)
    assert load_files(settings, [page]).reasons == {("unchanged", "same_bytes"): 1}


@pytest.mark.slow  # three whole loads
def test_an_older_copy_of_a_page_does_not_take_the_place_of_the_edited_one(
    settings: Settings, articles: Path
) -> None:
    page = articles / "courier" / "ferry-fog.html"
    first = page.read_text()
    for hour, text in ((0, first), (2, first.replace("Around 180", "Around 195")), (1, first)):
        page.write_text(text)
        os.utime(page, (1_700_000_000 + 3600 * hour,) * 2)
        report = load_files(settings, [page])
    assert report.reasons == {("unchanged", "same_bytes"): 1}
    assert "Around 195" in ask(settings.lake, "SELECT body_text FROM articles")[0][0]
