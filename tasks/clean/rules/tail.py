"""Rules for what is under the last paragraph: bios, contacts, sign-offs of agencies, other articles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasks.clean.rules.phrase_lines import GROUPS, take_company, take_phrases
from tasks.clean.rules.rule import declare, in_rounds, rule
from tasks.clean.words.agencies import is_agency
from tasks.clean.words.draft import Draft
from tasks.clean.words.lines import Line, fold
from tasks.clean.words.printed_bylines import is_name
from tasks.clean.words.word_lists import word_set

BIO = declare("bio", "what tells of the author, not of the event")
TEASER = declare("teaser", "headlines of other articles with a line of each")
_QUOTES = "\"“„«'‘"
_TAIL_LINES = 6
_BIO_WORDS = 80
_FOLLOW_WORDS = 45
_NAME_LENGTHS = (2, 3, 4)
_ROLE_REACH = 6  # words between "is" and the word for a journalist
_LIST_LINKED = 0.25
_TEASER_WORDS = 60
_HEADLINE_WORDS = 5
# Where to find a person: handles, addresses, names of networks.
_ADDRESS = r"(?:(?<![^\s(])@\w{2,}|\b[\w.+-]{1,64}@[\w-]{1,63}\.\w{2,}|\b(?:twitter|instagram|facebook|whatsapp|telegram|bluesky|linkedin|youtube|tiktok)\b)"
_SIGN_OFF_CHARS = 60
_SIGN_OFF = re.compile(r"[(\[](?P<names>[^()\[\]]{2,40})[)\]]\.?(?:\s?[\w-]{1,4}/)*")
_RULE = re.compile(r"[_*\-–—=\s]{3,80}")
_ROUNDS = 5
# A request that stands by itself: "Follow her on X at @ida", "Email: ida@post.example". What an article reports
# ("Police ask witnesses to contact them at ...", "wrote @ida") is no request of the outlet.
_REQUEST = (
    r"(?:(?:(?:^|[.!?|:;•*()\[]\s*|\b(?:and|or|und|et|y|e|please|bitte)\s+)(?:you can |got a |have a )?"
    r"(?:follow|contact|reach|write to|tips?|join us|like us|folgen|folgt|suivez|síguenos|sigue|siga|segui|volg|obserwuj|подпис\w+|e-?mail)"
    r"|\b(?:can|may) be reached|\b(?:follow|like) (?:us|me))\b|\be-?mail:)"
)
_AFTER = r"\b(?:takip|ikuti)\b"  # where the verb stands last
_CONTACT = re.compile(
    rf"{_REQUEST}(?:(?![.!?]\s+\w).){{0,150}}?{_ADDRESS}|{_ADDRESS}[^.!?]{{0,60}}{_AFTER}|{_AFTER}[^.!?]{{0,60}}{_ADDRESS}",
    re.IGNORECASE,
)


@rule(BIO)
def take_bios(draft: Draft) -> Iterator[int]:
    """Last lines that begin with a name from the byline and are not a quotation."""
    names = [fold(author) for author in draft.authors if " " in author]
    for number in _tail(draft):
        line = draft.lines[number]
        if len(line.words) > _BIO_WORDS or line.text[:1] in _QUOTES or line.is_heading:
            continue
        if any(name in line.key[: len(name) + 40] for name in names):
            yield number


@rule(BIO)
def take_unsigned_bios(draft: Draft) -> Iterator[int]:
    """Last lines about a journalist without a byline ("X ist Redakteurin im Ressort Politik"). The line begins with
    a name that the rest of the article does not mention, and then says that this is a journalist."""
    for number in _tail(draft):
        surname = _read_journalist(draft.lines[number])
        if surname and not any(surname in draft.lines[n].key for n in draft.kept if n != number):
            yield number


def _read_journalist(line: Line) -> str | None:
    """The folded surname if a line begins with a name and says that this is a journalist, else None."""
    if len(line.words) > _FOLLOW_WORDS or line.is_heading:
        return None
    first = [
        word.casefold().strip(",.") for word in line.text.split()[: 1 + max(_NAME_LENGTHS) + _ROLE_REACH]
    ]
    verb = next((at for at in _NAME_LENGTHS if at < len(first) and first[at] in word_set("bylines", "is")), 0)
    is_role = not word_set("bylines", "journalists").isdisjoint(first[verb + 1 : verb + 1 + _ROLE_REACH])
    return fold(first[verb - 1]) if verb and is_role and is_name(" ".join(line.text.split()[:verb])) else None


@rule("contact", "how to reach the author or the desk")
def take_contacts(draft: Draft) -> Iterator[int]:
    """Last lines that say where to follow or reach a person."""
    for number in _tail(draft):
        line = draft.lines[number]
        if len(line.words) <= _FOLLOW_WORDS and line.text[:1] not in _QUOTES and _CONTACT.search(line.text):
            yield number


@rule(GROUPS["reporting"])
def take_sign_offs(draft: Draft) -> Iterator[int]:
    """Last lines that sign a report: "(dpa/jb)", "(PAP) an/ mow/", the name of an agency, a rule of dashes."""
    for number in reversed(draft.kept):
        line = draft.lines[number]
        if not _RULE.fullmatch(line.text) and not _is_sign_off(line):
            return
        yield number


def _is_sign_off(line: Line) -> bool:
    """Whether a line is an agency's name, or the name in brackets with the writer's initials."""
    found = _SIGN_OFF.fullmatch(line.text) if len(line.text) <= _SIGN_OFF_CHARS else None
    names = re.split(r"[/,;+]", found["names"]) if found else [line.text]
    return any(is_agency(name.strip(" .—–-")) for name in names)


@rule(GROUPS["related"])
def take_link_lists(draft: Draft) -> Iterator[int]:
    """List items with links, in a row right under a line that announced other articles."""
    kept = set(draft.kept)
    for number in draft.body:
        line = draft.lines[number]
        announced = draft.removed.get(number - 1) in ("related", "newsletter")
        if number in kept and announced and line.tag == "li" and line.linked_ratio >= _LIST_LINKED:
            yield number


@rule(TEASER)
def take_linked_headings(draft: Draft) -> list[int]:
    """Headings that link to the outlet's other pages, where most headings do not, or only few do."""
    headings = [n for n in draft.kept if draft.lines[n].is_heading]
    linked = [n for n in headings if draft.lines[n].linked_ratio > 0.9]
    if 2 * len(linked) > len(headings) and len(linked) > 4:
        return []
    return [n for n in linked if _is_headline(draft.lines[n])]


