"""Quotations before and after an edit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tasks.group.edits import find_quotation_changes

Read = Callable[[str, str], list[dict[str, Any]]]
BEFORE = (
    "“We will rebuild the mill before the winter comes,” said Karl Henning, the owner.\n\n"
    "“Nobody warned us that night,” Ilse Marten said."
)


@pytest.fixture
def changes(read: Read) -> Callable[[str, str], list[str]]:
    """What became of the quotations."""

    def run(before: str, after: str) -> list[str]:
        found = find_quotation_changes(read("quotations", before), read("quotations", after))
        return [row["change"] for row in found]

    return run


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("before the winter comes", "before the summer comes", ["reworded"]),
        (" before the winter comes", "", ["shortened"]),
        ("Ilse Marten", "Rosa Kern", ["speaker"]),
        ("“Nobody warned us that night,” Ilse Marten said.", "The rain went on.", ["removed"]),
        ("“We will", "It rained. “We will", []),
        ("“We", '"We', []),
    ],
)
def test_what_became_of_a_quotation(
    changes: Callable[..., Any], old: str, new: str, change: list[str]
) -> None:
    assert changes(BEFORE, BEFORE.replace(old, new)) == change


def test_a_quotation_that_comes_is_added(changes: Callable[..., Any]) -> None:
    assert changes(BEFORE, BEFORE + " “It burned for nine hours,” he added.") == ["added"]
