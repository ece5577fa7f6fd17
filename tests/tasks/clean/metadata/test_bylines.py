"""Authors are found where a page credits them, and persons are believed before desks."""

from __future__ import annotations

import pytest

from tasks.clean.metadata.bylines import find_authors
from tasks.clean.page.headline import find_surroundings
from tasks.clean.page.page import Page, parse_page
from tasks.clean.page.site_names import find_site_names

URL = "https://harbourpost.example/bridge-shut"


def make_page(head: str = "", body: str = "") -> Page:
    head += '<meta property="og:site_name" content="Harbour Post">'
    html = (
        f"<html><head>{head}</head><body><main><h1>Bridge shut until spring</h1>{body}</main></body></html>"
    )
    return parse_page(html.encode(), None, URL)


def find(page: Page, hint: tuple[str, ...] = ()) -> tuple[list[str], str | None, str | None]:
    around = find_surroundings(page, "Bridge shut until spring")
    return find_authors(page, find_site_names(page), around, hint)


def json_ld(author: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "B", "author": {author}}}</script>'


@pytest.mark.parametrize(
    "author",
    [
        '{"@type": "Person", "name": "Mara Quill"}',
        '[{"@type": "Person", "name": "Mara Quill"}]',
        '"Mara Quill"',
        '["Mara Quill"]',
        '{"@type": "Person", "name": ["Mara Quill"]}',
        '[[{"@type": "Person", "name": "By Mara Quill"}]]',
    ],
)
def test_json_ld_in_every_shape(author: str) -> None:
    assert find(make_page(json_ld(author)))[:2] == (["Mara Quill"], "json-ld")


def test_the_node_of_this_article_is_asked_and_not_that_of_another() -> None:
    other = '{"@type": "NewsArticle", "headline": "A", "url": "https://harbourpost.example/x", "author": "Tom Abara"}'
    own = f'{{"@type": "NewsArticle", "headline": "B", "mainEntityOfPage": "{URL}", "author": "Mara Quill"}}'
    script = f'<script type="application/ld+json">[{other}, {own}]</script>'
    assert find(make_page(script))[0] == ["Mara Quill"]


def test_a_reference_in_a_graph_is_followed() -> None:
    graph = (
        '<script type="application/ld+json">{"@graph": [{"@type": "Article", "headline": "B", "author": {"@id": "#p"}},'
        ' {"@type": "Person", "@id": "#p", "name": "Mara Quill"}]}</script>'
    )
    assert find(make_page(graph))[:2] == (["Mara Quill"], "json-ld")


def test_a_reference_that_leads_nowhere_is_no_author() -> None:
    assert find(make_page(json_ld('{"@id": "#nobody"}')))[:2] == ([], None)


@pytest.mark.parametrize(
    "name", ["author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl"]
)
def test_meta_tags(name: str) -> None:
    page = make_page(f'<meta name="{name}" content="By Mara Quill and Tom Abara">')
    assert find(page)[:2] == (["Mara Quill", "Tom Abara"], f"meta {name}")


def test_a_link_to_a_profile_in_a_meta_tag_is_no_author() -> None:
    assert (
        find(make_page('<meta property="article:author" content="https://social.example/harbourpost">'))[0]
        == []
    )


def test_a_person_is_believed_before_the_outlet_that_json_ld_names() -> None:
    head = json_ld('{"@type": "Organization", "name": "Harbour Post"}')
    page = make_page(head, '<p class="byline">By Mara Quill</p>')
    assert find(page) == (["Mara Quill"], "byline", "By Mara Quill")


def test_the_outlet_is_taken_where_nobody_else_is_credited() -> None:
    page = make_page(json_ld('{"@type": "Organization", "name": "Harbour Post"}'))
    assert find(page)[:2] == (["Harbour Post"], "json-ld")


@pytest.mark.parametrize("other", ["Harbour Post", "Harbour News Desk"])
def test_beside_a_person_neither_the_outlet_nor_a_desk_is_an_author(other: str) -> None:
    assert find(make_page(json_ld(f'[{{"name": "Mara Quill"}}, {{"name": "{other}"}}]')))[0] == ["Mara Quill"]


@pytest.mark.parametrize("other", ["Reuters", "Tom", "Tom Abara"])
def test_an_agency_or_another_name_beside_a_person_is_one(other: str) -> None:
    found = find(make_page(json_ld(f'[{{"name": "Mara Quill"}}, {{"name": "{other}"}}]')))[0]
    assert found == ["Mara Quill", other]


def test_the_outlets_name_is_given_without_the_words_before_it() -> None:
    assert find(make_page(body='<p class="byline">Posted by:<br>Harbour Post</p>'))[0] == ["Harbour Post"]


def test_a_byline_that_names_everyone_of_json_ld_and_more_is_believed() -> None:
    head = json_ld('"Mara Quill"')
    body = "<p>By Dr Mara Quill and Tom Abara</p>"
    assert find(make_page(head, body))[:2] == (["Dr Mara Quill", "Tom Abara"], "byline")
    assert find(make_page(head, "<p>By Ida Brook and Tom Abara</p>"))[:2] == (["Mara Quill"], "json-ld")


