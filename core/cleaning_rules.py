"""The rules of cleaning by the name they have in `removed_lines.rule`, and what each takes out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RULES: Mapping[str, str] = MappingProxyType(
    {
        "ad": "boxes of advertisements",
        "advertisement": "labels of advertisements",
        "bio": "what tells of the author, not of the event",
        "button": "buttons",
        "byline": "who wrote it; kept in articles.authors",
        "caption": "captions of images",
        "comment_form": "forms for comments",
        "comments": "readers' comments",
        "contact": "how to reach the author or the desk",
        "cookie": "consent layers",
        "counter": "numbers of a gallery or a poll",
        "credit": "whose photo or text it is",
        "date": "printed times of publication; kept in articles.published_at",
        "footer": "the foot of the page",
        "form": "boxes to fill in",
        "heading": "headings with nothing under them any more",
        "hidden": "what the page does not show",
        "learned": "lines that the outlet repeats over its articles",
        "link": "lines of links to the outlet's own pages",
        "markup": "what is left of a template or a shortcode",
        "menu": "lists of sections in a text",
        "nav": "navigation",
        "newsletter": "offers of newsletters and apps",
        "outlet_drop": "parts that the outlet's settings drop",
        "outlet_phrase": "phrases of the outlet's settings",
        "outside_body": "what stands beside the article's box and no other rule names",
        "paywall": "offers of subscriptions",
        "related": "other articles",
        "repeated": "a body that stands twice",
        "reporting": "who else reported or edited",
        "share": "buttons and calls to share or follow",
        "sidebar": "columns beside the article",
        "standfirst": "the paragraph between headline and body that sums it up",
        "surroundings": "what stands before and after the article in the text of a whole page",
        "tags": "key words",
        "teaser": "headlines of other articles with a line of each",
        "title": "the headline; kept in articles.title",
        "updated": "times of changes and reading times",
        "widget": "boxes that scripts fill: polls, players, weather",
    }
)
