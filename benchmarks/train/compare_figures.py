"""Figures side by side of a story set, for score_figure_pairs.py: `python -m benchmarks.train.compare_figures SET.jsonl`.

Prints a pair of figures a line: a, b ([article id, start, end] in the set's text) and the verdict.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.train.question_data import build_stories, extract_rows, figure_pairs, read_articles
from tasks.group.questions.matching import cluster_answers, score_pairs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", type=Path, nargs="+", help="story sets, as JSON lines with gold_story")
    parser.add_argument("--cache", type=Path, help="keep the extracted rows in this file")
    arguments = parser.parse_args()
    stories = build_stories(extract_rows(read_articles(arguments.sets), arguments.cache), ())
    groups = {story.story_id: cluster_answers(story.answers, score_pairs(story.answers)) for story in stories}
    for pair in figure_pairs(stories, groups):
        print(json.dumps(pair))


if __name__ == "__main__":
    main()
