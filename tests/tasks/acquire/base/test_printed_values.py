r"""Lists, objects and missing values that programs write as words."""

from __future__ import annotations

import pytest

from tasks.acquire.base.fields import find_fields


def authors(said: object) -> object:
    return find_fields({"author": said}).get("authors")


@pytest.mark.parametrize(
    "word",
    ["nan", "NaN", "None", "NULL", "null", r"\N", "NaT", "<NA>", "N/A", "#NAME?", " nan ", "[]", "[None]"],
)
@pytest.mark.parametrize("field", ["author", "title", "text", "date", "outlet", "section"])
def test_a_word_for_nothing_is_nothing_in_every_field(word, field):
    assert find_fields({field: word}) == {}


@pytest.mark.parametrize("name", ["Nan Holm", "Jo Null", "None Lund", "Nana", "Annan", "Nat"])
def test_a_name_that_holds_such_a_word_is_kept(name):
    assert authors(name) == [name]


@pytest.mark.parametrize(
    "said",
    ["['Ida Lund', 'Per Holm']", '["Ida Lund","Per Holm"]', "('Ida Lund', 'Per Holm')", "['Ida Lund' 'Per Holm']",
     '{"Ida Lund","Per Holm"}', '{Ida Lund,"Per Holm"}', "array(['Ida Lund', 'Per Holm'], dtype=object)", "['Ida Lund', nan, 'Per Holm', None]", "['Ida Lund',\n 'Per Holm',]", "[Ida Lund, Per Holm]",
     "[{'name': 'Ida Lund'}, {'name': 'Per Holm'}]", '[{"name": "Ida Lund"}, {"name": "Per Holm"}]',
     ["Ida Lund", "nan", "Per Holm"]],
)  # fmt: skip
def test_a_printed_list_is_a_list(said):
    assert authors(said) == ["Ida Lund", "Per Holm"]


def test_marks_inside_of_listed_texts_are_kept():
    assert authors('["Ida O\'Lund", \'Per "Pip" Holm\']') == ["Ida O'Lund", 'Per "Pip" Holm']
    assert authors(r"['Ida O\'Lund', 'Per L\xf8vel']") == ["Ida O'Lund", "Per Løvel"]
    assert find_fields({"text": "['It sailed.', 'It sank.']"})["text"] == "It sailed.\n\nIt sank."
    assert find_fields({"title": "['Ferry stopped']"})["title"] == "Ferry stopped"


@pytest.mark.parametrize(
    "title",
    [
        "[Opinion] Why ferries stop",
        "'Ida' and 'Per'",
        "(Updated) Ferry stopped",
        "[Live]",
        "{x}",
        "['Ida' said]",
    ],
)
def test_a_text_with_brackets_that_is_no_list_stays(title):
    assert find_fields({"title": title})["title"] == title


def test_line_ends_that_spreadsheets_spell_are_line_ends():
    assert find_fields({"text": "It sailed._x000D_\n_x000D_\nIt sank."})["text"] == "It sailed.\n\nIt sank."
    assert find_fields({"text": "One_x000D__x000A_two_x000A_three"})["text"] == "One\ntwo\nthree"
    assert find_fields({"text": "The code x000D and _x0041_"})["text"] == "The code x000D and _x0041_"


@pytest.mark.parametrize(
    ("said", "shown"),
    [("It_x0020_sank_x000B_ there_x0007_.", "It sank  there."), ("a_x005F_b", "a_b"), ("It sailed.\\n\\nIt sank.", "It sailed.\n\nIt sank."),
     (r"It \"sailed\".\r\n\r\nIt sank.", 'It "sailed".\n\nIt sank.'), (r"See C:\new\notes", r"See C:\new\notes")],
)  # fmt: skip
def test_characters_that_a_program_wrote_as_letters_are_read(said, shown):
    assert find_fields({"text": said})["text"] == shown
