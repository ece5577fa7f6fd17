"""The answer to a watch as it is now."""

from __future__ import annotations

from dataclasses import asdict

from core.settings import Settings, Watch
from flows.watches.answer_lines import AnswerRow, tell_row
from warehouse.asking.apart import ask_apart
from warehouse.asking.ids import complete_ids
from warehouse.asking.named_questions import find_question
from warehouse.asking.search import search
from warehouse.catalog.open import open_lake

_MOST_ROWS = 1_000


def answer_watch(settings: Settings, watch: Watch) -> list[AnswerRow]:
    """The rows of the answer, at most a thousand. Raises ConfigError for a question that cannot be answered."""
    dashboard = settings.notices.dashboard_url
    with open_lake(settings, read_only=True) as lake:
        snapshot_id = lake.snapshot_id
        if watch.search is not None:
            hits = [asdict(hit) for hit in search(lake, watch.search, _MOST_ROWS)]
            return [tell_row(tuple(hit), tuple(hit.values()), ("article_id",), dashboard) for hit in hits]
        if watch.query is not None:
            file = find_question(settings, watch.query)
            given = {name: str(value) for name, value in watch.values.items()}
            sql, bound, key = file.text, file.bind(complete_ids(lake, file, given)) or None, file.key
        else:
            assert watch.sql is not None
            sql, bound, key = watch.sql, None, ()
    found = ask_apart(settings, sql, bound, snapshot_id=snapshot_id, most_rows=_MOST_ROWS)
    return [tell_row(found.columns, row, key, dashboard) for row in found.rows]
