"""Elements with more attributes than any page has: what is too much is cut off before the page is parsed."""

from __future__ import annotations

import re

# The parser holds each attribute of an element against each other one, so that its time grows with their square.
# Forms and players of real pages have some fifty.
_MOST = 256
# HTML standard, 13.2.5.32 to 13.2.5.40: the states of a tokenizer within a tag. Nothing here is ever given back
# (possessive quantifiers), and a quote that is not closed reaches to the end, so that each character is read once.
_VALUE = r"""\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?+"""
_ATTRIBUTE = rf"[\s/]*+[^\s/>][^\s/>=]*+(?:{_VALUE})?+"
_TAGS = re.compile(
    rf"<!--.*?(?:-->|\Z)|<(?P<raw>script|style)\b[^>]*+>.*?(?:</(?P=raw)|\Z)"
    rf"|<[a-z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{_MOST}}}+(?P<rest>(?:{_ATTRIBUTE})*+)",
    re.IGNORECASE | re.DOTALL,
)


def cut_attributes(text: str) -> tuple[str, str | None]:
    """The page without the attributes of an element behind its 256th, and a note if there were any."""
    kept: list[str] = []
    place = 0
    for tag in _TAGS.finditer(text):
        if tag["rest"]:
            kept.append(text[place : tag.start("rest")])
            place = tag.end("rest")
    if not kept:
        return text, None
    return "".join((*kept, text[place:])), f"attributes cut off behind the {_MOST}th of an element"
