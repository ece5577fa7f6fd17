"""Pages that are no article: paywalls, consent layers, script notices, error pages, bot checks, link lists."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.outcomes import Reason
from tasks.clean.page.page import Page
from tasks.clean.refuse.listings import is_link_list, is_teaser_list
from tasks.clean.words.draft import Draft
from tasks.clean.words.lines import Line, fold
from tasks.clean.words.phrases import phrase_book

_FILE = Path(__file__).parent.parent / "words" / "phrases" / "stubs.toml"
_SHORT = 60  # words; a longer body is an article, whatever it mentions
_SHORT_CONSENT = 200
_SHORT_LIST = 30
_MOST_LINES = 400
_MOST_SENTENCES = 20  # of a line
_MOST_CHARS = 500  # of a sentence
_MOST_HEADINGS = 5
_WE_WITHIN = 60  # characters: "With your agreement, we and our 93 partners ..."
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])")
_QUOTES = re.compile(r'["“”„«»「『]')
_TITLE_MARKS = re.compile(r"\s*[|»«•·:]\s*|\s+[-–—]\s+")


@dataclass(frozen=True)
class Notice:
    """What pages of one kind print: patterns of folded titles and of folded sentences, and the words of which a
    sentence holds one of each list, the first near its beginning."""

    title: re.Pattern[str]
    text: re.Pattern[str]
    slots: tuple[Sequence[str], ...]

    def is_title(self, heads: Iterable[str]) -> bool:
        """Whether one of these titles, or a part of one, is that of such a page."""
        return any(
            self.title.fullmatch(fold(part)) for head in heads for part in (head, *_TITLE_MARKS.split(head))
        )

    def is_said(self, lines: Iterable[str]) -> bool:
        """Whether one of these lines, or a sentence in it, begins like such a notice and is no quotation."""
        return any(self._is_notice(sentence) for line in lines for sentence in _split_sentences(line))

    def _is_notice(self, sentence: str) -> bool:
        if _QUOTES.search(sentence):
            return False
        folded = _openers().sub("", fold(sentence))
        return self.text.match(folded) is not None or self._fills_slots(folded)

    def _fills_slots(self, folded: str) -> bool:
        if not self.slots or not any(word in folded[:_WE_WITHIN] for word in self.slots[0]):
            return False
        return all(any(word in folded for word in words) for words in self.slots[1:])


def find_stub(
    draft: Draft, title: str | None, words: int, page: Page | None, least_words: int
) -> Reason | None:
    """The reason why a page with so few words of body is a stub, or None.

    Up to 60 words of body count, if the title or the body itself says so, and of a body too short for an article
    any line of the page. An error page is one however many teasers are on it, if both its title and a line
    say so. A page of teasers that link to articles is a list.
    """
    heads = _read_heads(title, page)
    is_error = _notices()[Reason.ERROR_PAGE].is_title(heads)
    if words <= _SHORT or is_error:
        lines = _visible_lines(draft, page)
        if is_error and _notices()[Reason.ERROR_PAGE].is_said(lines):
            return Reason.ERROR_PAGE
        body = [draft.lines[number].text for number in draft.kept] if words >= least_words else lines
        for reason, notice in _notices().items():
            if words <= _SHORT and (notice.is_title(heads) or notice.is_said(body)):
                return reason
    if words < least_words and any(is_paywall(line) for line in draft.lines if "hidden" not in line.marks):
        return Reason.PAYWALL
    if page is None:
        return None
    is_list = (words <= _SHORT_LIST and is_link_list(draft)) or is_teaser_list(draft, page, title)
    return Reason.LINK_LIST if is_list else None


def is_consent_notice(draft: Draft, title: str | None, words: int, page: Page | None = None) -> bool:
    """Whether what was read as the body is itself the text of a consent layer, or is about cookies under
    such a layer's title."""
    if words > _SHORT_CONSENT:
        return False
    notice, lines = _notices()[Reason.CONSENT_PAGE], [draft.lines[number] for number in draft.kept]
    if notice.is_said(line.text for line in lines):
        return True
    return notice.is_title(_read_heads(title, page)) and any("cookie" in line.key for line in lines)


def is_paywall(line: Line) -> bool:
    """Whether a line is the notice of a paywall."""
    group = phrase_book().find(line)
    return group is not None and group.name == "paywall"


def is_offer(line: Line) -> bool:
    """Whether the notice of a paywall only offers a subscription, as whole articles do under their end."""
    return _offers().match(line.key) is not None


def _read_heads(title: str | None, page: Page | None) -> list[str]:
    """The title found, the title tag as it stands, and the first headings."""
    said = [title, page.title_tag, *page.h1s[:_MOST_HEADINGS]] if page is not None else [title]
    return [text[:_MOST_CHARS] for text in said if text]


def _visible_lines(draft: Draft, page: Page | None) -> list[str]:
    lines = [line.text for line in draft.lines if "hidden" not in line.marks][:_MOST_LINES]
    if page is not None:
        notes = [str(tag.xpath("string()")) for tag in page.tree.iter("noscript")][:5]
        lines += [" ".join(note.split()) for note in notes]
    return lines


def _split_sentences(line: str) -> list[str]:
    """The line's sentences, each cut to a length that any notice has said its own in."""
    cut = _SENTENCE_END.split(line[: 10 * _MOST_CHARS])[:_MOST_SENTENCES]
    return [sentence[:_MOST_CHARS] for sentence in cut]


@cache
def _notices() -> dict[Reason, Notice]:
    """What pages print that are no article, by reason."""
    return {Reason(name): _read_notice(entry) for name, entry in _table().items() if isinstance(entry, dict)}


def _read_notice(entry: dict[str, list[str]]) -> Notice:
    slots = tuple(
        [word.casefold() for word in entry[name]] for name in ("we", "partners", "store") if name in entry
    )
    return Notice(_compile(entry["title"]), _compile(entry["text"]), slots)


def _compile(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern of folded texts: `...` is anything, `#` a number; what is not open ends with the text."""
    written = [_write_pattern(phrase) for phrase in phrases]
    return re.compile("|".join(written) or r"(?!)")


def _write_pattern(phrase: str) -> str:
    pieces = [
        re.escape(fold(piece.replace("#", "0000"))).replace("0000", r"\d+") for piece in phrase.split("...")
    ]
    return ".*".join(pieces) + ("" if not pieces[-1] else r"\Z")


@cache
def _offers() -> re.Pattern[str]:
    return _compile(_table()["paywall"]["offers"])


@cache
def _openers() -> re.Pattern[str]:
    """What comes before a notice ("Sorry, but ...")."""
    words = sorted((re.escape(fold(word)) for word in _table()["openers"]), key=len, reverse=True)
    return re.compile(rf"^(?:(?:{'|'.join(words)})(?:\s|(?=[\u3040-\u9fff])))+")


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
