"""The whole stage: what holds of every row of every table."""

from __future__ import annotations

from itertools import pairwise

import pytest

from core.tables import TABLES

TEXTS = (
    "OSLO, Aug 19 (Alpine Wire) - The glacier lost 14 metres of ice, Dr. Hallvard Eikrem said on Thursday.\n\n"
    "“We checked it three times,” he said. Norway promised 18 million kroner by September 6.",
    "Corvane Bank Plc agreed to buy Eastmark for $3.1 billion. “There is overlap,” said Lindiwe Marais, "
    "Corvane's chief executive. Up to 1,500 jobs could go by the end of June.",
    "U.S. officials say Moscow has massed 100,000 troops; a Kremlin aide called that figure “hysteria”.",
)
SPANS = ("mentions", "figures", "dates", "quotations")


@pytest.fixture(scope="module")
def articles(article):
    return [article(text, f"a{i}") for i, text in enumerate(TEXTS)]


@pytest.fixture(scope="module")
def rows(articles, extract):
    return extract(*articles)


def test_rows_fit_their_tables(rows):
    for table, found in rows.items():
        assert TABLES[table].to_arrow(found).num_rows == len(found)


@pytest.mark.parametrize("table", ["mentions", "figures", "dates"])
def test_every_surface_is_the_text_of_its_span(table, rows, articles):
    texts = {row["article_id"]: row["body_text"] for row in articles}
    assert rows[table]
    for row in rows[table]:
        assert texts[row["article_id"]][row["start_char"] : row["end_char"]] == row["surface"]


@pytest.mark.parametrize("table", ["mentions", "figures", "dates", "sentences"])
def test_no_two_rows_of_one_table_overlap(table, rows):
    for left, right in pairwise(rows[table]):
        if left["article_id"] == right["article_id"]:
            assert left["end_char"] <= right["start_char"]


def test_figures_and_dates_do_not_claim_the_same_characters(rows):
    def claimed(table):
        return {
            (row["article_id"], i) for row in rows[table] for i in range(row["start_char"], row["end_char"])
        }

    assert not claimed("figures") & claimed("dates")


def test_a_date_that_is_counted_in_a_length_of_time_has_the_length_as_a_figure(article, extract):
    rows = extract(
        article("The bridge was built 47 years ago. A year ago it was shut. It opens again in six weeks.")
    )

    assert [row["surface"] for row in rows["dates"]] == ["47 years ago", "A year ago", "in six weeks"]
    lengths = [(row["surface"], row["value"], row["unit"]) for row in rows["figures"]]
    assert lengths == [("47 years", 47, "a"), ("six weeks", 6, "wk")]


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("“It held,” recalled Anatol Verdier (59), who built it.", ["59"]),
        ("Keith Pruett was 42. Anna Moller, who is 41 and lives nearby, saw it.", ["42", "41"]),
        ("Keith Pruett runs the mill. He is 42 now and tired.", ["42"]),
        ("The oldest was Inga Ruus (110).", ["110"]),
        ("Goals: Anatol Verdier (59), Keith Pruett (62), Anna Moller (90).", []),
        ("The county of Norwich (59) has more than the county of Norfolk.", []),
        ("Keith Pruett was 3 points ahead. He was 30 metres behind.", []),
    ],
)
def test_an_age_beside_a_name_is_a_figure(text, ages, article, extract):
    rows = extract(article(text)).get("figures", [])

    found = [row for row in rows if row["kind"] == "age"]
    assert [row["surface"] for row in found] == ages
    assert all(row["unit"] == "a" and row["measured_entity_id"] for row in found)


@pytest.mark.parametrize("table", ["sentences", *SPANS])
def test_articles_together_give_the_rows_of_each_alone(table, rows, articles, extract):
    alone = [row for one in articles for row in extract(one).get(table, [])]
    assert rows[table] == alone


def test_the_same_input_gives_the_same_rows(rows, articles, extract):
    assert extract(*articles) == rows


def test_every_mention_has_its_entity(rows):
    known = {row["entity_id"] for row in rows["entities"]}
    assert {row["entity_id"] for row in rows["mentions"]} <= known
    assert len(known) == len(rows["entities"])


def test_a_figure_inside_quotation_marks_points_at_its_quotation(rows):
    starts = {(row["article_id"], row["start_char"]) for row in rows["quotations"]}
    placed = [row for row in rows["figures"] if row.get("quotation_start_char") is not None]
    assert all((row["article_id"], row["quotation_start_char"]) in starts for row in placed)


def test_an_empty_article_gives_no_rows(article, extract):
    assert all(not found for found in extract(article("")).values())


@pytest.mark.parametrize("char", ["(", '"', "“", "$", "1,", "Mr. ", "A-", "said “", "'"])
def test_hostile_texts_give_rows_and_no_error(char, article, extract):
    extract(article(char * 1_500))


def test_figures_say_what_their_sentence_says_and_counts_in_words_are_figures(article, extract):
    text = "The blast killed a woman and her son, police said. The mill cost $3 million a year to run."
    rows = extract(article(text))["figures"]
    found = {row["surface"]: row for row in rows}

    assert list(found) == ["a woman and her son", "$3 million"]
    assert found["a woman and her son"]["value"] == 2
    assert found["a woman and her son"]["predicate"] == "kill"
    assert found["a woman and her son"]["attributed_to"] == "police"
    assert found["$3 million"]["measured"] == "mill"
    assert found["$3 million"]["per"] == "year"
    assert TABLES["figures"].to_arrow(rows).num_rows == 2


def test_a_figure_of_another_language_has_no_context_and_needs_no_parse(article, extract):
    text = "Der Brand tötete 12 Menschen. Die Mühle kostete 300 Euro."
    rows = extract(article(text, language="de"))["figures"]

    assert [(row["predicate"], row["roles"], row["is_negated"]) for row in rows] == [(None, [], False)] * 2


def test_a_guessed_day_is_no_day_that_yesterday_counts_from(article, extract):
    text = "The ferry ran aground yesterday, said Lindiwe Marais."
    known = article(text, "known", published_source="text")
    guessed = article(text, "guessed", published_source="guess")
    starts = {row["article_id"]: row["starts_at"] for row in extract(known, guessed)["dates"]}
    assert starts["known"] is not None
    assert starts["guessed"] is None
