"""Opt-outs of training and text mining in robots.txt: crawlers that are shut out, and lines that say it outright."""
# Why: see docs/decisions.md, "An opt-out counts where the crawler is named".

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit


class TrainingSignal(NamedTuple):
    """A line that says no to training for all addresses whose path begins with `path`."""

    line: str
    path: str


@cache
def _rules() -> tuple[tuple[str, ...], Mapping[str, Collection[str]]]:
    rules = tomllib.loads((Path(__file__).parent / "training_optouts.toml").read_text(encoding="utf-8"))
    return tuple(rules["agents"]), rules["signals"]


def find_training_agents(robots_txt: str) -> tuple[str, ...]:
    """The crawlers for training (training_optouts.toml) that a robots.txt speaks of by name."""
    said = {agent.lower() for name, agent in _fields(robots_txt) if name == "user-agent"}
    return tuple(agent for agent in _rules()[0] if agent.lower() in said)


def find_training_signals(robots_txt: str, agent: str) -> tuple[TrainingSignal, ...]:
    """The lines that say no to training to every robot, to `agent` or to a crawler for training."""
    meant = {"*", agent.lower(), *(name.lower() for name in _rules()[0])}
    found: list[TrainingSignal] = []
    group: set[str] = set()
    is_open = False
    for name, value in _fields(robots_txt):
        if name == "user-agent":
            group = {*group, value.lower()} if is_open else {value.lower()}
        elif (not group or group & meant) and (path := _refused_path(name, value)):
            found.append(TrainingSignal(f"{name}: {value}", path))
        is_open = name == "user-agent"
    return tuple(found)


def match_signal(signals: Collection[TrainingSignal], url: str) -> str | None:
    """The line that says no for the address, or None."""
    path = urlsplit(url).path or "/"
    return next((signal.line for signal in signals if path.startswith(signal.path)), None)


def _refused_path(name: str, value: str) -> str | None:
    """Where a line refuses training, or None where it says nothing of it."""
    refusals = _rules()[1].get(name, ())
    path, _, said = value.partition(" ") if value.startswith("/") else ("/", "", value)
    parts = {"".join(part.lower().split()) for part in said.split(",")}
    return path if parts & set(refusals) else None


def _fields(robots_txt: str) -> Iterator[tuple[str, str]]:
    for line in robots_txt.splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield name.strip().lower(), value.strip()
