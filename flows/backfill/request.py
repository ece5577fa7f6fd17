"""The options of a backfill, each written once: the command line, Prefect's form and Python read them here."""
# Why: see docs/decisions.md, "A backfill's options are written once".

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from typing import Any, Literal, get_args, get_type_hints

from core.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a backfill: its name, type, default and meaning, and the numbers it takes.

    `flag` is its name on the command line, where that differs: `from` for `date_from`.
    """

    name: str
    type: Any
    default: Any
    help: str
    flag: str
    least: int | None = None
    is_above: bool = False  # the least number itself is not taken
    most: int | None = None

    @property
    def choices(self) -> tuple[str, ...]:
        """The values that the option takes; empty if it takes any value of its type."""
        return get_args(self.type) if getattr(self.type, "__origin__", None) is Literal else ()

    def describe_error(self, value: Any) -> str | None:
        """What is wrong with a value, and what the option takes; None if the value is good."""
        if self.choices and value not in self.choices:
            return f"{self.name} is {value!r}; use one of {', '.join(self.choices)}"
        if self.least is not None and (value < self.least or (self.is_above and value == self.least)):
            return f"{self.name} is {value}; use {'more than' if self.is_above else 'at least'} {self.least}"
        if self.most is not None and value > self.most:
            return f"{self.name} is {value}; use at most {self.most}"
        return None


def _meaning(text: str, **more: Any) -> dict[str, Any]:
    return {"help": text, **more}


@dataclass(frozen=True, slots=True)
class BackfillRequest:
    """Which articles to work again, and from which stage on."""

    stage: Literal["clean", "extract", "stories"] = field(
        default="clean", metadata=_meaning("Stage to begin with.")
    )
    date_from: date | None = field(
        default=None,
        metadata=_meaning(
            "First day of publication as the page prints it (published_date); the day of fetching in UTC for an "
            "article without one.",
            flag="from",
        ),
    )
    date_to: date | None = field(
        default=None, metadata=_meaning("Last day; the day itself is included.", flag="to")
    )
    outlets: tuple[str, ...] = field(
        default=(), metadata=_meaning("Only these outlets [all].", flag="outlet")
    )
    where: str | None = field(
        default=None, metadata=_meaning("Only articles that meet this SQL condition over table articles.")
    )
    only: Literal["stale", "failed", "missing", "all"] = field(
        default="all",
        metadata=_meaning(
            "stale: made by other code than today's; failed: rejected or quarantined; "
            "missing: without a result of this stage."
        ),
    )
    chunk_size: int = field(
        default=1_000, metadata=_meaning("Articles in a chunk; it can be paused between chunks.", least=1)
    )
    core_share: float = field(
        default=0.5,
        metadata=_meaning(
            "Share of the machine's cores to use.", flag="cores", least=0, is_above=True, most=1
        ),
    )

    def __post_init__(self) -> None:
        for option in iterate_options():
            if mistake := option.describe_error(getattr(self, option.name)):
                raise ConfigError(f"backfill: {mistake}")
        if self.date_from and self.date_to and self.date_from > self.date_to:
            raise ConfigError(
                f"backfill: the first day ({self.date_from}) is after the last ({self.date_to}); swap them"
            )


def iterate_options() -> Iterator[Option]:
    """The options in the order in which forms and --help show them."""
    types = get_type_hints(BackfillRequest)
    for one in fields(BackfillRequest):
        assert one.default is not MISSING
        more = dict(one.metadata)
        flag = more.pop("flag", one.name.replace("_", "-"))
        yield Option(one.name, types[one.name], one.default, flag=flag, **more)
