"""Lists of addresses, as people keep them and as Zotero writes them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from core.errors import ConfigError
from tasks.acquire.follow.url_lists import read_url_list

A, B = "https://orsay-mail.example/a", "https://velmar-post.example/b"


def urls(data: str, name: str) -> list[str]:
    return [entry.url for entry in read_url_list(data.encode(), name)]


def test_a_text_has_an_address_a_line_and_each_is_taken_once():
    text = f"\ufeff# ferries\n{A}\n\n<{B}> read this\n{A}?utm_source=x\nno address\nftp://x.example/\n"
    assert urls(text, "list.txt") == [A, B]


def test_zotero_csv_gives_title_author_and_date():
    data = f'"Key","Author","Title","Url","Date"\n"1","Lund, Ida","Ferry stopped","{A}","2026-03-02"\n"2","","Book","",""\n'
    (entry,) = read_url_list(data.encode(), "My Library.csv")
    assert (entry.url, entry.title, entry.authors) == (A, "Ferry stopped", ("Lund, Ida",))
    assert entry.published_at == datetime(2026, 3, 2, tzinfo=UTC)


def test_csl_json_and_json_lines_are_read():
    assert urls(f'[{{"URL": "{A}", "title": "x"}}, 7, {{"title": "no address"}}]', "x.json") == [A]
    assert urls(f'{{"url": "{A}"}}\nbroken\n{{"link": "{B}"}}', "x.jsonl") == [A, B]


def test_ris_is_read():
    data = f"TY  - NEWS\nTI  - Ferry stopped\nAU  - Lund, Ida\nAU  - Holm, Per\nDA  - 2026/03/02/\nUR  - {A}\nER  - \nTY  - NEWS\nUR  - {B}\n"
    first, second = read_url_list(data.encode(), "x.ris")
    assert (first.title, first.authors) == ("Ferry stopped", ("Lund, Ida", "Holm, Per"))
    assert first.published_at == datetime(2026, 3, 2, tzinfo=UTC)
    assert second.url == B


@pytest.mark.parametrize("name", ["x.txt", "x.csv", "x.json", "x.ris"])
@pytest.mark.parametrize("data", [b"", b"nothing here", b"\xff\x00\xfe", b"[" * 100])
def test_a_list_without_an_address_says_so(name, data):
    with pytest.raises(ConfigError, match="no web address"):
        read_url_list(data, name)


def test_gdelts_article_list_is_read_with_what_it_says():
    article = {
        "url": "https://orsay-mail.example/ferry",
        "title": "Ferry stopped",
        "seendate": "20260301T080000Z",
        "domain": "orsay-mail.example",
        "language": "English",
    }
    (entry,) = read_url_list(json.dumps({"articles": [article]}).encode(), "artlist.json")
    assert entry.url == "https://orsay-mail.example/ferry"
    assert entry.title == "Ferry stopped"
    assert entry.published_at == datetime(2026, 3, 1, 8, tzinfo=UTC)


def test_csl_json_keeps_its_authors_and_its_day() -> None:
    item = {
        "type": "article-newspaper",
        "URL": "https://orsay-mail.example/ferry",
        "title": "Ferry stopped",
        "author": [{"family": "Lund", "given": "Ida"}, {"family": "Holm", "given": "Per"}],
        "issued": {"date-parts": [["2026", 3, 1]]},
        "container-title": "Orsay Mail",
    }
    (entry,) = read_url_list(json.dumps([item]).encode(), "library.json")
    assert entry.authors == ("Ida Lund", "Per Holm")
    assert entry.published_at == datetime(2026, 3, 1, tzinfo=UTC)


ADDRESS = "https://post.example/1"
ODD_LISTS = {
    "a.json": [
        "[" * 100_000,
        '{"n": ' + "1" * 5_000 + "}",
        '{"url": "\\ud83d"}',
        '{"url": {"a": [NaN, Infinity]}}',
    ],
    "a.jsonl": [
        "[" * 100_000,
        '{"url": "https://[", "date": "0001-01-01T00:00:00+14:00"}',
        "\0",
        '{"url": 1e400}',
    ],
    "a.csv": ['"' + "x" * 200_000 + '"', "a\0b", "\ud83d".encode("utf-8", "replace").decode(), "=1+1"],
    "a.ris": ["TY  - NEWS", "UR  - http://[", "DA  - 99999/99/99", "ER  - "],
    "a.txt": ["http://[::1", "javascript:alert(1)", "\x00\x01", "http://" + "a." * 5_000],
}


@pytest.mark.parametrize(
    ("name", "line"), [(name, line) for name, lines in ODD_LISTS.items() for line in lines]
)
def test_an_odd_line_costs_no_address_beside_it(name, line):
    good = {
        "a.json": json.dumps({"url": ADDRESS}),
        "a.jsonl": json.dumps({"url": ADDRESS, "date": "9999-12-31T23:59:59-12:00"}),
    }
    good |= {"a.ris": f"TY  - NEWS\nUR  - {ADDRESS}\nER  - "}
    around = good.get(name, ADDRESS)
    head = "url\n" if name == "a.csv" else ""
    found = read_url_list(f"{head}{around}\n{line}\n{around.replace('/1', '/2')}\n".encode(), name)
    assert {ADDRESS, ADDRESS.replace("/1", "/2")} <= {entry.url for entry in found}
