from __future__ import annotations

from pathlib import Path

import pytest

from core.config.environment import merge_tables, read_environment
from core.errors import ConfigError
from core.settings import Settings, load_settings


def read(**environment: str) -> dict[str, object]:
    return read_environment(Settings, {f"COPYDESK_{name}": value for name, value in environment.items()})


def test_a_variable_says_one_setting_of_a_table() -> None:
    said = read(LAKE="desk", ENGINE__WORKERS="3", engine__name="inline")
    assert said == {"lake": "desk", "engine": {"workers": "3", "name": "inline"}}


def test_other_variables_are_left_alone() -> None:
    assert read(CONFIG="copydesk.toml", DEBUG="1", LOG__FILE="a.log") == {}
    assert read_environment(Settings, {"LAKE": "desk", "PATH": "/bin"}) == {}


@pytest.mark.parametrize("name", ["LAEK", "CATALOGURL", "CATALOG", "ENGINES__WORKERS"])
def test_a_variable_that_is_nearly_a_setting_is_refused(name: str) -> None:
    with pytest.raises(
        ConfigError, match=f"COPYDESK_{name}: there is no such setting; did you mean COPYDESK_"
    ):
        read(**{name: "x"})


def test_variables_that_a_cluster_makes_for_a_service_are_left_alone() -> None:
    assert read(SERVICE_HOST="10.0.0.1", PORT="tcp://10.0.0.1:80", PORT_8080_TCP_ADDR="10.0.0.1") == {}


def test_lists_and_tables_are_written_in_json() -> None:
    said = read(NOTICES__TO='["slack://a/b/c"]', FETCH='{"open_hosts": ["127.0.0.1"]}', MODELS__OTHERS="{}")
    assert said == {
        "notices": {"to": ["slack://a/b/c"]},
        "fetch": {"open_hosts": ["127.0.0.1"]},
        "models": {"others": {}},
    }


def test_a_setting_wins_over_its_table() -> None:
    said = read(ENGINE__WORKERS="3", ENGINE='{"workers": 2, "batch_size": 8}')
    assert said == {"engine": {"workers": "3", "batch_size": 8}}


def test_an_entry_of_a_table_without_known_names_is_text() -> None:
    assert read(MODELS__OTHERS__DE="de_core_news_md") == {"models": {"others": {"de": "de_core_news_md"}}}


@pytest.mark.parametrize("name", ["OUTLETS", "NOTICES__TO", "ENGINE"])
def test_what_is_no_json_is_refused_and_not_shown(name: str) -> None:
    with pytest.raises(ConfigError, match=f"cannot read COPYDESK_{name} in the environment") as error:
        read(**{name: "slack://secret"})
    assert "secret" not in str(error.value)


def test_tables_are_merged_and_lists_replaced() -> None:
    below = {"engine": {"workers": 1, "batch_size": 8}, "outlets": [{"key": "a"}], "lake": "here"}
    above = {"engine": {"workers": "2"}, "outlets": []}
    assert merge_tables(below, above) == {
        "engine": {"workers": "2", "batch_size": 8},
        "outlets": [],
        "lake": "here",
    }


def test_the_environment_and_the_file_share_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "copydesk.toml"
    file.write_text("[engine]\nworkers = 1\nbatch_size = 8\n")
    monkeypatch.setenv("COPYDESK_ENGINE__WORKERS", "2")
    engine = load_settings(file).engine
    assert (engine.workers, engine.batch_size) == (2, 8)


def test_a_setting_that_there_is_not_is_told_with_its_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "copydesk.toml"
    file.write_text("")
    monkeypatch.setenv("COPYDESK_ENGINE__SPEED", "9")
    with pytest.raises(ConfigError, match=r"COPYDESK_ENGINE__SPEED, engine\.speed: there is no such setting"):
        load_settings(file)
