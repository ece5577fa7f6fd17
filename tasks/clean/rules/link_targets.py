"""What a linked line leads to: another article that it names, or a card whose link holds whole blocks."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from tasks.clean.words.lines import Line, fold

_PART = re.compile(r"[^\W\d_]{3,40}")
_NAMED_WORDS = 3
_NAMED_SHARE = 0.6  # of the address's words
_SAID_SHARE = 0.4  # of the line's words
_NEAREST = 6  # elements up to the link around a block


def names_its_target(line: Line) -> bool:
    """Whether the address of a link repeats the line's words: its text is the headline of the page that it leads to."""
    if line.element is None:
        return False
    said = set(line.words)
    for link in line.element.iter("a"):
        address = PurePosixPath(urlsplit(link.get("href") or "").path).stem
        told = set(_PART.findall(fold(unquote(address))))
        if len(told & said) >= max(_NAMED_WORDS, _NAMED_SHARE * len(told), _SAID_SHARE * len(said)):
            return True
    return False


def stays_on_page(line: Line) -> bool:
    """Whether a line's links all lead to a place on a page, as those of a table of contents do."""
    links = [] if line.element is None else [link.get("href") or "" for link in line.element.iter("a")]
    return bool(links) and all("#" in link for link in links)


def card_of(line: Line) -> object | None:
    """The link around the whole block of a line, as a card has it; None for a line with its links inside."""
    above = line.element.getparent() if line.element is not None else None
    for _ in range(_NEAREST):
        if above is None:
            return None
        if above.tag == "a" and above.get("href"):
            return above
        above = above.getparent()
    return None
