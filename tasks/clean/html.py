"""The body of a page: its own structure read first, other readings where the evidence asks for them."""

from __future__ import annotations

import logging

import trafilatura
from lxml.etree import _Element as Element

from tasks.clean.blocks import read_lines
from tasks.clean.boilerplate import Draft, apply_rules
from tasks.clean.page import Page
from tasks.clean.page_rules import PAGE_RULES, take_trailing_headings
from tasks.clean.readings import find_text, read_structure, weigh_boxes

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it discards is told in an outcome


def read_page_body(page: Page, draft: Draft) -> Draft:
    """The draft with the page's lines, those that are its article, and what the rules removed."""
    draft.lines = read_lines(page.tree, page.url)
    weigh_boxes(draft.lines)
    chosen = read_structure(draft.lines, page.first_meta('og:description','description'))
    if not chosen:
        chosen = find_text(draft.lines, _read_with_trafilatura(page.tree))
    draft.body = sorted(chosen)
    for rule in PAGE_RULES:
        rule(draft)
    apply_rules(draft)
    take_trailing_headings(draft)
    return draft


def _read_with_trafilatura(tree: Element) -> str:
    document = trafilatura.bare_extraction(tree, fast=True, include_comments=False)
    return document.text or "" if document is not None else ""
