"""Commands of several parts: the first word names the part, the words after it are the part's own."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping


def run_part(description: str | None, parts: Mapping[str, Callable[[], int | None]]) -> int:
    """Run the part that the first word names; its exit code."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", choices=parts, help="PART --help tells its options")
    part = parser.parse_args(sys.argv[1:2]).part
    sys.argv[:2] = [f"{sys.argv[0]} {part}"]
    return parts[part]() or 0
