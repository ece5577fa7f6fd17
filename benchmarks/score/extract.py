"""The extract stage's figures beside the peers', printed as one Markdown table per part.

    python -m benchmarks.score.extract [--only names|figures|dates|quotations|cost] [--corpora FOLDER]
    python -m benchmarks.score.extract --only figures|dates|quotations --errors     also a line for all that is wrong
    python -m benchmarks.score.extract --only quotations --third                    the articles that were kept aside

Cost: the stage's CPU over the model's names alone, and words per CPU second. `extraction` holds what each of the other
parts compares, and with what.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import spacy

from benchmarks.corpora import CORPORA, Line, format_table, make_article, read_rows, require
from benchmarks.score.extraction import dates, figures, names, quotations
from tasks.extract.language_model.models import pipeline_for
from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles

_REPEATS = 3  # the best of three: other work on the machine only ever adds


def score_cost(corpora: Path) -> list[Line]:
    rows = read_rows(corpora / "ner_conll2020.jsonl") + read_rows(corpora / "quotes_polnear.jsonl")
    articles = [make_article(row["id"], row["text"]) for row in rows[::3]]
    texts = [article["body_text"] for article in articles]
    words = sum(len(text.split()) for text in texts)
    options = ExtractOptions()
    path = pipeline_for("en", options).path
    nlp = spacy.load(path)
    nlp.select_pipes(enable=["ner"])
    extract_articles(articles[:4], options)
    list(nlp.pipe(texts[:4]))
    alone = min(measure_cpu(lambda: list(nlp.pipe(texts))) for _ in range(_REPEATS))
    ours = min(measure_cpu(lambda: extract_articles(articles, options)) for _ in range(_REPEATS))
    return [
        Line("CPU over the model's names alone", ours / alone, 0.8, "", at_most=True),
        Line("words per CPU second, whole stage", words / ours, 8000, "4,000 to 5,000, names alone"),
    ]


def measure_cpu(work: Callable[[], object]) -> float:
    """CPU seconds of this process."""
    gc.collect()
    begin = time.process_time()
    work()
    return time.process_time() - begin


PARTS: dict[str, Callable[[Path], list[Line]]] = {
    "names": names.score_names,
    "figures": figures.score,
    "dates": dates.score,
    "quotations": quotations.score,
    "cost": score_cost,
}
ERRORS: dict[str, Callable[[Path], Iterable[str]]] = {
    "figures": figures.list_errors,
    "dates": dates.list_errors,
    "quotations": quotations.list_errors,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=PARTS, help="one part")
    parser.add_argument("--errors", action="store_true", help="list what is wrong")
    parser.add_argument("--third", action="store_true", help="quotations: the third that was kept aside")
    parser.add_argument("--corpora", type=Path, default=CORPORA, help="folder of the evaluation corpora")
    options = parser.parse_args()
    corpora = require(options.corpora)
    parts, errors = dict(PARTS), dict(ERRORS)
    if options.third:
        parts["quotations"] = partial(quotations.score, third=True)
        errors["quotations"] = partial(quotations.list_errors, third=True)
    for part in [options.only] if options.only else PARTS:
        print(f"\n## {part}\n", flush=True)
        if options.errors and part in errors:
            print("\n".join(errors[part](corpora)))
        print(format_table(parts[part](corpora)), flush=True)


if __name__ == "__main__":
    main()
