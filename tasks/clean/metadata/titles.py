"""The headline of a page, by vote of its witnesses, without site name and section."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from core.outlets import Outlet
from tasks.clean.page.article_nodes import article_nodes, squeeze_value
from tasks.clean.page.page import Page, squeeze
from tasks.clean.page.site_names import SiteNames, compact, find_site_names
from tasks.clean.words.word_lists import read_words, word_set

_MAX_CHARS = 400
_MAX_HEADINGS = 12
_WORDS = re.compile(r"\w+")
_CUT_SHORT = re.compile(r"\s*(?:\.\.\.|…)$")
# What each witness counts. Headings are what the reader saw; JSON-LD and og:title can be written
# for search engines and social media, but together they outweigh a heading that neither knows.
# Found by a search over WCXB and Fundus pages in which the best stretch is broad.
_WEIGHTS = {"h1": 2.0, "json-ld": 2.0, "og:title": 1.2, "hint": 1.1, "twitter:title": 0.6, "title": 0.6}
_SOCIAL = ("og:title", "twitter:title")
_LIKE_SHARE = 0.5
_MIN_LIKENESS = 0.25


@dataclass(frozen=True, slots=True)
class Witness:
    """What one place of the page says the title is, after cutting."""

    source: str
    text: str


def find_title(
    page: Page, outlet: Outlet | None = None, hint: str | None = None, sites: SiteNames | None = None
) -> tuple[str | None, str | None]:
    """The title and the place that gave it; never the name of the outlet alone."""
    sites = sites or find_site_names(page, outlet)
    said = _read_witnesses(page, hint)
    own = _match_pattern(said, outlet)
    if own:
        return own
    cut = [Witness(w.source, cut_title(w.text, sites, [o.text for o in said if o is not w])) for w in said]
    kept = [w for w in cut if w.text and not sites.match(w.text) and w.text.casefold() not in _no_headline()]
    headings = [w for w in kept if w.source == "h1"]
    others = [w for w in kept if w.source != "h1"]
    witnesses = [*others, *_choose_heading(headings, others)]
    return _vote(witnesses)


def find_social_title(page: Page, title: str | None, sites: SiteNames) -> tuple[str | None, str | None]:
    """The headline for social networks and the place that gave it, where it is another than the title.

    The same words, a beginning that is cut short, and the outlet's name alone are no headline of their own.
    """
    own = compact(title or "")
    for name in _SOCIAL:
        text = cut_title(page.first_meta(name) or "", sites, [title] if title else [])
        key = compact(_CUT_SHORT.sub("", text))
        if key and not sites.match(text) and text.casefold() not in _no_headline():
            is_same = key == own or (_CUT_SHORT.search(text) and own.startswith(key))
            return (None, None) if is_same or len(text) > _MAX_CHARS else (text, f"meta {name}")
    return None, None


def cut_title(text: str, sites: SiteNames, others: Sequence[str] = ()) -> str:
    """A title without the outlet's name and section labels before and behind it.

    A piece behind a mark goes if it names the outlet or a section, if another witness has the
    title without it, or if it is short and the mark is one that headlines hardly hold ("|").
    """
    text = _tidy(text)
    known = {compact(other) for other in others}
    while True:
        shorter = _cut_behind(text, sites, known) or _cut_before(text, sites, known)
        if not shorter:
            return text
        text = shorter


def _read_witnesses(page: Page, hint: str | None) -> list[Witness]:
    headlines = [squeeze_value(node.get("headline")) for node in article_nodes(page)]
    found = [Witness("json-ld", headline) for headline in headlines[:1]]
    for name in ("og:title", "twitter:title"):
        found.append(Witness(name, page.first_meta(name) or ""))
    found.append(Witness("title", page.title_tag or ""))
    found += [Witness("h1", text) for text in page.h1s[:_MAX_HEADINGS]]
    found.append(Witness("hint", hint or ""))
    tidy = [Witness(w.source, _tidy(w.text)) for w in found]
    return [w for w in tidy if 1 < len(w.text) <= _MAX_CHARS]


def _match_pattern(said: Iterable[Witness], outlet: Outlet | None) -> tuple[str, str] | None:
    """The outlet's own title pattern, tried on the title tag and og:title."""
    if outlet is None or not outlet.cleaning.title_pattern:
        return None
    pattern = re.compile(outlet.cleaning.title_pattern)
    for witness in said:
        found = pattern.search(witness.text) if witness.source in ("title", "og:title") else None
        if found and found.groups() and found.group(1):
            return squeeze(found.group(1)), f"pattern on {witness.source}"
    return None


