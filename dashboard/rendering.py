"""HTML of the pages: Jinja's autoescape for markup, `core.safety.visible` for what would steer the reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from core.safety.visible import show_text
from dashboard.cells import form_address, mark_hit, number_places, table_cell
from dashboard.charts.answers import answer_chart, draw_answer
from dashboard.charts.bars import interval_chart
from dashboard.charts.times import numbers_chart, timeline_chart
from dashboard.citations import cite_article, cite_question, web_address
from dashboard.compiled import template_cache
from dashboard.days import list_days, tell_day, tell_moment, tell_short
from dashboard.edited_words import read_edits
from dashboard.model.answers import AnswerPage
from dashboard.model.questions import Question
from dashboard.model.stories import Telling
from dashboard.numbers import tell_interval, tell_number, tell_unit
from dashboard.reading.aligned import merge_versions
from dashboard.reading.alike import list_answers
from dashboard.segments import cut_paragraphs, place_removed
from dashboard.verdicts import DISPUTES, all_verdicts, verdict_of, verdict_of_reading

_FOLDER = Path(__file__).parent
# The page of a big story stays short: of its questions, the gravest have a chart.
MOST_CHARTS = 12
_MOST_CHANGING = 4


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of the lake that a page shows."""

    snapshot_id: int
    read_at: datetime


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Where a page is shown: live in the dashboard, or alone in a file."""

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
        """The name of a place in an article's text; a file can hold several articles."""
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
        bytecode_cache=template_cache(Path(__file__)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_show,
    )
    environment.filters.update(
        moment=tell_moment,
        short_moment=tell_short,
        day=tell_day,
        number=tell_number,
        unit=tell_unit,
        weblink=web_address,
        share=tell_share,
        many=tell_many,
        marked=mark_hit,
        form_address=form_address,
        cite_article=cite_article,
        cite_question=cite_question,
    )
    environment.globals.update(
        verdict_of=verdict_of,
        verdict_of_reading=verdict_of_reading,
        all_verdicts=all_verdicts,
        tell_interval=tell_interval,
        interval_svg=_interval_svg,
        timeline_svg=_timeline_svg,
        numbers_svg=_numbers_svg,
        answer_svg=_answer_svg,
        changing_questions=find_changing,
        count_verdicts=count_verdicts,
        cell=table_cell,
        list_answers=list_answers,
        list_days=list_days,
        merge_versions=merge_versions,
        number_places=number_places,
        cut_paragraphs=cut_paragraphs,
        place_removed=place_removed,
        style_sheet=style_sheet,
        seen_places=set,
        read_edits=read_edits,
        disputes=DISPUTES,
        most_charts=MOST_CHARTS,
    )
    return environment


def _show(value: Any) -> Any:
    """What is put into a page: control characters of strangers are shown as codes."""
    if value is None:
        return ""
    return value if isinstance(value, Markup) else show_text(str(value))


def tell_share(ratio: float | None) -> str:
    """A share in percent."""
    return "–" if ratio is None else f"{100 * ratio:.1f}".removesuffix(".0") + " %"


def tell_many(count: int, one: str, more: str | None = None) -> str:
    """`1 article`, `2 articles`."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def count_verdicts(questions: Sequence[Question]) -> dict[str, int]:
    """How many questions have each verdict, the gravest first."""
    return dict(Counter(one.verdict for one in questions if one.verdict))


def find_changing(questions: Sequence[Question]) -> list[Question]:
    """The questions whose answers can be drawn over time, those with most different answers first."""
    drawn = [one for one in questions if one.verdict not in ("agree", None) and _numbers_svg(one)]
    drawn.sort(key=lambda one: -len({(each.low, each.high) for each in one.readings}))
    return drawn[:_MOST_CHANGING]


@lru_cache(maxsize=1024)
def _interval_svg(question: Question) -> Markup:
    return Markup(interval_chart(question).svg)  # noqa: S704 (charts escape every text)


@lru_cache(maxsize=1024)
def _numbers_svg(question: Question) -> Markup:
    return Markup(numbers_chart(question).svg)  # noqa: S704


@lru_cache(maxsize=256)
def _timeline_svg(tellings: tuple[Telling, ...]) -> Markup:
    return Markup(timeline_chart(tellings).svg)  # noqa: S704


def _answer_svg(page: AnswerPage) -> Markup:
    return Markup(draw_answer(answer_chart(page.columns, page.rows), "The answer as a chart").svg)  # noqa: S704
