"""The views that put outlets side by side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.tables import TABLES
from tests.warehouse.conftest import PartFolder, copied_lake, make_run, tell_story
from warehouse.catalog.open import Lake
from warehouse.catalog.sql_files import run_query
from warehouse.landing.land import land_rows


def figure(surface: str, counted: str = "troops", **values: Any) -> dict[str, Any]:
    exact = {"kind": "count", "bound": "exact", "is_suspect": False}
    return {"surface": surface, "counted": counted, **exact, **values}


def answer(lake: Lake, verdicts: dict[str, str], copies: tuple[str, ...] = (), **question: Any) -> None:
    """All figures of the story answer one question, each outlet's with its verdict."""
    rows = lake.execute(
        "SELECT outlet, article_id, start_char, end_char, value, month, published_at FROM figures"
        " JOIN articles USING (article_id, month)"
    ).fetchall()
    readings = [
        {
            "article_id": article_id,
            "start_char": start,
            "end_char": end,
            "question_id": "q1",
            "low": value,
            "high": value,
            "verdict": verdicts[outlet],
            "is_copy": outlet in copies,
            "source": "the harbour office",
            "month": month,
        }
        for outlet, article_id, start, end, value, month, _ in rows
    ]
    asked = {
        "question_id": "q1",
        "story_id": "s1",
        "label": "people missing",
        "kind": "count",
        "reading_count": len(rows),
        "outlet_count": len(verdicts),
        "source_count": 1,
        "verdict": "conflict",
        "first_published_at": min(row[-1] for row in rows),
        "last_published_at": max(row[-1] for row in rows),
        **question,
    }
    tables = {"readings": readings, "questions": [asked]}
    land_rows(lake, make_run("run-3"), {name: TABLES[name].to_arrow(rows) for name, rows in tables.items()})


TOLD = {
    "ash": [figure("12", "people", value=12.0)],
    "birch": [figure("15", "people", value=15.0)],
    "cedar": [figure("15", "people", value=15.0)],
}
VERDICTS = {"ash": "conflict", "birch": "agree", "cedar": "agree"}


@pytest.fixture(scope="module")
def story_told(tmp_path_factory: pytest.TempPathFactory, empty_lake: Path) -> Path:
    """The folder of a lake with the story of TOLD."""
    folder = tmp_path_factory.mktemp("story")
    with copied_lake(empty_lake, folder) as lake:
        tell_story(lake, PartFolder(lake), TOLD)
    return folder / "lake"


@pytest.fixture
def told(story_told: Path, tmp_path: Path) -> Iterator[Lake]:
    """A copy of that lake."""
    with copied_lake(story_told, tmp_path) as lake:
        yield lake


def test_readings_of_a_question_stand_side_by_side_with_what_the_others_print(told: Lake) -> None:
    answer(told, VERDICTS, copies=("cedar",))
    found = told.execute(
        "SELECT outlet, thing, verdict, thing_verdict, other_outlet_count, other_readings, is_copy, source, sentence"
        " FROM figure_comparison ORDER BY outlet"
    ).fetchall()
    said = ("the harbour office", "12 people were counted.")
    assert found[0] == (
        "ash",
        "people missing",
        "conflict",
        "conflict",
        2,
        ["birch: 15", "cedar: 15"],
        False,
        *said,
    )
    assert [(row[0], row[5], row[6]) for row in found[1:]] == [
        ("birch", ["ash: 12", "cedar: 15"], False),
        ("cedar", ["ash: 12", "birch: 15"], True),
    ]


def test_a_question_that_one_outlet_answers_is_not_compared(lake: Lake, part: PartFolder) -> None:
    tell_story(lake, part, {"ash": TOLD["ash"]})
    answer(lake, {"ash": "agree"}, verdict=None)
    assert lake.execute("FROM figure_comparison").fetchall() == []
    assert lake.execute("SELECT question FROM figures_over_time").fetchall() == [("people missing",)]


def test_what_is_disputed_who_was_first_and_what_changed(told: Lake) -> None:
    answer(told, VERDICTS)
    (disputed,) = run_query(told, "disputed_today").to_pylist()
    assert (disputed["thing"], disputed["readings"]) == (
        "people missing",
        ["ash: 12", "birch: 15", "cedar: 15"],
    )
    assert run_query(told, "disputed_today", day="2024-05-02").num_rows == 0
    first = run_query(told, "first_with_the_number").to_pylist()
    assert [(row["low"], row["first_outlet"], row["outlets"]) for row in first] == [
        (15.0, "birch", ["birch", "cedar"]),
        (12.0, "ash", ["ash"]),
    ]
    (changed,) = run_query(told, "changed_overnight").to_pylist()
    assert (changed["previous_outlet"], changed["previous_surface"]) == ("ash", "12")
    assert (changed["outlet"], changed["surface"]) == ("birch", "15")
    assert run_query(told, "disputed_stories").column("thing").to_pylist() == ["people missing"]


