"""A reader beside a load: no error, and every answer from a whole snapshot."""

from __future__ import annotations

from pathlib import Path

import pytest
from kills import load
from readers import read_beside

STORY = (
    "More than {people} people came to the fair in Aldery on Monday, the council said. It cost 4 million euros.\n\n"
    '"We have waited for number {number}," said Petra Holm, who has built it for years with her two sons.\n'
)


@pytest.mark.slow
def test_a_reader_in_a_loop_sees_only_whole_snapshots_while_a_load_lands(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(60):
        text = f"Fair number {number} opens\n\n" + STORY.format(people=100 + number, number=number)
        (articles / f"{number:03}.txt").write_text(text)
    process = load(
        articles, tmp_path / "lake", COPYDESK_ENGINE__LANDING_SIZE="6", COPYDESK_ENGINE__BATCH_SIZE="3"
    )
    seen = read_beside(process, tmp_path / "lake")
    output, _ = process.communicate()
    assert process.returncode == 0, output.decode()
    assert seen.torn == []
    assert seen.counts[-1] == 60
    assert len(seen.counts) > 3, "the reader saw the load land in fewer steps than can tell anything"
