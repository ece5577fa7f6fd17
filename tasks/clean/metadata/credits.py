"""What one place of a page credits: persons first, else a desk or the outlet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.clean.page.page import squeeze
from tasks.clean.page.site_names import SiteNames
from tasks.clean.words.agencies import is_agency
from tasks.clean.words.authors.by_words import strip_byline_words
from tasks.clean.words.authors.clean import clean_authors
from tasks.clean.words.authors.persons import is_body, is_person


@dataclass(frozen=True, slots=True)
class Credit:
    """What one place credits: `authors` cleaned, `printed` as it is there, `has_person`."""

    place: str
    authors: tuple[str, ...]
    printed: str
    has_person: bool


def make_credit(place: str, raw: Sequence[str], sites: SiteNames, printed: str | None = None) -> Credit:
    """The authors of these texts; beside a person neither the outlet nor a desk is one."""
    if all(sites.match(text) for text in raw):
        names = [strip_byline_words(squeeze(text)) for text in raw]
    else:
        names = clean_authors(raw)
    has_person = any(is_person(name) and not sites.match(name) for name in names)
    if has_person:
        names = [name for name in names if is_agency(name) or not (is_body(name) or sites.match(name))]
    return Credit(place, tuple(dict.fromkeys(names)), printed or "; ".join(raw), has_person)


def choose_credit(credits: Sequence[Credit], sites: SiteNames) -> Credit | None:
    """The credit that is believed: see find_authors."""
    first = next((credit for credit in credits if credit.has_person), None)
    if first is None:
        foreign = (credit for credit in credits if not all(sites.match(name) for name in credit.authors))
        return next(foreign, None) or next(iter(credits), None)
    for credit in credits:
        if credit.place == "byline" and _names_more(credit, first):
            return credit
    return first


def _names_more(credit: Credit, first: Credit) -> bool:
    """Whether a credit names everyone in the first one, perhaps with a title ("Dr"), and others."""
    known = all(any(name in other for other in credit.authors) for name in first.authors)
    return known and len(credit.authors) > len(first.authors)
