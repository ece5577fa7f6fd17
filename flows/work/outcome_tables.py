"""Outcomes as the rows that a part carries."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from core.outcomes import InputOutcome
from core.tables import TABLES


def outcome_table(outcomes: Sequence[InputOutcome], run_id: str) -> pa.Table:
    """The outcomes of a run's inputs as rows of table `outcomes`."""
    return TABLES["outcomes"].to_arrow([outcome.to_row(run_id) for outcome in outcomes])
