"""Natasha's names of Russian texts, where its wheels are installed."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from types import SimpleNamespace

import pytest
import spacy

from core.errors import ConfigError
from tasks.extract.language_model.natasha import NatashaNames, load_natasha
from tasks.extract.language_model.recognition import recognise_names

TEXT = "Об этом заявила министр Алла Бранд, сообщает «Вестник залива»."


@dataclass
class Span:
    start: int
    stop: int
    type: str


def test_spans_of_characters_become_names_of_whole_tokens() -> None:
    doc = spacy.blank("ru")(TEXT)
    start = TEXT.index("Алла")
    spans = [Span(start, start + len("Алла Бранд"), "PER"), Span(start + 40, start + 43, "ORG")]
    (read,) = NatashaNames(lambda _: SimpleNamespace(spans=spans)).pipe([doc])
    assert next((ent.text, ent.label_) for ent in read.ents) == ("Алла Бранд", "PER")
    assert all(ent.text in TEXT for ent in read.ents)


@pytest.mark.skipif(find_spec("natasha") is not None, reason="natasha is installed")
def test_a_missing_package_is_named_with_what_to_do() -> None:
    with pytest.raises(ConfigError, match=r"natasha, slovnet.*not installed; run `copydesk models add ru`"):
        load_natasha()


@pytest.mark.skipif(find_spec("natasha") is None, reason="natasha is not installed: copydesk models add ru")
def test_names_are_found_by_its_weights() -> None:
    nlp = load_natasha()
    doc = nlp.make_doc(TEXT)
    recognise_names(nlp, [doc])
    assert "Алла Бранд" in {ent.text for ent in doc.ents if ent.label_ == "PER"}
