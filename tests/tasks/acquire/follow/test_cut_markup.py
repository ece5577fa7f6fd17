"""Markup within its bounds comes back byte for byte; what is longer or more goes whole, and is counted."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.acquire.follow.cut_markup import (
    MAX_ATTRIBUTES,
    MAX_BASES,
    MAX_NAMESPACES,
    MAX_VALUE_BYTES,
    Bounds,
    cut_markup,
)
from tasks.acquire.follow.feed_bounds import cut_feed

BOUNDS = Bounds({b"author": 10, b"title": 20}, frozenset({b"item"}), 3)


def cut(markup: str) -> tuple[str, int]:
    done = cut_markup(markup.encode(), BOUNDS)
    return done.data.decode(), done.count


def attributes(count: int) -> str:
    return " ".join(f'a{n}="1"' for n in range(count))


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "no markup",
        "<a><author>Ida Lund</author></a>",
        "<author>0123456789</author><b>a long text in another element</b>",
        "<author/>a long text behind an empty one",
        "<author>Ida</author>" * 9,
        f"<a {attributes(MAX_ATTRIBUTES)}/>",
        f'<a b="{"x" * (MAX_VALUE_BYTES - 2)}"/>',
        '<a b="1 > 0" c=\'"\'>text</a>',
        "<a b=\"'>' is quoted\"/><author>Ida</author>",
        "<!-- <author>no author at all</author> --><author>Ida</author>",
        "<![CDATA[<author>no author at all</author>]]>",
        "<item/>" * 3,
    ],
)
def test_what_is_within_bounds_stays_as_it_is(markup: str) -> None:
    assert cut(markup) == (markup, 0)


@pytest.mark.parametrize(
    ("markup", "left"),
    [
        ("<author>01234567890</author><b>x</b>", "<author></author><b>x</b>"),
        ("<dc:Author>01234567890</dc:Author>", "<dc:Author></dc:Author>"),
        ("<author>01234<x/>56789<x/>0</author>", "<author><x/><x/></author>"),
        ("<author><![CDATA[a]]></author>", "<author></author>"),
        ("<author><name>0123456789</name><email>x</email></author>x", None),
        ("<item><author>01234567890<title>t</title></item><item>x", None),
        ("<author>01234567890", "<author>"),
    ],
)
def test_a_text_that_is_too_long_goes_whole(markup: str, left: str | None) -> None:
    data, count = cut(markup)
    assert count == 1
    assert "0" not in data
    if left is not None:
        assert data == left
    else:
        assert data.endswith("x")


@pytest.mark.parametrize(
    ("markup", "left"),
    [
        ("<title><author>01234567890</author></title>", "<title><author></author></title>"),
        (
            "<title>lost<author>Ida</author>01234567890</title>",
            "<title>lost<author>Ida</author>01234567890</title>",
        ),
        ("<title>0<author>1234567890</author>12345678901</title>", "<title><author></author></title>"),
        (
            "<title><author>01234567890</title><author>Ida</author>",
            "<title><author></title><author>Ida</author>",
        ),
    ],
)
def test_a_text_inside_another_is_bounded_by_both(markup: str, left: str) -> None:
    assert cut(markup) == (left, int(markup != left))


def test_an_entity_cannot_make_a_short_text_long() -> None:
    declared, text = '<!DOCTYPE a [<!ENTITY x "{}">]>', "<author>{}</author>"
    data, count = cut(declared.format("Ida" * 30) + text.format("&x;"))
    assert (count, "Ida" in data) == (1, False)
    few = Bounds({b"author": 100}, frozenset(), 3)
    for references, is_kept in ((1, True), (2, False)):
        markup = (declared.format("&#160;") + text.format("&x;" * references)).encode()
        assert (cut_markup(markup, few).data == markup) is is_kept


def test_of_too_many_attributes_the_first_stay() -> None:
    assert cut(f"<a {attributes(MAX_ATTRIBUTES + 5)}/>") == (f"<a {attributes(MAX_ATTRIBUTES)}/>", 5)
    value = f'b="{"x" * MAX_VALUE_BYTES}"'
    assert cut(f"<a c='1' {value} d=2>") == ("<a c='1' d=2>", 1)


def test_a_quoted_bracket_hides_no_attributes() -> None:
    data, count = cut("<a " + " ".join(f'a{n}=">"' for n in range(MAX_ATTRIBUTES + 7)) + ">text")
    assert count == 7
    assert data.endswith('=">">text')


def test_different_namespaces_are_counted_and_the_same_one_is_not() -> None:
    same = '<a xmlns:x="u"/>' * (MAX_NAMESPACES + 9)
    assert cut(same) == (same, 0)
    other = "".join(f'<a xmlns:x{n}="u"/>' for n in range(MAX_NAMESPACES + 9))
    assert cut(other)[1] == 9


def test_each_entry_may_have_bases_of_its_own() -> None:
    some = "<item>" + '<b xml:base="c/"/>' * MAX_BASES
    assert cut(some * 3) == (some * 3, 0)
    assert cut(some * 2 + '<b xml:base="c/"/>')[1] == 1


def test_entries_past_the_last_one_go_and_the_document_is_closed_as_it_was() -> None:
    data, count = cut("<rss>" + "<item>x</item>" * 9 + "</rss>")
    assert (data, count) == ("<rss>" + "<item>x</item>" * 3 + "</rss>", 0)
    assert cut("<rss>" + "<item>" * 9)[0] == "<rss><item><item><item>"
    endless = "<item>x</item>" * 5 + "<item>" * 9
    assert cut(endless)[0] == "<item>x</item>" * 3


PIECES = st.sampled_from(
    [
        *(
            "<author>",
            "</author>",
            "<item>",
            "</item>",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<a b='",
            '"',
            "'",
        ),
        *(">", "/>", "<", " x=1", "text", "<?x ", "?>", "<!DOCTYPE ", "</", "xmlns:a='b'", "\x00", "é"),
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_markup_is_cut_once_and_for_all(markup: str) -> None:
    data, _ = cut(markup)
    assert len(data) <= len(markup)
    assert cut_markup(data.encode(), BOUNDS).data.decode() == data or "<item>" in markup


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a ",
        "<a '",
        "<a \"'",
        "<!--",
        "<![CDATA[",
        "<author>a",
        "<a b='>",
        "<item>",
        " ",
        "</",
        "<a xmlns:b=c ",
    ],
)
def test_twice_the_markup_is_twice_the_steps(piece: str) -> None:
    def count_steps(markup: bytes) -> int:
        searched = CountedBytes(markup)
        cut_markup(searched, BOUNDS)
        return searched.steps

    one, two = (count_steps(piece.encode() * count) for count in (2_000, 4_000))
    assert one > 0
    assert two <= 2.2 * one


class CountedBytes(bytes):
    """Bytes that count how many of them were looked at by searches."""

    steps = 0

    def find(self, mark: bytes, start: int = 0, end: int | None = None) -> int:  # type: ignore[override]
        limit = len(self) if end is None else end
        found = super().find(mark, start, limit)
        self.steps += 1 + (found if found >= 0 else limit) - start
        return found

    def rfind(self, mark: bytes, start: int = 0) -> int:  # type: ignore[override]
        found = super().rfind(mark, start)
        self.steps += 1 + len(self) - max(found, start)
        return found

    def startswith(self, mark: bytes, start: int = 0) -> bool:  # type: ignore[override]
        self.steps += 1
        return super().startswith(mark, start)

    def __getitem__(self, key: slice | int) -> bytes:  # type: ignore[override]
        part = super().__getitem__(key)
        self.steps += len(part) if isinstance(part, bytes) else 1
        return part


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32-le", "utf-32"])
def test_a_feed_in_wide_characters_is_cut_as_well(encoding: str) -> None:
    feed = f'<?xml version="1.0" encoding="{encoding}"?><rss><author>{"a." * 9_000}</author><title>Fähre</title></rss>'
    done, content_type = cut_feed(feed.encode(encoding), "text/xml; charset=utf-16", 9)
    assert done.count == 1
    assert done.data.decode().lstrip("\ufeff") == "<rss><author></author><title>Fähre</title></rss>"
    assert content_type == "application/xml; charset=utf-8"


def test_attributes_without_end_are_read_in_one_go() -> None:
    started = time.process_time()
    for filling in (" a", " a=", " a='", "/ ", "  ", ' a="b', "='"):
        cut("<a " + filling * 100_000 + ">")
    assert time.process_time() - started < 5
