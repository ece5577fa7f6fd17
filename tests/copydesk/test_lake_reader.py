"""A lake asked from Python: SQL, named questions, stories and articles."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

import copydesk
import warehouse
from copydesk import LakeReader


def test_sql_is_answered_as_rows_frame_and_arrow(opened: LakeReader) -> None:
    people = opened.sql(
        "select outlet, low, published_at from figures_in_context join articles using (article_id, outlet, published_at)"
        " where counted = $what and outlet <> 'crooked-eye' order by outlet",
        what="people",
    )
    assert people.columns == ("outlet", "low", "published_at")
    assert [row["outlet"] for row in people] == ["river-times", "valley-post"] and len(people) == 2
    assert people.rows()[0]["published_at"] == datetime(2026, 3, 4, tzinfo=UTC)
    assert people.df()["outlet"].tolist() == people.arrow()["outlet"].to_pylist()


def test_columns_of_the_same_name_are_told_apart(opened: LakeReader) -> None:
    assert opened.sql("select 1 as a, 2 as a, 3 as A").rows() == [{"a": 1, "a_1": 2, "A_2": 3}]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from articlez", "there is no table articlez; did you mean articles"),
        ("select titel from articles", "there is no column titel"),
        ("select", "syntax error|SELECT clause"),
        ("from pd", "there is no table pd"),
    ],
)
def test_a_mistake_in_sql_says_what_to_change(opened: LakeReader, query: str, said: str) -> None:
    with pytest.raises(copydesk.ConfigError, match=said):
        opened.sql(query)


def test_a_frame_of_ones_own_is_joined_by_its_registered_name(lake: Path) -> None:
    with copydesk.connect(lake) as reader:
        reader.connection.register("owners", pd.DataFrame({"outlet": ["valley-post"], "owner": ["The town"]}))
        answer = reader.sql("select owner from articles join owners using (outlet)")
        assert answer.rows() == [{"owner": "The town"}]


def test_the_lake_cannot_be_written_to(opened: LakeReader) -> None:
    with pytest.raises(copydesk.ConfigError, match="read"):
        opened.sql("delete from articles")
    assert len(opened.sql("from articles")) == 3


def test_named_questions_take_values_and_short_ids(opened: LakeReader) -> None:
    assert "most_quoted" in [row["name"] for row in opened.queries()]
    story_id = opened.query("biggest_stories", limit=1).rows()[0]["story_id"]
    assert len(opened.query("story", story_id=story_id[:6])) >= 2
    with pytest.raises(copydesk.ConfigError, match="did you mean 'most_quoted'"):
        opened.query("most_quotd")


def test_search_takes_filters_and_warns_of_what_it_did_not_understand(opened: LakeReader) -> None:
    hits = opened.search("gates", speaker="Berit Aune", outlet="valley-post")
    assert [(row["outlet"], row["snippet"].count("⟦gates⟧")) for row in hits] == [("valley-post", 1)]
    assert len(opened.search("gates speaker:Aune")) == 3
    with pytest.warns(UserWarning, match="no article quotes a speaker called 'Tarrant'"):
        assert len(opened.search(speaker="Tarrant")) == 0
    with pytest.warns(UserWarning, match="no filter colour:"):
        opened.search("gates colour:red")
    joined = opened.sql("select count(*) as n from search('gates') join figures using (article_id)")
    assert joined.rows()[0]["n"] > 3


def test_a_story_is_one_page_with_its_tables(opened: LakeReader) -> None:
    story_id = opened.query("biggest_stories", limit=1).rows()[0]["story_id"]
    story = opened.story(story_id[:6])
    assert story.page.story_id == story_id
    assert {row["outlet"] for row in story.articles} == set(story.page.outlets)
    assert {"surface", "verdict", "sentence"} <= set(story.figures.columns)
    shown = story._repr_html_()
    assert shown.startswith('<iframe sandbox="allow-popups" srcdoc="') and "allow-scripts" not in shown
    assert shown.count("<") == 2, "the page is text of an attribute"


def test_an_article_has_its_spans_in_their_sentences(opened: LakeReader) -> None:
    article_id = opened.sql("select article_id from articles where outlet = 'valley-post'").rows()[0][
        "article_id"
    ]
    article = opened.article(article_id[:8])
    assert article.page.body_text.startswith("About 300 people")
    assert (
        "About ⟦300 people⟧" in article.figures.rows()[0]["marked"]
        or "⟦About 300 people⟧" in (article.figures.rows()[0]["marked"])
    )
    assert article.quotations.rows()[0]["speaker_name"] == "Berit Aune"
    assert "Leave a Reply" in article.html


def test_tables_and_columns_are_explained(opened: LakeReader) -> None:
    assert {"articles", "figures_in_context"} <= {row["table"] for row in opened.tables()}
    assert "marked" in [row["column"] for row in opened.tables("figures_in_context")]
    with pytest.raises(copydesk.ConfigError, match="no table is called 'figurs'"):
        opened.tables("figurs")


def test_a_text_of_an_outlet_is_only_text_in_a_notebook(opened: LakeReader) -> None:
    answer = opened.sql(
        "select title, url, '⟦900⟧ people' as marked from articles where outlet = 'crooked-eye'"
    )
    shown = answer._repr_html_()
    assert "<script>" not in shown and "&lt;script&gt;" in shown
    assert "<mark>900</mark> people" in shown
    assert "1 row" in repr(answer)


def test_a_text_that_steers_the_terminal_is_shown_as_codes(opened: LakeReader) -> None:
    assert "\u202e" not in repr(opened.sql("select chr(8238) || 'x' as a"))
    assert "<U+202E>x" in repr(opened.sql("select chr(8238) || 'x' as a"))


@pytest.mark.slow  # two whole loads and a backfill
def test_answers_stay_at_one_snapshot_while_others_write(lake: Path, tmp_path: Path) -> None:
    file = tmp_path / "new" / "quay.txt"
    file.parent.mkdir()
    file.write_text(
        "Quay closed\n\nThe quay was closed for 3 days after the storm, the harbour master said on Monday, and 40 boats were"
        " moved to the inner basin until the wall had been looked at.",
        encoding="utf-8",
    )
    own = tmp_path / "lake"
    copydesk.load(file, own, workers=0)
    with copydesk.connect(own) as before:
        more = tmp_path / "new" / "mast.txt"
        more.write_text(file.read_text(encoding="utf-8").replace("quay", "mast"), encoding="utf-8")
        copydesk.load([more], own, workers=0, outlet="mast-news")
        assert len(before.sql("from articles")) == 1
        with copydesk.connect(own) as after:
            assert len(after.sql("from articles")) == 2
            plan = copydesk.backfill(copydesk.BackfillRequest(stage="extract"), own, dry_run=True)
            assert plan.item_count == 2
            report = copydesk.backfill(copydesk.BackfillRequest(stage="extract"), own, workers=0)
            assert report is not None and report.state == "completed"
        with copydesk.connect(own, as_of=before.snapshot_id) as earlier:
            assert len(earlier.sql("from articles")) == 1


def test_a_missing_lake_is_told(tmp_path: Path) -> None:
    with pytest.raises(copydesk.CopydeskError, match="no lake"):
        copydesk.connect(tmp_path / "nowhere")


def test_a_plain_connection_goes_on_working(lake: Path) -> None:
    with warehouse.connect(lake) as connection:
        assert connection.sql("select count(*) from articles").fetchall() == [(3,)]
