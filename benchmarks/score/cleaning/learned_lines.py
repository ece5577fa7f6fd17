"""Boilerplate learned from an outlet's own articles: how much of it goes, and what goes wrongly, run by run.

A fictional outlet prints articles in English, German and Polish, day by day. Each ends with its language's
footer, two lines that no phrase file knows, and begins with a standing line and its number. What repeats and must stay: a
refrain inside a quarter of the articles, quoted words as the last line of some, the standing line of a live
blog that lasts one day, and a sign-off that a weekly column ends with. Each day is a run, which knows the
lines of the days before; the last row is a backfill of all days with all that was learned.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from core.captures import Capture, CaptureKind
from core.outcomes import Row
from tasks.clean.options import CleanOptions
from tasks.clean.rules.learned import choose_learned_lines, merge_statistics
from tasks.clean.stage import clean_captures

OUTLET = "tidings"
FIRST_DAY = datetime(2026, 3, 2, 6, tzinfo=UTC)
LIVE_BLOG_DAY = 3
# By language: who, did what, about what, where.
WORDS = {
    "en": (
        "The harbour master|A crew of nine|The baker of Fen Lane|Both councils|Two divers|The lighthouse keeper",
        "has measured|wants to sell|lost|repaired|counted|refused to paint",
        "the eastern quay|a box of brass lamps|forty nets|the winter ferry|an old chart|three bells",
        "near Port Ellery|behind the market|below the chapel|on the sandbank|beside the mill|at low tide",
    ),
    "de": (
        "Der Hafenmeister|Eine Mannschaft von neun|Die Bäckerin|Beide Räte|Zwei Taucher|Der Leuchtturmwärter",
        "vermaß|verkaufte|verlor|flickte|zählte|bemalte",
        "den östlichen Kai|eine Kiste Lampen|vierzig Netze|die Winterfähre|eine alte Karte|drei Glocken",
        "bei Port Ellery|hinter dem Markt|unter der Kapelle|auf der Sandbank|neben der Mühle|bei Ebbe",
    ),
    "pl": (
        "Kapitan portu|Dziewięcioosobowa załoga|Piekarka|Obie rady|Dwóch nurków|Latarnik",
        "zmierzył|sprzedał|zgubił|naprawił|policzył|pomalował",
        "wschodnie nabrzeże|skrzynię lamp|czterdzieści sieci|zimowy prom|starą mapę|trzy dzwony",
        "koło Port Ellery|za rynkiem|pod kaplicą|na mieliźnie|obok młyna|podczas odpływu",
    ),
}
FURNITURE = {
    "en": ("Tidings from all seven islands", "You have reached the last line of our sheet, set by hand since the great storm.", "The lamp of Tidings burns for you at Quay Street."),
    "de": ("Kunde von allen sieben Inseln", "Sie lasen die letzte Zeile unseres Blattes, von Hand gesetzt seit dem großen Sturm.", "Die Lampe der Kunde brennt für Sie in der Kaistraße."),
    "pl": ("Wieści ze wszystkich siedmiu wysp", "To ostatni wers naszej gazety, składanej ręcznie od czasu wielkiej burzy.", "Lampa Wieści płonie dla was przy ulicy Nabrzeżnej."),
}  # fmt: skip
REFRAIN = "And still the bell rang over the water."
QUOTED = "“No bridge, no town.”"
LIVE_BLOG = "All hours of the long night, told as they came."
SIGN_OFF = "Thus the tide, thus the town."


@dataclass
class Tally:
    """Furniture and lines that must stay, in the input and taken out as `learned`."""

    furniture: int = 0
    furniture_gone: int = 0
    staying: int = 0
    staying_gone: list[str] = field(default_factory=list)
    body_gone: int = 0

    def show(self, name: str, articles: int) -> str:
        taken = self.furniture_gone + len(self.staying_gone) + self.body_gone
        recall = self.furniture_gone / max(1, self.furniture)
        precision = f"{self.furniture_gone / taken:9.3f}" if taken else f"{'-':>9}"
        lost = f"{len(self.staying_gone)} of {self.staying}"
        return f"{name:>9} {articles:>8} {self.furniture:>9} {recall:>7.3f} {precision} {lost:>10} {self.body_gone:>6}"


def write_article(number: int, day: int) -> tuple[list[str], list[str], list[str]]:
    """All lines, and of them the furniture and those that repeat and must stay."""
    random = Random(number)
    language = sorted(WORDS)[number % 3]
    parts = [listed.split("|") for listed in WORDS[language]]
    sentences = [" ".join(random.choice(part) for part in parts) + "." for _ in range(36)]
    body = [" ".join(sentences[at : at + 4]) for at in range(0, 36, 4)]
    label, *footer = FURNITURE[language]
    label = f"{label}, {1200 + number}"
    staying = []
    if random.random() < 0.25:
        body.insert(random.randrange(2, 8), REFRAIN)
        staying.append(REFRAIN)
    if random.random() < 0.1:
        body.append(QUOTED)
        staying.append(QUOTED)
    if day == LIVE_BLOG_DAY:
        body.insert(0, LIVE_BLOG)
        staying.append(LIVE_BLOG)
    if day % 7 == 6 and number % 10 == 0:
        body.append(SIGN_OFF)
        staying.append(SIGN_OFF)
    return [label, *body, *footer], [label, *footer], staying


def make_capture(number: int, day: int, lines: Sequence[str]) -> Capture:
    """Every second article is a page, the others are plain texts."""
    name = f"{OUTLET}-{number}"
    fetched = FIRST_DAY + timedelta(days=day)
    headline = f"Number {number} of the islands' chronicle"
    if number % 2:
        text = "\n\n".join([headline, *lines])
        return Capture(name, name, OUTLET, f"file:/{name}.txt", CaptureKind.TEXT, text.encode(), fetched)
    body = "".join(f"<p>{line}</p>" for line in lines)
    page = f"<html><head><title>{headline}</title></head><body><h1>{headline}</h1><article>{body}</article></body></html>"
    url = f"https://{OUTLET}.example/{name}"
    return Capture(name, name, OUTLET, url, CaptureKind.HTML, page.encode(), fetched)


def clean_day(
    numbers: Iterable[int], day: int, learned: dict[str, frozenset[str]], tally: Tally
) -> list[Row]:
    """Rows of `line_statistics` of one day's articles; what became of their lines is added to the tally."""
    statistics: list[Row] = []
    for number in numbers:
        lines, furniture, staying = write_article(number, day)
        capture = make_capture(number, day, lines)
        rows = clean_captures([capture], CleanOptions(learned_lines=learned, counts_lines=True)).rows
        statistics += rows["line_statistics"]
        gone = [row["text"] for row in rows.get("removed_lines", []) if row["rule"] == "learned"]
        tally.furniture += len(furniture)
        tally.furniture_gone += sum(line in furniture for line in gone)
        tally.staying += len(staying)
        tally.staying_gone += [line for line in gone if line in staying]
        tally.body_gone += sum(line not in furniture and line not in staying for line in gone)
    return statistics


def print_learned(days: int, per_day: int) -> None:
    """Print a line for each day and one for the backfill; `per_day` is the number of articles a day."""
    print(
        f"{'run':>9} {'articles':>8} {'furniture':>9} {'recall':>7} {'precision':>9} {'must stay':>10} {'other':>6}"
    )
    statistics: list[Row] = []
    for day in range(days):
        learned = choose_learned_lines(statistics, {OUTLET: day * per_day})
        tally = Tally()
        numbers = range(day * per_day, (day + 1) * per_day)
        statistics = merge_statistics(statistics, clean_day(numbers, day, learned, tally))
        print(tally.show(f"day {day + 1}", per_day))
    learned, whole = choose_learned_lines(statistics, {OUTLET: days * per_day}), Tally()
    for day in range(days):
        clean_day(range(day * per_day, (day + 1) * per_day), day, learned, whole)
    print(whole.show("backfill", days * per_day))
    if whole.staying_gone:
        print("lost:", *sorted(set(whole.staying_gone)), sep="\n  ")
