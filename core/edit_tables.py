"""Tables of what outlets changed in published articles: figures and quotations before and after an edit."""

from __future__ import annotations

from core.columns import ARTICLE, MONTH
from core.schema import FLOAT, INT, TEXT, TIMESTAMP, Table, may, need

_EDIT = need("capture_id", TEXT, "The capture that brought the edit, see article_revisions")
_CHANGE = need("change_number", INT, "From 1, in reading order")
_TIMES = (
    may("before_fetched_at", TIMESTAMP, "When the older text was fetched"),
    need("fetched_at", TIMESTAMP, "When the newer text was fetched"),
)
_SPANS = (
    may("before_start_char", INT, "First code point in the older text; null if added", "code points"),
    may("before_end_char", INT, "One past the last code point in the older text", "code points"),
    may("start_char", INT, "First code point in the newer text; null if removed", "code points"),
    may("end_char", INT, "One past the last code point in the newer text", "code points"),
)
_SENTENCES = (
    may("before_sentence", TEXT, "The sentence in the older text"),
    may("sentence", TEXT, "The sentence in the newer text"),
)


def keep_former(table: Table, grain: str) -> Table:
    """The table that keeps a child table's rows which an edit replaced, with their sentences."""
    columns = tuple(column for column in table.columns if column.name != "month")
    sentence = (
        may("sentence_start_char", INT, "Where the sentence began in that text", "code points"),
        may("sentence", TEXT, "The sentence in the text of that time"),
    )
    return Table(
        f"former_{table.name}",
        grain,
        ("capture_id", "start_char", "end_char"),
        (
            need("capture_id", TEXT, "The capture whose edit replaced the row, see article_revisions"),
            *columns,
            *sentence,
            MONTH,
        ),
        is_partitioned=True,
    )


FIGURE_CHANGES = Table(
    "figure_changes",
    "figure that an edit changed, added or removed",
    ("capture_id", "change_number"),
    (
        _EDIT,
        _CHANGE,
        ARTICLE,
        need("change", TEXT, "What became of it", None, "changed", "added", "removed"),
        need("label", TEXT, "The question that it answers, in words"),
        need("kind", TEXT, "The kind of answer, as in questions"),
        may("before_surface", TEXT, "The figure as printed before"),
        may("surface", TEXT, "The figure as printed after"),
        may("before_low", FLOAT, "Lower bound before, in the unit printed", "unit"),
        may("before_high", FLOAT, "Upper bound before", "unit"),
        may("before_unit", TEXT, "Unit before: UCUM or ISO 4217"),
        may("low", FLOAT, "Lower bound after", "unit"),
        may("high", FLOAT, "Upper bound after", "unit"),
        may("unit", TEXT, "Unit after: UCUM or ISO 4217"),
        *_SENTENCES,
        *_SPANS,
        *_TIMES,
        MONTH,
    ),
    is_partitioned=True,
)

QUOTATION_CHANGES = Table(
    "quotation_changes",
    "quotation that an edit changed, added or removed",
    ("capture_id", "change_number"),
    (
        _EDIT,
        _CHANGE,
        ARTICLE,
        need(
            "change",
            TEXT,
            "What changed: the words, how many there are, the speaker; or it was added or removed",
            None,
            "reworded",
            "shortened",
            "lengthened",
            "speaker",
            "added",
            "removed",
        ),
        may("before_text", TEXT, "The words before"),
        may("text", TEXT, "The words after"),
        may("before_speaker", TEXT, "Who said it, as printed before"),
        may("speaker", TEXT, "Who said it, as printed after"),
        *_SENTENCES,
        *_SPANS,
        *_TIMES,
        MONTH,
    ),
    is_partitioned=True,
)