def test_outlets_with_one_source_behind_them_are_counted(told: Lake) -> None:
    answer(told, VERDICTS, copies=("cedar",))
    (row,) = run_query(told, "copied_numbers").to_pylist()
    assert (row["outlet_count"], row["source_count"], row["original_article_count"]) == (3, 1, 2)
    assert row["sources"] == ["the harbour office"]


def test_a_disputed_answer_that_no_other_outlet_gives_is_nobodys_copy(told: Lake) -> None:
    answer(told, VERDICTS, source_count=3)
    assert run_query(told, "copied_numbers").num_rows == 0


def test_every_cell_can_be_traced_to_its_place_in_the_text(told: Lake) -> None:
    answer(told, VERDICTS)
    rows = run_query(told, "side_by_side").to_pylist()
    assert [row["outlet"] for row in rows] == ["ash", "birch", "cedar"]
    for row in rows:
        text = told.execute(
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
        "cedar": ("We will hold the bridge for as long as we can", "a spokesman"),
        # a run of five words is a phrase, or the name of a thing
        "elm": ("They say we will hold the bridge over the weekend, and nothing more", "Brandt"),
    }
    tell_story(lake, part, {outlet: [] for outlet in said})
    quote(lake, said)
    found = lake.execute(
        "SELECT outlet, other_outlet, verdict, is_same_speaker, alignment FROM quotation_comparison ORDER BY ALL"
    ).fetchall()
    assert found == [
        ("ash", "birch", "shortened", True, "clipped"),
        ("ash", "cedar", "different", False, "another speaker"),
        ("birch", "cedar", "different", False, "another speaker"),
    ]


def test_a_few_words_are_found_in_a_longer_quotation_of_the_same_speaker(
    lake: Lake, part: PartFolder
) -> None:
    said = {
        "ash": ("It was a shabby trick on all of us", "Mayor Ole Brandt"),
        "birch": ("shabby trick", "Brandt"),
        "cedar": ("shabby trick", "Petra Holm"),
        "elm": ("The Iron Bell is a shabby trick", "Ana Kerr"),
        "fir": ("Iron Bell", "Ana Kerr"),  # a name in marks is nobody's utterance
    }
    tell_story(lake, part, {outlet: [] for outlet in said})
    quote(lake, said)
    found = lake.execute(
        "SELECT outlet, other_outlet, alignment FROM quotation_comparison ORDER BY ALL"
    ).fetchall()
    assert found == [("ash", "birch", "clipped"), ("birch", "cedar", "another speaker")]


@pytest.mark.parametrize(
    ("one", "other", "is_anonymous", "is_same"),
    [
        ("Andrew Wexler", "Andrew Wexlar", False, True),  # a slip of the pen
        ("Ana Kerr", "Ana Holm", False, False),
        ("police", "Captain Ana Kerr", True, None),  # she may be the police
    ],
)
def test_whether_two_outlets_name_one_speaker(
    lake: Lake, part: PartFolder, one: str, other: str, is_anonymous: bool, is_same: bool | None
) -> None:
    tell_story(lake, part, {"ash": [], "birch": []})
    words = "Nobody was hurt, and nobody was frightened"
    quote(lake, {"ash": (words, one), "birch": (words, other)}, anonymous=("ash",) if is_anonymous else ())
    assert lake.execute("SELECT is_same_speaker FROM quotation_comparison").fetchall() == [(is_same,)]


def quote(lake: Lake, said: dict[str, tuple[str, str]], anonymous: tuple[str, ...] = ()) -> None:
    """Each outlet's article quotes these words of this speaker."""
    articles = dict(lake.execute("SELECT outlet, article_id FROM articles").fetchall())
    quotations = [
        {
            "article_id": articles[outlet],
            "start_char": 0,
            "end_char": 5,
            "text": words,
            "kind": "direct",
            "speaker": speaker,
            "is_anonymous": outlet in anonymous,
            "month": datetime(2024, 5, 1, tzinfo=UTC).date(),
        }
        for outlet, (words, speaker) in said.items()
    ]
    land_rows(lake, make_run("run-3"), {"quotations": TABLES["quotations"].to_arrow(quotations)})


