"""docs/tables.md, made from core/tables.py: `python -m core.tables_page > docs/tables.md`."""

from __future__ import annotations

import sys

from core.outcomes import OUTCOME_OF, Outcome
from core.schema import Column, Table
from core.tables import ARTICLE_CHILDREN, TABLES

_INTRODUCTION = """\
# Tables

Made from `core/tables.py` by `python -m core.tables_page > docs/tables.md`; a test keeps it current. The
same words are column comments in the lake, and `copydesk tables NAME` prints them.

- Spans (`start_char`, `end_char`) are half-open, in Unicode code points of `articles.body_text`:
  `span_of(body_text, start_char, end_char) = surface`; `span_of` is a macro of the lake, for every client that attaches it.
  Written out it is `substr(body_text, start_char + 1, end_char - start_char)`; in Python `body_text[start_char:end_char]`.
- `web_address(url, canonical_url)` and `link_to_words(address, lead_text, span_text)`, macros too, make the links of the views
  `..._in_context`: a browser that opens one scrolls to the words.
- Timestamps are UTC. `month` is the first day of the month of publication, else of fetching.
- Tables marked *partitioned* keep their files by `month`; a condition on it makes a query cheap.
- Tables marked *of an article* are made again as a whole whenever their article is.
"""


def render_tables_page() -> str:
    """The page: a list of the tables, each table's columns, the reasons of outcomes."""
    index = ["| table | one row per | key |", "|---|---|---|"]
    index += [f"| [{t.name}](#{t.name}) | {t.grain} | {', '.join(t.key)} |" for t in TABLES.values()]
    sections = [_render_table(table) for table in TABLES.values()]
    return "\n".join([_INTRODUCTION, *index, "", *sections, _render_reasons()])


def _render_table(table: Table) -> str:
    lines = [
        f"## {table.name}",
        f"One row per {table.grain}. Key: {', '.join(table.key)}.{_describe(table)}",
        "",
    ]
    lines += ["| column | type | meaning |", "|---|---|---|"]
    lines += [_render_column(column) for column in table.columns]
    return "\n".join([*lines, ""])


def _describe(table: Table) -> str:
    marks = [
        "Partitioned." if table.is_partitioned else "",
        "Of an article." if table.name in ARTICLE_CHILDREN else "",
    ]
    return "".join(f" {mark}" for mark in marks if mark)


def _render_column(column: Column) -> str:
    need = "" if column.required else ", can be null"
    unit = f" [{column.unit}]" if column.unit else ""
    choices = f": {', '.join(column.choices)}" if column.choices else ""
    return f"| {column.name} | {column.type}{need} | {column.meaning}{unit}{choices} |"


def _render_reasons() -> str:
    lines = ["## Outcomes and their reasons", "| outcome | reasons |", "|---|---|"]
    for outcome in Outcome:
        reasons = [reason.value for reason, of in OUTCOME_OF.items() if of is outcome]
        lines.append(f"| {outcome.value} | {', '.join(reasons)} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.stdout.write(render_tables_page())
