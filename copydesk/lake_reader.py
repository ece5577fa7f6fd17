"""`connect`: a lake to ask from Python."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from copydesk.answer import AnswerTable, answer_of
from copydesk.place import find_settings
from warehouse.asking.connect import Connection, read_as_of
from warehouse.asking.named_questions import answer_question, find_question, is_own, list_questions
from warehouse.catalog.open import open_lake
from warehouse.catalog.sql_files import run_query

if TYPE_CHECKING:
    from core.settings import Settings
    from dashboard.model.articles import ArticlePage
    from dashboard.model.stories import StoryPage
    from warehouse.catalog.session import Lake

_OF_STORY = {"articles": "story", "figures": "side_by_side", "quotations": "page_quotations"}


@dataclass(frozen=True, slots=True)
class StoryAnswer:
    """A story outlet by outlet. A notebook shows its page.

    `page` holds everything that the page shows as plain values; `articles`, `figures` and `quotations` are tables.
    `html` is the page as one file without script or network.
    """

    page: StoryPage
    articles: AnswerTable
    figures: AnswerTable
    quotations: AnswerTable
    html: str

    def __repr__(self) -> str:
        return f"story {self.page.story_id}: {self.page.title!r}, {len(self.articles)} articles"

    def _repr_html_(self) -> str:
        from copydesk.notebook import show_page

        return show_page(self.html)


@dataclass(frozen=True, slots=True)
class ArticleAnswer:
    """An article with everything that was read from it. A notebook shows its text, marked.

    `page` holds text, metadata, removed lines, revisions and the receipt as plain values; the tables have each span in
    its sentence. `html` is the page as one file without script or network.
    """

    page: ArticlePage
    figures: AnswerTable
    dates: AnswerTable
    mentions: AnswerTable
    quotations: AnswerTable
    html: str

    def __repr__(self) -> str:
        return f"article {self.page.article_id} of {self.page.outlet}: {self.page.title!r}"

    def _repr_html_(self) -> str:
        from copydesk.notebook import show_page

        return show_page(self.html)


class LakeReader:
    """An open lake, read-only, at one snapshot: every answer is of the same rows, whatever lands meanwhile.

    Close it, or use it as a context. Not for several threads at once: connect once in each.
    """

    def __init__(self, lake: Lake, settings: Settings) -> None:
        self._lake = lake
        self._settings = settings

    def sql(self, query: str, /, **values: Any) -> AnswerTable:
        """The answer to DuckDB's SQL; `$name` in it is the value called so.

        Raises ConfigError that says what is wrong with the query.
        """
        from warehouse.asking.owner_sql import run_sql

        return AnswerTable(run_sql(self._lake, query, values))

    def query(self, name: str, /, **values: Any) -> AnswerTable:
        """The answer to the named question; `queries()` lists them. The beginning of an id will do where it is unique.

        Raises ConfigError for an unknown name or value.
        """
        from warehouse.asking.ids import complete_ids

        file = find_question(self._settings, name)
        if is_own(file):
            return self.sql(file.text, **file.bind(complete_ids(self._lake, file, values)))
        return AnswerTable(answer_question(self._lake, file, complete_ids(self._lake, file, values)))

    def queries(self) -> AnswerTable:
        """The named questions, what each answers, and the values that it takes."""
        return answer_of(
            [
                {
                    "name": file.name,
                    "answers": file.purpose,
                    "parameters": ", ".join(parameter.name for parameter in file.parameters),
                }
                for file in list_questions(self._settings)
            ]
        )

    def search(
        self,
        words: str = "",
        /,
        *,
        outlet: str | Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        speaker: str | None = None,
        limit: int = 20,
    ) -> AnswerTable:
        """The articles that fit the words best, best first, with the place that fits between ⟦ and ⟧.

        Words side by side, "phrases", AND, OR, NOT, brackets, steel*, `outlet:`, `since:`, `until:` and `speaker:`;
        the filters are arguments as well. What was not understood is a UserWarning. Without words, the newest articles.
        """
        from warehouse.asking.search import SearchFilters, SearchHit, search

        outlets = (outlet,) if isinstance(outlet, str) else tuple(outlet)
        hits = search(self._lake, words, limit, SearchFilters(outlets, since, until, speaker))
        for note in hits.notes:
            warnings.warn(note, stacklevel=2)
        return answer_of([asdict(hit) for hit in hits], tuple(SearchHit.__dataclass_fields__))

    def story(self, story_id: str, /) -> StoryAnswer:
        """The only story whose id begins so."""
        from dashboard.reading.story import read_story
        from dashboard.report import story_report

        page = read_story(self._lake, story_id)
        tables = {
            name: AnswerTable(run_query(self._lake, query, story_id=page.story_id))
            for name, query in _OF_STORY.items()
        }
        html = story_report(self._lake, page.story_id, self._settings, datetime.now(UTC))
        return StoryAnswer(page, **tables, html=html)

    def article(self, article_id: str, /) -> ArticleAnswer:
        """The only article whose id begins so, or the one at that address."""
        from dashboard.reading.article import read_article
        from dashboard.report import article_report
        from warehouse.asking.owner_sql import read_marked_spans

        page = read_article(self._lake, article_id, self._settings)
        html = article_report(self._lake, page.article_id, self._settings, datetime.now(UTC))
        spans = {
            name: AnswerTable(table) for name, table in read_marked_spans(self._lake, page.article_id).items()
        }
        return ArticleAnswer(page, **spans, html=html)

    def tables(self, name: str | None = None, /) -> AnswerTable:
        """Every table and view with what a row of it is; of a named one, the columns with their meaning."""
        from warehouse.asking.relations import list_columns, list_relations

        return answer_of(list_relations() if name is None else list_columns(name))

    @property
    def snapshot_id(self) -> int:
        """The snapshot that every answer shows."""
        return self._lake.snapshot_id

    @property
    def connection(self) -> Connection:
        """The DuckDB connection below: for relations, and to `register` a frame that SQL then reads by its name."""
        return Connection(self._lake.connection)

    def close(self) -> None:
        """Detach, then close."""
        self._lake.close()

    def __enter__(self) -> LakeReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<lake {self._lake.location}, snapshot {self.snapshot_id}>"


def connect(
    lake: str | Path | None = None,
    *,
    config: str | Path | None = None,
    as_of: str | int | date | datetime | None = None,
) -> LakeReader:
    """Open a lake to ask it: a folder, `postgresql://...`, or the one that the settings name.

    `config` is the settings file, ./copydesk.toml where there is one. `as_of` is a snapshot's number or a time
    (UTC unless it says), for an earlier state; without it, the newest snapshot.

    Raises ConfigError if there is no lake, TransientError if its catalog cannot be reached.
    """
    settings = find_settings(lake, config)
    if isinstance(as_of, date) and not isinstance(as_of, datetime):
        as_of = as_of.isoformat()
    return LakeReader(open_lake(settings, read_only=True, as_of=read_as_of(as_of)), settings)
