"""An excerpt answers as the lake does, about its stories and about nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from benchmarks.inputs.synthetic_lake import article_id, fill_lake, story_id
from core.errors import ContractError
from core.settings import Settings
from dashboard.reading.article import ARTICLE_QUERIES
from dashboard.reading.story import STORY_QUERIES
from warehouse.asking.excerpt import excerpt
from warehouse.asking.pinned import PinnedReader
from warehouse.asking.user_limits import LimitError, QueryLimits
from warehouse.catalog.open import Lake, open_lake
from warehouse.catalog.sql_files import ASKED_FOLDERS, find_sql, run_query


def takes(name: str, parameter: str) -> bool:
    """Whether the query of the dashboard is asked with that parameter alone."""
    return parameter in {one.name for one in find_sql(name, *ASKED_FOLDERS).parameters}


OF_STORY = [name for name in STORY_QUERIES if takes(name, "story_id")]
OF_ARTICLE = [name for name in ARTICLE_QUERIES if takes(name, "article_id") and name not in OF_STORY]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, quick_sessions: None) -> Settings:
    made = Settings(lake=tmp_path_factory.mktemp("excerpt") / "lake")
    with open_lake(made, create=True) as lake:
        fill_lake(lake, 0, 60)
    return made


@pytest.fixture(scope="module")
def lake(settings: Settings) -> Iterator[Lake]:
    with open_lake(settings, read_only=True, as_of="now") as opened:
        yield opened


@pytest.mark.parametrize("name", OF_STORY)
def test_a_question_about_a_story_has_the_lakes_answer(lake: Lake, name: str) -> None:
    for number in (0, 3, 45):
        asked = story_id(number)
        with excerpt(lake, OF_STORY, story_ids=[asked]) as part:
            assert run_query(part, name, story_id=asked).equals(run_query(lake, name, story_id=asked))


@pytest.mark.parametrize("name", OF_ARTICLE)
def test_a_question_about_an_article_has_the_lakes_answer(lake: Lake, name: str) -> None:
    for number in (0, 13, 49):
        asked = article_id(number)
        with excerpt(lake, OF_ARTICLE, article_ids=[asked]) as part:
            found = run_query(part, name, article_id=asked)
        assert found.num_rows
        assert found.equals(run_query(lake, name, article_id=asked))


def test_readings_have_the_lakes_answer(lake: Lake) -> None:
    asked = [story_id(5), story_id(20)]
    with excerpt(lake, ("page_readings",), story_ids=asked) as part:
        found = run_query(part, "page_readings", story_ids=asked)
    assert found.num_rows == 50
    assert found.equals(run_query(lake, "page_readings", story_ids=asked))


def test_other_stories_are_not_in_it_and_the_lake_is_as_it_was(lake: Lake) -> None:
    with excerpt(lake, ("page_stories", "page_spans", "page_changes"), story_ids=[story_id(0)]) as part:
        assert part.fetch("SELECT story_id FROM stories") == [(story_id(0),)]
        assert part.fetch("SELECT count(DISTINCT article_id) FROM figures") == [(5,)]
        # no file: made with its columns
        assert part.fetch("SELECT count(*) FROM quotation_changes") == [(0,)]
        assert part.fetch("SELECT count(*) FROM removed_lines") == [(120,)]  # not asked for: the lake's own
    assert lake.fetch("SELECT count(*) FROM stories") == [(12,)]


def test_an_excerpt_of_nothing_is_empty(lake: Lake) -> None:
    with excerpt(lake, ("page_stories", "page_readings")) as part:
        assert part.fetch("SELECT count(*) FROM articles") == [(0,)]
        assert run_query(part, "page_readings", story_ids=[]).num_rows == 0


def test_a_table_without_articles_is_refused(lake: Lake) -> None:
    with pytest.raises(ContractError, match="runs"), excerpt(lake, ("last_runs",)):
        pass


def test_the_time_of_a_page_counts_in_an_excerpt(settings: Settings) -> None:
    with (
        closing(PinnedReader(settings, QueryLimits(seconds=2))) as reader,
        pytest.raises(LimitError, match="2 s"),
        reader.reading() as lake,
        excerpt(lake, ("page_stories",), story_ids=[story_id(0)]) as part,
    ):
        part.fetch(
            "SELECT count(*) FROM range(100_000_000) AS a, range(100_000) AS b WHERE a.range % 7 = b.range % 11"
        )
