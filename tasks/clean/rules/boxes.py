"""Rules for pages only: what the boxes around a line, the images before it and its links tell."""

from __future__ import annotations

import re

from tasks.clean.page.readings import FOREIGN_MARKS
from tasks.clean.words.draft import Draft, is_prose
from tasks.clean.words.lines import Line, count_words

_ALL_LINKS = 0.8
_MOST_LINKS = 0.5
_CAPTION_WORDS = 40
_LABEL_WORDS = 20
_REPEATED_RUN = 3
_REPEATED_SHARE = 0.2
_HEADING_WORDS = 12  # some pages set their last paragraphs as headings
# A comment form in the footer is told as the form of comments, not as footer.
_MOST_TELLING = (
    "comments",
    "cookie",
    "newsletter",
    "share",
    "related",
    "bio",
    "ad",
    "tags",
    "caption",
    "widget",
    "nav",
    "form",
    "button",
    "sidebar",
    "footer",
    "hidden",
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


def take_foreign_boxes(draft: Draft) -> None:
    """Lines in boxes that the page calls related, share, newsletter ..."""
    for number in draft.kept:
        if box := name_box(draft.lines[number]):
            draft.remove([number], box)


def name_box(line: Line) -> str | None:
    """The most telling of the marks of a line that no article bears, or None."""
    if line.marks.isdisjoint(FOREIGN_MARKS):
        return None
    return next((mark for mark in _MOST_TELLING if mark in line.marks), None)


def take_links(draft: Draft) -> None:
    """Lines of nothing but links to the outlet's own pages, and short ones that are mostly that."""
    draft.remove([number for number in draft.kept if is_link_line(draft.lines[number])], "link")


def is_link_line(line: Line) -> bool:
    """Whether a line, no heading or row of a table, is links to the outlet's own pages and little else."""
    if line.is_heading or line.tag == "tr":
        return False
    mostly = line.linked_ratio > _MOST_LINKS and len(line.words) <= 25 and line.text[-1] not in ".!?。"
    return mostly or (line.linked_ratio > _ALL_LINKS and not is_prose(line))


def take_captions(draft: Draft) -> None:
    """Short lines right after an image, apart from the paragraphs, or in a figure that is no table."""
    homes = {_home(draft.lines[n]) for n in draft.kept if is_prose(draft.lines[n])}
    for number in draft.kept:
        line = draft.lines[number]
        if len(line.words) > _CAPTION_WORDS or line.is_heading or line.tag in ("li", "tr", "blockquote"):
            continue
        if in_figure(line) or (line.after_image and (_home(line) not in homes or _holds_image(line))):
            draft.remove([number], "caption")


def in_figure(line: Line) -> bool:
    """Whether a line stands in a figure that holds an image, not a table or a quotation."""
    return "figure" in line.marks and line.marks.isdisjoint({"table", "quote"})


def _holds_image(line: Line) -> bool:
    """Whether the box that the line fills holds the image too; paragraphs with an image in them are text."""
    return (
        line.tag in ("div", "center") and line.element is not None and line.element.find(".//img") is not None
    )


def _home(line: Line) -> object:
    return line.element.getparent() if line.element is not None else None


def take_headlines(draft: Draft) -> None:
    """The page's main headings, and what stands in boxes called byline or date, outside sentences."""
    for number in draft.kept:
        line = draft.lines[number]
        if line.tag == "h1":
            draft.remove([number], "title")
        elif label := name_label(line):
            draft.remove([number], label)


def name_label(line: Line) -> str | None:
    """`byline` or `date` for a short line in a box called so and not also a bio, a share bar or the like."""
    if len(line.words) > _LABEL_WORDS or line.is_heading or not line.marks.isdisjoint(FOREIGN_MARKS):
        return None
    return next((mark for mark in ("byline", "date") if mark in line.marks), None)


def take_repeats(draft: Draft) -> None:
    """A body that stands twice: a run of three and more paragraphs that all stood before, if it is a
    good part of the whole. One line that returns is a refrain, a pull quote or a row of a table.
    """
    whole = _count(draft, draft.kept)
    for run in _repeated_runs(draft):
        if _count(draft, run) >= _REPEATED_SHARE * whole:
            draft.remove(run, "repeated")


def _repeated_runs(draft: Draft) -> list[list[int]]:
    """Lines in a row that all stood before, from three paragraphs on."""
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


def take_leftovers(draft: Draft) -> None:
    """Counters of image galleries, and markup that was meant to be run, not read."""
    for number in draft.kept:
        text = draft.lines[number].text
        if len(text) <= 40 and _COUNTER.match(text):
            draft.remove([number], "counter")
        elif (text.startswith("|") and not draft.lines[number].key) or (
            _MARKUP.match(text) and draft.lines[number].tag not in ("pre", "li")
        ):
            draft.remove([number], "markup")


def take_trailing_headings(draft: Draft) -> None:
    """Headings with nothing under them at the end of the body."""
    for number in reversed(draft.kept):
        line = draft.lines[number]
        if not line.is_heading or len(line.words) > _HEADING_WORDS:
            return
        draft.remove([number], "heading")


BOX_RULES = (take_foreign_boxes, take_headlines, take_captions, take_repeats, take_links, take_leftovers)
EDGE_RULES = (take_trailing_headings,)
