"""Where a page credits its authors: JSON-LD, meta tags, marked elements; who of them is believed."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.clean.metadata.credits import choose_credit, make_credit
from tasks.clean.metadata.element_credits import read_element_credits
from tasks.clean.metadata.headline_credits import read_headline_credits
from tasks.clean.metadata.stated_credits import read_page_credits, read_stated_credits
from tasks.clean.page.headline import Surroundings
from tasks.clean.page.page import Page
from tasks.clean.page.site_names import SiteNames


def find_authors(
    page: Page, sites: SiteNames, around: Surroundings | None = None, hint: Sequence[str] = ()
) -> tuple[list[str], str | None, str | None]:
    """Authors, the place that names them, and the byline as printed.

    The first place that credits a person wins; a later one is taken instead if it names all of
    those and more. Where no place names a person, the first name of any kind is taken, one that is
    not the outlet's own before the outlet's.
    """
    printed = list(read_headline_credits(around or Surroundings(), sites))
    credits = [*read_stated_credits(page, sites), *printed]
    if not any(credit.has_person for credit in credits):
        elements = list(read_element_credits(page, sites))
        printed += elements
        credits += [*elements, make_credit("hint", hint, sites), *read_page_credits(page, sites)]
    chosen = choose_credit([credit for credit in credits if credit.authors], sites)
    byline = next((credit.printed for credit in printed if credit.authors), None)
    return (list(chosen.authors), chosen.place, byline) if chosen else ([], None, byline)
