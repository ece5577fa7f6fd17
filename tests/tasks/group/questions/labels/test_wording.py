"""A question in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tasks.group.questions import Questions

LABELS = [
    # what befalls persons, in words; a bare "people" is told by the clause
    (
        "Police said that 8,000 people took part in the march through Osk.",
        "The union said that 9,500 people took part in the march.",
        "“… people took part in the march”",
    ),
    (
        "The emergency pump did not start within 45 seconds.",
        "The emergency pump should start within 45 seconds.",
        "“emergency pump should start within … seconds”",
    ),
    ("About 80 tonnes of slate fell.", "Some 80 tonnes of slate fell.", "“… tonnes of slate fell”"),
    (
        "Shares in Corvane closed at €11.40.",
        "Corvane's shares closed at €11.40.",
        "“Corvane's shares closed at …”",
    ),
    ("The talks lasted 45 days.", "The talks lasted 45 days, he said.", "length of the talks"),
    # a painting is no sum, and a crew is not several crews
    (
        "The painting was sold for €3 million in Osk.",
        "The painting was sold for €3 million, a record.",
        "price of the painting",
    ),
    ("Hexham paid a fine of €18,000.", "A fine of €18,000 was paid by Hexham.", "fine"),
    ("The ferry had 41 crew.", "The ferry has 41 crew.", "crew"),
    ("The wage is up 5.2 per cent at €11.40.", "The wage is now €11.40.", "wage"),
    ("Corvane cut 250 jobs in Osk.", "The firm cut 250 jobs in Osk.", "jobs cut"),
]


@pytest.mark.parametrize(("one", "other", "label"), LABELS)
def test_a_label_tells_what_is_asked(ask: Callable[..., Questions], one: str, other: str, label: str) -> None:
    assert [row["label"] for row in ask(one, other).questions if row["outlet_count"] > 1] == [label]
