"""The fifteen questions of docs/questions.md, asked on the bundled examples: each answer means what the question asks."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import copydesk

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = (REPOSITORY / "docs/questions.md").read_text(encoding="utf-8")
LINES = re.findall(r"^\*\*(\d+)\. .*?\n```\n(copydesk .*)\n```$", PAGE, re.MULTILINE)
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[copydesk.LakeReader]:
    """The examples."""
    folder = tmp_path_factory.mktemp("questions") / "lake"
    copydesk.load(
        REPOSITORY / "examples/outlets", folder, workers=0, config=REPOSITORY / "examples/copydesk.toml"
    )
    with copydesk.connect(folder) as opened:
        yield opened


def ask(lake: copydesk.LakeReader, number: int) -> Rows:
    """The answer to the line of that number."""
    verb, name, *values = shlex.split(dict(LINES)[str(number)])[1:]
    if verb == "sql":
        return lake.sql(name).rows()
    return lake.query(name, **dict(value.split("=", 1) for value in values)).rows()


def test_there_are_fifteen_lines() -> None:
    assert [number for number, _ in LINES] == [str(number) for number in range(1, 16)]
    assert all("month" not in line and "start_char" not in line for _, line in LINES)


def test_numbers_stand_in_their_sentences(lake: copydesk.LakeReader) -> None:
    for number in (1, 9, 10, 15):
        rows = ask(lake, number)
        assert rows and all(f"⟦{row['surface']}⟧" in row["marked"] for row in rows), number
    jobs = ask(lake, 1)
    assert {row["outlet"] for row in jobs} == {
        "brannock-courier",
        "harbour-ledger",
        "northern-dispatch",
        "reachlight",
    }
    assert {"jobs"} <= {row["surface"].split()[-1] for row in jobs}


def test_only_outlets_with_many_quotations_are_ranked(lake: copydesk.LakeReader) -> None:
    ranked = ask(lake, 2)
    counts = Counter(row["outlet"] for row in lake.sql("from quotations_in_context"))
    assert {row["outlet"] for row in ranked} == {outlet for outlet, count in counts.items() if count >= 20}
    ratios = [row["anonymous_ratio"] for row in ranked]
    assert ratios == sorted(ratios, reverse=True)


def test_numbers_changed_are_those_of_one_article(lake: copydesk.LakeReader) -> None:
    assert ask(lake, 3) == [], "each example is loaded once, so that no article has changed"


def test_a_day_alone_is_not_first_by_being_midnight(lake: copydesk.LakeReader) -> None:
    day_only = {
        row["article_id"]
        for row in lake.sql("select article_id from articles where published_precision = 'day'")
    }
    assert day_only
    timed = lake.sql(
        "select story_id, min(published_at) as first from story_articles join articles using (article_id, month)"
        " where published_precision <> 'day' group by all"
    )
    first = {row["story_id"]: row["first"] for row in timed}
    rows = ask(lake, 4)
    assert rows
    for row in rows:
        if row["article_id"] in day_only:
            assert first[row["story_id"]].date() > row["first_published_at"].date()
        else:
            assert row["first_published_at"] == first[row["story_id"]]


def test_weeks_begin_on_monday_and_have_five_people(lake: copydesk.LakeReader) -> None:
    rows = ask(lake, 5)
    weeks = Counter(row["week_start"] for row in rows)
    assert weeks and all(week.weekday() == 0 and count <= 5 for week, count in weeks.items())
    assert date(2026, 10, 19) in weeks and "Maeve Corrigan" in {row["person"] for row in rows}


def test_the_copy_of_the_examples_is_found(lake: copydesk.LakeReader) -> None:
    assert ("northern-dispatch", "brannock-courier") in {
        (row["outlet"], row["original_outlet"]) for row in ask(lake, 6)
    }


def test_quotes_of_a_person_are_of_that_person_alone(lake: copydesk.LakeReader) -> None:
    rows = ask(lake, 7)
    assert len(rows) >= 10 and {row["speaker_name"] or row["speaker"] for row in rows} == {"Maeve Corrigan"}
    assert all(row["quotation"].split()[0] in row["marked"] for row in rows)


def test_words_printed_differently_differ(lake: copydesk.LakeReader) -> None:
    rows = ask(lake, 8)
    assert rows and all(row["outlet"] != row["other_outlet"] for row in rows)
    assert all(row["quotation"] != row["other_quotation"] or not row["is_same_speaker"] for row in rows)
    everything = lake.query("quotations_altered", limit=500)
    assert any("maintenance log" in row["quotation"] for row in everything)


def test_sums_are_money_over_the_limit(lake: copydesk.LakeReader) -> None:
    rows = ask(lake, 9)
    assert all(row["amount"] >= 50e6 for row in rows)
    assert {"€85 million", "€850 million"} <= {row["surface"] for row in rows}


def test_percentages_say_of_what_where_the_text_does(lake: copydesk.LakeReader) -> None:
    assert any(row["of_what"] for row in ask(lake, 10))


def test_countries_articles_and_authors_are_counted_by_outlet(lake: copydesk.LakeReader) -> None:
    assert all(len(row["country_code"]) == 2 and row["articles"] >= 1 for row in ask(lake, 11))
    assert sum(row["articles"] for row in ask(lake, 12)) == len(lake.sql("from articles"))
    assert ("harbour-ledger", "Joanna Pell") in {(row["outlet"], row["author"]) for row in ask(lake, 14)}


def test_two_people_are_in_the_sentence(lake: copydesk.LakeReader) -> None:
    rows = ask(lake, 13)
    assert rows and all(
        (row["person"], row["other_person"]) == ("Sabine Kestrel", "Joss Everard") for row in rows
    )
    assert all("Kestrel" in row["sentence"] and "Everard" in row["sentence"] for row in rows)
    everyone = lake.query("named_together").rows()
    assert everyone and all(row["entity_id"] < row["other_entity_id"] for row in everyone)


def test_dead_and_injured_are_told_apart(lake: copydesk.LakeReader) -> None:
    rows = ask(lake, 15)
    injured = {(row["outlet"], row["low"]) for row in rows if row["what"] == "injured"}
    assert {17.0, 23.0} <= {low for _, low in injured}


def test_no_named_question_answers_with_offsets_alone(lake: copydesk.LakeReader) -> None:
    needs = {
        "name": "Corrigan",
        "counted": "jobs",
        "article": lake.sql("from articles").rows()[0]["article_id"],
    }
    needs["story_id"] = lake.sql("from stories").rows()[0]["story_id"]
    words = {
        "marked",
        "sentence",
        "around",
        "words",
        "quotation",
        "now_sentence",
        "sentence_after",
        "now_quotation",
    }
    from warehouse.catalog.sql_files import list_queries

    for file in list_queries():
        values = {one.name: needs[one.name] for one in file.parameters if one.is_required}
        columns = set(lake.query(file.name, **values).columns)
        if "start_char" in columns:
            assert words & columns, f"{file.name} answers with places and no words"
            assert "outlet" in columns or file.name == "article_spans"
