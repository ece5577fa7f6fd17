"""Rules that know a line of a page by the boxes around it, the images before it, or its links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tasks.clean.page.readings.marks import FOREIGN_MARKS
from tasks.clean.rules.head import BYLINE, PRINTED_DATE, TITLE
from tasks.clean.rules.link_targets import card_of
from tasks.clean.rules.linked import find_linked_sentences
from tasks.clean.rules.phrase_lines import COMMENTS, GROUPS
from tasks.clean.rules.rule import declare, rule, rule_of
from tasks.clean.rules.tail import BIO
from tasks.clean.words.draft import Draft, RuleName, is_prose
from tasks.clean.words.lines import Line, count_words

_ALL_LINKS = 0.8
_MOST_LINKS = 0.5
_CAPTION_WORDS = 40
_LABEL_WORDS = 20
_REPEATED_RUN = 3
_REPEATED_SHARE = 0.2
_HEADING_WORDS = 12  # some pages set their last paragraphs as headings
NAV = declare("nav", "navigation")
CAPTION = declare("caption", "captions of images")
LINK = declare("link", "lines of links to the outlet's own pages")
REPEATED = declare("repeated", "the second copy of a repeated body")
# What a page calls the box around a line (marks.toml), each a rule, the most telling first: a comment form in the
# footer is removed as comments and not as footer.
BOXES = (
    COMMENTS,
    GROUPS["cookie"],
    GROUPS["newsletter"],
    GROUPS["share"],
    GROUPS["related"],
    BIO,
    declare("ad", "boxes of advertisements"),
    GROUPS["tags"],
    CAPTION,
    declare("widget", "boxes that scripts fill: polls, players, weather"),
    NAV,
    declare("form", "boxes to fill in"),
    declare("button", "buttons"),
    declare("sidebar", "columns beside the article"),
    declare("footer", "the foot of the page"),
    declare("hidden", "what the page does not show"),
)
_COUNTER = re.compile(
    r"^(?:(?:image|photo|bild|slide|foto|placeholder image)[\s#-]{0,3})?\d{1,3}(?:\s?(?:of|/|von|de|sur)\s?\d{1,3})?$",
    re.IGNORECASE,
)
# Tags, template variables and WordPress shortcodes (https://codex.wordpress.org/Shortcode_API): with attributes,
# closed again, or alone on the line. "[He] said so" is an editor's word in a sentence.
_MARKUP = re.compile(
    r"^\s{0,3}(?:<\w+[\s>/]|\{\{|\[/|\[[a-z][\w-]{0,40}(?:\s[^\]=]{0,200}=|\](?:\s{0,3}$|.{0,300}\[/)))"
)


@rule_of(*BOXES)
def take_foreign_boxes(draft: Draft) -> Iterator[tuple[int, RuleName]]:
    """Lines in boxes that the page itself calls related, share, newsletter or the like."""
    for number in draft.kept:
        if box := name_box(draft.lines[number]):
            yield number, box


def name_box(line: Line) -> RuleName | None:
    """The rule for the most telling box around a line, or None."""
    if line.marks.isdisjoint(FOREIGN_MARKS):
        return None
    return next((box for box in BOXES if box in line.marks), None)


@rule(LINK)
def take_links(draft: Draft) -> list[int]:
    """Lines of links to the outlet's own pages, and short lines that are mostly such links. Sentences between the
    article's paragraphs are its own, linked or not.
    """
    links = [number for number in draft.kept if is_link_line(draft.lines[number])]
    sentences = find_linked_sentences(draft, links)
    return sorted({*_heads_of_cards(draft, links), *links} - sentences)


def _heads_of_cards(draft: Draft, links: Sequence[int]) -> set[int]:
    """The headings in a link that holds a linked line as well."""
    cards = {card_of(draft.lines[number]) for number in links} - {None}
    return {n for n in draft.kept if draft.lines[n].is_heading and card_of(draft.lines[n]) in cards}


def is_link_line(line: Line) -> bool:
    """Whether a line consists of links to the outlet's own pages and little else; not a heading or row of a table."""
    if line.is_heading or line.tag == "tr":
        return False
    mostly = line.linked_ratio > _MOST_LINKS and len(line.words) <= 25 and line.text[-1] not in ".!?。"
    return mostly or (line.linked_ratio > _ALL_LINKS and not is_prose(line))


