"""What a notebook shows: tables with marked words and links, and whole pages in a frame of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from core.safety.visible import escape_html

_MARKED = re.compile("⟦(.*?)⟧", re.DOTALL)
_FRAME_HEIGHT = 640
_LINK_CHARS = 60
_LEFT = 'style="text-align:left"'


def show_table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], row_count: int) -> str:
    """The rows as an HTML table; `row_count` is the number of all rows. Texts of strangers are only text in it."""
    head = "".join(f"<th {_LEFT}>{escape_html(name)}</th>" for name in columns)
    body = "".join(_show_row([row[name] for name in columns]) for row in rows)
    count = f"{row_count:,} row{'' if row_count == 1 else 's'}"
    note = f"{count}, the first {len(rows)}" if len(rows) < row_count else count
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{note}</p>"


def show_page(html: str) -> str:
    """A whole page in a frame that runs no script and cannot touch the notebook."""
    return (
        f'<iframe sandbox="allow-popups" srcdoc="{escape_html(html)}" title="Copydesk"'
        f' style="width:100%;height:{_FRAME_HEIGHT}px;border:1px solid #8888"></iframe>'
    )


def _show_row(values: Sequence[Any]) -> str:
    return f"<tr>{''.join(f'<td {_LEFT}>{_show_value(value)}</td>' for value in values)}</tr>"


def _show_value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return escape_html(f"{value:.10g}")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(_show_value(one) for one in value)
    text = escape_html(str(value))
    if _is_address(str(value)):
        short = escape_html(str(value)[:_LINK_CHARS])
        return f'<a href="{text}" target="_blank" rel="noreferrer noopener">{short}</a>'
    return _MARKED.sub(r"<mark>\1</mark>", text)


def _is_address(text: str) -> bool:
    try:
        return urlsplit(text).scheme in ("http", "https") and not re.search(r"\s", text)
    except ValueError:
        return False
