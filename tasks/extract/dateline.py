"""The dateline that opens a report: "LISBON, Oct. 3 (Wire) - ", "WELLAND, Ont. - ", "Lisbon (Wire) - ", "Lisbon: ".

Forms: the Associated Press Stylebook's entry on datelines, The Canadian Press's, and our reading of Indian and African papers.
"""

from __future__ import annotations

import re

_CITY = r"[A-Z][A-Z.'’/-]{1,}(?: [A-Z][A-Z.'’/-]+){0,3}"
_REGION = r"(?:, [A-Z][\w.]*(?: [A-Z][\w.]*){0,2}){0,2}"
_DAY = r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?)?"
_AGENCY = r"[(/](?=[A-Z]|dpa|epd)[^()/\n]{2,40}[)/]"
_DASH = r"\s?[-–—]{1,2}\s"
_FORMS = re.compile(
    rf"\W*(?:{_CITY}{_REGION}{_DAY}(?:,? {_AGENCY})?{_DASH}"
    rf"|(?:[A-Z][\w.'’-]+ ){{1,3}}{_AGENCY}{_DASH})"
)
# Before a colon anything can stand, so only at the beginning of an article.
_COLON = re.compile(r"(?:[A-Z][\w.'’-]+ ?){1,3}(?:, [A-Z][\w. ]{1,20})?: (?=[A-Z])")


def dateline_end(text: str, start: int, end: int) -> int:
    """Where a sentence's own words begin: behind a dateline, else at `start`."""
    found = _FORMS.match(text, start, end)
    if found is None and not text[:start].strip():
        found = _COLON.match(text, start, end)
    return start if found is None else found.end()