def test_the_writer_is_named_by_pages_built_from_wordpress_data() -> None:
    head = '<meta name="twitter:misc:Written by" content="Mara Quill"><meta name="twitter:misc:Est. reading time" content="Tom Abara">'
    assert find(make_page(head))[:2] == (["Mara Quill"], "meta twitter:data")
    assert find(make_page(head.replace("Written by", "Filed under")))[0] == []


def test_the_twitter_label_of_wordpress_names_the_writer() -> None:
    head = '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Mara Quill">'
    assert find(make_page(head))[:2] == (["Mara Quill"], "meta twitter:data")
    head = '<meta name="twitter:label1" content="Est. reading time"><meta name="twitter:data1" content="Three Minutes">'
    assert find(make_page(head))[0] == []


@pytest.mark.parametrize(
    "body",
    [
        "<p>By Mara Quill</p>",
        "<div><span>By</span> <a href='/x'>Mara Quill</a></div>",
        "<p>Written by</p><p>Mara Quill</p><p>4 March 2031</p>",
        "<p>4 March 2031</p><p>Von Mara Quill</p>",
    ],
)
def test_a_byline_by_the_headline_is_read_without_any_mark(body: str) -> None:
    assert find(make_page(body=body + "<p>Text.</p>"))[:2] == (["Mara Quill"], "byline")


def test_the_byline_is_told_as_printed_also_where_it_stands_in_pieces() -> None:
    assert (
        find(make_page(body="<div><span>By</span> <a href='/x'>Mara Quill</a></div>"))[2] == "By Mara Quill"
    )


def test_several_names_joined_in_a_byline_are_all_taken() -> None:
    body = "<p>By <a href='/a'>Mara Quill</a>, <a href='/b'>Tom Abara</a> and <a href='/c'>Wei Sato</a></p><p>Photo</p>"
    assert find(make_page(body=body))[0] == ["Mara Quill", "Tom Abara", "Wei Sato"]


def test_a_photographer_behind_the_byline_is_no_author() -> None:
    assert find(make_page(body="<p>By</p><p>Mara Quill</p><p>Photo:</p><p>Tom Abara</p>"))[0] == [
        "Mara Quill"
    ]


def test_a_link_to_an_authors_page_is_enough() -> None:
    assert find(make_page(body='<a href="/author/quill">Mara Quill</a>'))[:2] == (
        ["Mara Quill"],
        "author link",
    )


def test_a_marked_element_further_down_is_read() -> None:
    body = f"<p>{'Long text. ' * 40}</p><div class='article-author'>Mara Quill<br>Political editor</div>"
    assert find(make_page(body=body)) == (["Mara Quill"], "byline element", "Mara Quill Political editor")


@pytest.mark.parametrize(
    "body",
    [
        "<ol class='comments'><li><span class='author'>Tom Abara</span></li></ol>",
        "<div class='related-posts'><span class='byline'>By Tom Abara</span></div>",
        "<aside><a rel='author' href='/author/tom'>Tom Abara</a></aside>",
        "<footer><span class='author'>Tom Abara</span></footer>",
        "<figure><span class='photo-author'>Tom Abara</span></figure>",
    ],
)
def test_a_name_in_comments_teasers_and_captions_is_no_author(body: str) -> None:
    body = f"<p>{'Long text. ' * 40}</p>{body}"
    assert find(make_page(body=body))[0] == []


def test_the_feeds_authors_are_taken_when_the_page_is_silent() -> None:
    assert find(make_page(), ("Mara Quill",))[:2] == (["Mara Quill"], "hint")


@pytest.mark.parametrize(
    "text",
    [
        "By the time the mayor spoke, the bridge had been shut for nine days and nobody was told why it was.",
        "By popular demand",
        "Words matter in politics",
        "By air, by sea, by rail.",
    ],
)
def test_a_sentence_or_phrase_that_begins_like_a_byline_is_none(text: str) -> None:
    assert find(make_page(body=f"<p>{text}</p>"))[0] == []


def test_a_desk_behind_by_is_taken_where_no_person_is_named() -> None:
    assert find(make_page(body="<p>By Harbour Newsroom</p>"))[0] == ["Harbour Newsroom"]


def test_a_name_behind_and_in_one_piece_is_taken_too() -> None:
    body = '<p>Por <a href="/autor/ines">Inés Robledo</a> y Juan Ortega y Gasset</p>'
    assert find(make_page(body=body))[0] == ["Inés Robledo", "Juan Ortega y Gasset"]


def test_all_authors_of_a_list_are_taken() -> None:
    items = "".join(
        f'<li><a href="/author/{key}">{name}</a></li>'
        for key, name in (("mq", "Mara Quill"), ("ta", "Tom Abara"))
    )
    authors, place, _ = find(
        make_page(body=f'<div><p>{"Rain. " * 90}</p><ul class="authors">{items}</ul></div>')
    )
    assert (authors, place) == (["Mara Quill", "Tom Abara"], "byline element")