def _tail(draft: Draft) -> list[int]:
    """Numbers of the last kept lines, at most a third of all."""
    kept = draft.kept
    return kept[-min(_TAIL_LINES, len(kept) // 3) :] if len(kept) >= 3 else []


@rule(TEASER)
def take_other_articles(draft: Draft) -> Iterator[int]:
    """Three or more headings that link to other pages, with the teasers under them."""
    linked = [n for n in draft.kept if _is_linked_heading(draft.lines[n])]
    needed = 5 if any("body" in draft.lines[n].marks for n in linked) else 3
    if len(linked) < needed:
        return
    for heading, following in zip(linked, [*linked[1:], len(draft.lines)], strict=True):
        under = [n for n in draft.kept if heading < n < following]
        if sum(len(draft.lines[n].words) for n in under) <= _TEASER_WORDS:
            yield from (heading, *under)


def _is_linked_heading(line: Line) -> bool:
    return (line.is_heading or "title" in line.marks) and line.linked_ratio > 0.9 and _is_headline(line)


def _is_headline(line: Line) -> bool:
    """Whether a heading can be that of another article: an entry of the article's own list has a name, or a number."""
    return len(line.words) >= _HEADLINE_WORDS and not line.text[:1].isdigit()


# Of several notices under the last paragraph, one is seen only after the one below it is gone.
take_tail = in_rounds(
    "Notices under the last paragraph, again and again: sign-offs, phrases, contacts, bios",
    _ROUNDS,
    take_sign_offs,
    take_phrases,
    take_contacts,
    take_bios,
    take_unsigned_bios,
)
take_text_tail = in_rounds(
    "Notices under the last paragraph of a text, again and again: sign-offs, phrases, contacts, bios without a byline",
    _ROUNDS,
    take_sign_offs,
    take_phrases,
    take_company,
    take_contacts,
    take_unsigned_bios,
)
TAIL_RULES = (take_other_articles, take_linked_headings, take_link_lists, take_contacts, take_bios, take_tail)
