"""Every address of the dashboard: what it shows, as a page and as JSON."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from core.settings import Settings
from dashboard.app import make_app
from dashboard.citations import web_address
from dashboard.guards import Guard
from dashboard.model.articles import RevisionLine
from dashboard.model.questions import Marked
from dashboard.model.stories import (
    FrontPage,
    MadeByHand,
    Omission,
    PrintedDate,
    SharedDate,
    StoryLine,
    StoryPage,
)
from dashboard.reading.article import read_article
from dashboard.rendering import PagePlace, Snapshot, render
from flows.load import load_files
from tests.invented import HOSTILE_TITLE
from warehouse.asking.pinned import PinnedReader
from warehouse.catalog.sql_files import list_queries


class Elements(HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def links(self) -> Iterator[str]:
        """Addresses of links."""
        yield from (attrs["href"] or "" for tag, attrs in self.found if tag == "a")


def words(text: str) -> str:
    """What a reader sees, without tags."""
    return unescape(re.sub(r"<[^>]+>", "", text))


def test_the_front_page_shows_the_story_with_its_dispute_as_outlets_print_it(
    client: TestClient, ids: dict[str, str]
) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert f"/stories/{ids['story']}" in page.text
    assert "About 300 people" in page.text
    assert "More than 900 people" in page.text
    assert "conflict" in words(page.text)


def test_an_edit_that_cannot_be_read_says_why_in_its_place(reader: PinnedReader, ids: dict[str, str]) -> None:
    with reader.reading() as lake:
        article = read_article(lake, next(ids[one] for one in ids if one != "story"))
    at = datetime(2026, 3, 4, 12, tzinfo=UTC)
    edit = RevisionLine("c2", at, "T", None, 3, 1, problem="the archive could not be read: it is away")
    shown = replace(article, revisions=(*article.revisions, edit))
    page = render("article.html", PagePlace(True, Snapshot(1, at)), article=shown)
    assert "the archive could not be read: it is away" in words(page)


def test_filters_of_the_front_page_leave_out_other_days_and_outlets(client: TestClient) -> None:
    assert client.get("/.json", params={"since": "2026-03-05"}).json()["stories"] == []
    assert len(client.get("/.json", params={"since": "2026-03-04"}).json()["stories"]) == 1
    assert client.get("/.json", params={"outlet": "nobody"}).json()["stories"] == []
    for path in ("/", "/.json"):
        assert client.get(path, params={"since": "", "outlet": ""}).status_code == 200
        answer = client.get(path, params={"since": "yesterday"})
        assert answer.status_code == 400
        assert "is not a day; write 2026-11-20" in answer.text


def test_a_story_shows_each_outlets_sentence_with_the_number_marked(
    client: TestClient, ids: dict[str, str]
) -> None:
    text = client.get(f"/stories/{ids['story'][:6]}").text
    assert "<mark>More than 900 people</mark> left their homes" in text
    assert "<mark>Up to 20 houses</mark> were flooded" in text
    assert "printed differently" in words(text) or "shortened" in words(text)
    assert "<svg" in text


def test_a_click_on_a_number_leads_to_its_place_in_the_text(client: TestClient, ids: dict[str, str]) -> None:
    story = client.get(f"/stories/{ids['story']}.json").json()
    reading = next(
        one
        for question in story["questions"]
        for one in question["readings"]
        if one["surface"] == "More than 900 people"
    )
    target = f"/articles/{reading['article_id']}#c{reading['start_char']}"
    assert target in Elements(client.get(f"/stories/{ids['story']}").text).links()
    article = client.get(target.partition("#")[0]).text
    assert re.search(rf'<span id="c{reading["start_char"]}" class="s figure"[^>]*>More than 900', article)


def test_a_question_is_named_by_the_beginning_of_its_id(client: TestClient, ids: dict[str, str]) -> None:
    questions = client.get(f"/stories/{ids['story']}.json").json()["questions"]
    first = questions[0]["question_id"]
    assert client.get(f"/questions/{first[:8]}.json").json()["question"] == questions[0]
    assert "<mark>" in client.get(f"/questions/{first}").text


def test_an_article_has_marks_removed_lines_with_their_rule_and_a_receipt(
    client: TestClient, ids: dict[str, str]
) -> None:
    text = client.get(f"/articles/{ids['valley-post']}").text
    assert "Leave a Reply" in text
    assert "rule comment_form" in text
    assert ".warc.gz" in text
    assert 'class="s date"' in text
    assert 'class="s quotation"' in text
    receipt = client.get(f"/articles/{ids['valley-post']}.json").json()["receipt"]
    assert re.fullmatch("[0-9a-f]{64}", receipt["body_sha256"])
    assert receipt["warc_offset"] >= 0


def test_an_entity_shows_where_it_is_named_and_quoted(client: TestClient, ids: dict[str, str]) -> None:
    spans = client.get(f"/articles/{ids['valley-post']}.json").json()["spans"]
    body = client.get(f"/articles/{ids['valley-post']}.json").json()["body_text"]
    aune = next(
        one for one in spans if one["kind"] == "name" and "Aune" in body[one["start_char"] : one["end_char"]]
    )
    page = client.get(f"/entities/{aune['entity_id']}")
    assert page.status_code == 200
    assert "Berit Aune" in words(page.text)
    assert "valley-post" in words(page.text)


def test_outlets_show_outcomes_and_rules(client: TestClient) -> None:
    found = {one["outlet"]: one for one in client.get("/outlets.json").json()["outlets"]}
    assert found["valley-post"]["outcomes"] == [["accepted", "new", 1]]
    assert "comment_form" in [rule for rule, *_ in found["valley-post"]["removed_rules"]]
    assert "accepted" in words(client.get("/outlets").text)


def test_search_finds_articles_and_says_so_where_it_finds_none(client: TestClient) -> None:
    assert len(client.get("/search.json", params={"q": "Orrin"}).json()["hits"]) == 3
    assert "No article fits" in client.get("/search", params={"q": "volcano"}).text
    assert client.get("/search").status_code == 200


def test_sql_is_answered_within_its_fences(client: TestClient) -> None:
    found = client.get(
        "/sql.json", params={"query": "select 1/0 as a, [1.5] as b, date '2026-01-02' as c"}
    ).json()
    assert (found["columns"], found["rows"]) == (["a", "b", "c"], [[None, [1.5], "2026-01-02"]])
    assert 'role="alert"' in client.get("/sql", params={"query": "drop table articles"}).text
    for query in ("drop table articles", "from read_csv('/etc/passwd')", "selec 1"):
        assert client.get("/sql.json", params={"query": query}).json()["problem"]


def test_a_long_answer_is_cut_and_says_so(client: TestClient) -> None:
    found = client.get("/sql.json", params={"query": "from range(5000)"}).json()
    assert (len(found["rows"]), found["is_cut"]) == (1_000, True)


def test_stories_questions_answers_and_searches_are_saved_as_files(
    client: TestClient, ids: dict[str, str]
) -> None:
    story = client.get(f"/stories/{ids['story']}.json").json()
    question = story["questions"][0]["question_id"]
    for path in (
        f"/stories/{ids['story']}.csv",
        f"/questions/{question}.csv",
        "/queries/quotes_of.csv?name=Aune",
        "/search.csv?q=dam",
        "/sql.csv?query=select outlet, title from articles",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["content-disposition"].startswith('attachment; filename="copydesk-')
        rows = list(csv.reader(io.StringIO(answer.text)))
        assert len(rows) > 1
        assert "outlet" in rows[0]


def test_a_saved_story_has_the_sentence_of_each_number_in_every_form(
    client: TestClient, ids: dict[str, str]
) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"/stories/{ids['story']}.csv").text)))
    printed = {row["printed"]: row for row in rows}
    assert printed["More than 900 people"]["sentence"].startswith("More than 900 people left their homes")
    assert printed["More than 900 people"]["low"] == "900.0"
    assert "| More than 900 people |" in client.get(f"/stories/{ids['story']}.md").text
    workbook = client.get(f"/stories/{ids['story']}.xlsx").content
    assert workbook.startswith(b"PK")
    assert client.get(f"/stories/{ids['story']}.exe").status_code == 404


def test_a_saved_answer_holds_no_formula_and_a_wrong_one_says_why(client: TestClient) -> None:
    saved = client.get("/sql.csv", params={"query": "select '=1+1' as a, '<b>' as b"})
    assert saved.text == "a,b\n'=1+1,<b>\n"
    assert client.get("/sql.csv", params={"query": "drop table articles"}).status_code == 400
    many = client.get("/sql.csv", params={"query": "from range(200000)"})
    assert (many.status_code, "100,000" in many.text) == (400, True)


def test_the_page_of_an_answer_links_to_its_files(client: TestClient) -> None:
    links = set(Elements(client.get("/queries/quotes_of?name=Aune&limit=").text).links())
    assert {f"/queries/quotes_of.{form}?name=Aune" for form in ("csv", "xlsx", "json", "md")} <= links


def test_a_query_that_takes_all_the_memory_ends_alone(client: TestClient) -> None:
    hungry = "select length(repeat('x', 3000000000) || repeat('y', 3000000000))"
    assert "memory" in client.get("/sql.json", params={"query": hungry}).json()["problem"]
    assert client.get("/sql.json", params={"query": "select 1 as n"}).json()["rows"] == [[1]]


def test_named_questions_are_forms_and_answers(client: TestClient, ids: dict[str, str]) -> None:
    assert 'name="name"' in client.get("/queries/quotes_of").text
    found = client.get("/queries/quotes_of.json", params={"name": "Aune"}).json()
    assert found["rows"]
    assert client.get("/queries/quotes_off").status_code == 400
    assert client.get("/queries/latest_articles.json", params={"limit": "many"}).json()["problem"]


@pytest.mark.parametrize(
    "path", ["/stories/zz", "/articles/zz", "/entities/zz", "/questions/zz", "/nowhere", "/stories/<b>"]
)
def test_what_is_not_there_is_told_and_escaped(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 404
    assert "<b>" not in page.text
    assert client.get(f"{path}.json").status_code == 404


def test_every_address_has_a_sister_with_json_and_openapi_describes_both(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    pages = [path for path in paths if not path.endswith((".json", ".{form}", ".atom"))]
    assert sorted(pages) == [
        "/",
        "/articles/{article_id}",
        "/entities/{entity_id}",
        "/outlets",
        "/queries",
        "/queries/{name}",
        "/questions/{question_id}",
        "/search",
        "/sql",
        "/stories/{story_id}",
    ]
    for path in pages:
        answer = paths[f"{path}.json"]["get"]["responses"]["200"]["content"]["application/json"]
        assert "$ref" in answer["schema"]


def test_an_article_full_of_markup_is_shown_as_text(client: TestClient, ids: dict[str, str]) -> None:
    for path in ("/", f"/stories/{ids['story']}", f"/articles/{ids['crooked-eye']}", "/search?q=sign"):
        text = client.get(path).text
        found = Elements(text).found
        assert not [tag for tag, _ in found if tag in ("script", "img", "iframe", "object", "embed")]
        assert not [name for _, attrs in found for name in attrs if name.startswith("on") or name == "style"]
    assert HOSTILE_TITLE in words(client.get(f"/articles/{ids['crooked-eye']}").text)


def test_a_story_says_what_an_outlet_leaves_out() -> None:
    place = PagePlace(True, Snapshot(1, datetime(2026, 3, 4, tzinfo=UTC)))
    left_out = (
        Omission("valley-post", "number", "houses flooded", "a1", ("river-times", "crooked-eye")),
        Omission("valley-post", "name", "Berit <b> Aune", "e1", ("river-times", "crooked-eye")),
    )
    story = StoryPage("s1", "Dam", None, None, ("valley-post",), (), (), (), (), left_out)
    text = render("story.html", place, story=story)
    assert '<a href="/questions/a1">houses flooded</a>' in text
    assert '<a href="/entities/e1">Berit &lt;b&gt; Aune</a>' in text


def test_a_story_says_who_split_or_merged_it() -> None:
    place = PagePlace(True, Snapshot(1, datetime(2026, 3, 4, tzinfo=UTC)))
    made = (MadeByHand("c1", "split", datetime(2026, 3, 4, 9, tzinfo=UTC), "Ana <b>", "another dam"),)
    story = StoryPage("s1", "Dam", None, None, ("valley-post",), (), (), (), (), corrections=made)
    text = render("story.html", place, story=story)
    assert "Split by hand by Ana &lt;b&gt;, 4 March 2026" in text and "“another dam”" in text
    untouched = StoryPage("s1", "Dam", None, None, ("valley-post",), (), (), (), ())
    assert "by hand" not in render("story.html", place, story=untouched)


def test_a_story_says_which_day_each_outlet_gives() -> None:
    place = PagePlace(True, Snapshot(1, datetime(2026, 3, 4, tzinfo=UTC)))
    printed = [
        PrintedDate(
            outlet,
            f"a{day}",
            3,
            f"{day} May",
            date(2026, 5, day),
            "day",
            Marked("On ", f"{day} May", " <b>."),
        )
        for outlet, day in (("valley-post", 3), ("river-times", 5))
    ]
    undated = PrintedDate("valley-post", "a9", 9, "Friday", None, "day", Marked("", "Friday", "."))
    days = (date(2026, 5, 3), date(2026, 5, 5))
    dates = (SharedDate("conflict", days, tuple(printed)), SharedDate("agree", (), (undated, undated)))
    story = StoryPage("s1", "Dam", None, None, ("valley-post",), (), (), (), (), dates=dates)
    text = render("story.html", place, story=story)
    assert "3 May 2026 or 5 May 2026" in text
    assert "On <mark>3 May</mark> &lt;b&gt;." in text
    assert '<a href="/articles/a3#c3">' in text
    assert "the year is unknown" in text


def test_characters_that_turn_the_reading_are_shown_as_codes() -> None:
    place = PagePlace(True, Snapshot(1, datetime(2026, 3, 4, tzinfo=UTC)))
    line = StoryLine("a1", "Dam \u202e\x1b[2J holds", None, None, 1, ("o\u2066",))
    text = render("front.html", place, front=FrontPage((line,), ()), days=[])
    assert "Dam &lt;U+202E&gt;&lt;U+001B&gt;[2J holds" in text
    assert not set("\u202e\x1b\u2066") & set(text)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[", None]
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert web_address(url) is None
    assert web_address("https://valley-post.example/dam") == "https://valley-post.example/dam"


def test_every_named_question_has_its_page(client: TestClient) -> None:
    listed = client.get("/queries").text
    assert 'href="/queries"' in client.get("/sql").text
    for file in list_queries():
        assert f'href="/queries/{file.name}"' in listed


@pytest.mark.slow  # three whole loads
def test_a_reader_keeps_its_snapshot_while_something_lands(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("more")
    lake = settings.model_copy(update={"lake": folder / "lake"})
    (folder / "mill").mkdir()
    text = "The old mill at Sorn burned down on Monday night. Forty people watched from the bridge, the mayor said. "
    (folder / "mill" / "a.txt").write_text("Mill burns at Sorn\n\n" + text * 3)
    load_files(lake, [folder / "mill"])
    reader = PinnedReader(lake)
    with reader.reading() as before:
        (folder / "mill" / "b.txt").write_text(
            "Mill will be built again\n\n" + text.replace("Monday", "Friday") * 3
        )
        load_files(lake, [folder / "mill"])
        with reader.reading() as after:
            counts = [one.fetch("SELECT count(*) FROM articles")[0][0] for one in (before, after)]
            assert counts == [1, 2]
            assert before.snapshot_id < after.snapshot_id
    app = make_app(lake, reader, Guard())
    with TestClient(app, base_url="http://localhost") as client:
        assert [one["article_count"] for one in client.get("/outlets.json").json()["outlets"]] == [2]
        (folder / "mill" / "c.txt").write_text("Mill opens again\n\n" + text.replace("Monday", "Sunday") * 3)
        load_files(lake, [folder / "mill"])
        assert [one["article_count"] for one in client.get("/outlets.json").json()["outlets"]] == [3]
    reader.close()


def test_the_form_of_a_question_asks_for_each_value_as_it_is(client: TestClient) -> None:
    page = client.get("/queries/numbers_changed?all_changes=true&since=2026-03-04").text
    assert '<option value="true" selected>yes</option>' in page
    assert '<option value="false">no</option>' in page
    assert 'name="limit" value="50" type="number" step="1"' in page
