"""Full text: words, phrases, AND, OR, NOT, beginnings and filters; an index that follows the articles."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime

import pytest

from core.errors import ConfigError, PermanentError
from tests.warehouse.conftest import PartFolder, make_rows, make_run
from warehouse.asking.owner_sql import run_sql
from warehouse.asking.search import SearchFilters, search
from warehouse.asking.search.index import refresh_search, search_file
from warehouse.asking.user_sql import open_for_user_sql
from warehouse.catalog.open import Lake, open_lake
from warehouse.landing.land import land_parts, record_run

STORM = "The storm tore roofs off. A second storm is due, and storm warnings stand at the blast furnace."
RAIN = "Rain fell on the fair all day long, and one storm passed far out at sea, unseen by the furnace."
CALM = "Nothing at all happened in the harbour today, said the master of the port. Steelworks rested."


@pytest.fixture(scope="module")
def told(read_lake: Lake) -> Lake:
    """A lake with three articles, to read only: s of a storm, r of rain, c of calm."""
    calm = make_rows("c", body=CALM, outlet="quiet-post")
    rows = (make_rows("s", body=STORM), make_rows("r", body=RAIN), calm)
    land_parts(read_lake, make_run(), [PartFolder(read_lake)(*rows)])
    return read_lake


def found(lake: Lake, words: str, filters: SearchFilters | None = None) -> str:
    """The last letters of the addresses that are found, sorted."""
    return "".join(sorted(hit.url[-1] for hit in search(lake, words, 20, filters)))


def test_the_best_fit_comes_first_with_the_hit_marked(told: Lake) -> None:
    hits = search(told, "storms")
    assert [hit.url[-1] for hit in hits] == ["s", "r"]
    assert hits[0].score > hits[1].score and hits.notes == ()
    assert search(told, "storm", limit=1)[0].snippet.startswith("The ⟦storm⟧ tore roofs off")
    assert "the ⟦harbour⟧ today" in search(told, "HARBOUR")[0].snippet


@pytest.mark.parametrize(
    ("words", "articles"),
    [
        ("storm furnace", "rs"),
        ("storm AND rain", "r"),
        ("rain OR harbour", "cr"),
        ("storm NOT rain", "s"),
        ("storm -rain", "s"),
        ("NOT storm", "c"),
        ('"blast furnace"', "s"),
        ('"furnace blast"', ""),
        ("“blast furnace”", "s"),
        ("steel*", "c"),
        ("(rain OR harbour) NOT fair", "c"),
        ("rain OR harbour storm", "r"),
        ("outlet:quiet-post", "c"),
        ("-outlet:quiet-post furnace", "rs"),
        ("storm since:2100-01-01", ""),
        ("storm until:2100-01-01", "rs"),
    ],
)
def test_the_language_is_the_one_people_know(told: Lake, words: str, articles: str) -> None:
    assert found(told, words) == articles


def test_filters_are_arguments_as_well(told: Lake) -> None:
    assert found(told, "", SearchFilters(outlets=["quiet-post"])) == "c"
    assert found(told, "storm OR harbour", SearchFilters(outlets=["quiet-post"])) == "c"
    assert found(told, "storm", SearchFilters(since=date(2100, 1, 1))) == ""
    assert found(told, "storm", SearchFilters(since=date(2024, 5, 1))) == "rs"


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("storm colour:red", "no filter colour:"),
        ("storm outlet:nobody", "no article is of outlet 'nobody'; there are"),
        ("storm speaker:Nobody", "no article quotes a speaker called 'Nobody'"),
        ('"storm warnings', "not closed"),
        ("(storm", "not closed"),
        ("storm)", "closes nothing"),
        ("storm and rain", "write AND"),
        ("st*rm storm", "end of a word only"),
        ("storm —", "left out"),
        ("storm zeppelin", "no article has all of these words"),
    ],
)
def test_what_is_not_understood_is_said(told: Lake, words: str, note: str) -> None:
    assert any(note in said for said in search(told, words).notes)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("  ", "at least one word"),
        ("storm since:yesterday", "since:yesterday is not a day; write since:2026-11-20"),
        ("storm OR NOT rain", "NOT beside OR"),
        ("(" * 60 + "storm", "too many brackets"),
    ],
)
def test_a_search_that_would_be_another_is_an_error(told: Lake, words: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        search(told, words)


@pytest.mark.parametrize(
    "words",
    [
        "'; DROP TABLE articles; --",
        '" OR 1=1',
        "body : storm",
        "a\x00b",
        "{title} : x",
        "NEAR(a b)",
        "^storm",
    ],
)
def test_words_that_are_code_are_only_words(told: Lake, words: str) -> None:
    search(told, words)
    assert found(told, "storm") == "rs"


def test_a_script_without_spaces_is_found_by_its_words(lake: Lake, part: PartFolder) -> None:
    body = "昨日,台風が港を襲い,三百人が避難した。港の責任者は船がすべて無事だと述べた。GPSは止まった。"
    land_parts(lake, make_run(), [part(make_rows("j", body=body))])
    assert "⟦台風⟧が港を襲い" in search(lake, "台風")[0].snippet
    assert search(lake, "風台") == []


def test_the_index_follows_the_articles_and_nothing_else(lake: Lake, part: PartFolder) -> None:
    land_parts(lake, make_run(), [part(make_rows("a"))])
    first = refresh_search(lake)
    before = search_file(lake.location).stat().st_mtime_ns
    assert refresh_search(lake) == first and search_file(lake.location).stat().st_mtime_ns == before
    record_run(lake, make_run(state="completed"))
    assert found(lake, "boats") == "a"
    land_parts(lake, make_run("run-2"), [part(make_rows("b"))])
    assert found(lake, "boats") == "ab"


def test_an_article_that_changed_is_found_by_its_new_words_alone(lake: Lake, part: PartFolder) -> None:
    land_parts(lake, make_run(), [part(make_rows("a", body=STORM))])
    assert found(lake, "roofs") == "a"
    later = make_rows("a", body=CALM, fetched_at=datetime(2024, 5, 2, 12, tzinfo=UTC))
    land_parts(lake, make_run("run-2"), [part(later)])
    assert (found(lake, "roofs"), found(lake, "steelworks")) == ("", "a")


def test_a_reader_of_an_older_snapshot_is_shown_no_later_article(lake: Lake, part: PartFolder) -> None:
    land_parts(lake, make_run(), [part(make_rows("a"))])
    older = lake.snapshot_id
    land_parts(lake, make_run("run-2"), [part(make_rows("b"))])
    assert found(lake, "boats") == "ab"
    with open_lake(lake.location, read_only=True, as_of=older) as before:
        assert found(before, "boats") == "a"


def test_a_broken_index_is_built_anew(lake: Lake, part: PartFolder) -> None:
    land_parts(lake, make_run(), [part(make_rows("a"))])
    search_file(lake.location).write_bytes(b"half an index" * 1000)
    assert found(lake, "boats") == "a"


def test_search_is_a_table_in_sql_of_the_owner_and_of_users(told: Lake) -> None:
    sql = "select right(url, 1) as letter from search('storm NOT rain', most := 5) join articles using (article_id, url)"
    assert run_sql(told, sql).to_pylist() == [{"letter": "s"}]
    with open_for_user_sql(told.location) as session:
        assert list(session.run(sql)) == [("s",)]
        assert list(session.run("select count(*) from search('storm')")) == [(2,)]
        with pytest.raises(ConfigError, match=r"^since:yesterday is not a day"):
            list(session.run("from search('storm since:yesterday')"))
        with pytest.raises(ConfigError, match="copydesk_search"):
            session.run("select copydesk_search('storm', 5)")


def test_a_user_who_cannot_write_the_index_is_told_what_a_search_needs(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(sqlite3, "connect", refuse)
    with pytest.raises(PermanentError, match="this user cannot write beside the lake's catalog"):
        search(lake, "storm", 20)
