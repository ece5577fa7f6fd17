"""What the language model costs, and the whole extract stage: python -m benchmarks.cost.language_model [ARTICLES]

Names and parses by the project's decoders and by spaCy's own pipes, on the same tokens of articles of the evaluation
corpora, in one process; the entities and parses that differ are counted. CPU seconds of this process, the better of two.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable

from spacy.tokens import Doc

from benchmarks.corpora import CORPORA, make_article, read_rows
from tasks.extract.language_model.models import pipeline_for
from tasks.extract.language_model.parsing import parse
from tasks.extract.language_model.pipes import copy_tokens, run_pipes
from tasks.extract.language_model.recognition import recognise_names
from tasks.extract.language_model.sentences import split_sentences
from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles


def measure(work: Callable[[list[Doc]], object], docs: list[Doc]) -> tuple[float, list[Doc]]:
    """CPU seconds, and the texts with what the work set."""
    best = float("inf")
    for _ in range(2):
        copies = [doc.copy() for doc in docs]
        gc.collect()
        begin = time.process_time()
        work(copies)
        best = min(best, time.process_time() - begin)
    return best, copies


def names_of(doc: Doc) -> list[tuple[int, int, str]]:
    return [(ent.start, ent.end, ent.label_) for ent in doc.ents]


def parse_of(doc: Doc) -> list[tuple[str, str, int]]:
    return [(token.tag_, token.dep_, token.head.i) for token in doc]


def compare(
    what: str,
    ours: Callable[..., object],
    own: tuple[str, ...],
    docs: list[Doc],
    read: Callable[[Doc], object],
) -> None:
    nlp = pipeline_for("en", ExtractOptions())
    seconds, found = measure(lambda copies: ours(nlp, copies), docs)
    others, expected = measure(lambda copies: run_pipes(nlp, copies, own), docs)
    differ = sum(read(one) != read(other) for one, other in zip(found, expected, strict=True))
    tokens = sum(map(len, docs))
    print(
        f"{what}: {tokens} tokens, {seconds:.2f} s, spaCy's own {others:.2f} s, ratio {seconds / others:.2f}; {differ} of {len(docs)} differ"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("articles", type=int, nargs="?", default=200)
    count = parser.parse_args().articles
    rows = read_rows(CORPORA / "ner_conll2020.jsonl") + read_rows(CORPORA / "quotes_polnear.jsonl")
    articles = [make_article(row["id"], row["text"]) for row in rows[:: max(1, len(rows) // count)]][:count]
    texts = [article["body_text"] for article in articles]
    options = ExtractOptions()
    nlp = pipeline_for("en", options)
    extract_articles(articles[:4], options)
    begin = time.process_time()
    extract_articles(articles, options)
    seconds = time.process_time() - begin
    words = sum(len(text.split()) for text in texts)
    print(
        f"extract stage: {len(articles)} articles, {words} words, {seconds:.2f} s, {words / seconds:.0f} words a CPU second"
    )
    # Longer texts go to the model in windows of 2,000 tokens, whichever decoder finds the names.
    docs = [copy_tokens(doc, 0, min(len(doc), 2_000)) for doc in map(nlp.make_doc, texts)]
    compare("names", recognise_names, ("ner",), docs, names_of)
    sentences = [nlp.make_doc(text[a:b]) for text in texts[::3] for a, b in split_sentences(text)]
    compare("parses", parse, ("tok2vec", "tagger", "parser"), sentences, parse_of)


if __name__ == "__main__":
    main()
