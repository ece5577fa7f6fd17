"""Progress on a terminal: a bar for the step, and one for each host at work."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from cli.console.progress import MOST_PARTS, ProgressBar


def draw(bar: ProgressBar) -> list[str]:
    """The lines on the screen, blanks as one."""
    out = StringIO()
    Console(file=out, width=100).print(bar._bar.get_renderable())
    return [" ".join(line.split()) for line in out.getvalue().splitlines()]


def test_each_host_has_its_bar_until_it_is_done() -> None:
    with ProgressBar(Console(file=StringIO(), force_terminal=True)) as bar:
        bar.start("acquire")
        bar.expect("harbour-post.example", 2)
        bar.expect("valley-times.example", 1)
        bar.advance(1, "harbour-post.example")
        bar.advance(1, "elsewhere.example")
        lines = draw(bar)
        assert len(lines) == 3
        assert lines[0].startswith("Archiving") and "2/3" in lines[0]
        assert lines[1].startswith("harbour-post.example") and "1/2" in lines[1]
        assert lines[2].startswith("valley-times.example") and "0/1" in lines[2]
        bar.advance(1, "harbour-post.example")
        assert [line.split()[0] for line in draw(bar)] == ["Archiving", "valley-times.example"]
        bar.start("process", 5)
        assert [line.split()[0] for line in draw(bar)] == ["Archiving", "Cleaning"]


def test_of_many_hosts_some_have_bars_and_the_others_follow() -> None:
    with ProgressBar(Console(file=StringIO(), force_terminal=True)) as bar:
        bar.start("acquire")
        for number in range(2 * MOST_PARTS):
            bar.expect(f"host-{number}.example", 1)
        assert len(draw(bar)) == 1 + MOST_PARTS
        bar.advance(1, "host-0.example")
        assert [line.split()[0] for line in draw(bar)][-1] == f"host-{MOST_PARTS}.example"
        bar.advance(1, f"host-{2 * MOST_PARTS - 1}.example")
        assert len(draw(bar)) == 1 + MOST_PARTS
