"""Imported once by the fork server: it loads the stages, their tables and the language model for all workers."""
# Why: see docs/decisions.md, "Workers come from a fork server that has loaded the model once".

from __future__ import annotations

import gc
from dataclasses import replace

from core.captures import CaptureKind
from flows.work.self_test import plain_article
from tasks.article import read_articles
from tasks.clean.options import CleanOptions
from tasks.extract.options import ExtractOptions

# What a stage reads when it first needs it (the gazetteer, the detector of languages, patterns) is read for a text and a
# page, so that no worker reads it again and all of them share its memory.
_TEXT = plain_article()
_PAGE = replace(
    _TEXT,
    kind=CaptureKind.HTML,
    payload=b"<html><body><article><p>"
    + _TEXT.payload.replace(b"\n\n", b"</p><p>")
    + b"</p></article></body></html>",
)
for _capture in (_TEXT, _PAGE):
    read_articles([_capture], CleanOptions(), ExtractOptions())
# The loaded objects live as long as the workers: frozen, they stay in shared memory, and the garbage collector of a
# worker does not walk them (https://docs.python.org/3/library/gc.html#gc.freeze).
gc.collect()
gc.freeze()
