"""Data checks: silent on a good lake, and each names the rows that break its promise."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import ConfigError
from tests.warehouse.conftest import PartFolder, make_rejection, make_rows, make_run
from warehouse.asking.checks import list_checks, run_check, run_checks
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import Lake, open_lake
from warehouse.landing.land import land_parts

# A quotation of each article, whose span is all of its text.
QUOTING = (
    "INSERT INTO quotations (article_id, start_char, end_char, text, kind, is_anonymous, month)"
    " SELECT article_id, 0, length(body_text),"
)


@pytest.fixture(scope="module")
def good_lake(tmp_path_factory: pytest.TempPathFactory, empty_lake: Path) -> Iterator[Lake]:
    folder = tmp_path_factory.mktemp("checks") / "lake"
    shutil.copytree(empty_lake, folder)
    with open_lake(LakeLocation.at(folder)) as lake:
        rows = make_rows("a"), make_rows("b", outlet="kelder-post"), make_rejection("c")
        land_parts(lake, make_run(), [PartFolder(lake)(*rows)])
        yield lake


def test_a_good_lake_passes_every_check(good_lake: Lake) -> None:
    results = run_checks(good_lake)
    assert len(results) == len(list_checks())
    assert [result.name for result in results if not result.is_good] == []


@pytest.mark.parametrize(
    ("check", "damage"),
    [
        ("articles_key_unique", "INSERT INTO articles SELECT * FROM articles"),
        ("outcomes_key_unique", "INSERT INTO outcomes SELECT * FROM outcomes"),
        ("spans_inside_text", "UPDATE figures SET end_char = 9999"),
        ("spans_inside_text", "UPDATE mentions SET end_char = start_char"),
        ("spans_equal_surface", "UPDATE figures SET surface = '301'"),
        ("run_sums_match", "UPDATE runs SET input_count = 1"),
        ("run_sums_match", "DELETE FROM outcomes WHERE outcome = 'rejected'"),
        ("mentions_article_exists", "DELETE FROM articles WHERE outlet = 'kelder-post'"),
        ("mentions_article_exists", "UPDATE mentions SET month = DATE '2020-01-01'"),
        ("articles_have_capture", "DELETE FROM captures"),
        ("months_are_right", "UPDATE articles SET published_at = TIMESTAMPTZ '2020-01-01 00:00:00+00'"),
        ("figures_in_order", "UPDATE figures SET low = 500"),
        ("figures_in_order", "UPDATE figures SET is_suspect = true"),
        ("figures_values_known", "UPDATE figures SET kind = 'guess'"),
        ("outcomes_reason_known", "UPDATE outcomes SET reason = 'new' WHERE outcome = 'rejected'"),
        ("mentions_have_entity", "DELETE FROM entities"),
        ("sentences_exist", "DELETE FROM sentences"),
        ("runs_end_after_begin", "UPDATE runs SET finished_at = TIMESTAMPTZ '2000-01-01 00:00:00+00'"),
        (
            "unnamed_speakers_are_no_person",
            "INSERT INTO quotations (article_id, start_char, end_char, text, kind, speaker, speaker_entity_id, is_anonymous, month)"
            " SELECT article_id, start_char, end_char, 'No', 'direct', 'an aide to Lund', entity_id, true, month FROM mentions",
        ),
        ("ratios_in_range", "UPDATE line_statistics SET linked_ratio = 2"),
        ("quotations_inside_span", f"{QUOTING} 'People 300', 'direct', false, month FROM articles"),
    ],
)
def test_a_broken_promise_is_found(good_lake: Lake, check: str, damage: str) -> None:
    before = good_lake.snapshot_id
    good_lake.execute("BEGIN")
    good_lake.execute(damage)
    result = run_check(good_lake, next(known for known in list_checks() if known.name == check))
    good_lake.execute("ROLLBACK")
    assert result.failing_count > 0
    assert result.sample
    assert good_lake.snapshot_id == before


def test_words_that_differ_from_their_span_in_marks_and_spaces_are_inside_it(good_lake: Lake) -> None:
    good_lake.execute("BEGIN")
    good_lake.execute(f"{QUOTING} replace(body_text, ' ', '  “'), 'direct', false, month FROM articles")
    result = run_check(
        good_lake, next(known for known in list_checks() if known.name == "quotations_inside_span")
    )
    good_lake.execute("ROLLBACK")
    assert result.is_good


def test_a_row_beside_empty_tables_is_checked(empty_lake: Path, tmp_path: Path) -> None:
    shutil.copytree(empty_lake, tmp_path / "lake")
    with open_lake(LakeLocation.at(tmp_path / "lake")) as lake:
        assert [result.name for result in run_checks(lake) if not result.is_good] == []
        lake.execute(
            "INSERT INTO removed_lines (article_id, line_number, text, rule, section, month)"
            " VALUES ('a', 1, 'Share', 'odd', 'odd', DATE '2031-05-01')"
        )
        bad = {result.name for result in run_checks(lake) if not result.is_good}
    assert bad == {"removed_lines_article_exists", "removed_lines_values_known"}, "articles have no row"


def test_an_unknown_check_gets_the_nearest_name(good_lake: Lake) -> None:
    with pytest.raises(ConfigError, match="did you mean 'spans_inside_text'"):
        run_checks(good_lake, "spans_inside_texts")
