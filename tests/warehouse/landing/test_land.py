"""Landing: one transaction, one outcome per input, the newest capture of an article wins."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.errors import ContractError
from core.tables import TABLES
from tests.warehouse.conftest import (
    BODY,
    PartFolder,
    count_rows,
    make_rejection,
    make_rows,
    make_run,
    snapshot_tables,
)
from warehouse.catalog.open import Lake
from warehouse.landing.land import land_parts, land_rows, record_run

LATER = datetime(2024, 6, 1, 12, tzinfo=UTC)
NEWER_TEXT = BODY + "\n\nIda Lund added that the quay was closed."


def reasons(lake: Lake, run_id: str) -> dict[str, tuple[str, str]]:
    rows = lake.execute(
        "SELECT input_ref, outcome, reason FROM outcomes WHERE run_id = ? ORDER BY ALL", [run_id]
    ).fetchall()
    return {ref.rsplit("/", 1)[-1]: (outcome, reason) for ref, outcome, reason in rows}


def text_of(lake: Lake, slug: str) -> list[tuple[str]]:
    return lake.execute("SELECT body_text FROM articles WHERE url LIKE ?", [f"%/{slug}"]).fetchall()


def article_ids(lake: Lake) -> list[str]:
    return [row[0] for row in lake.execute("SELECT article_id FROM articles ORDER BY ALL").fetchall()]


def test_new_articles_land_with_all_their_rows(lake: Lake, part: PartFolder) -> None:
    report = land_parts(lake, make_run(), [part(make_rows("a"), make_rows("b"), make_rejection("c"))])
    assert report.counts == {("accepted", "new"): 2, ("rejected", "too_short"): 1}
    counts = {name: count_rows(lake, name) for name in ("articles", "captures", "mentions", "figures")}
    assert counts == {"articles": 2, "captures": 2, "mentions": 2, "figures": 2}
    assert count_rows(lake, "entities") == 1
    assert reasons(lake, "run-1")["c"] == ("rejected", "too_short")


def test_the_same_part_landed_twice_by_a_run_changes_nothing(lake: Lake, part: PartFolder) -> None:
    folder = part(make_rows("a"), make_rejection("c"))
    land_parts(lake, make_run(), [folder])
    before = snapshot_tables(lake, "runs")
    again = land_parts(lake, make_run(), [folder])
    assert again.counts == {}
    assert snapshot_tables(lake, "runs") == before


def test_captures_of_several_months_are_in_the_lake_once(lake: Lake, part: PartFolder) -> None:
    inputs = (make_rows("a"), make_rows("b", fetched_at=LATER))
    land_parts(lake, make_run(), [part(*inputs)])
    for number in (2, 3):
        land_parts(lake, make_run(f"run-{number}"), [part(*inputs[-number + 1 :])])
    assert count_rows(lake, "captures") == 2


def test_an_older_capture_does_not_replace_a_newer_article(lake: Lake, part: PartFolder) -> None:
    land_parts(lake, make_run(), [part(make_rows("a", body=NEWER_TEXT, fetched_at=LATER))])
    land_parts(lake, make_run("run-2"), [part(make_rows("a"))])
    assert reasons(lake, "run-2") == {"a": ("duplicate", "older_capture")}
    assert text_of(lake, "a") == [(NEWER_TEXT,)]


def test_of_two_captures_in_one_landing_the_newest_wins(lake: Lake, part: PartFolder) -> None:
    older = part(make_rows("a", input_ref="first"))
    newer = part(make_rows("a", body=NEWER_TEXT, fetched_at=LATER, input_ref="second"))
    land_parts(lake, make_run(), [older, newer])
    assert reasons(lake, "run-1") == {
        "first": ("duplicate", "older_capture"),
        "second": ("accepted", "new"),
    }
    assert text_of(lake, "a") == [(NEWER_TEXT,)]
    assert count_rows(lake, "mentions") == 1
    assert count_rows(lake, "captures") == 2


def test_of_two_captures_with_one_text_the_other_is_the_same_article(lake: Lake, part: PartFolder) -> None:
    parts = [part(make_rows("a", input_ref="x")), part(make_rows("a", fetched_at=LATER, input_ref="y"))]
    land_parts(lake, make_run(), parts)
    assert reasons(lake, "run-1") == {
        "x": ("duplicate", "same_article_in_run"),
        "y": ("accepted", "new"),
    }


def test_a_backfill_deletes_what_comes_out_rejected(lake: Lake, part: PartFolder) -> None:
    kept, lost = make_rows("a"), make_rows("b")
    land_parts(lake, make_run(), [part(kept, lost)])
    rejection = make_rejection("b", capture_id=lost["captures"][0]["capture_id"])
    report = land_parts(lake, make_run("run-2"), [part(rejection)], replace=True)
    assert report.counts == {("rejected", "too_short"): 1}
    assert article_ids(lake) == [kept["articles"][0]["article_id"]]
    assert count_rows(lake, "figures") == 1
    assert count_rows(lake, "captures") == 2


def test_an_older_capture_takes_over_when_the_newest_comes_out_rejected(lake: Lake, part: PartFolder) -> None:
    old = make_rows("a", input_ref="old")
    new = make_rows("a", body=NEWER_TEXT, fetched_at=LATER)
    land_parts(lake, make_run(), [part(old)])
    land_parts(lake, make_run("run-2"), [part(new)])
    rejection = make_rejection("new", capture_id=new["captures"][0]["capture_id"])
    report = land_parts(lake, make_run("run-3"), [part(old, rejection)], replace=True)
    assert report.counts == {("accepted", "reprocessed"): 1, ("rejected", "too_short"): 1}
    assert text_of(lake, "a") == [(BODY,)]


def test_a_deleted_article_leaves_its_story_and_its_copies(lake: Lake, part: PartFolder) -> None:
    first, second = make_rows("a"), make_rows("b", outlet="kelder-post")
    land_parts(lake, make_run(), [part(first, second)])
    group_as_story(lake, first, second)
    rejection = make_rejection("a", capture_id=first["captures"][0]["capture_id"])
    land_parts(lake, make_run("run-3"), [part(rejection)], replace=True)
    assert count_rows(lake, "story_articles") == 1
    assert lake.execute("SELECT article_count, outlet_count FROM stories").fetchall() == [(1, 1)]
    assert count_rows(lake, "duplicates") == 0


def test_a_story_without_articles_goes(lake: Lake, part: PartFolder) -> None:
    first, second = make_rows("a"), make_rows("b", outlet="kelder-post")
    land_parts(lake, make_run(), [part(first, second)])
    group_as_story(lake, first, second)
    gone = [make_rejection(slug, r["captures"][0]["capture_id"]) for slug, r in (("a", first), ("b", second))]
    land_parts(lake, make_run("run-3"), [part(*gone)], replace=True)
    assert count_rows(lake, "stories") == 0


def test_rows_of_a_group_step_are_replaced_by_key_or_deleted(lake: Lake, part: PartFolder) -> None:
    first, second = make_rows("a"), make_rows("b", outlet="kelder-post")
    land_parts(lake, make_run(), [part(first, second)])
    group_as_story(lake, first, second)
    renamed = TABLES["stories"].to_arrow(
        [{"story_id": "s1", "title": "Renamed", "article_count": 2, "outlet_count": 2}]
    )
    copy_id = second["articles"][0]["article_id"]
    land_rows(lake, make_run("run-4"), {"stories": renamed}, delete={"duplicates": [copy_id]})
    assert lake.execute("SELECT title FROM stories").fetchall() == [("Renamed",)]
    assert count_rows(lake, "duplicates") == 0
    assert count_rows(lake, "story_articles") == 2


def test_entities_keep_every_form_and_the_fullest_name(lake: Lake, part: PartFolder) -> None:
    short, full = make_rows("a"), make_rows("b")
    full["entities"][0] |= {"name": "Ida Marie Lund", "aliases": ["Ms Lund"], "country_code": "DK"}
    land_parts(lake, make_run(), [part(full)])
    land_parts(lake, make_run(), [part(short)])
    found = lake.execute("SELECT name, aliases, country_code FROM entities").fetchall()
    assert found == [("Ida Marie Lund", ["Ida Lund", "Lund", "Ms Lund"], "DK")]


@pytest.mark.parametrize("types", [("person", "organisation"), ("organisation", "person")])
def test_the_type_of_an_entity_depends_on_no_order(
    lake: Lake, part: PartFolder, types: tuple[str, str]
) -> None:
    for slug, entity_type in zip("ab", types, strict=True):
        rows = make_rows(slug)
        rows["entities"][0]["entity_type"] = entity_type
        land_parts(lake, make_run(), [part(rows)])
    assert lake.execute("SELECT entity_type FROM entities").fetchall() == [("organisation",)]


def test_a_merged_entity_has_every_column_of_its_table(lake: Lake, part: PartFolder) -> None:
    land_parts(lake, make_run(), [part(make_rows("a"))])
    for table in ("entities", "line_statistics"):
        merged = lake.execute(f"SELECT * FROM merged_{table}").description
        assert tuple(column[0] for column in merged or ()) == TABLES[table].column_names


def test_two_outcomes_of_one_input_break_the_contract_and_land_nothing(lake: Lake, part: PartFolder) -> None:
    before = lake.snapshot_id
    parts = [part(make_rows("a", input_ref="same")), part(make_rejection("same"))]
    with pytest.raises(ContractError, match="same has two outcomes"):
        land_parts(lake, make_run(), parts)
    assert lake.snapshot_id == before


def test_an_accepted_input_without_its_article_breaks_the_contract(lake: Lake, part: PartFolder) -> None:
    rows = {"outcomes": make_rows("a")["outcomes"]}
    with pytest.raises(ContractError, match="without its article row"):
        land_parts(lake, make_run(), [part(rows)])
    assert count_rows(lake, "outcomes") == 0


def test_a_run_is_recorded_again_under_its_id(lake: Lake) -> None:
    record_run(lake, make_run())
    record_run(lake, make_run(state="completed", finished_at=LATER, seconds=3.5))
    assert lake.execute("SELECT state, seconds, input_count FROM runs").fetchall() == [("completed", 3.5, 0)]


def group_as_story(lake: Lake, *articles: dict[str, list[dict[str, object]]]) -> None:
    rows = [{**_keys(article), "story_id": "s1", "similarity_ratio": 0.9} for article in articles]
    copies = [
        {
            **_keys(articles[1]),
            "original_article_id": _keys(articles[0])["article_id"],
            "relation": "near",
            "similarity_ratio": 0.9,
        }
    ]
    story = {"story_id": "s1", "title": "Boats", "article_count": len(rows), "outlet_count": len(rows)}
    tables = {"story_articles": rows, "duplicates": copies, "stories": [story]}
    land_rows(lake, make_run("run-2"), {name: TABLES[name].to_arrow(r) for name, r in tables.items()})


def _keys(article: dict[str, list[dict[str, object]]]) -> dict[str, object]:
    row = article["articles"][0]
    return {"article_id": row["article_id"], "month": row["month"]}
