"""Natasha's recognizer of Russian names as the `ner` pipe of a spaCy pipeline.

slovnet (NumPy only) runs it; the weights and the words' vectors are in natasha's wheel, whose own code is not needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from core.errors import ConfigError

NAME = "natasha"
_VECTORS = "emb/navec_news_v1_1B_250K_300d_100q.tar"
_WEIGHTS = "model/slovnet_ner_news_v1.tar"


class NatashaNames:
    """Sets `ents` of texts: PER, LOC and ORG. `tagger` finds spans of characters in a text."""

    def __init__(self, tagger: Callable[[str], Any]) -> None:
        self._tagger = tagger

    def __call__(self, doc: Doc) -> Doc:
        """The text with its names."""
        found = (
            doc.char_span(one.start, one.stop, one.type, alignment_mode="expand")
            for one in self._tagger(doc.text).spans
        )
        doc.set_ents([span for span in found if span is not None])
        return doc

    def pipe(self, docs: Iterable[Doc], batch_size: int = 1) -> Iterator[Doc]:
        """Each text with its names."""
        return map(self, docs)


def load_natasha() -> Language:
    """A Russian pipeline with natasha's names. Raises ConfigError if a package is missing."""
    nlp = spacy.blank("ru")
    Language.component(f"{NAME}_names", func=NatashaNames(_load_tagger()))
    nlp.add_pipe(f"{NAME}_names", name="ner")
    return nlp


def _load_tagger() -> Any:
    missing = [name for name in (NAME, "slovnet", "navec", "razdel") if find_spec(name) is None]
    if missing:
        raise ConfigError(
            f"language model {NAME} cannot be loaded: {', '.join(missing)} not installed; run `copydesk models add ru`"
        )
    folder = Path(str(find_spec(NAME).origin)).parent / "data"  # type: ignore[union-attr]
    tagger = import_module("slovnet").NER.load(str(folder / _WEIGHTS))
    tagger.navec(import_module("navec").Navec.load(str(folder / _VECTORS)))
    return tagger
