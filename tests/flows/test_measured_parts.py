"""What the benchmarks of large loads are made of: functions that exist, and texts that differ."""

from __future__ import annotations

from benchmarks.cost.loads.coordinator import PARTS, find_owner
from benchmarks.inputs.varied_texts import iterate_texts


def test_every_part_of_a_coordinator_that_is_measured_exists() -> None:
    for functions in PARTS.values():
        for module, name in functions:
            owner, attribute = find_owner(module, name)
            assert callable(getattr(owner, attribute))


def test_no_paragraph_stands_in_two_texts_unless_one_is_a_copy() -> None:
    texts = list(iterate_texts(400))
    paragraphs = [paragraph for one in texts if not one.is_copy for paragraph in one.text.split("\n\n")]
    assert len(set(paragraphs)) == len(paragraphs)
    assert 0.02 < sum(one.is_copy for one in texts) / len(texts) < 0.1
    assert {one.text for one in iterate_texts(100)} < {one.text for one in texts}
