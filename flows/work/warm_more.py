"""Imported by the fork server of a long run: it loads what few pages need and what takes two seconds to load.

That is the last resort for dates, which knows 200 languages: a worker that loads it itself takes 35 MB more. And what
finds the questions of stories, which workers do only in long runs.
"""

from __future__ import annotations

import tasks.group.questions  # noqa: F401
from flows.work.warm import share_memory, work_pages

# Two dates in a language whose months only the last resort knows, one of them without a year.
work_pages(('<p class="date">14. ágúst 2025</p>', '<p class="date">14. ágúst, kl. 14:05</p>'))
share_memory()
