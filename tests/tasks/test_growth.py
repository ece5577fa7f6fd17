"""Texts that repeat one thing without end: twice the length costs twice the steps, in cleaning and extraction.

Steps are counted, since a clock on a busy machine tells nothing. One step is a line that Python runs in our
modules (a comprehension's or generator's turn is one too), or 64 characters that a method of a string or one of
our regular expressions is given to read. What a regular expression reads twice is not seen: `search` and `sub`
over a text count its length once. That no pattern can go back over what it has read more often than its length
is for `test_patterns`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from types import CodeType, FrameType
from typing import Any

import pytest

from core.captures import CaptureKind
from tasks.clean.options import CleanOptions
from tasks.clean.stage import clean_captures
from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles
from tests.tasks.clean.clean_samples import PARAGRAPHS, capture_of, make_page
from tests.tasks.patterns import our_patterns

_CHARS = 4_000
_MOST_GROWTH = 2.6  # of a text twice as long; work that grows with the square has 4
_CHARS_A_STEP = 64

UNITS = {
    "straight quotations": '"a" ',
    "curly quotations": "“a” ",
    "guillemets": "«a» ",
    "low quotations": "„a“ ",
    "corner brackets": "「a」",
    "single quotations": "‘a’ ",
    "opening marks": "“a ",
    "closing marks": "a” ",
    "marks without words": '"',
    "apostrophes": "a's ",
    "plural owners": "owners' ",
    "tabs": "a\t",
    "spaces": "a      ",
    "no-break spaces": "a\u00a0",
    "digits": "1",
    "numbers": "1 ",
    "commas": "a, ",
    "brackets": "(a) ",
    "open brackets": "(a ",
    "hyphens": "a-",
    "dashes": "a — ",
    "dollars": "$1 ",
    "dollar signs": "$",
    "said": "said ",
    "and": "and ",
    "capitals": "Quill ",
    "joined names": "Quill and ",
    "listed names": "Mara Quill, ",
    "titles of persons": "Mr. Quill ",
    "titles alone": "Mr. ",
    "acronyms": "Port Authority Board (PAB) ",
    "roles": "president of ",
    "dates": "4 March 2031 ",
    "months": "March ",
    "weekdays": "Monday to ",
    "clocks": "10:15 ",
    "counted lists": "1,1,1,",
    "scales": "one million million ",
    "vague amounts": "hundreds of ",
    "plural nouns": "5 people people ",
    "fractions": "1/2 ",
    "bylines": "By Mara Quill\n",
    "words on lines": "word\n",
    "lines of dates": "March 4, 2031\n",
    "stops": "a. ",
    "ellipses": "… ",
    "addresses": "https://harbour.example/a ",
    "mail": "a@",
    "emoji": "😀",
    "combining marks": "e\u0301",
    "Japanese": "東京",
    "Hindi": "का ",
    "reported speech": "She said that he said that ",
    "told quotations": '"It is shut," said Quill. ',
    "wrong encoding": "â€™ ",
}

PAGES = {
    "attributes": lambda size: f"<p {' '.join(f'a{number}=1' for number in range(size // 7))}>{PARAGRAPHS[0]}",
    "boxes": lambda size: '<div class="body text">word ' * (size // 30),
    "inline tags": lambda size: "<p>" + "<b>word</b> " * (size // 12),
    "cells": lambda size: f"<table><tr>{'<td>a</td>' * (size // 10)}</table>",
    "line breaks": lambda size: "<p>" + "word<br>" * (size // 8),
    "entities": lambda size: "<p>" + "&amp;" * (size // 5),
    "links": lambda size: "<p>" + '<a href="/x">word</a> ' * (size // 22),
    "lists": lambda size: "<ul><li>word " * (size // 13),
    "authors": lambda size: '<a class="byline" href="/author/x">Mara Quill</a> ' * (size // 50),
    "times": lambda size: "<time>4 March 2031</time>" * (size // 25),
}  # fmt: skip


class Steps:
    """Counts what our modules do while it is on."""

    def __init__(self) -> None:
        self.count = 0.0
        self._ours: dict[CodeType, bool] = {}

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Within it, steps are counted; whatever traced before (a coverage tool) goes on afterwards."""
        before = sys.gettrace(), sys.getprofile()
        sys.settrace(self._enter)
        sys.setprofile(self._call)
        try:
            yield
        finally:
            sys.settrace(before[0])
            sys.setprofile(before[1])

    def read(self, chars: int) -> None:
        """Characters that a pattern or a method reads."""
        self.count += chars / _CHARS_A_STEP

    def _enter(self, frame: FrameType, _event: str, _arg: object) -> Callable[..., Any] | None:
        code = frame.f_code
        if code not in self._ours:
            self._ours[code] = "/tasks/" in code.co_filename and "/tests/" not in code.co_filename
        if not self._ours[code]:
            return None
        self.count += 1
        return self._line

    def _line(self, _frame: FrameType, event: str, _arg: object) -> Callable[..., Any]:
        self.count += event == "line"
        return self._line

    def _call(self, frame: FrameType, event: str, arg: Any) -> None:
        if event == "c_call" and self._ours.get(frame.f_code):
            owner = getattr(arg, "__self__", None)
            if isinstance(owner, str | bytes):
                self.read(len(owner))


