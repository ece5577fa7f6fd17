"""Mistakes in settings, as messages: which outlet, which key, why, and what is allowed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from core.errors import ConfigError

Loc = tuple[int | str, ...]
Names = type[BaseModel]
Problem = Mapping[str, Any]  # one of pydantic's ErrorDetails
_MOST_CHARS = 60
_VARIABLE = "environment variable"
_SECRET = frozenset({"catalog_url", "data_url", "proxy", "to"})  # never shown
# What a setting must be, by pydantic's type of error; {...} is filled from the error's context.
_MUST = {
    "greater_than_equal": "must be at least {ge}",
    "greater_than": "must be more than {gt}",
    "less_than_equal": "must be at most {le}",
    "less_than": "must be less than {lt}",
    "literal_error": "must be {expected}",
    "finite_number": "must be a plain number",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "must be a smaller number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "string_type": 'must be text in quotes, e.g. "..."',
    "path_type": 'must be a path in quotes, e.g. "lake"',
    "tuple_type": 'must be a list, e.g. ["..."]',
    "dict_type": 'must be a table, e.g. {{ de = "de_core_news_md" }}',
    "model_type": "must be a table with settings of its own",
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong. `place` is the outlet, or the variable of the environment, or empty; `outlet` its
    key, where it has one; `outlet_number` counts the blocks from 0."""

    place: str
    key: str
    problem: str
    outlet_number: int | None = None
    outlet: str | None = None

    def __str__(self) -> str:
        return f"{', '.join(part for part in (self.place, self.key) if part)}: {self.problem}"


class WrongSettingsError(ConfigError):
    """Settings are wrong; the message lists every mistake."""

    def __init__(self, message: str, mistakes: Sequence[Mistake] = ()) -> None:
        super().__init__(message)
        self.mistakes = tuple(mistakes)


class RepeatedKeysError(ValueError):
    """Outlets have a key that one before them has; `numbers` count the blocks from 0."""

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__("another outlet above has this key; each needs one of its own")
        self.numbers = tuple(numbers)


def make_settings_error(
    error: ValidationError, model: Names, values: Mapping[str, Any], file: Path | None
) -> WrongSettingsError:
    """The mistakes that validation found in the file's values and the environment, in one error."""
    problems = error.errors(include_url=False)
    return tell_mistakes(
        [one for problem in problems for one in _find_mistakes(problem, model, values)], file
    )


def tell_mistakes(mistakes: Sequence[Mistake], file: Path | None) -> WrongSettingsError:
    """One error for the mistakes: one line for one, else a line each."""
    is_in_file = file and not all(mistake.place.startswith(_VARIABLE) for mistake in mistakes)
    where = f"settings file {file}" if is_in_file else "the settings"
    if len(mistakes) == 1:
        return WrongSettingsError(f"{where}: {mistakes[0]}", mistakes)
    lines = "".join(f"\n  {mistake}" for mistake in mistakes)
    return WrongSettingsError(f"{len(mistakes)} mistakes in {where}:{lines}", mistakes)


def _note_outlet(outlets: object, number: int, key: str, problem: str) -> Mistake:
    """A mistake in an outlet, called by its key; without a key, by its place among the blocks and its name."""
    block = outlets[number] if isinstance(outlets, list) and number < len(outlets) else None
    said = block if isinstance(block, dict) else {}
    if isinstance(said.get("key"), str):
        return Mistake(f"outlet {said['key']!r}", key, problem, number, said["key"])
    name = said.get("name") or said.get("home_url")
    place = f"outlet number {number + 1}" + (f" ({name})" if isinstance(name, str) else "")
    return Mistake(place, key, problem, number)


def _find_mistakes(problem: Problem, model: Names, values: Mapping[str, Any]) -> Iterator[Mistake]:
    error = problem.get("ctx", {}).get("error")
    if isinstance(error, RepeatedKeysError):
        outlets = values.get("outlets")
        yield from (_note_outlet(outlets, number, "key", str(error)) for number in error.numbers)
    else:
        yield _make_mistake(problem, model, values)


def _make_mistake(problem: Problem, model: Names, values: Mapping[str, Any]) -> Mistake:
    loc = problem["loc"]
    text = _tell_problem(problem, model)
    number = loc[1] if len(loc) > 1 and loc[0] == "outlets" and isinstance(loc[1], int) else None
    names = [str(part) for part in (loc if number is None else loc[2:]) if isinstance(part, str)]
    if number is not None:
        return _note_outlet(values.get("outlets"), number, ".".join(names), text)
    return Mistake(_find_variable(names), ".".join(names), text)


def _find_variable(names: Sequence[str]) -> str:
    """The variable of the environment that says this setting, or nothing."""
    wanted = f"COPYDESK_{'__'.join(names)}".upper()
    found = next((name for name in os.environ if name.upper() == wanted), None)
    return f"{_VARIABLE} {found}" if found else ""


def _tell_problem(problem: Problem, model: Names) -> str:
    loc, kind = problem["loc"], problem["type"]
    if kind == "extra_forbidden":
        return _tell_unknown(loc, model)
    if kind == "value_error":
        return str(problem["ctx"]["error"])
    if kind == "missing":
        return 'is missing; every outlet needs one of its own, e.g. key = "harbour-post"'
    if loc == ("outlets",):
        return "an outlet is a block that begins with [[outlets]], in two pairs of brackets"
    # pydantic's own words can hold braces, those of a pattern
    must = _MUST[kind].format(**problem.get("ctx", {})) if kind in _MUST else str(problem["msg"])
    shown = repr(problem["input"])
    is_shown = len(shown) <= _MOST_CHARS and not _SECRET.intersection(loc)
    meaning = _find_meaning(loc, model)
    return must + (f", not {shown}" if is_shown else "") + (f" ({meaning})" if meaning else "")


def _tell_unknown(loc: Loc, model: Names) -> str:
    name = str(loc[-1])
    table = _find_model(loc[:-1], model)
    known = list(table.model_fields)
    if better := getattr(table, "replaced", {}).get(name):
        return f"this setting no longer exists; {better}"
    if near := get_close_matches(name.lower().replace("-", "_"), known, 1):
        return f"there is no such setting; did you mean {near[0]}? Known settings: {', '.join(known)}"
    home = next((place for place, other in _iterate_tables(model) if name in other.model_fields), None)
    belongs = f" here; it belongs {home}" if home else ""
    return f"there is no such setting{belongs}. Known settings: {', '.join(known)}"


def _find_meaning(loc: Loc, model: Names) -> str | None:
    field = _find_model(loc[:-1], model).model_fields.get(str(loc[-1]))
    return field.description if field else None


def _find_model(loc: Loc, model: Names) -> Names:
    """The model of a table: of [engine], of an outlet, of an outlet's limits."""
    for part in loc:
        field = model.model_fields.get(part) if isinstance(part, str) else None
        model = (field and _inner_model(field.annotation)) or model
    return model


def _iterate_tables(model: Names, at: str = "") -> Iterator[tuple[str, Names]]:
    """Every table with the words for its place, the top first."""
    yield (f"in [{at}]" if at else "at the top of the file, before the first table"), model
    for name, field in model.model_fields.items():
        if inner := _inner_model(field.annotation):
            yield from _iterate_tables(inner, f"{at}.{name}" if at else name)


def _inner_model(annotation: object) -> Names | None:
    found = (annotation, *get_args(annotation))
    return next((kind for kind in found if isinstance(kind, type) and issubclass(kind, BaseModel)), None)
