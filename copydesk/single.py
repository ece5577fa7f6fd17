"""`read_page`: what is read from one page or text, without a lake."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from copydesk.answer import AnswerTable
from copydesk.place import find_settings
from core.errors import ConfigError
from core.tables import TABLES


@dataclass(frozen=True, slots=True)
class PageRows:
    """What a page gives: the row of `articles`, and the rows of the tables below it with the same columns as in a lake.

    `outcome` and `reason` say what became of the page, `detail` explains it; `article` is None if the page is not an article.
    """

    outcome: str
    reason: str
    detail: str | None
    article: Mapping[str, Any] | None
    removed_lines: AnswerTable
    sentences: AnswerTable
    mentions: AnswerTable
    figures: AnswerTable
    dates: AnswerTable
    quotations: AnswerTable

    def __repr__(self) -> str:
        if self.article is None:
            return f"{self.outcome}: {self.detail or self.reason}"
        counts = (
            f"{count} {name.removesuffix('s') if count == 1 else name}"
            for name in ("figures", "dates", "mentions", "quotations")
            for count in (len(getattr(self, name)),)
        )
        return f"{self.article['title']!r}: {', '.join(counts)}"


def read_page(
    page: str | bytes,
    url: str | None = None,
    *,
    outlet: str | None = None,
    published: datetime | None = None,
    config: str | Path | None = None,
) -> PageRows:
    """The rows of one page of HTML or one plain text, as a load would land them.

    Bytes are decoded as a browser would; a `str` is taken as it is. `published` is the time of publication where the
    page states none; it needs a `str`. The first call of a process takes a second or two, for the language model.
    """
    from flows.preview import PREVIEW_TABLES, looks_like_html, preview_bytes, preview_lines

    settings = find_settings(config=config)
    if isinstance(page, bytes):
        if published is not None:
            raise ConfigError("published goes with a page given as str; decode the bytes first")
        made = preview_bytes(settings, page, url=url, outlet=outlet)
    else:
        form = "html" if looks_like_html(page.encode("utf-8", "replace")) else "text"
        record = {form: page, "url": url, "published_at": published.isoformat() if published else None}
        line = json.dumps({name: value for name, value in record.items() if value is not None})
        made = next(preview_lines(settings, [line.encode()], outlet=outlet))
    tables = {name: AnswerTable(TABLES[name].to_arrow(made[name])) for name in PREVIEW_TABLES}
    return PageRows(made["outcome"], made["reason"], made.detail, made["article"], **tables)
