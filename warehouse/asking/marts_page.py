"""docs/marts.md, made from sql/marts: `python -m warehouse.asking.marts_page > docs/marts.md`."""

from __future__ import annotations

import sys

from warehouse.asking.mart_columns import describe_marts
from warehouse.catalog.migrations import list_marts

_INTRODUCTION = """\
# Views that people query first

Made from the headers of `sql/marts` by `python -m warehouse.asking.marts_page > docs/marts.md`; a test keeps it current.
`copydesk tables NAME` prints the same. The tables below them are in [tables.md](tables.md).
"""


def render_marts_page() -> str:
    """The page: for each view what it answers, its grain and key, and what its columns mean."""
    columns = describe_marts()
    sections = []
    for mart in sorted(list_marts(), key=lambda mart: mart.name):
        lines = [
            f"## {mart.name}",
            f"{mart.purpose[0].upper()}{mart.purpose[1:]}.",
            "",
            f"O{mart.grain[1:]}. Key: {', '.join(mart.key)}. Reads: {', '.join(mart.reads)}.",
            "",
            "| column | type | meaning |",
            "|---|---|---|",
            *(f"| {column.name} | {column.type} | {column.meaning} |" for column in columns[mart.name]),
            "",
        ]
        sections.append("\n".join(lines))
    return "\n".join([_INTRODUCTION, *sections])


if __name__ == "__main__":
    sys.stdout.write(render_marts_page())
