"""How deep and how long a page's elements are: pages made to exhaust a reader are refused by it."""

from __future__ import annotations

from lxml import etree
from lxml.etree import _Element as Element

from tasks.clean.page.blocks.tags import BLOCK_TAGS


def count_inline(tree: Element) -> int:
    """The most elements in a row that begin no line of their own."""
    most = run = 0
    for element in tree.iter(etree.Element):
        run = 0 if element.tag in BLOCK_TAGS else run + 1
        most = max(most, run)
    return most


def measure_nesting(tree: Element) -> tuple[int, int]:
    """How deep elements are one inside another, and how deep tables are, in one walk."""
    depth = tables = deepest = most_tables = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        step = 1 if event == "start" else -1
        depth += step
        tables += step * (element.tag == "table")
        deepest, most_tables = max(deepest, depth), max(most_tables, tables)
    return deepest, most_tables
