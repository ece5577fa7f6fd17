"""JSON-LD is read as pages really hold it."""

from __future__ import annotations

import time

import pytest

from tasks.clean.page.json_ld import read_json_ld


def headlines(script: str) -> list[str]:
    return [node["headline"] for node in read_json_ld(script) if "headline" in node]


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "Bridge shut"}',
        '[{"@type": "WebSite"}, {"@type": "NewsArticle", "headline": "Bridge shut"}]',
        '{"@graph": [{"@type": "WebPage"}, {"@type": "NewsArticle", "headline": "Bridge shut"}]}',
        '{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "headline": "Bridge shut"}}',
        '<!-- {"@type": "NewsArticle", "headline": "Bridge shut"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Bridge shut"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "Bridge shut",}',
        '{"@type": "NewsArticle", "headline": "Bridge shut"};',
        '{"@type": "WebSite"}\n{"@type": "NewsArticle", "headline": "Bridge shut"}',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Bridge shut&quot;}",
        '{"@type": "NewsArticle", "headline": "Bridge shut", "description": "He said "never" twice"}',
    ],
    ids=[
        "node",
        "list",
        "graph",
        "main entity",
        "comment",
        "cdata",
        "trailing comma",
        "semicolon",
        "two in a row",
        "html entities",
        "stray quotation marks",
    ],
)
def test_the_headline_is_found_in(script: str) -> None:
    assert headlines(script) == ["Bridge shut"]


def test_raw_newlines_in_a_text_are_no_error() -> None:
    assert headlines('{"headline": "Bridge\nshut"}') == ["Bridge\nshut"]


@pytest.mark.parametrize("script", ["", "   ", "null", "[]", "42", '"text"', "{", "{]}", "not json at all {"])
def test_what_holds_no_node_gives_none(script: str) -> None:
    assert read_json_ld(script) == []


def test_nesting_without_end_gives_nothing_and_no_error() -> None:
    assert read_json_ld("[" * 100_000 + "{") == []
    assert len(read_json_ld('{"@graph": ' * 50 + "{}" + "}" * 50)) < 20


def test_a_flood_of_nodes_is_cut() -> None:
    assert len(read_json_ld("[" + ",".join(['{"a": 1}'] * 5_000) + "]")) == 500


@pytest.mark.parametrize(
    "author",
    [
        '[{"@type": "Person", "name": "Rhea Tan"}, {"@type": "Person", "name": "Jo P\\u00e4rk"}]',
        '["Rhea Tan"]',
        '"Rhea Tan"',
        '{"@type": "Person", "name": "Rhea Tan", "image": {"@type": "ImageObject"}}',
    ],
)
def test_the_authors_of_a_broken_script_are_saved(author: str) -> None:
    nodes = read_json_ld(f'{{"@type": "NewsArticle", "headline": "Port "shut"", "author": {author}}}')
    expected = ["Rhea Tan", "Jo Pärk"] if "rk" in author else ["Rhea Tan"]
    assert [name["name"] for name in nodes[0]["author"]] == expected


def test_an_escape_that_is_none_is_a_backslash() -> None:
    nodes = read_json_ld(
        r'{"headline": "Port shut", "description": "C:\x \\ \"bad\" \u12", "author": {"name": "Rhea Tan"}}'
    )
    assert (nodes[0]["description"], nodes[0]["author"]) == (r'C:\x \ "bad" \u12', {"name": "Rhea Tan"})


def test_a_hostile_script_is_read_in_little_time() -> None:
    started = time.process_time()
    for script in ('{"author": ' * 50_000, "{" + "\\" * 500_000, '{"author":[' + '"name":"' * 100_000):
        read_json_ld(script)
    assert time.process_time() - started < 2