def name_persons(lake: Lake, told: dict[str, list[tuple[str, str]]]) -> None:
    """One article per outlet that names these persons: surface and entity_id."""
    articles = dict(lake.execute("SELECT outlet, article_id FROM articles").fetchall())
    mentions = [
        {
            "article_id": articles[outlet],
            "start_char": place,
            "end_char": place + 1,
            "surface": surface,
            "entity_type": "person",
            "entity_id": entity_id,
            "month": datetime(2024, 5, 1, tzinfo=UTC).date(),
        }
        for outlet, names in told.items()
        for place, (surface, entity_id) in enumerate(names, start=500)
    ]
    entities = {
        entity_id: {"entity_id": entity_id, "name": surface, "entity_type": "person"}
        for names in told.values()
        for surface, entity_id in names
    }
    tables = {"mentions": mentions, "entities": list(entities.values())}
    land_rows(lake, make_run("run-3"), {name: TABLES[name].to_arrow(rows) for name, rows in tables.items()})


def test_a_persons_name_is_shown_as_each_outlet_writes_it(lake: Lake, part: PartFolder) -> None:
    tell_story(lake, part, {"ash": [], "birch": [], "cedar": []})
    name_persons(
        lake,
        {
            "ash": [("Vadim Orlinsky", "e1"), ("Vadim Orlinsky's", "e1"), ("Ana Bell", "e3")],
            "birch": [("Vadim Orlensky", "e2"), ("Ana Kerr", "e4")],
            "cedar": [("Vadim Orlinsky", "e1"), ("ANA BELL", "e3")],
        },
    )
    found = lake.execute(
        "SELECT person, spelling, outlet, is_usual, mention_count FROM name_comparison WHERE spelling_count > 1"
        " ORDER BY ALL"
    ).fetchall()
    assert found == [
        ("Vadim Orlinsky", "Vadim Orlensky", "birch", False, 1),
        ("Vadim Orlinsky", "Vadim Orlinsky", "ash", True, 2),
        ("Vadim Orlinsky", "Vadim Orlinsky", "cedar", True, 1),
    ]
    assert len(run_query(lake, "spellings").to_pylist()) == 3


def test_what_most_others_have_and_an_outlet_leaves_out_is_listed(lake: Lake, part: PartFolder) -> None:
    tell_story(lake, part, {"ash": [], "birch": [], "cedar": []})
    everybody = [("Ana Bell", "e1")]
    name_persons(
        lake, {"ash": [*everybody, ("Bo Carr", "e2")], "birch": everybody, "cedar": [("Dee Fox", "e3")]}
    )
    found = run_query(lake, "left_out", outlet="cedar").to_pylist()
    assert [(row["item"], row["other_outlets"], row["of_outlet_count"]) for row in found] == [
        ("Ana Bell", ["ash", "birch"], 2)
    ]
    assert run_query(lake, "left_out", outlet="birch").to_pylist() == []


def test_an_outlet_that_prints_the_name_of_a_namesake_leaves_nothing_out(
    lake: Lake, part: PartFolder
) -> None:
    tell_story(lake, part, {"ash": [], "birch": [], "cedar": []})
    name_persons(
        lake,
        {
            "ash": [("Arden Mills", "e1")],
            "birch": [("Arden Mills", "e1")],
            "cedar": [("Arden Mills", "e2")],  # read as another entity of the same name
        },
    )
    assert run_query(lake, "left_out").to_pylist() == []
    names = run_query(lake, "page_names", story_id="s1").to_pylist()
    assert [(row["entity_id"], row["outlet"]) for row in names] == [
        ("e1", "ash"),
        ("e1", "birch"),
        ("e1", "cedar"),
    ]


def test_a_timeline_is_in_the_order_of_publication(lake: Lake, part: PartFolder) -> None:
    timed = ("birch", "cedar")
    tell_story(lake, part, {"ash": [], "birch": [], "cedar": []}, timed)
    rows = run_query(lake, "story", story_id="s1").to_pylist()
    assert [(row["place"], row["outlet"], row["hours_after_first"]) for row in rows] == [
        (1, "birch", 0.0),
        (2, "cedar", 1.0),
        (3, "ash", None),  # of which only the day is known, which is not its midnight
    ]


def test_no_hours_are_counted_from_an_article_without_a_time(lake: Lake, part: PartFolder) -> None:
    tell_story(lake, part, {"ash": [], "birch": []})
    rows = run_query(lake, "story", story_id="s1").to_pylist()
    assert [(row["place"], row["hours_after_first"]) for row in rows] == [(1, None), (2, None)]
