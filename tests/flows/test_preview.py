"""Every line of `copydesk preview --jsonl` has its own preview, also several captures of one article."""

from __future__ import annotations

import json

import pytest

from core.settings import Settings
from flows.preview import PREVIEW_TABLES, preview_lines

TEXT = (
    "Lock gate opens again\n\nBy Ines Caldwell\n\n"
    "The lock gate at Fenholm opened again on Monday after {days} days, said harbour master Tomas Reik. Some 40 boats "
    "had waited below it, and the last of them passed it in the evening."
)
URL = "https://fenholm.example/gate"


def line(days: int, url: str = URL) -> bytes:
    return json.dumps({"id": f"{url}-{days}", "url": url, "text": TEXT.format(days=days)}).encode()


@pytest.mark.parametrize("days", [(12, 13, 14), (12, 12, 12)])
def test_each_of_several_captures_of_one_article_has_its_preview(
    settings: Settings, days: tuple[int, ...]
) -> None:
    lines = [line(days[0]), line(9, "https://fenholm.example/other"), line(days[1]), line(days[2])]
    made = list(preview_lines(settings, lines))
    assert [preview["reason"] for preview in made] == ["new"] * 4
    texts = [preview["article"]["body_text"] for preview in made]
    assert [f"after {n} days" in text for n, text in zip((days[0], 9, *days[1:]), texts, strict=True)] == [
        True
    ] * 4
    for preview in made:
        article = preview["article"]
        assert article["run_id"] == "preview"
        assert preview["sentences"]
        for table in PREVIEW_TABLES:
            assert {row["article_id"] for row in preview[table]} <= {article["article_id"]}


def test_lines_that_give_no_article_keep_their_places(settings: Settings) -> None:
    made = list(preview_lines(settings, [b"{", line(3), b"[]", b'{"text": ""}']))
    assert [preview["id"] for preview in made] == [1, f"{URL}-3", 3, 4]
    assert [preview["reason"] for preview in made] == ["bad_record", "new", "bad_record", "empty"]
