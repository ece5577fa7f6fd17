"""What the extract stage costs in each language: python -m benchmarks.cost.languages [--characters 40000]

CPU seconds of this process for a million characters and for a hundred thousand words, after the first article (which loads
the language's tables), the better of two; and how many times English costs that is. Texts: the development halves of
`stories_crosslingual` and of the sets of names in `lang/` of the evaluation corpora; the pages of `fundus_dev` in Polish. For Arabic, Hindi,
Dutch and Turkish there is no news in the corpora: their texts are sentences of the sets of figures and dates, twenty to an article, and each
sentence holds a number or a date. Words of Chinese and Japanese are counted as two characters each.
"""

from __future__ import annotations

import argparse
import gc
import time

from benchmarks.corpora import CORPORA, make_article, read_rows
from core.outcomes import Row
from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles

_SETS = ("es", "pt", "it", "sv", "ko")
_SENTENCES = ("ar", "hi", "nl", "tr")
_PAGES = ("pl",)
_NO_SPACES = ("zh", "ja")


def read_articles(characters: int) -> dict[str, list[Row]]:
    """Articles by language, English first. Each language gets about that many characters."""
    rows = [
        (row["language"], row["text"]) for row in read_rows(CORPORA / "lang" / "stories_crosslingual.jsonl")
    ]
    for code in _SETS:
        rows += [(code, row["text"]) for row in read_rows(CORPORA / "lang" / f"names_{code}.jsonl")]
    rows += [(code, text) for code in _SENTENCES for text in join_sentences(code)]
    rows += [
        (row["language"], row["gold_text"])
        for row in read_rows(CORPORA / "fundus_dev.jsonl")
        if row["language"] in _PAGES
    ]
    found: dict[str, list[Row]] = {"en": []}
    for number, (code, text) in enumerate(rows):
        listed = found.setdefault(code, [])
        if sum(len(one["body_text"]) for one in listed) < characters:
            listed.append(make_article(f"{number:016x}", text, language=code))
    return found


def join_sentences(code: str) -> list[str]:
    """The sentences of the sets of figures and dates, figures and dates in turn, twenty to a text."""
    sets = [read_rows(CORPORA / "lang" / f"{kind}_{code}.jsonl") for kind in ("figures", "dates")]
    mixed = [row["text"].strip().rstrip(".") + ". " for pair in zip(*sets, strict=False) for row in pair]
    return ["".join(mixed[begin : begin + 20]) for begin in range(0, len(mixed), 20)]


def cost_of(articles: list[Row]) -> float:
    """CPU seconds of the stage, the better of two."""
    options = ExtractOptions()
    extract_articles(articles[:1], options)
    best = float("inf")
    for _ in range(2):
        gc.collect()
        begin = time.process_time()
        extract_articles(articles, options)
        best = min(best, time.process_time() - begin)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--characters", type=int, default=40_000)
    english = None
    for code, articles in read_articles(parser.parse_args().characters).items():
        texts = [article["body_text"] for article in articles]
        characters = sum(map(len, texts))
        words = characters / 2 if code in _NO_SPACES else sum(len(text.split()) for text in texts)
        seconds = cost_of(articles)
        per_word = seconds / words * 100_000
        english = english or per_word
        print(
            f"{code}: {characters} characters, {seconds / characters * 1e6:.1f} s a million characters, "
            f"{per_word:.2f} s for 100,000 words, {per_word / english:.2f} of English"
        )


if __name__ == "__main__":
    main()
