"""Weekdays of what was are the last ones in other languages than English too."""

from __future__ import annotations

import pytest

from tasks.extract.dates.foreign.tense import tells_past


@pytest.mark.parametrize(
    ("language", "text", "day", "is_past"),
    [
        ("de", "Am Donnerstag fielen die Kurse.", "Donnerstag", True),
        ("de", "Der Prozess beginnt am Montag, teilte das Gericht mit.", "Montag", False),
        ("de", "Am Samstag wird gewählt.", "Samstag", False),
        ("fr", "Jeudi, les cours ont chuté.", "Jeudi", True),
        ("fr", "Le tribunal a annoncé que le procès commencera jeudi.", "jeudi", False),
        ("es", "El ministro dijo el viernes que dimitía.", "viernes", True),
        ("it", "Il ministro ha annunciato venerdì che lascia.", "venerdì", True),
        ("nl", "Donderdag daalden de koersen.", "Donderdag", True),
        ("sv", "På torsdagen föll kurserna.", "torsdagen", True),
        ("xx", "Am Donnerstag fielen die Kurse.", "Donnerstag", False),
    ],
)
def test_a_verb_of_the_same_clause_tells_what_was(language: str, text: str, day: str, is_past: bool) -> None:
    start = text.index(day)
    assert tells_past(text, start, start + len(day), language) is is_past
