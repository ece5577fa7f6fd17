"""Plain text as aggregators and crawls store it: title, bylines, credits, body and the tail of comment forms."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tasks.clean.page.invisible import join_turned
from tasks.clean.page.page import squeeze
from tasks.clean.rules.edges import read_last_step, take_edges
from tasks.clean.rules.head import BYLINE, TITLE
from tasks.clean.rules.order import TEXT_RULES, apply_rules
from tasks.clean.rules.phrase_lines import GROUPS
from tasks.clean.rules.surroundings import SURROUNDINGS, find_title_above, take_surroundings
from tasks.clean.rules.tail import take_text_tail
from tasks.clean.words.agencies import is_agency
from tasks.clean.words.draft import Draft, is_prose
from tasks.clean.words.lines import MOST_LINES, Line, fold
from tasks.clean.words.moments import read_moment
from tasks.clean.words.phrases import phrase_book
from tasks.clean.words.printed_bylines import (
    is_credit,
    is_name,
    is_name_before_outlet,
    is_name_with_outlet,
    is_role,
    read_byline,
    read_dated_byline,
    read_name_with_time,
)

_LONGEST_TITLE = 24  # words; longer first lines are prose whatever they end with
_HEAD_LINES = 12
_DATED_LINES = 60  # a whole page's menu can be above them
_DATED_RULES = frozenset({"date", "updated", "byline"})
_DATED_WORDS = 16
# Named and numbered entities, which exports leave in texts: https://html.spec.whatwg.org/#named-character-references
_ENTITY = re.compile(
    r"&(?:amp|nbsp|shy|quot|apos|lt|gt|[lr][sd]quo|[mn]dash|hellip|#\d{2,6}|#x[0-9a-f]{2,5});", re.I
)
# Markdown (https://spec.commonmark.org/0.31.2): a text is so where its first line is a heading.
_MARKDOWN = re.compile(r"\s{0,99}#\s{1,3}\S")
_HEADING = re.compile(r"^#{1,6}\s+")
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\([^()\s]{1,400}\)")
_EMPHASIS = re.compile(r"(?P<mark>[*_]{1,3})(?P<text>[^*_]{1,300})(?P=mark)")
_BODY_END = re.compile(r"[.…。]$")


@dataclass
class TextLayout:
    """What the layout of a text tells: `bylines` are author texts in order, `dates` lines
    above the body that print a time, `draft` the lines judged.
    """

    draft: Draft
    title: str | None = None
    bylines: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)


def read_text_lines(text: str) -> list[Line]:
    """The lines of a text that hold anything, 20,000 at the most, each with the number of blank lines before it."""
    lines: list[Line] = []
    gap = 0
    is_markdown = _MARKDOWN.match(text) is not None
    for row in join_turned(text).splitlines():
        content = squeeze(html.unescape(row) if _ENTITY.search(row) else row)
        content = _drop_markdown(content) if is_markdown else content
        if not content:
            gap += 1
            continue
        lines.append(Line(content, gap=gap))
        gap = 0
        if len(lines) >= MOST_LINES:
            break
    return lines


def _drop_markdown(row: str) -> str:
    """A row of Markdown without the signs of headings, of emphasis around all of it, and of links."""
    row = _LINK.sub(r"\1", _HEADING.sub("", row))
    emphasis = _EMPHASIS.fullmatch(row)
    return emphasis["text"] if emphasis else row


def read_layout(draft: Draft) -> TextLayout:
    """The layout of a text whose lines are in the draft; lines that are no body are removed from it."""
    layout = TextLayout(draft)
    take_surroundings(draft)
    last_step = read_last_step(draft)
    take_edges(draft)
    first = next((number for number in draft.kept if _is_body(draft.lines[number])), len(draft.lines))
    _read_title(layout, first)
    layout.title = layout.title or last_step
    _read_head(layout, first)
    draft.title = layout.title or draft.title
    apply_rules(draft, TEXT_RULES)
    _read_dates(layout)
    _read_tail(layout)
    return layout


def _is_body(line: Line) -> bool:
    return is_prose(line) and (
        len(line.words) > _LONGEST_TITLE or _BODY_END.search(line.text.rstrip("\"'”’»)")) is not None
    )


def _read_title(layout: TextLayout, first: int) -> None:
    """The headline: the hinted one, else the first line above the body that is no byline or credit."""
    draft = layout.draft
    known = fold(draft.title) if draft.title else None
    if SURROUNDINGS in draft.removed.values():
        above = find_title_above(draft)
        if above is not None:
            layout.title = draft.title or draft.lines[above].text
            draft.removed[above] = TITLE
            return
    for number in _head(draft, first):
        line = draft.lines[number]
        if known == line.key or _may_be_title(line):
            layout.title = draft.title or line.text
            draft.remove([number], TITLE)
            return
    layout.title = draft.title


def _head(draft: Draft, first: int) -> list[int]:
    """Numbers of the lines that are above the body, a dozen at the most."""
    return [number for number in draft.kept[:_HEAD_LINES] if number < first]


def _may_be_title(line: Line) -> bool:
    if (
        phrase_book().find(line)
        or read_byline(line.text)
        or is_name_with_outlet(line.text)
        or is_credit(line)
    ):
        return False
    return 2 <= len(line.words) <= _LONGEST_TITLE or len(line.text) >= 12


def _read_head(layout: TextLayout, first: int) -> None:
    """Bylines and credits above the body."""
    draft = layout.draft
    for number in _head(draft, first):
        line = draft.lines[number]
        author = read_byline(line.text) or read_name_with_time(line.text)
        named = is_name_with_outlet(line.text) or (
            is_name(line.text) and (line.gap or _is_time(draft.lines, number + 1))
        )
        if draft.removed.get(number - 1) == BYLINE and is_role(line.text):
            draft.remove([number], BYLINE)
        elif author or named or (_ends_with_user(layout) and is_name_before_outlet(line.text)):
            layout.bylines.append(line.text)
            draft.remove([number], BYLINE)
        elif dated := read_dated_byline(line.text):
            layout.bylines.append(dated)
            draft.remove([number], BYLINE)
        elif is_credit(line):
            draft.remove([number], GROUPS["credit"])
        elif is_agency(line.text):
            layout.bylines += [] if layout.bylines else [line.text]
            draft.remove([number], BYLINE)


def _is_time(lines: Sequence[Line], number: int) -> bool:
    """Whether the line of that number prints a time and little else, as under a byline without "By"."""
    return (
        number < len(lines)
        and len(lines[number].words) <= _DATED_WORDS // 2
        and bool(read_moment(lines[number].text))
    )


def _ends_with_user(layout: TextLayout) -> bool:
    """Whether the last byline gives but a user name ("by jroe"), which the full name can follow."""
    return bool(layout.bylines) and len((read_byline(layout.bylines[-1]) or "").split()) == 1


def _read_dates(layout: TextLayout) -> None:
    """The lines above the body that print when it was published."""
    draft = layout.draft
    kept = draft.kept
    for number in range(min(kept[0] if kept else 0, _DATED_LINES)):
        line = draft.lines[number]
        if draft.removed.get(number) in _DATED_RULES and len(line.words) <= _DATED_WORDS:
            layout.dates.append(line.text)


def _read_tail(layout: TextLayout) -> None:
    """Bylines under the text, and the notices above each, which are the end of the text once it is gone."""
    while _read_last_byline(layout):
        take_text_tail(layout.draft)


def _read_last_byline(layout: TextLayout) -> bool:
    """Whether the last kept line was a bare name, or a "By …", and went to the bylines."""
    draft = layout.draft
    kept = draft.kept
    if len(kept) < 3:
        return False
    line = draft.lines[kept[-1]]
    if not line.gap or not (is_name(line.text) or read_byline(line.text) or is_name_with_outlet(line.text)):
        return False
    layout.bylines.append(line.text)
    draft.remove([kept[-1]], BYLINE)
    return kept[-1] in draft.removed
