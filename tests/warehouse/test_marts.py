"""The views that put outlets side by side."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from core.tables import TABLES
from tests.warehouse.conftest import PartFolder, make_rows, make_run
from warehouse.catalog.open import Lake
from warehouse.catalog.sql_files import run_query
from warehouse.landing.land import land_parts, land_rows


def figure(surface: str, counted: str = "troops", **values: Any) -> dict[str, Any]:
    exact = {"kind": "count", "bound": "exact", "is_suspect": False}
    return {"surface": surface, "counted": counted, **exact, **values}


def tell_story(lake: Lake, part: PartFolder, told: dict[str, list[dict[str, Any]]]) -> None:
    """One article per outlet, all of one story, with these figures."""
    articles = []
    for hour, (outlet, figures) in enumerate(told.items()):
        body = "; ".join(f"{row['surface']} {row['counted']}" for row in figures) + " were counted."
        rows = make_rows(
            "story", body=body, outlet=outlet, published_at=datetime(2024, 5, 1, hour, tzinfo=UTC)
        )
        article = rows["articles"][0]
        rows["figures"] = [place(row, body, article) for row in figures]
        articles.append(rows)
    land_parts(lake, make_run(), [part(*articles)])
    members = [
        {"article_id": a["article_id"], "month": a["month"], "story_id": "s1", "similarity_ratio": 1.0}
        for a in (rows["articles"][0] for rows in articles)
    ]
    story = {"story_id": "s1", "title": "Troops", "article_count": len(told), "outlet_count": len(told)}
    tables = {"story_articles": members, "stories": [story]}
    land_rows(lake, make_run("run-2"), {name: TABLES[name].to_arrow(rows) for name, rows in tables.items()})


def place(row: dict[str, Any], body: str, article: dict[str, Any]) -> dict[str, Any]:
    start = body.index(row["surface"])
    span = {"start_char": start, "end_char": start + len(row["surface"])}
    return {
        **row,
        **span,
        "article_id": article["article_id"],
        "month": article["month"],
        "sentence_number": 1,
    }


def verdicts(lake: Lake) -> dict[str, str]:
    rows = lake.execute(
        "SELECT outlet, verdict FROM figure_comparison ORDER BY outlet, start_char"
    ).fetchall()
    return dict(rows)


def test_readings_agree_overlap_conflict_or_are_suspect(lake: Lake, part: PartFolder) -> None:
    tell_story(
        lake,
        part,
        {
            "ash": [figure("100,000", value=100000.0, low=100000.0, high=100000.0)],
            "birch": [figure("100,000", "Russian troops", value=100000.0, low=100000.0, high=100000.0)],
            "cedar": [figure("tens of thousands", low=20000.0, high=99999.0, bound="vague")],
            "elm": [figure("more than 90,000", low=90000.0, bound="at_least")],
            "fir": [
                figure(
                    "175,00",
                    bound="at_most",
                    is_suspect=True,
                    suspect_reason="malformed_number",
                    candidates=[17500.0, 175000.0],
                )
            ],
        },
    )
    assert verdicts(lake) == {
        "ash": "agree",
        "birch": "agree",
        "cedar": "overlap",
        "elm": "overlap",
        "fir": "suspect",
    }
    things = lake.execute("SELECT DISTINCT thing, thing_verdict FROM figure_comparison").fetchall()
    assert things == [("troop", "suspect")]


def test_readings_that_cannot_both_be_true_conflict(lake: Lake, part: PartFolder) -> None:
    told = {
        "ash": [figure("12", "people", value=12.0, low=12.0, high=12.0)],
        "birch": [figure("15", "people", value=15.0, low=15.0, high=15.0)],
    }
    tell_story(lake, part, told)
    assert verdicts(lake) == {"ash": "conflict", "birch": "conflict"}
    assert run_query(lake, "disputed_stories").column("thing").to_pylist() == ["person"]


def test_about_a_number_overlaps_with_one_near_by(lake: Lake, part: PartFolder) -> None:
    told = {
        "ash": [figure("about 100", value=100.0, low=100.0, high=100.0, bound="about")],
        "birch": [figure("104", value=104.0, low=104.0, high=104.0)],
    }
    tell_story(lake, part, told)
    assert verdicts(lake) == {"ash": "overlap", "birch": "overlap"}


def test_a_number_a_thousand_times_off_its_neighbours_is_suspect(lake: Lake, part: PartFolder) -> None:
    told = {
        outlet: [figure(text, "houses", value=value, low=value, high=value)]
        for outlet, text, value in (
            ("ash", "2,000", 2e3),
            ("birch", "2,100", 2.1e3),
            ("cedar", "2 million", 2e6),
        )
    }
    tell_story(lake, part, told)
    assert verdicts(lake) == {"ash": "conflict", "birch": "conflict", "cedar": "suspect"}


def test_other_things_and_units_are_not_compared(lake: Lake, part: PartFolder) -> None:
    told = {
        "ash": [figure("5", "tanks", value=5.0, low=5.0, high=5.0)],
        "birch": [figure("7", "ships", value=7.0, low=7.0, high=7.0)],
    }
    tell_story(lake, part, told)
    assert verdicts(lake) == {}


def test_what_only_a_pronoun_names_is_not_compared(lake: Lake, part: PartFolder) -> None:
    told = {
        outlet: [figure("a third", counted, kind="fraction", value=value)]
        for outlet, counted, value in (("ash", "it", 0.3), ("birch", "it", 0.7), ("cedar", "them", 0.5))
    }
    tell_story(lake, part, told)
    assert verdicts(lake) == {}


def test_every_cell_can_be_traced_to_its_place_in_the_text(lake: Lake, part: PartFolder) -> None:
    told = {
        "ash": [figure("12", "people", value=12.0, low=12.0, high=12.0)],
        "birch": [figure("15", "people", value=15.0, low=15.0, high=15.0)],
    }
    tell_story(lake, part, told)
    rows = run_query(lake, "side_by_side").to_pylist()
    assert [row["outlet"] for row in rows] == ["ash", "birch"]
    for row in rows:
        text = lake.execute(
            "SELECT body_text FROM articles WHERE article_id = ?", [row["article_id"]]
        ).fetchall()
        assert text[0][0][row["start_char"] : row["end_char"]] == row["surface"]


HEAD_NOUNS = {
    "Russian troops": "troop",
    "members of the city council": "member",
    "people": "person",
    "women and children": "child",
    "policemen": "policeman",
    "countries": "country",
    "buses": "bus",
    "houses": "house",
    "churches": "church",
    "addresses": "address",
    "the bus": "bus",
    "homes in the north": "home",
    "glass": "glass",
}


def test_what_is_counted_comes_down_to_its_head_noun(lake: Lake, part: PartFolder) -> None:
    told = [figure(str(1000 + n), counted, value=1.0) for n, counted in enumerate(HEAD_NOUNS)]
    tell_story(lake, part, {"ash": told})
    assert dict(lake.execute("SELECT counted, thing FROM figure_readings").fetchall()) == HEAD_NOUNS


def test_quotations_of_the_same_words_meet(lake: Lake, part: PartFolder) -> None:
    said = {
        "ash": ("We will hold the bridge for as long as it takes", "Mayor Ole Brandt"),
        "birch": ("hold the bridge for as long as it takes", "Brandt"),
        "cedar": ("We will hold the bridge until the end", "a spokesman"),
        "elm": ("Something else was said about the weather", "Brandt"),
    }
    tell_story(lake, part, {outlet: [] for outlet in said})
    articles = dict(lake.execute("SELECT outlet, article_id FROM articles").fetchall())
    quotations = [
        {
            "article_id": articles[outlet],
            "start_char": 0,
            "end_char": 5,
            "text": words,
            "kind": "direct",
            "speaker": speaker,
            "is_anonymous": False,
            "month": datetime(2024, 5, 1, tzinfo=UTC).date(),
        }
        for outlet, (words, speaker) in said.items()
    ]
    land_rows(lake, make_run("run-3"), {"quotations": TABLES["quotations"].to_arrow(quotations)})
    found = lake.execute(
        "SELECT outlet, other_outlet, verdict, is_same_speaker FROM quotation_comparison ORDER BY ALL"
    ).fetchall()
    assert found == [
        ("ash", "birch", "shortened", True),
        ("ash", "cedar", "different", False),
    ]


def test_a_timeline_is_in_the_order_of_publication(lake: Lake, part: PartFolder) -> None:
    tell_story(lake, part, {"ash": [], "birch": [], "cedar": []})
    rows = run_query(lake, "story", story_id="s1").to_pylist()
    assert [(row["place"], row["outlet"], row["hours_after_first"]) for row in rows] == [
        (1, "ash", 0.0),
        (2, "birch", 1.0),
        (3, "cedar", 2.0),
    ]
