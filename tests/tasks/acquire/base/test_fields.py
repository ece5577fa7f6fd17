"""Fields of records are found whatever their makers or the user call them."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.captures import Capture
from core.outcomes import Reason
from tasks.acquire.base.fields import find_fields, has_field

GOOD = {"url": "https://www.orsay-mail.example/ferry", "title": "Ferry stopped", "text": "It did not sail."}


SYNONYMS = {
    "news-please": (
        {
            "maintext": "It sailed.",
            "title": "Ferry",
            "date_publish": "2026-03-01 08:00:00",
            "source_domain": "www.orsay-mail.example",
            "authors": ["Ida Lund", "Per Holm"],
            "language": "en",
        },
        {
            "title": "Ferry",
            "published_at": "2026-03-01 08:00:00",
            "authors": ["Ida Lund", "Per Holm"],
            "language": "en",
        },
        "www.orsay-mail.example",
    ),
    "GDELT": (
        {
            "url": "https://orsay-mail.example/1",
            "title": "Ferry",
            "seendate": "20260301T080000Z",
            "domain": "orsay-mail.example",
        },
        {"url": "https://orsay-mail.example/1", "title": "Ferry", "published_at": "20260301T080000Z"},
        "orsay-mail.example",
    ),
    "schema.org": (
        {
            "headline": "Ferry",
            "datePublished": "2026-03-01",
            "author": {"name": "Ida Lund"},
            "publisher": {"name": "Orsay Mail"},
        },
        {"title": "Ferry", "published_at": "2026-03-01", "authors": ["Ida Lund"]},
        "orsay-mail",
    ),
    "a bad value under the better name": (
        {
            "title": "",
            "headline": "Ferry",
            "authors": [],
            "byline": "Ida Lund",
            "published_at": None,
            "date": "2026",
        },
        {"title": "Ferry", "authors": ["Ida Lund"], "published_at": "2026"},
        "morning-star",
    ),
}


@pytest.mark.parametrize("maker", SYNONYMS)
def test_fields_are_found_whatever_their_maker_called_them(maker, folder, read):
    record, hints, outlet = SYNONYMS[maker]
    (folder / "a.jsonl").write_text(json.dumps(record))
    (capture,) = read(folder)
    assert capture.hints == hints
    assert capture.outlet == outlet


def test_an_address_on_the_web_comes_before_what_is_none(folder, read):
    record = {"url": "/ferry", "link": GOOD["url"], "source": "https://www.orsay-mail.example/", "text": "x"}
    (folder / "a.jsonl").write_text(json.dumps(record))
    (capture,) = read(folder)
    assert (capture.url, capture.outlet) == (GOOD["url"], "orsay-mail.example")


def test_people_and_days_of_csl_json_are_read(folder, read):
    people = [{"family": "Lund", "given": "Ida"}, {"family": "Holm"}, {"literal": "Orsay Desk"}]
    record = {"title": "Ferry", "author": people, "issued": {"date-parts": [[2026, "3", 1]]}}
    (folder / "a.json").write_text(json.dumps([record]))
    (capture,) = read(folder)
    assert capture.hints["authors"] == ["Ida Lund", "Holm", "Orsay Desk"]
    assert capture.hints["published_at"] == "2026-03-01"


def test_columns_may_be_named_by_the_user(folder, read):
    (folder / "a.csv").write_text("Story,Ref,title\nIt sailed.,https://orsay-mail.example/1,Ferry\n")
    (capture,) = read(folder, columns={"text": "Story", "url": "Ref"})
    assert json.loads(capture.payload) == {
        "text": "It sailed.",
        "url": "https://orsay-mail.example/1",
        "title": "Ferry",
    }
    assert capture.url == "https://orsay-mail.example/1"


def test_a_table_without_a_column_that_the_user_named_is_refused_with_those_it_has(folder, read):
    (folder / "a.csv").write_text("Story,Ref\nIt sailed.,x\n")
    pq.write_table(pa.table({"Story": ["It sailed."], "Ref": ["x"]}), folder / "b.parquet")
    for outcome in read(folder, columns={"text": "Story", "title": "nosuch"}):
        assert outcome.reason is Reason.BAD_RECORD
        assert outcome.detail == "no column is called 'nosuch'; it has 'Story', 'Ref'"


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_records_of_which_none_has_a_field_that_the_user_named_are_told_of(name, folder, read):
    lines = [json.dumps({"text": "It sailed.", "Kop": "Ferry"}), json.dumps({"text": "It sank."})]
    text = "\n".join(lines) if name == "a.jsonl" else f"[{','.join(lines)}]"
    (folder / name).write_text(text)
    assert [type(item) for item in read(folder, columns={"title": "Kop"})] == [Capture, Capture]
    first, second, problem = read(folder, columns={"title": "nosuch"})
    assert [type(first), type(second)] == [Capture, Capture]
    assert problem.reason is Reason.BAD_RECORD
    assert "no record in it has a field called 'nosuch'" in problem.detail


@pytest.mark.parametrize(
    "value",
    [
        {"response": {"docs": [GOOD]}},
        {"data": {"items": [GOOD]}},
        {"hits": {"hits": [{"_id": "1", "_source": GOOD}]}},
        {"a": GOOD, "b": GOOD | {"url": "https://www.orsay-mail.example/quay"}},
        {name: {"0": said, "1": said} for name, said in GOOD.items()},
        {"_index": "news", "_source": GOOD},
    ],
    ids=["solr", "data", "elastic", "by key", "by column", "envelope"],
)
def test_records_in_envelopes_and_tables_by_column_are_read(value, folder, read):
    (folder / "a.json").write_text(json.dumps(value))
    found = read(folder)
    assert found
    assert all(isinstance(item, Capture) for item in found)
    assert found[0].web_url == GOOD["url"]
    assert found[0].hints["title"] == GOOD["title"]


def test_an_envelope_with_an_address_of_its_own_stays_what_it_is(folder, read):
    (folder / "a.json").write_text(json.dumps({"url": "https://www.orsay-mail.example/list", "next": GOOD}))
    (capture,) = read(folder)
    assert capture.web_url == "https://www.orsay-mail.example/list"


@pytest.mark.parametrize(
    "names",
    [
        ("Article Link", "Article Title", "Article Body", "Publication Date"),
        ("Adresse", "Überschrift", "Volltext", "Datum"),
        ("enlace", "titular", "texto", "fecha"),
        ("lien", "titre", "texte", "date-de-publication"),
    ],
    ids=["spaces", "German", "Spanish", "French"],
)
def test_columns_are_known_with_spaces_and_in_other_languages(names, folder, read):
    row = 'https://www.orsay-mail.example/ferry,Ferry stopped,"It did not sail.",2026-03-01\n'
    (folder / "a.csv").write_text(",".join(names) + "\n" + row, encoding="utf-8")
    (capture,) = read(folder)
    assert capture.web_url == "https://www.orsay-mail.example/ferry"
    assert capture.hints["title"] == "Ferry stopped"
    assert capture.hints["published_at"] == "2026-03-01"


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ({"first_name": "Ida", "last_name": "Lund"}, "Ida Lund"),
        ({"firstName": "Ida", "surname": "Lund", "id": 7}, "Ida Lund"),
        ({"givenName": "Ida", "familyName": "Lund"}, "Ida Lund"),
        ({"given": "Ida", "non-dropping-particle": "van", "family": "Lund"}, "Ida van Lund"),
        ({"name": "Ida Lund", "last_name": "Holm"}, "Ida Lund"),
        ({"last_name": "Lund"}, "Lund"),
    ],
)
def test_a_person_given_in_parts_has_one_name(person, name):
    assert find_fields({"authors": [person, {"first_name": "Per"}]})["authors"] == [name]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ({"$date": "2026-05-06T09:15:00Z"}, "2026-05-06T09:15:00Z"),
        ({"$date": {"$numberLong": "1778058900000"}}, "1778058900000"),
        (1778058900.0, "1778058900"),
        (1778058900.5, "1778058900.5"),
    ],
)
def test_times_as_databases_and_tables_write_them(said, read):
    assert find_fields({"published": said})["published_at"] == read


@pytest.mark.parametrize("name", ["Writer", "By", "Reporter", "Written by", "by-line", "JOURNALISTS"])
def test_plain_words_for_who_wrote_it_are_authors(name):
    assert find_fields({"Headline": "Ferry", name: "Ida Lund"})["authors"] == ["Ida Lund"]
    assert find_fields({name: "staff", "author": "Ida Lund"})["authors"] == ["Ida Lund"]


@given(
    st.lists(
        st.sampled_from(
            ["nan", "<NA>", "<p>", "_x000D_", "[", "]", "['a']", " ", "\n", "a", "é", "None", "{", "1"]
        ),
        max_size=4,
    ).map("".join)
    | st.none()
    | st.booleans()
    | st.floats()
)
def test_a_record_has_a_field_if_one_is_found_in_it(value: object) -> None:
    for field in ("url", "text", "html"):
        assert has_field({field: value}, field) == (field in find_fields({field: value}))
