"""Rules for what stands under the last paragraph: who the author is, where to follow whom, other articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tasks.clean.rules.phrase_lines import take_company, take_phrases
from tasks.clean.words.authors import is_agency
from tasks.clean.words.draft import Draft
from tasks.clean.words.lines import Line, fold
from tasks.clean.words.printed_bylines import is_name
from tasks.clean.words.word_lists import word_set

_TAIL_LINES = 6
_BIO_WORDS = 80
_FOLLOW_WORDS = 45
_NAME_LENGTHS = (2, 3, 4)
_ROLE_REACH = 6  # words between "is" and what somebody is
_LIST_LINKED = 0.25
# A line of this kind tells where to find somebody: handles, addresses, names of networks.
_CONTACT = re.compile(
    r"(?:^|[\s(])@\w{2,}|\b[\w.+-]{1,64}@[\w-]{1,63}\.\w{2,}|\b(?:twitter|instagram|facebook|whatsapp|telegram|bluesky|linkedin|youtube|tiktok)\b",
    re.IGNORECASE,
)
_SIGN_OFF_CHARS = 60
_SIGN_OFF = re.compile(r"[(\[](?P<names>[^()\[\]]{2,40})[)\]]\.?(?:\s?[\w-]{1,4}/)*")
_RULE = re.compile(r"[_*\-–—=\s]{3,80}")
_ROUNDS = 5
_ASKING = re.compile(
    r"\b(?:follow|contact|reach|reached|email|e-mail|write to|tip|tips|join us|like us|folgen|folgt|suivez|síguenos|sigue|siga|segui|volg|obserwuj|подпис\w+|takip|ikuti)\b",
    re.IGNORECASE,
)


def take_bios(draft: Draft) -> None:
    """What the last lines tell of the author: they begin with the name in the byline, and quote nobody."""
    names = [fold(author) for author in draft.authors if " " in author]
    for number in _tail(draft):
        line = draft.lines[number]
        if len(line.words) > _BIO_WORDS or line.text[:1] in "\"“„«'‘" or line.is_heading:
            continue
        if any(name in line.key[: len(name) + 40] for name in names):
            draft.remove([number], "bio")


def take_unsigned_bios(draft: Draft) -> None:
    """The same of somebody whom no byline names ("X ist Redakteurin im Ressort Politik"): a last line that begins
    with a name which stands nowhere else in the article, and then says that this is a journalist."""
    for number in _tail(draft):
        surname = _read_journalist(draft.lines[number])
        if surname and not any(surname in draft.lines[n].key for n in draft.kept if n != number):
            draft.remove([number], "bio")


def _read_journalist(line: Line) -> str | None:
    """The folded surname of whom a line begins with and says to be a journalist, or None."""
    if len(line.words) > _FOLLOW_WORDS or line.is_heading:
        return None
    first = [
        word.casefold().strip(",.") for word in line.text.split()[: 1 + max(_NAME_LENGTHS) + _ROLE_REACH]
    ]
    verb = next((at for at in _NAME_LENGTHS if at < len(first) and first[at] in word_set("bylines", "is")), 0)
    is_role = not word_set("bylines", "journalists").isdisjoint(first[verb + 1 : verb + 1 + _ROLE_REACH])
    return fold(first[verb - 1]) if verb and is_role and is_name(" ".join(line.text.split()[:verb])) else None


def take_contacts(draft: Draft) -> None:
    """Where to follow or to reach somebody, in the last lines."""
    for number in _tail(draft):
        line = draft.lines[number]
        if len(line.words) <= _FOLLOW_WORDS and _CONTACT.search(line.text) and _ASKING.search(line.text):
            draft.remove([number], "contact")


def take_sign_offs(draft: Draft) -> None:
    """What agencies close a report with: "(dpa/jb)", "(PAP) an/ mow/", their name, a rule across the page."""
    for number in reversed(draft.kept):
        line = draft.lines[number]
        if not _RULE.fullmatch(line.text) and not _is_sign_off(line):
            return
        draft.remove([number], "reporting")


def _is_sign_off(line: Line) -> bool:
    """Whether a line is an agency's name, or that in brackets with the initials of who wrote."""
    found = _SIGN_OFF.fullmatch(line.text) if len(line.text) <= _SIGN_OFF_CHARS else None
    names = re.split(r"[/,;+]", found["names"]) if found else [line.text]
    return any(is_agency(name.strip(" .—–-")) for name in names)


def take_link_lists(draft: Draft) -> None:
    """List items that hold links, in a row right under a line that announced other articles."""
    kept = set(draft.kept)
    for number in draft.body:
        line = draft.lines[number]
        announced = draft.removed.get(number - 1) in ("related", "newsletter")
        if number in kept and announced and line.tag == "li" and line.linked_ratio >= _LIST_LINKED:
            draft.remove([number], "related")


def take_linked_headings(draft: Draft) -> None:
    """Headings that are links to the outlet's other pages, where other headings are none or not so."""
    headings = [n for n in draft.kept if draft.lines[n].is_heading]
    linked = [n for n in headings if draft.lines[n].linked_ratio > 0.9]
    if 2 * len(linked) <= len(headings) or len(linked) <= 4:
        draft.remove(linked, "teaser")


def _tail(draft: Draft) -> list[int]:
    """The last lines that stand, never more than a third of all."""
    kept = draft.kept
    return kept[-min(_TAIL_LINES, len(kept) // 3) :] if len(kept) >= 3 else []


def take_other_articles(draft: Draft) -> None:
    """Headings that lead to other pages with the teasers under them, from three in a row on."""
    linked = [n for n in draft.kept if _is_linked_heading(draft.lines[n])]
    needed = 5 if any("body" in draft.lines[n].marks for n in linked) else 3
    if len(linked) < needed:
        return
    for heading, following in zip(linked, [*linked[1:], len(draft.lines)], strict=True):
        under = [n for n in draft.kept if heading < n < following]
        if sum(len(draft.lines[n].words) for n in under) <= _TEASER_WORDS:
            draft.remove([heading, *under], "teaser")


_TEASER_WORDS = 60


def _is_linked_heading(line: Line) -> bool:
    return (line.is_heading or "title" in line.marks) and line.linked_ratio > 0.9


def take_tail(draft: Draft) -> None:
    """The notices under the last paragraph, each of which may stand in the way of the one above it: bios,
    credits, where to follow or to reach whom."""
    _repeat(draft, (take_sign_offs, take_phrases, take_contacts, take_bios, take_unsigned_bios))


def take_text_tail(draft: Draft) -> None:
    """The same in a text, where nothing but its words tells a bio."""
    _repeat(draft, (take_sign_offs, take_phrases, take_company, take_contacts, take_unsigned_bios))


def _repeat(draft: Draft, rules: Sequence[Callable[[Draft], None]]) -> None:
    """Ask the rules again until they find nothing more, five times at the most."""
    for _ in range(_ROUNDS):
        before = len(draft.removed)
        for rule in rules:
            rule(draft)
        if len(draft.removed) == before:
            return


TAIL_RULES = (take_other_articles, take_linked_headings, take_link_lists, take_contacts, take_bios, take_tail)
