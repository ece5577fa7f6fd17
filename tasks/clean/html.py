"""The body of a page: its own structure read first, other readings where the evidence asks for them."""

from __future__ import annotations

import logging

import trafilatura
from lxml.etree import _Element as Element

from tasks.clean.blocks import read_lines
from tasks.clean.boilerplate import PAGE_RULES, apply_rules
from tasks.clean.draft import Draft
from tasks.clean.page import Page
from tasks.clean.readings import find_text, read_structure, weigh_boxes

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it discards is told in an outcome


def read_page_body(page: Page, draft: Draft) -> Draft:
    """The draft with the page's lines, those that are its article, and what the rules removed."""
    draft.lines = read_lines(page.tree, page.url)
    weigh_boxes(draft.lines)
    chosen = read_structure(draft.lines, draft.title)
    if not chosen:
        chosen = find_text(draft.lines, _read_with_trafilatura(page.tree))
    draft.body = sorted(chosen)
    return apply_rules(draft, PAGE_RULES)


def _read_with_trafilatura(tree: Element) -> str:
    document = trafilatura.bare_extraction(tree, fast=True, include_comments=False)
    return document.text or "" if document is not None else ""
