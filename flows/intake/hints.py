"""What the end of a load says: what was not read, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from core.outcomes import Outcome, Reason
from core.safety.visible import show_line
from core.settings import Settings
from flows.runs.run import Run
from tasks.acquire.base.fields import UnreadColumns
from tasks.acquire.base.naming import slug_outlet
from tasks.acquire.base.options import PAGE_KINDS
from tasks.acquire.files.records import READERS
from tasks.extract.languages.served import SPEAKERS, reading_of
from warehouse.catalog.sql_files import run_query

_MOST_NAMES = 8
_MOST_CHARS = 40
_KINDS = f"Files are read that end in {', '.join([*PAGE_KINDS, *READERS, '.warc'])}, most also as .gz or .zst"


def find_hints(run: Run, settings: Settings, unread: UnreadColumns, *, is_outlet_given: bool) -> list[str]:
    """Lines for the user about a load that is done."""
    return [
        *_find_empty_hints(run),
        *_find_rejected_hints(run),
        *_find_link_hints(run),
        *tell_unread(unread),
        *([] if is_outlet_given else _find_outlet_hints(run)),
        *_find_model_hints(run, settings),
    ]


def _find_outlet_hints(run: Run) -> list[str]:
    """A line if all files lay in one folder, whose name became their outlet, and some of them cover the same story."""
    if not run.counts.get("accepted"):
        return []
    rows = run_query(run.lake, "stories_of_one_outlet", run_id=run.run_id).to_pylist()
    if len(rows) != 1 or not rows[0]["story_count"] or not _is_named_by_folder(**rows[0]):
        return []
    count, outlet = rows[0]["story_count"], rows[0]["outlet"]
    stories = "One story is" if count == 1 else f"{count} stories are"
    return [
        f"{stories} covered by several articles of outlet {outlet!r}, which is the name of their folder. If the articles "
        "are of several outlets, load them from a folder for each outlet, or again with --outlet NAME FILE...; then "
        "what they print is compared"
    ]


def _find_empty_hints(run: Run) -> list[str]:
    """A line if no file was found."""
    if sum(run.counts.values()):
        return []
    paths = ", ".join(show_line(str(path)) for path in run.parameters["paths"])
    return [f"NOTHING WAS FOUND in {paths}; hidden files are passed over. {_KINDS}"]


def _find_rejected_hints(run: Run) -> list[str]:
    """A line if every input was rejected."""
    rejected = run.counts.get(Outcome.REJECTED.value, 0)
    if not rejected or rejected != sum(run.counts.values()):
        return []
    inputs = "The only input was" if rejected == 1 else f"All {rejected:,} inputs were"
    query = f"select input_ref, reason, detail from outcomes where run_id = '{run.run_id}'"
    is_strange = run.reasons.get((Outcome.REJECTED.value, Reason.UNSUPPORTED_TYPE.value), 0) == rejected
    kinds = f". {_KINDS}" if is_strange else ""
    return [f'NOTHING WAS LOADED. {inputs} rejected; for the reasons: copydesk sql "{query}"{kinds}']


def _find_link_hints(run: Run) -> list[str]:
    """A line if links were not followed because they lead out of the folders that were loaded."""
    count = run.reasons.get((Outcome.REJECTED.value, Reason.LINK_OUTSIDE.value), 0)
    if not count:
        return []
    links = "One link leads" if count == 1 else f"{count} links lead"
    return [
        f"{links} out of what was loaded; if you trust them, follow them with `copydesk load --follow-links`."
    ]


def tell_unread(unread: UnreadColumns) -> list[str]:
    """A line if records had columns that were not read, and why."""
    names = [name for name, _ in unread.counts.most_common()]
    strange = [name for name in names if name not in unread.in_place]
    doubled = [name for name in names if name in unread.in_place]
    if not names:
        return []
    told = []
    if strange:
        told.append(f"{_list_names(strange)}: no field of an article has such a name")
    if doubled:
        pairs = [f"{_quote(unread.in_place[name])} for {_quote(name)}" for name in doubled[:_MOST_NAMES]]
        more = f" and {len(doubled) - _MOST_NAMES} more" if len(doubled) > _MOST_NAMES else ""
        told.append(f"another column of the same meaning was read: {', '.join(pairs)}{more}")
    return [
        f"Columns that were not read. {'; '.join(told)}. `copydesk load --columns FIELD=NAME` says which column to"
        " read as text, title, authors, published_at ..."
    ]


def _list_names(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(map(_quote, names[:_MOST_NAMES])) + more


def _quote(name: str) -> str:
    return repr(show_line(name if len(name) <= _MOST_CHARS else name[: _MOST_CHARS - 1] + "…"))


def _find_model_hints(run: Run, settings: Settings) -> list[str]:
    """A line if articles are in languages whose names no model read, and a line for languages without speakers."""
    if not run.counts.get("accepted"):
        return []
    models = {"en", *(code.split("-")[0] for code in settings.models.others)}
    by_names: dict[str, int] = {}
    silent: dict[str, int] = {}
    for row in run_query(run.lake, "run_languages", run_id=run.run_id).to_pylist():
        reading = reading_of(row["language"], models)
        if not reading.names.startswith("model"):
            by_names[row["language"]] = row["article_count"]
        if reading.quotations != SPEAKERS:
            silent[row["language"]] = row["article_count"]
    lines = []
    if by_names:
        lines.append(
            f"No model read the names of {_count_languages(by_names)}: they come from tables and the words around them. A"
            " model can be named in [models]; `copydesk models list` lists some, README says what is read in which language"
        )
    if silent:
        lines.append(f"Quotations have no speakers in {_count_languages(silent)}")
    return lines


def _count_languages(counts: dict[str, int]) -> str:
    """ "12 articles in de, 1 in fr"."""
    first, *more = (f"{count:,} in {code}" for code, count in counts.items())
    word = "article" if next(iter(counts.values())) == 1 else "articles"
    return ", ".join([first.replace(" in ", f" {word} in ", 1), *more])


def _is_named_by_folder(outlet: str, folder_url: str, **_more: object) -> bool:
    return slug_outlet(PurePosixPath(unquote(urlsplit(folder_url).path)).name) == outlet
