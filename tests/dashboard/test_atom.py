"""Atom feeds of named questions and searches."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

from dashboard.atom import Feed, write_feed
from flows.watches.answer_lines import tell_row

ATOM = "{http://www.w3.org/2005/Atom}"
AT = datetime(2026, 3, 5, tzinfo=UTC)


def test_a_feed_has_what_the_standard_demands_and_its_ids_stay(client: TestClient) -> None:
    for path in ("/queries/quotes_of.atom?name=Aune", "/search.atom?q=Orrin"):
        answer = client.get(path)
        assert answer.headers["content-type"].startswith("application/atom+xml")
        feed = ElementTree.fromstring(answer.content)
        entries = feed.findall(f"{ATOM}entry")
        assert entries
        for element in (feed, *entries):
            assert element.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
            assert element.findtext(f"{ATOM}title")
            assert datetime.fromisoformat(element.findtext(f"{ATOM}updated", "")).tzinfo
        assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Copydesk"
        hrefs = [one.get("href", "") for one in feed.findall(f"{ATOM}link")]
        assert hrefs[0] == f"http://127.0.0.1:8765{path}"
        again = ElementTree.fromstring(client.get(path).content)
        assert [one.findtext(f"{ATOM}id") for one in again.iter(f"{ATOM}entry")] == [
            one.findtext(f"{ATOM}id") for one in entries
        ]
        assert len({one.findtext(f"{ATOM}id") for one in entries}) == len(entries)


def test_a_feed_of_a_question_that_needs_values_says_so(client: TestClient) -> None:
    assert client.get("/queries/quotes_of.atom").status_code == 400
    assert client.get("/search.atom").status_code == 400


def test_a_feed_escapes_what_outlets_print() -> None:
    row = tell_row(("title", "url"), ("<b>\x00\u202e & co", "javascript:x"), ())
    text = write_feed(Feed("t", "/p", "/p.atom"), [row], "http://localhost", AT).decode()
    assert "&lt;b&gt;&lt;U+0000&gt;&lt;U+202E&gt; &amp; co" in text
    assert "javascript" not in text
    ElementTree.fromstring(text)


def test_a_row_is_told_in_words_with_its_links() -> None:
    columns = ("published_at", "outlet", "surface", "title", "low", "link", "article_id", "start_char")
    values = (
        "2026-03-04T08:00:00+00:00",
        "valley-post",
        "300 people",
        "Dam holds",
        300.0,
        "https://a.example/1#x",
        "a1",
        0,
    )
    row = tell_row(columns, values, ("article_id", "start_char"), "http://127.0.0.1:8765/")
    assert row.head == "Dam holds"
    assert row.words == "published at: 2026-03-04 08:00; outlet: valley-post; surface: 300 people; low: 300"
    assert row.links == ("https://a.example/1#x", "http://127.0.0.1:8765/articles/a1")
    changed = tell_row(columns, (*values[:3], "Dam still holds", *values[4:]), ("article_id", "start_char"))
    assert changed.key == row.key


def test_a_row_with_its_sentence_begins_with_who_printed_it_and_says_nothing_twice() -> None:
    told = {
        "published_at": "2026-03-04T08:00:00+00:00",
        "outlet": "valley-post",
        "surface": "300 people",
        "title": "Dam holds",
        "low": 300.0,
        "bound": "exact",
        "verdict": "conflict",
        "is_suspect": False,
        "marked": "The dam kept ⟦300 people⟧ dry.",
    }
    row = tell_row(tuple(told), tuple(told.values()), ("title",))
    assert row.words == "valley-post, 2026-03-04 08:00: The dam kept ⟦300 people⟧ dry. (verdict: conflict)"
    suspect = tell_row(tuple(told), tuple({**told, "is_suspect": True}.values()), ("title",))
    assert "is suspect: True" in suspect.words


@pytest.mark.parametrize("key", [(), ("story_id",)])
def test_without_its_key_a_row_is_told_apart_by_all_of_its_values(key: tuple[str, ...]) -> None:
    one, other = (tell_row(("outlet", "n"), ("a", n), key) for n in (1, 2))
    assert one.key != other.key
