"""Quotations and their speakers, from a table of cases (cases.toml) through the whole stage."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.outcomes import Row
from core.tables import TABLES
from tasks.extract.language_model.pipeline import build_documents, parse_sentences
from tasks.extract.names import find_names
from tasks.extract.options import ExtractOptions
from tasks.extract.quotations import find_quotations, sentences_to_parse

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]


def extract(texts: list[str], languages: list[str] | None = None) -> list[list[Row]]:
    """The quotations of each text, with names as the stage finds them."""
    options = ExtractOptions()
    articles = [
        {"article_id": str(number), "month": date(2024, 1, 1), "body_text": text, "language": language}
        for number, (text, language) in enumerate(zip(texts, languages or ["en"] * len(texts), strict=True))
    ]
    documents = build_documents(articles, options)
    parse_sentences(documents, {n: sentences_to_parse(d) for n, d in enumerate(documents)}, options)
    return [find_quotations(document, name_rows(document)) for document in documents]


def name_rows(document: Any) -> list[Row]:
    frame, names = find_names(document)
    return [
        document.row(
            frame.starts[name.start],
            frame.end_char(name.end - 1),
            surface=document.text[frame.starts[name.start] : frame.end_char(name.end - 1)],
            entity_type=name.entity_type,
            entity_id=document.text[frame.starts[name.start] : frame.end_char(name.end - 1)].split()[-1],
            role=name.role,
        )
        for name in names
    ]


def as_listed(row: Row) -> list[str]:
    """A row as cases.toml writes it."""
    listed = [row["text"].strip(), row["kind"], row.get("speaker") or "", row.get("cue") or ""]
    return [*listed, "anonymous"] if row["is_anonymous"] else listed


@pytest.fixture(scope="module")
def case_rows() -> dict[str, list[Row]]:
    rows = extract([case["text"] for case in CASES], [case.get("language", "en") for case in CASES])
    return {case["name"]: found for case, found in zip(CASES, rows, strict=True)}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_quotations_come_with_their_speakers(case: dict[str, Any], case_rows: dict[str, list[Row]]) -> None:
    assert [as_listed(row) for row in case_rows[case["name"]]] == case["rows"]


def test_rows_fit_their_table_and_spans_are_the_words(case_rows: dict[str, list[Row]]) -> None:
    for case in CASES:
        rows = case_rows[case["name"]]
        TABLES["quotations"].to_arrow(rows)
        for row in rows:
            assert row["text"] in case["text"][row["start_char"] : row["end_char"]]
            if row.get("speaker"):
                assert case["text"][row["speaker_start_char"] : row["speaker_end_char"]] == row["speaker"]


def test_a_pronoun_means_the_last_speaker_who_fits() -> None:
    text = (
        "“The bridge is safe,” said Mrs. Ada Orr. Tom Vale listened in the hall.\n\n"
        "“It will open on Monday,” she said.\n\n“We shall see,” Mr. Tom Vale said.\n\n“I doubt it,” he added."
    )
    (rows,) = extract([text])
    assert [row["speaker_entity_id"] for row in rows] == ["Orr", "Orr", "Vale", "Vale"]


def test_a_headline_repeated_above_the_text_has_no_rows() -> None:
    options = ExtractOptions()
    text = "Orr calls bridge “a gift”\n\nAda Orr called the bridge “a gift” on Monday."
    article = {"article_id": "a", "month": date(2024, 1, 1), "body_text": text, "language": "en"}
    for title, count in (("Orr calls bridge “a gift”", 1), (None, 2)):
        documents = build_documents([{**article, "title": title}], options)
        parse_sentences(documents, {0: sentences_to_parse(documents[0])}, options)
        assert len(find_quotations(documents[0], [])) == count


def test_only_sentences_beside_quotation_marks_are_parsed() -> None:
    text = (
        "The bridge is old. “It is safe. It was tested. It will open,” Ada Orr said on the quay after noon "
        "while others listened. The port is near."
    )
    (document,) = build_documents(
        [{"article_id": "a", "month": date(2024, 1, 1), "body_text": text, "language": "en"}],
        ExtractOptions(),
    )
    wanted = sentences_to_parse(document)
    assert all("said" in text[s.start_char : s.end_char] for s in document.sentences if s.number in wanted)


PIECES = [
    "“The bridge is safe,” ",
    "Ada Orr said",
    ". ",
    "he added that ",
    "‘no’ ",
    '"yes" ',
    "according to Tom Vale",
    "\n\n",
    "“open ",
    "” ",
    "the official told ",
    "called it ",
    "“The Long Bridge” ",
    ": ",
    "said ",
    "“",
    '"',
    "'",
    "—",
    "it ",
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map("".join))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_gives_rows_that_hold_together(text: str) -> None:
    (rows,) = extract([text])
    TABLES["quotations"].to_arrow(rows)
    end = 0
    for row in rows:
        assert row["text"] in text[row["start_char"] : row["end_char"]]
        if row["kind"] != "indirect":
            assert end <= row["start_char"], "no two quotations in marks overlap"
            end = row["end_char"]
    keys = [(row["article_id"], row["start_char"], row["end_char"]) for row in rows]
    assert len(keys) == len(set(keys))