class CountedPattern:
    """A pattern that tells how many characters it is given to read."""

    def __init__(self, pattern: re.Pattern[str], steps: Steps) -> None:
        self._pattern, self._steps = pattern, steps

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pattern, name)

    def match(self, text: str, *bounds: int) -> re.Match[str] | None:
        """As the pattern's; only what it matched is counted, since it stops where it fails."""
        found = self._pattern.match(text, *bounds)
        self._steps.read(found.end() - found.start() if found else 0)
        return found

    def search(self, text: str, *bounds: int) -> re.Match[str] | None:
        """As the pattern's; it reads up to what it finds."""
        found = self._pattern.search(text, *bounds)
        start, end = (*bounds, len(text))[:2] if bounds else (0, len(text))
        self._steps.read((found.end() if found else min(end, len(text))) - start)
        return found

    def _whole(self, name: str, text: str, *arguments: Any) -> Any:
        self._steps.read(len(text))
        return getattr(self._pattern, name)(*arguments)

    def fullmatch(self, text: str, *bounds: int) -> Any:
        return self._whole("fullmatch", text, text, *bounds)

    def finditer(self, text: str, *bounds: int) -> Any:
        return self._whole("finditer", text, text, *bounds)

    def findall(self, text: str, *bounds: int) -> Any:
        return self._whole("findall", text, text, *bounds)

    def split(self, text: str, *most: int) -> Any:
        return self._whole("split", text, text, *most)

    def sub(self, new: Any, text: str, *most: int) -> Any:
        return self._whole("sub", text, new, text, *most)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    """The counter, with our patterns counting into it."""
    counter = Steps()
    for module, name, pattern in our_patterns():
        monkeypatch.setattr(module, name, CountedPattern(pattern, counter))
    return counter


def _count(steps: Steps, work: Callable[[], object]) -> float:
    work()  # once before: tables are read, caches filled
    steps.count = 0
    with steps.counting():
        work()
    return steps.count


def _growth(steps: Steps, work: Callable[[int], object]) -> float:
    """How many times the steps of a text one of twice the length takes; once more for twice of that where it is
    much, since a longer text may meet a rule that the short one does not."""
    first, second = (_count(steps, lambda size=size: work(size)) for size in (_CHARS, 2 * _CHARS))
    if second < _MOST_GROWTH * first:
        return second / first
    return _count(steps, lambda: work(4 * _CHARS)) / second


def _repeat(unit: str, size: int) -> str:
    return unit * (size // len(unit))


def _extract(text: str) -> None:
    article = {
        "article_id": "a1",
        "month": date(2031, 3, 1),
        "outlet": "harbour",
        "title": "Bridge shut",
        "body_text": text,
        "language": "en",
        "published_at": datetime(2031, 3, 4, tzinfo=UTC),
        "published_precision": "minute",
    }
    extract_articles([article], ExtractOptions())


def _clean(payload: str | bytes, kind: CaptureKind) -> None:
    clean_captures([capture_of(payload, kind)], CleanOptions(min_words=1))


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_extraction_takes_twice_the_steps_for_twice_the_text(steps: Steps, unit: str) -> None:
    def work(size: int) -> None:
        _extract(f"{PARAGRAPHS[3]} {_repeat(unit, size)} {PARAGRAPHS[1]}")

    assert _growth(steps, work) < _MOST_GROWTH


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_cleaning_a_text_takes_twice_the_steps_for_twice_the_text(steps: Steps, unit: str) -> None:
    def work(size: int) -> None:
        text = f"Bridge shut until spring\n\n{PARAGRAPHS[0]}\n{_repeat(unit, 4 * size)}\n{PARAGRAPHS[1]}"
        _clean(text, CaptureKind.TEXT)

    assert _growth(steps, work) < _MOST_GROWTH


@pytest.mark.slow
@pytest.mark.parametrize("body", [*PAGES.values(), *(lambda size, unit=unit: f"<p>{_repeat(unit, size)}" for unit in UNITS.values())], ids=[*PAGES, *UNITS])  # fmt: skip
def test_cleaning_a_page_takes_twice_the_steps_for_twice_the_page(
    steps: Steps, body: Callable[[int], str]
) -> None:
    def work(size: int) -> None:
        _clean(make_page(body(4 * size)), CaptureKind.HTML)

    assert _growth(steps, work) < _MOST_GROWTH


def test_no_step_is_missed_when_work_grows_with_the_square(steps: Steps) -> None:
    """The counter itself: it sees a loop in a loop, a search in a loop, and a copy in a loop."""
    source = "def pairs(text):\n    return [a for a in text for b in text]\n"
    source += "def copies(text):\n    return [text.strip() for _ in text]\n"
    space: dict[str, Any] = {}
    exec(compile(source, "/tasks/made.py", "exec"), space)
    pattern = CountedPattern(re.compile("b"), steps)
    assert _growth(steps, lambda size: space["pairs"]("a" * (size // 40))) > 3.5
    assert _growth(steps, lambda size: space["copies"]("a" * size)) > 2.9
    assert _growth(steps, lambda size: [pattern.search("a" * size) for _ in range(size)]) > 3.5
