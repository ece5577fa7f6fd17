"""Names: a table of cases, one per rule."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

CASES = tomllib.loads((Path(__file__).parent / "names_cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["rule"])
def test_names_of_a_text(case, article, extract):
    rows = extract(article(case["text"]))
    names = {row["entity_id"]: row["name"] for row in rows.get("entities", [])}
    wanted = [tuple(part.strip() for part in [*line.split("|"), "", ""][:4]) for line in case["names"]]
    found = [
        (row["surface"], row["entity_type"], names[row["entity_id"]], row["role"] or "")
        for row in rows["mentions"]
    ]
    assert [one[:2] for one in found] == [one[:2] for one in wanted]
    for ours, gold in zip(found, wanted, strict=True):
        assert gold[2] in ("", ours[2]), f"{ours[0]} means {ours[2]}"
        assert gold[3] in ("", ours[3]), f"{ours[0]} has the role {ours[3]}"


def test_a_byline_is_no_mention_since_the_cleaner_keeps_it_out_of_the_body(article, extract):
    rows = extract(article("The vote was close.", authors=["Christi C. Elwood"]))
    assert rows["mentions"] == []


def test_a_language_without_a_model_has_names_from_tables_and_sentences(article, extract):
    rows = extract(article("Der Kanzler sprach in Berlin. Danach flog er heim.", language="de"))
    assert [(row["surface"], row["source"]) for row in rows["mentions"]] == [("Berlin", "table")]
    assert len(rows["sentences"]) == 2