@rule(CAPTION)
def take_captions(draft: Draft) -> Iterator[int]:
    """Short lines right after an image and outside the box of the paragraphs, or in a figure that is not a table."""
    homes = {_home(draft.lines[n]) for n in draft.kept if is_prose(draft.lines[n])}
    for number in draft.kept:
        line = draft.lines[number]
        if len(line.words) > _CAPTION_WORDS or line.is_heading or line.tag in ("li", "tr", "blockquote"):
            continue
        if in_figure(line) or (line.after_image and (_home(line) not in homes or _holds_image(line))):
            yield number


def in_figure(line: Line) -> bool:
    """Whether a line is in a figure that holds an image, not a table or a quotation."""
    return "figure" in line.marks and line.marks.isdisjoint({"table", "quote"})


def _holds_image(line: Line) -> bool:
    """Whether the box of the line holds the image too. A paragraph with an image in it is text."""
    return (
        line.tag in ("div", "center") and line.element is not None and line.element.find(".//img") is not None
    )


def _home(line: Line) -> object:
    return line.element.getparent() if line.element is not None else None


@rule_of(TITLE, BYLINE, PRINTED_DATE)
def take_headlines(draft: Draft) -> Iterator[tuple[int, RuleName]]:
    """The page's main headings, and short lines in boxes that the page calls byline or date."""
    for number in draft.kept:
        line = draft.lines[number]
        if line.tag == "h1":
            yield number, TITLE
        elif label := name_label(line):
            yield number, label


def name_label(line: Line) -> RuleName | None:
    """The rule of a short line in a box called byline or date, and in no box of another kind; else None."""
    if len(line.words) > _LABEL_WORDS or line.is_heading or not line.marks.isdisjoint(FOREIGN_MARKS):
        return None
    return next((label for label in (BYLINE, PRINTED_DATE) if label in line.marks), None)


@rule(REPEATED)
def take_repeats(draft: Draft) -> Iterator[int]:
    """Runs of three or more paragraphs that all appeared before and make up a fifth of the text. A single line
    that returns is a refrain, a pull quote or a row of a table.
    """
    whole = _count(draft, draft.kept)
    for run in _repeated_runs(draft):
        if _count(draft, run) >= _REPEATED_SHARE * whole:
            yield from run


def _repeated_runs(draft: Draft) -> list[list[int]]:
    """Runs of lines that all appeared before, with at least three paragraphs each."""
    seen: set[str] = set()
    runs: list[list[int]] = [[]]
    for number in draft.kept:
        key = draft.lines[number].key
        if key in seen:
            runs[-1].append(number)
        elif runs[-1]:
            runs.append([])
        seen.add(key)
    return [run for run in runs if sum(is_prose(draft.lines[n]) for n in run) >= _REPEATED_RUN]


def _count(draft: Draft, numbers: list[int]) -> int:
    return count_words(draft.lines[number] for number in numbers)


@rule("counter", "numbers of a gallery or a poll")
def take_counters(draft: Draft) -> Iterator[int]:
    """Lines that number an image of a gallery, such as "3 of 12" or "Photo #4"."""
    for number in draft.kept:
        text = draft.lines[number].text
        if len(text) <= 40 and _COUNTER.match(text):
            yield number


@rule("markup", "what is left of a template or a shortcode")
def take_markup(draft: Draft) -> Iterator[int]:
    """Markup that a program should have replaced, outside lists and code."""
    for number in draft.kept:
        line = draft.lines[number]
        is_bare_rule = line.text.startswith("|") and not line.key
        if is_bare_rule or (_MARKUP.match(line.text) and line.tag not in ("pre", "li")):
            yield number


@rule("heading", "headings with nothing under them any more")
def take_trailing_headings(draft: Draft) -> Iterator[int]:
    """Short headings at the end of the body, with nothing under them."""
    for number in reversed(draft.kept):
        line = draft.lines[number]
        if not line.is_heading or len(line.words) > _HEADING_WORDS:
            return
        yield number


BOX_RULES = (
    take_foreign_boxes,
    take_headlines,
    take_captions,
    take_repeats,
    take_links,
    take_counters,
    take_markup,
)
EDGE_RULES = (take_trailing_headings,)
