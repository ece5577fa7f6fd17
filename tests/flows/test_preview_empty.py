"""A line of `copydesk preview --jsonl` that is empty is told apart from one that has no text to be read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.settings import Settings
from flows.preview import preview_lines


@pytest.mark.parametrize(
    ("record", "reason", "detail"),
    [
        ({"html": ""}, "empty", "its field html is empty"),
        ({"text": " \n"}, "empty", "its field text is empty"),
        ({"html": "", "text": None}, "empty", "its field html is empty"),
        ({"title": "Ferry", "content": ""}, "empty", "its field content is empty"),
        ({}, "bad_record", "the record has neither text nor html"),
        ({"title": "Ferry"}, "bad_record", "only title. Name yours: --columns text="),
    ],
)
def test_empty_is_the_reason_where_a_field_says_nothing(
    settings: Settings, record: dict[str, Any], reason: str, detail: str
) -> None:
    (made,) = preview_lines(settings, [json.dumps(record).encode()])
    assert (made["outcome"], made["reason"]) == ("rejected", reason)
    assert detail in (made.detail or "")
