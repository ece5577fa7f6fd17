"""What an edit changed in an article: its figures (figures.py) and its quotations (quotations.py).

Nothing is matched by offset: one inserted word moves every offset. What is in a sentence of the same words in both
texts is left out; the rest is paired by the likeness of the sentences (alignment.py), then by the question.
"""

from __future__ import annotations

from tasks.group.edits.figures import find_figure_changes
from tasks.group.edits.quotations import find_quotation_changes

__all__ = ["find_figure_changes", "find_quotation_changes"]
