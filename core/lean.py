"""What a process of Copydesk's own does without: an import, and most looks for garbage."""
# Why: see docs/decisions.md, "The command line and the workers leave out pandas".

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType

_LEFT_OUT = "pandas"
# Objects made since the last look for garbage. Python's own 700 cost 4 % of a command that starts and finds nothing new.
_OBJECTS_BETWEEN_LOOKS = 20_000


class _LeavesOut(MetaPathFinder):
    """Finds no pandas, as on a machine where it is not installed."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        """None for every other module, so that the next finder is asked."""
        if fullname == _LEFT_OUT:
            raise ModuleNotFoundError(f"Copydesk's own processes leave out {_LEFT_OUT}", name=_LEFT_OUT)


def leave_out_pandas() -> None:
    """Let every import of pandas in this process fail from now on; a second call does nothing.

    DuckDB and Arrow import pandas, if they can, to recognise its values among those that they are given. The command
    line and its workers give them none, and save .4 s and 40 MB. A process that has pandas already keeps it.
    """
    if _LEFT_OUT not in sys.modules and not any(isinstance(finder, _LeavesOut) for finder in sys.meta_path):
        sys.meta_path.insert(0, _LeavesOut())


def collect_seldom() -> None:
    """Look for garbage more seldom than Python does by itself; what no cycle holds is freed at once, as always."""
    _, *older = gc.get_threshold()
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS, *older)
