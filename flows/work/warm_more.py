"""Imported by the fork server of a long run: it loads what few pages need and what takes two seconds to load.

That is the last resort for dates, which knows 200 languages: a worker that loads it itself takes 35 MB more. And what
finds the questions of stories, which workers do only in long runs.
"""

from __future__ import annotations

import htmldate

import tasks.group.questions  # noqa: F401
from flows.work.warm import share_memory

# Two dates in a language whose months only the last resort knows, one of them without a year.
for line in ("14. ágúst 2025", "14. ágúst, kl. 14:05"):
    htmldate.find_date(f'<html><body><p class="date">{line}</p></body></html>', extensive_search=True)
share_memory()
