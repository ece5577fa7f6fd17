"""Citations to paste: sentence, outlet, time, address and archived bytes, on pages of questions and articles."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient

from dashboard.citations import cite_question
from dashboard.model.questions import Marked, PrintedReading, Question, QuestionPage
from tests.dashboard.test_rendering import words


def test_a_question_and_an_article_are_cited_with_sentence_address_and_archived_bytes(
    client: TestClient, ids: dict[str, str]
) -> None:
    story = client.get(f"/stories/{ids['story']}.json").json()
    asked = next(one for one in story["questions"] if len(one["readings"]) > 1)
    page = client.get(f"/questions/{asked['question_id']}.json").json()
    assert {one["article_id"] for one in page["archived"]} == {one["article_id"] for one in asked["readings"]}
    shown = words(client.get(f"/questions/{asked['question_id']}").text)
    for reading in asked["readings"]:
        sentence = "".join(reading["sentence"][part] for part in ("before", "span", "after")).strip()
        assert re.search(rf"{reading['outlet']}(, [^\n]*)?: {re.escape(sentence)}\n", shown), sentence
    assert all(one["body_sha256"] in shown for one in page["archived"])
    article = client.get(f"/articles/{asked['readings'][0]['article_id']}.json").json()
    cited = words(client.get(f"/articles/{article['article_id']}").text).partition("Cite this article")[2]
    assert article["title"] in cited and article["receipt"]["body_sha256"] in cited
    assert f"offset {article['receipt']['warc_offset']}" in cited


def test_a_citation_names_no_file_of_this_machine_and_leaves_out_what_is_unknown() -> None:
    reading = PrintedReading(
        outlet="ash",
        article_id="a1",
        title=None,
        published_at=None,
        surface="40 boats",
        bound="exact",
        low=40.0,
        high=40.0,
        verdict=None,
        suspect_reason=None,
        is_copy=False,
        source=None,
        start_char=0,
        link="file:///articles/a.txt",
        sentence=Marked("Some ", "40 boats", " sank."),
    )
    question = Question("q1", "s1", "boats", "count", None, None, (reading,))
    assert cite_question(QuestionPage(question, None)) == "ash: Some 40 boats sank."
