"""The questions that a story's figures answer, and how the readings of different outlets compare with each other.

Figures of one article that say the same are an answer (gathering.py). Pairs of answers of two articles are
compared by a trained model that sees no values (fields.py, model.py), and join into questions (matching.py).
`find_questions` makes rows of `questions` and `readings`.
"""

from __future__ import annotations

from tasks.group.questions.question_rows import Questions, find_questions
from tasks.group.questions.readings import StoryArticle

__all__ = ["Questions", "StoryArticle", "find_questions"]
