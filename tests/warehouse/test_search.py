"""Full text: ranked, and renewed when the articles have changed."""

from __future__ import annotations

import pytest

from core.errors import ConfigError
from tests.warehouse.conftest import PartFolder, make_rows, make_run
from warehouse.asking.search import refresh_search, search, search_file
from warehouse.catalog.open import Lake
from warehouse.landing.land import land_parts, record_run


def test_the_best_fit_comes_first_with_the_words_around(lake: Lake, part: PartFolder) -> None:
    storm = "The storm tore roofs off. A second storm is due, and storm warnings stand."
    rain = "Rain fell on the fair all day long, and one storm passed far out at sea, unseen."
    calm = "Nothing at all happened in the harbour today, said the master of the port."
    articles = [make_rows(slug, body=body) for slug, body in (("s", storm), ("r", rain), ("c", calm))]
    land_parts(lake, make_run(), [part(*articles)])
    hits = search(lake, "storms")
    assert [hit.url[-1] for hit in hits] == ["s", "r"]
    assert hits[0].score > hits[1].score
    assert search(lake, "storm", limit=1)[0].snippet.startswith("The storm tore")
    assert "harbour" in search(lake, "HARBOUR")[0].snippet


def test_the_index_follows_the_articles_and_nothing_else(lake: Lake, part: PartFolder) -> None:
    land_parts(lake, make_run(), [part(make_rows("a"))])
    assert refresh_search(lake) is True
    assert refresh_search(lake) is False
    record_run(lake, make_run(state="completed"))
    assert refresh_search(lake) is False
    land_parts(lake, make_run("run-2"), [part(make_rows("b"))])
    assert len(search(lake, "boats")) == 2


def test_a_broken_index_is_built_anew(lake: Lake, part: PartFolder) -> None:
    land_parts(lake, make_run(), [part(make_rows("a"))])
    search_file(lake.location).write_bytes(b"half an index")
    assert len(search(lake, "boats")) == 1
    leftovers = [path.name for path in lake.location.folder.glob("*unfinished*")]
    assert leftovers == []


def test_words_that_are_sql_are_only_words(lake: Lake, part: PartFolder) -> None:
    land_parts(lake, make_run(), [part(make_rows("a"))])
    assert search(lake, "'; DROP TABLE articles; --") == []


def test_no_words_are_a_wrong_question(lake: Lake) -> None:
    with pytest.raises(ConfigError, match="at least one word"):
        search(lake, "  ")
