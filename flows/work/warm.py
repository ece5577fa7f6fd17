"""Imported once by the fork server: it loads the stages, their tables and the language model for all workers."""
# Why: see docs/decisions.md, "Workers come from a fork server that has loaded the model once".

from __future__ import annotations

import gc
from dataclasses import replace

from core.captures import Capture, CaptureKind
from core.lean import leave_out_pandas
from flows.work.self_test import plain_article
from tasks.article import read_articles
from tasks.clean.options import CleanOptions
from tasks.extract.options import ExtractOptions

# What a stage reads when it first needs it (the gazetteer, the detector of languages, names of months and zones) is read
# for a text and for pages that need it, so that no worker reads it again and all of them share its memory.
_DATELINES = ("", '<p class="date">2. März 2026, 14:05 Central European Summer Time</p>')


def share_memory() -> None:
    """Keep what is loaded in memory that workers share.

    It lives as long as they do: frozen, a worker's garbage collector does not walk it
    (https://docs.python.org/3/library/gc.html#gc.freeze).
    """
    gc.collect()
    gc.freeze()


def _make_page(dateline: str) -> Capture:
    article = plain_article()
    text = article.payload.decode().replace("\n\n", "</p><p>")
    html = f"<html><body><article><h1>Ferry stops in fog</h1>{dateline}<p>{text}</p></article></body></html>"
    return replace(article, kind=CaptureKind.HTML, payload=html.encode())


leave_out_pandas()
read_articles([plain_article()], CleanOptions(), ExtractOptions())
read_articles([_make_page(line) for line in _DATELINES], CleanOptions(), ExtractOptions())
share_memory()
