"""Halves of characters, NUL and control characters: whatever brings them, no row holds them."""

from __future__ import annotations

import json

import pytest

from core.captures import CaptureKind
from core.outcomes import Row
from tasks.clean.options import CleanOptions
from tasks.clean.stage import clean_captures
from tests.tasks.clean.clean_samples import (
    PARAGRAPHS,
    TITLE,
    capture_of,
    make_page,
    make_text,
    paragraphs,
)

ODD = "\ud800\x00\x08\x1b\x7f"


def clean_row(payload: bytes | str, kind: CaptureKind, **fields: object) -> Row:
    return clean_captures([capture_of(payload, kind, **fields)], CleanOptions()).rows["articles"][0]


def assert_writable(value: object) -> None:
    json.dumps(value, default=str, ensure_ascii=False).encode()
    for text in value.values() if isinstance(value, dict) else []:
        for part in text if isinstance(text, list) else [text]:
            assert not isinstance(part, str) or part.replace("\n", "").isprintable(), part


@pytest.mark.parametrize("field", ["text", "html"])
def test_a_record_with_escaped_oddities_loses_them_and_nothing_else(field: str) -> None:
    written = make_text(*PARAGRAPHS) if field == "text" else make_page(paragraphs()).decode()
    written = written.replace("council", f"coun{ODD}cil")
    record = {"title": f"Council{ODD} agrees", "authors": [f"Mara{ODD} Quill"], field: written}
    row = clean_row(json.dumps(record), CaptureKind.RECORD)
    assert row["body_text"] == make_text(*PARAGRAPHS)
    assert row["authors"] == ["Mara Quill"]
    assert_writable(row)


def test_a_hint_with_oddities_names_the_text_without_them() -> None:
    hints = {"title": f"Council {ODD}agrees", "section": f"Ne{ODD}ws", "authors": f"Mara Quill{ODD}"}
    row = clean_row(make_text(*PARAGRAPHS), CaptureKind.TEXT, hints=hints)
    assert (row["title"], row["section"]) == ("Council agrees", "News")
    assert_writable(row)


def test_a_title_of_nothing_but_oddities_is_no_title() -> None:
    row = clean_row(make_text(*PARAGRAPHS), CaptureKind.TEXT, hints={"title": ODD})
    assert row["title"] is None


def test_character_references_cannot_bring_them_in() -> None:
    body = paragraphs().replace("council", "coun&#1;&#8;&#27;&#127;cil")
    row = clean_row(make_page(body, f"<h1>{TITLE}&#1;</h1>"), CaptureKind.HTML)
    assert row["body_text"] == make_text(*PARAGRAPHS)
    assert_writable(row)
