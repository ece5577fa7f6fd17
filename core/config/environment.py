"""What the environment says of the settings: COPYDESK_LAKE, COPYDESK_ENGINE__WORKERS and so on."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, get_origin

from pydantic import BaseModel
from pydantic_core import from_json

from core.errors import ConfigError

PREFIX = "copydesk_"
_BETWEEN = "__"
_OTHERS = ("config", "corpora", "dashboard_token", "debug", "home", "seeds")  # variables that are no settings
_NEAR = 0.75


def read_environment(model: type[BaseModel], environment: Mapping[str, str]) -> dict[str, Any]:
    """The settings that variables say, in tables as a file has them; variables of other names are left alone.

    A list or a table is written in JSON. A variable of one setting (COPYDESK_ENGINE__WORKERS) wins over that of its
    table (COPYDESK_ENGINE). Raises ConfigError for a list or a table that is no JSON, and for a name that is nearly
    that of a setting.
    """
    _refuse_misspelt(model, environment)
    said: dict[str, Any] = {}
    for name in sorted(environment, key=str.lower):  # a table before its settings
        path = name.lower().removeprefix(PREFIX).split(_BETWEEN)
        if name.lower().startswith(PREFIX) and path[0] in model.model_fields:
            _put(said, path, _read_value(name, environment[name], _find_kind(model, path)))
    return said


def _refuse_misspelt(model: type[BaseModel], environment: Mapping[str, str]) -> None:
    """Raise ConfigError for a variable that names no setting but nearly does: the lake would be another one, unnoticed.

    Other names can be anybody's: Kubernetes makes COPYDESK_SERVICE_HOST for a service called copydesk.
    """
    for name in sorted(environment):
        first = name.lower().removeprefix(PREFIX).split(_BETWEEN)[0]
        if not name.lower().startswith(PREFIX) or first in model.model_fields or first in _OTHERS:
            continue
        if near := get_close_matches(first, [*model.model_fields, *_OTHERS], 1, _NEAR):
            wanted = f"{PREFIX}{near[0]}".upper()
            raise ConfigError(
                f"environment variable {name}: there is no such setting; did you mean {wanted}?"
            )


def merge_tables(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Both together; where both say a setting, the one `above` counts."""
    merged = dict(below)
    for name, value in above.items():
        old = merged.get(name)
        is_table = isinstance(old, dict) and isinstance(value, dict)
        merged[name] = merge_tables(old, value) if is_table else value  # type: ignore[arg-type]
    return merged


def _find_kind(model: type[BaseModel], path: list[str]) -> Any:
    """The type of the setting at the path, None for one that there is not."""
    kind: Any = model
    for name in path:
        fields = kind.model_fields if _is_table(kind) else {}
        kind = fields[name].annotation if name in fields else None
    return kind


def _is_table(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _read_value(name: str, text: str, kind: Any) -> Any:
    if not _is_table(kind) and get_origin(kind) not in (tuple, dict):
        return text
    try:
        return from_json(text)
    except ValueError:
        raise ConfigError(f"cannot read {name} in the environment: write it in JSON") from None


def _put(said: dict[str, Any], path: list[str], value: Any) -> None:
    *tables, last = path
    for name in tables:
        if not isinstance(said.get(name), dict):
            said[name] = {}
        said = said[name]
    said[last] = value
