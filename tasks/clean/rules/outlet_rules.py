"""The rule for parts of pages that an outlet's settings keep or drop, by XPath or CSS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from cssselect import GenericTranslator, SelectorError
from lxml import etree
from lxml.etree import _Element as Element

from core.errors import ConfigError
from tasks.clean.rules.rule import declare, rule
from tasks.clean.words.draft import Draft
from tasks.clean.words.lines import Line

OUTLET_DROP = declare("outlet_drop", "parts that the outlet's settings drop")
# XPath 1.0, section 4 and the node tests of 2.3 and operators of 3 that come before a bracket.
_FUNCTION_NAMES = (
    "last position count id local-name namespace-uri name string concat starts-with contains substring-before "
    "substring-after substring string-length normalize-space translate boolean not true false lang number sum "
    "floor ceiling round comment text processing-instruction node and or div mod"
)
_FUNCTIONS = frozenset(_FUNCTION_NAMES.split())
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_NAMED = re.compile(r"\$[\w.:-]+|[^\W\d](?:[\w.-]|:(?!:))*(?=\s*\()")
_WRONG = (etree.XPathError, SelectorError, ValueError)  # ValueError: what XML cannot hold


def apply_overrides(draft: Draft, tree: Element, keep: Sequence[str], drop: Sequence[str]) -> None:
    """Protect the lines of kept parts, which then belong to the body, and forbid the lines of dropped parts."""
    draft.protected = frozenset(find_lines(draft.lines, tree, keep))
    draft.forbidden = frozenset(find_lines(draft.lines, tree, drop))


@rule(OUTLET_DROP)
def take_dropped(draft: Draft) -> list[int]:
    """Lines of the body in parts that the outlet's settings drop."""
    return [number for number in draft.body if number in draft.forbidden]


def find_lines(lines: Sequence[Line], tree: Element, expressions: Iterable[str]) -> list[int]:
    """Numbers of the lines inside elements that any of the expressions selects.

    Raises ConfigError for an expression that is neither XPath nor CSS.
    """
    boxes = {element for expression in expressions for element in _select(tree, expression)}
    if not boxes:
        return []
    return [number for number, line in enumerate(lines) if _is_within(line.element, boxes)]


def _is_within(element: Element | None, boxes: set[Element]) -> bool:
    while element is not None:
        if element in boxes:
            return True
        element = element.getparent()
    return False


def find_expression_problem(expression: str) -> str | None:
    """Why an expression can select no part of any page, or None if it can."""
    try:
        compiled = _compile(expression)
        found = compiled(etree.Element("html"))
    except _WRONG as error:
        return f"{expression!r} is neither XPath nor a CSS selector ({error})"
    called = _NAMED.findall(
        _QUOTED.sub("''", compiled.path)
    )  # an unknown one fails only on a page that reaches it
    if unknown := [name for name in called if name.startswith("$") or name not in _FUNCTIONS]:
        return f"{expression!r} is no XPath 1.0: there is no {unknown[0]}"
    if not isinstance(found, list):
        return f"{expression!r} is XPath that gives a {type(found).__name__}, not parts of the page"
    return None


def _select(tree: Element, expression: str) -> list[Element]:
    try:
        found = _compile(expression)(tree)
    except _WRONG as error:
        raise ConfigError(
            f"cleaning override {expression!r} is neither XPath nor a CSS selector ({error}); "
            "correct it under [outlets.cleaning] in copydesk.toml"
        ) from error
    return [item for item in found if isinstance(item, etree._Element)] if isinstance(found, list) else []


@lru_cache(maxsize=256)
def _compile(expression: str) -> etree.XPath:
    """The expression as XPath if it begins like one, else as CSS."""
    written = expression.strip()
    if written.startswith(("/", "./", "(", "descendant::")):
        return etree.XPath(written)
    return etree.XPath(GenericTranslator().css_to_xpath(written))
