"""Lines of JSON that are none: one list, objects over several lines, an object that wraps articles."""

from __future__ import annotations

import json

import pytest

from core.captures import Capture
from core.outcomes import Reason
from tasks.acquire.files.json_objects import iterate_objects

ITEMS = [
    {"title": "Ferry stopped", "text": "It { did ] not sail.", "more": [{"a": 1}, {"b": "}"}]},
    {"title": 'Bridge "opened"', "text": "It opened\n}\n{", "more": {"c": {}}},
    {"title": "Fog\\", "text": "Nobody saw it."},
]
BLOCK = ",\n".join(json.dumps(item, indent=1) for item in ITEMS)
FORMS = {
    "one line": json.dumps(ITEMS),
    "pretty list": json.dumps(ITEMS, indent=2),
    "list of tabs": json.dumps(ITEMS, indent="\t"),
    "list without indent": json.dumps(ITEMS, indent=0),
    "an object a line in a list": "[\n" + ",\n".join(map(json.dumps, ITEMS)) + "\n]\n",
    "a comma behind each line": ",\n".join(map(json.dumps, ITEMS)),
    "pretty objects": "\n".join(json.dumps(item, indent=1) for item in ITEMS),
    "pretty objects without indent": "\n".join(json.dumps(item, indent=0) for item in ITEMS),
    "pretty objects in a row": "".join(json.dumps(item, indent=4) for item in ITEMS),
    "pretty objects with commas": BLOCK,
    "windows line ends": BLOCK.replace("\n", "\r\n"),
    "byte order mark": "\ufeff\n" + BLOCK,
    "objects without line ends": "".join(map(json.dumps, ITEMS)),
    "record separators": "".join(f"\x1e{json.dumps(item)}\n" for item in ITEMS),
    "texts that are objects": "\n".join(json.dumps(json.dumps(item)) for item in ITEMS),
    "a wrapper": json.dumps({"status": "ok", "articles": ITEMS}),
    "a pretty wrapper": json.dumps({"status": "ok", "articles": ITEMS}, indent=2),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson"])
def test_every_form_gives_each_object_once(form, name, folder, read):
    (folder / name).write_bytes(FORMS[form].encode())
    items = read(folder)
    assert [json.loads(item.payload) for item in items] == ITEMS


def test_an_object_over_lines_keeps_its_own_bytes_and_is_named_by_its_first_line(folder, read):
    (folder / "a.jsonl").write_text(FORMS["pretty objects"])
    items = read(folder)
    assert items[1].payload.decode() == json.dumps(ITEMS[1], indent=1)
    assert [item.input_ref.rpartition("#")[2] for item in items[:2]] == ["line-1", "line-13"]


def test_a_broken_object_among_pretty_ones_costs_only_itself(folder, read):
    one = json.dumps(ITEMS[2], indent=2)
    broken = one.replace('"text": ', '"text": {"cut": ')
    (folder / "a.jsonl").write_text("\n".join([one, broken, one]))
    first, problem, last = read(folder)
    assert isinstance(first, Capture) and isinstance(last, Capture)
    assert (problem.reason, problem.input_ref.rpartition("#")[2]) == (Reason.BAD_RECORD, "line-5")


def test_a_pretty_object_that_breaks_off_is_told(folder, read):
    (folder / "a.jsonl").write_text(FORMS["pretty objects"][:-3])
    *before, cut = read(folder)
    assert len(before) == 2
    assert cut.reason is Reason.BAD_RECORD


def test_a_pretty_object_past_the_limit_is_refused_and_those_around_it_are_taken(folder, read):
    texts = ["It sailed."] * 3
    texts[1] = ["line of words"] * 400
    (folder / "a.jsonl").write_text("\n".join(json.dumps({"text": text}, indent=1) for text in texts))
    first, large, last = read(folder, max_input_bytes=2_000)
    assert isinstance(first, Capture) and isinstance(last, Capture)
    assert large.reason is Reason.TOO_LARGE


def test_a_first_line_that_is_broken_leaves_the_lines_behind_it_lines(folder, read):
    good = json.dumps(ITEMS[2])
    for first in ('{"title": "cut off', '{"title": "cut"', "nonsense", "3"):
        (folder / "a.jsonl").write_text(f"{first}\n{good}\nnonsense\n{good}\n")
        items = read(folder)
        assert [isinstance(item, Capture) for item in items] == [False, True, False, True]
        assert items[0].input_ref.endswith("#line-1")


def test_an_article_that_lists_articles_is_one_record_in_lines_as_well(folder, read):
    (folder / "a.jsonl").write_text(json.dumps({"text": "It sailed.", "articles": ITEMS}))
    assert len(read(folder)) == 1


def test_a_string_without_an_end_is_read_once() -> None:
    """Were each of its quotation marks tried as a beginning, this would take hours."""
    line = b'{"text": "' + rb"\" {" * 500_000 + b"\n"
    assert [number for number, _ in iterate_objects([(1, b"{\n"), (2, line)], 100)] == [1]
