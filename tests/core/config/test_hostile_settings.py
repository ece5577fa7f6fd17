"""Whatever stands in a settings file, it is taken or refused with a message; nothing else comes out."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from core.config.mistakes import WrongSettingsError
from core.outlets import CleaningOverrides, FetchLimits, Outlet
from core.settings import (
    FetchSettings,
    NoticeSettings,
    Schedules,
    Settings,
    load_settings,
    load_sound_settings,
)

SIMPLE = (
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | st.booleans()
    | st.dates()
)
VALUES = st.recursive(
    SIMPLE,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["key", "a", "name"]), inner, max_size=2)
    ),
    max_leaves=4,
)
TEXTS = st.sampled_from(
    [
        "http://[::1",
        "https://ä.example",
        "//",
        "(?P<",
        "(" * 200,
        "a{99999999999}",
        "*/5 * * * *",
        "30m",
        "\x00",
        "é",
        "%",
        "{ge}",
    ]
)


def _tables(*models: type[BaseModel]) -> st.SearchStrategy[dict[str, object]]:
    names = [name for model in models for name in model.model_fields] + ["colour"]
    return st.dictionaries(st.sampled_from(names), VALUES | TEXTS | st.lists(TEXTS, max_size=2), max_size=5)


OUTLET = st.builds(
    lambda own, limits, cleaning: own | {"limits": limits, "cleaning": cleaning},
    _tables(Outlet),
    _tables(FetchLimits),
    _tables(CleaningOverrides),
)
FILE = st.builds(
    lambda own, rest: own | rest,
    _tables(Settings),
    st.fixed_dictionaries(
        {},
        optional={
            "outlets": st.lists(OUTLET, max_size=3),
            "fetch": _tables(FetchSettings),
            "schedules": _tables(Schedules),
            "notices": _tables(NoticeSettings),
        },
    ),
)


@given(FILE)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
def test_a_file_is_taken_or_its_mistakes_are_told(tmp_path: Path, values: dict[str, object]) -> None:
    file = tmp_path / "copydesk.toml"
    file.write_text(tomlkit.dumps(values), encoding="utf-8")
    for load in (load_settings, load_sound_settings):
        try:
            load(file)
        except WrongSettingsError as error:
            assert error.mistakes
            assert all(mistake.problem and (mistake.place or mistake.key) for mistake in error.mistakes)


@pytest.mark.parametrize("outlets", ["7", '"harbour"', "[7]", '["harbour"]', "[[]]", "{ key = 7 }"])
def test_outlets_that_are_no_blocks_are_told(tmp_path: Path, outlets: str) -> None:
    file = tmp_path / "copydesk.toml"
    file.write_text(f"outlets = {outlets}\n", encoding="utf-8")
    with pytest.raises(WrongSettingsError, match="outlet"):
        load_settings(file)
    if not outlets.startswith("["):
        with pytest.raises(WrongSettingsError, match=r"\[\[outlets\]\]"):
            load_sound_settings(file)


def test_a_wrong_name_of_a_watch_is_told_with_what_it_has_to_be(tmp_path: Path) -> None:
    file = tmp_path / "copydesk.toml"
    file.write_text('[[watches]]\nname = ""\nsearch = "ferry"\n', encoding="utf-8")
    with pytest.raises(WrongSettingsError, match="name"):
        load_settings(file)
