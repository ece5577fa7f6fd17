"""Options of the extract stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ExtractOptions:
    """`models` names the spaCy pipeline (an installed package, a folder or "natasha") of a language code.

    English has a model when nothing is said; a language without one still gets sentences, figures,
    absolute dates and quoted stretches, and no names. `time_zones` gives an outlet's own zone (IANA
    name) for words such as "Monday night"; UTC where nothing is said.
    """

    models: Mapping[str, str] = field(default_factory=dict)
    time_zones: Mapping[str, str] = field(default_factory=dict)
