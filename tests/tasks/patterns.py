"""The regular expressions of the stages' modules, for the tests that look at them."""

from __future__ import annotations

import importlib
import pkgutil
import re
from typing import Any

import tasks


def our_patterns() -> list[tuple[Any, str, re.Pattern[str]]]:
    """Module, name and pattern of each regular expression of the stages' modules."""
    names = (module.name for module in pkgutil.walk_packages(tasks.__path__, "tasks."))
    modules = [importlib.import_module(name) for name in names]
    return [
        (module, name, value)
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str)
    ]
