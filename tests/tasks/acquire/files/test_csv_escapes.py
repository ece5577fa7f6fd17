r"""Fields of CSV with `\"` inside, and backslashes that are only themselves."""

from __future__ import annotations

import json

import pytest

from core.outcomes import InputOutcome

HEAD = "id,title,text\n"


def texts(items: list) -> list:
    return [
        item.detail if isinstance(item, InputOutcome) else json.loads(item.payload)["text"] for item in items
    ]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (r'"She said: \"It sails, today.\" He left."', 'She said: "It sails, today." He left.'),
        (r'"\"It sails,\" she said."', '"It sails," she said.'),
        (r'"He said, \"It sails\""', 'He said, "It sails"'),
        ('"Two lines:\n\n\\"It sails,\\" she said."', 'Two lines:\n\n"It sails," she said.'),
        ('"\\"A\\", a backslash \\\\ and \\\na line"', '"A", a backslash \\ and \na line'),
        (r'"\"A\" in C:\new\table and \N"', r'"A" in C:\new\table and \N'),
        (r'"\"A\" and ""B"" together"', '"A" and "B" together'),
        (r'"\"\""', '""'),
    ],
)  # fmt: skip
def test_a_backslash_escapes_where_the_row_makes_no_sense_otherwise(field, text, folder, read):
    (folder / "a.csv").write_text(f'{HEAD}1,"Fog","It sank."\n2,"Ferry",{field}\n3,"Bridge","It opened."\n')
    assert texts(read(folder)) == ["It sank.", text, "It opened."]


def test_an_inch_at_the_end_of_a_field_does_not_swallow_the_next(folder, read):
    (folder / "a.csv").write_text(HEAD + '1,"A screen of 6\\"","It sells."\n2,"Ferry","It sailed."\n')
    assert texts(read(folder)) == ["It sells.", "It sailed."]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (r'"C:\new\table"', r"C:\new\table"),
        ('"The folder C:\\"', "The folder C:\\"),
        (r'"The folder ""C:\"" is full"', r'The folder "C:\" is full'),
        (r'"\d+\\ matches"', r"\d+\\ matches"),
        ('It is 6" long', 'It is 6" long'),
        ('"It" sailed', "It sailed"),
        (r"C:\"new", r"C:\"new"),
    ],
)
def test_a_backslash_is_itself_where_the_row_makes_sense_without(field, text, folder, read):
    (folder / "a.csv").write_text(f'{HEAD}1,"Fog",{field}\n2,"Bridge","It opened, ""at last""."\n')
    assert texts(read(folder)) == [text, 'It opened, "at last".']


@pytest.mark.parametrize(
    "row",
    [
        '2,"Ferry,It sailed.',
        '2,Ferry,"It sailed.',
        '2,"Ferry, ""Ada"",It sailed.\n\nTwice, she said, it did.',
    ],
)
@pytest.mark.parametrize("behind", ['3,"Bridge","It opened."', "3,Bridge,It opened.", '3,"","It opened."'])
def test_a_mark_that_is_not_closed_costs_its_own_row_only(row, behind, folder, read):
    (folder / "a.csv").write_text(f'{HEAD}1,"Fog","It sank."\n{row}\n{behind}\n4,"Pier","It fell."\n')
    found = texts(read(folder))
    assert found[0] == "It sank."
    assert found[-2:] == ["It opened.", "It fell."]
    assert len(found) == 4
    assert "quotation mark in it is not closed; reading goes on at line" in found[1]


def test_marks_inside_a_text_of_several_lines_do_not_end_its_row(folder, read):
    prose = '"She said ""no"" and\n\nleft, on Monday, twice.\n5,that was it,and 6 came"'
    (folder / "a.csv").write_text(f'{HEAD}1,"Fog","It sank."\n2,"Ferry",{prose}\n3,"Bridge","It opened."\n')
    found = texts(read(folder))
    assert len(found) == 3
    assert found[1].startswith('She said "no" and')
    assert found[2] == "It opened."


def test_rows_are_named_by_their_lines_after_a_row_was_read_twice(folder, read):
    (folder / "a.csv").write_text(HEAD + '1,"F","\\"It\\"\nsank."\n2,"F","x"\n1,2,3,4\n')
    items = read(folder)
    assert [item.input_ref.rpartition("#")[2] for item in items] == ["line-2", "line-4", "line-5"]
    assert "4 fields, but the header has 3" in items[2].detail


def test_a_table_with_an_unknown_column_of_texts_says_how_to_name_it(folder, read):
    row = (
        '1,Ferry,"The ferry did not sail on Monday, and those who had waited went home, the harbour said."\n'
    )
    (folder / "a.csv").write_text("Nr,Kop,Story words\n" + row * 3)
    (problem,) = read(folder)
    assert "'Story words' looks like the text: name it with --columns text=\"Story words\"" in problem.detail


def test_a_table_without_running_words_does_not_guess(folder, read):
    (folder / "a.csv").write_text("Nr,Kop\n1,Ferry\n2,Bridge\n")
    (problem,) = read(folder)
    assert "looks like" not in problem.detail
    assert "Name yours: --columns text=" in problem.detail


@pytest.mark.parametrize(
    "column", ["newspaper", "Newspaper", "publication", "publication_name", "media_outlet"]
)
def test_the_column_of_the_newspaper_names_the_outlet(column, folder, read):
    (folder / "a.csv").write_text(f"title,{column},text\nFerry,Harbour Post,It sailed.\n")
    assert read(folder)[0].outlet == "harbour-post"
