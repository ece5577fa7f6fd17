"""HTML of the pages: Jinja's autoescape for markup, `core.safety.visible` for what would steer the reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from core.safety.visible import show_text
from dashboard.charts import draw_svg, interval_chart, timeline_chart
from dashboard.model import Question, Snapshot, Telling
from dashboard.numbers import tell_interval, tell_number
from dashboard.segments import cut_paragraphs, place_removed
from dashboard.verdicts import DISPUTES, verdict_of

_FOLDER = Path(__file__).parent
# Charts cost time: of a story's questions, the disputed ones have one, and no more than these.
MOST_CHARTS = 12


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Where a page stands: live, with addresses of the dashboard, or alone in a file."""

    is_live: bool
    snapshot: Snapshot
    made_by: str = ""
    articles_here: frozenset[str] = frozenset()
    stories_here: frozenset[str] = frozenset()

    def article(self, article_id: str, start_char: int | None = None) -> str | None:
        """The address of an article, or of a place in it; None where it leads nowhere."""
        if self.is_live:
            return f"/articles/{article_id}" + ("" if start_char is None else f"#c{start_char}")
        if article_id not in self.articles_here:
            return None
        return f"#article-{article_id}" if start_char is None else f"#{self.anchor(article_id, start_char)}"

    def anchor(self, article_id: str, start_char: int) -> str:
        """The name of a place in an article's text; a file may hold several articles."""
        return f"c{start_char}" if self.is_live else f"article-{article_id}-c{start_char}"

    def story(self, story_id: str) -> str | None:
        """The address of a story."""
        if self.is_live:
            return f"/stories/{story_id}"
        return f"#story-{story_id}" if story_id in self.stories_here else None


def render(name: str, place: PagePlace, **values: Any) -> str:
    """The page of that template."""
    return _environment().get_template(name).render(place=place, **values)


def style_sheet() -> str:
    """The style sheet of every page."""
    return (_FOLDER / "style.css").read_text(encoding="utf-8")


def icon_svg() -> str:
    """The icon of every page."""
    return (_FOLDER / "icon.svg").read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_show,
    )
    environment.filters.update(
        moment=tell_moment, number=tell_number, weblink=web_address, share=tell_share, many=tell_many
    )
    environment.globals.update(
        verdict_of=verdict_of,
        tell_interval=tell_interval,
        interval_svg=_interval_svg,
        timeline_svg=_timeline_svg,
        cut_paragraphs=cut_paragraphs,
        place_removed=place_removed,
        style_sheet=style_sheet,
        seen_places=set,
        disputes=DISPUTES,
        most_charts=MOST_CHARTS,
    )
    return environment


def _show(value: Any) -> Any:
    """What is put into a page: control characters of strangers are shown as codes."""
    if value is None:
        return ""
    return value if isinstance(value, Markup) else show_text(str(value))


def tell_moment(moment: datetime | None, precision: str = "minute") -> str:
    """A time as people read it, in UTC; midnight is the day alone, since it stands for an unknown time."""
    if moment is None:
        return "no date"
    if precision == "day" or (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return f"{moment:%-d %B %Y}"
    return f"{moment:%-d %B %Y, %H:%M} UTC"


def tell_share(ratio: float | None) -> str:
    """A share in percent."""
    return "–" if ratio is None else f"{100 * ratio:.1f} %"


def tell_many(count: int, one: str, more: str | None = None) -> str:
    """`1 article`, `2 articles`."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def web_address(url: str | None) -> str | None:
    """The address if a click on it is safe: http or https, and nothing else."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def _interval_svg(question: Question) -> Markup:
    told = "; ".join(f"{one.outlet} prints {one.surface}" for one in question.readings)
    svg = draw_svg(interval_chart(question), show_text(f"{question.label}: {told}"))
    return Markup(svg)  # noqa: S704 (made by vl-convert, which escapes texts; the label is escaped by charts)


@lru_cache(maxsize=256)
def _timeline_svg(tellings: tuple[Telling, ...]) -> Markup:
    told = "; ".join(f"{one.outlet} {tell_moment(one.published_at)}" for one in tellings)
    return Markup(draw_svg(timeline_chart(tellings), show_text(f"Who published when: {told}")))  # noqa: S704
