"""Pages in thirty languages with one hostile input of each kind among them, at a whole load."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.inputs.hostile_inputs import KINDS
from benchmarks.strain.hostile.languages import load_mixed


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_every_input_of_a_mixed_load_has_one_outcome_and_every_page_is_taken(tmp_path: Path) -> None:
    assert load_mixed(tmp_path, inputs=60 + len(KINDS), workers=1) == []