def _cut_behind(text: str, sites: SiteNames, known: set[str]) -> str | None:
    for mark in reversed(list(_marks().finditer(text))):
        head, tail = text[: mark.start()].rstrip(), text[mark.end() :].strip()
        if head and _may_go(tail, head, mark.group().strip(), sites, known):
            return head
    return None


def _cut_before(text: str, sites: SiteNames, known: set[str]) -> str | None:
    mark = _marks().search(text) or re.search(r":\s", text)
    if not mark:
        return None
    lead, rest = text[: mark.start()].strip(), text[mark.end() :].strip()
    if not rest or compact(text) in known - {compact(rest)}:
        return None
    colon = mark.group().strip() == ":"
    named = sites.match(lead) or (not colon and lead.casefold() in _labels())
    return rest if named and not sites.match(rest) and len(_WORDS.findall(rest)) > 1 else None


def _may_go(tail: str, head: str, mark: str, sites: SiteNames, known: set[str]) -> bool:
    if sites.match(tail) or tail.casefold() in _labels() or not tail:
        return True
    if compact(head) in known and len(_WORDS.findall(head)) > 1:
        return True
    short = len(_WORDS.findall(tail)) <= 5 and len(tail) < len(head)
    return mark in word_set("titles", "sure") and short and len(_WORDS.findall(head)) > 2


def _choose_heading(headings: Sequence[Witness], others: Sequence[Witness]) -> list[Witness]:
    """The heading that the other witnesses know best; none if it has no word to do with any of them."""
    if not headings or not others:
        return list(headings[:1])
    known = [max(_likeness(heading, other) for other in others) for heading in headings]
    best = max(known)
    return [headings[known.index(best)]] if best >= _MIN_LIKENESS else []


def _vote(witnesses: Sequence[Witness]) -> tuple[str | None, str | None]:
    """Text and source of the title with the most votes; a witness also half supports what is like its own."""
    if not witnesses:
        return None, None
    keys = [_vote_key(witness, witnesses) for witness in witnesses]
    groups = {key: [w for w, own in zip(witnesses, keys, strict=True) if own == key] for key in keys}
    votes = {key: sum(_support(w, group) for w in witnesses) for key, group in groups.items()}
    chosen = max(votes, key=votes.__getitem__)
    group = groups[chosen]
    whole = [w for w in group if compact(w.text) == chosen] or group
    spelled = [w for w in whole if not w.text.isupper()] or whole
    best = max(spelled, key=lambda w: _WEIGHTS[w.source])
    return best.text, best.source


def _support(witness: Witness, group: Sequence[Witness]) -> float:
    """What the witness gives to the title of a group, of its whole weight if it is of the group."""
    weight = _WEIGHTS[witness.source]
    if witness in group:
        return weight
    return weight * _LIKE_SHARE * max(_likeness(witness, member) for member in group) ** 2


def _vote_key(witness: Witness, witnesses: Sequence[Witness]) -> str:
    """What the witness votes for: its text, or that of another which is the same but for its ends.

    A heading can hold the kicker above the headline, and a witness can be cut short ("...").
    """
    own = compact(witness.text)
    texts = [compact(w.text) for w in witnesses if len(_WORDS.findall(w.text)) >= 3 or not w.text.isascii()]
    if _CUT_SHORT.search(witness.text):
        return next((text for text in texts if text.startswith(own) and text != own), own)
    if witness.source == "h1":
        return next((text for text in texts if text != own and own.endswith(text)), own)
    return own


def _likeness(one: Witness, other: Witness) -> float:
    """Share of words that two texts have in common (Dice), 0 to 1."""
    a, b = set(_WORDS.findall(one.text.casefold())), set(_WORDS.findall(other.text.casefold()))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _tidy(text: str) -> str:
    return squeeze(html.unescape(text))


@cache
def _marks() -> re.Pattern[str]:
    words = read_words("titles")
    sure = "|".join(re.escape(mark) for mark in words["sure"])
    spaced = "|".join(re.escape(mark) for mark in words["spaced"])
    return re.compile(rf"\s?(?:{sure})\s?|\s(?:{spaced})\s")


@cache
def _labels() -> frozenset[str]:
    return word_set("titles", "labels")


@cache
def _no_headline() -> frozenset[str]:
    return word_set("titles", "no_headline")
