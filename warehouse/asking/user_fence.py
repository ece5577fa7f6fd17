"""The names allowed in a user's SQL: every part of a parsed statement is checked, and what is not on a list is refused.

The statement is parsed by DuckDB itself (`json_serialize_sql`). Kinds of nodes, functions, tables and
views are allowed by lists, so that what a later DuckDB adds is refused until it has been reviewed.
Macros and views of the lake are opened: the names in them are checked as if they were in the query.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

import duckdb

from core.errors import ConfigError
from warehouse.asking.user_faults import READ_ONLY_HINT
from warehouse.asking.user_names import judged_names
from warehouse.catalog.definitions import LakeDefinitions
from warehouse.catalog.extensions import quote

_LONGEST = 1_000_000
_OPTION = r"(?:analyze|format\s+\w+)"
_COMMENT = r"(?:--[^\r\n]*[\r\n]|/\*(?:(?!/\*|\*/)(?s:.))*\*/)"
_EXPLAIN = re.compile(
    rf"(?i)\A(?:\s|{_COMMENT})*(explain\b(?:\s+analyze\b)?(?:\s*\(\s*{_OPTION}(?:\s*,\s*{_OPTION})*\s*\))?)"
)
_PIVOT = re.compile(r"(?i)\bpivot\b")
_PIVOT_HINT = "PIVOT needs its values here: PIVOT articles ON outlet IN ('a', 'b') USING count(*)"
# Kinds of expressions, and of nodes that are not expressions.
_CLASSES = re.compile(
    "BETWEEN|CASE|CAST|COLLATE|COLUMN_REF|COMPARISON|CONJUNCTION|CONSTANT|DEFAULT|FUNCTION|LAMBDA|OPERATOR"
    "|PARAMETER|POSITIONAL_REFERENCE|STAR|SUBQUERY|TYPE|WINDOW"
)
_TYPES = re.compile(
    "SELECT_NODE|SET_OPERATION_NODE|RECURSIVE_CTE_NODE|CTE_NODE"
    "|BASE_TABLE|EMPTY|EXPRESSION_LIST|JOIN|PIVOT|SHOW_REF|SUBQUERY|TABLE_FUNCTION"
    "|LIMIT_MODIFIER|LIMIT_PERCENT_MODIFIER|ORDER_MODIFIER|DISTINCT_MODIFIER|ORDER_DEFAULT|ASCENDING|DESCENDING"
    "|[A-Z_]+_TYPE_INFO"
)
# Schemas of allowed tables; `recurring` is the table so far inside WITH RECURSIVE ... USING KEY.
PLACES = frozenset(
    ["", "lake", "main", "internal", "system", "information_schema", "pg_catalog", "recurring"]
)
CATALOG = "__ducklake"
_SHOWN = frozenset(["tables", "__show_tables_expanded", "databases", "schemas", "variables"])
# A name with one of these can be a file or an address; without one it can only be a table.
_OF_FILES = re.compile(r"[.:/\\*?\[\]{}]")
_NAMES_A_TABLE = frozenset(["histogram", "histogram_values", "pragma_table_info"])
_PLAIN_NAME = re.compile(r"\w+")


class Fence:
    """Checks SQL for one session."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._lake = LakeDefinitions(connection)

    def check(self, sql: str, *, several: bool = False) -> str:
        """The SQL to run. Raises ConfigError unless it is one statement, or `several`, that only read the lake."""
        if "\x00" in sql:
            raise ConfigError("the SQL contains a null character; remove it")
        if len(sql) > _LONGEST:
            raise ConfigError(
                f"the SQL is longer than {_LONGEST:,} characters; split it, or join with a table"
            )
        found = _EXPLAIN.match(sql)
        checked = sql[found.end() :] if found else sql
        parsed = self._parse(checked)
        if parsed["error"]:
            if parsed["error_type"] == "parser":
                raise ConfigError(f"cannot parse the SQL: {parsed['error_message']}")
            raise ConfigError(_PIVOT_HINT if _PIVOT.search(checked) else READ_ONLY_HINT)
        if not parsed["statements"]:
            raise ConfigError("no SQL was given")
        if found and len(parsed["statements"]) > 1:
            raise ConfigError("EXPLAIN takes one statement; explain each by itself")
        self._judge(parsed["statements"])
        if not several and len(parsed["statements"]) > 1:
            told = len(parsed["statements"])
            raise ConfigError(
                f"the SQL has {told} statements, and an answer is that of one; ask each by itself"
            )
        # an EXPLAIN runs what was checked, whatever came before it
        return f"{found[1]} {checked}" if found else sql

    def _parse(self, sql: str) -> dict[str, Any]:
        # quoted, not bound: to bind a value DuckDB imports pandas, which costs half a second
        query = f"SELECT system.main.json_serialize_sql('{quote(sql)}')"
        row = self._connection.execute(query).fetchone()
        assert row is not None
        try:
            parsed: dict[str, Any] = json.loads(row[0])
        except RecursionError:
            raise ConfigError("the SQL is nested too deeply; move a part of it into WITH") from None
        return parsed

    def _judge(self, statements: list[Any]) -> None:
        """Check the statements and, in turn, each definition of the lake that they use."""
        self._lake.refresh()
        waiting: list[tuple[str, Any]] = [("", statements)]
        seen: set[str] = set()
        while waiting:
            owner, tree = waiting.pop()
            for node in _walk(tree):
                try:
                    used = self._judge_node(node)
                except ConfigError as error:
                    raise ConfigError(f"{owner} of the lake: {error}") if owner else error from None
                for name, body in used.items():
                    if name + body not in seen:
                        seen.add(name + body)
                        waiting.append((name, self._parse_definition(name, body)))

    def _parse_definition(self, name: str, body: str) -> Any:
        parsed = self._parse(body)
        if parsed["error"]:
            raise ConfigError(f"cannot check {name} of the lake; {READ_ONLY_HINT}")
        return parsed["statements"]

    def _judge_node(self, node: dict[str, Any]) -> dict[str, str]:
        """The definitions of the lake that an allowed node uses, by name. Raises ConfigError for any other node."""
        _judge_kind(node)
        if CATALOG in f"{node.get('catalog_name', '')} {node.get('schema_name', '')}".lower():
            raise ConfigError(
                "queries cannot read the catalog's own tables; `copydesk tables` lists the tables they can read"
            )
        if node.get("type") == "TABLE_FUNCTION":
            return self._judge_table_function(node["function"])
        if node.get("type") == "BASE_TABLE":
            return self._judge_table(node)
        if node.get("type") == "SHOW_REF":
            _judge_shown(node)
        if node.get("function_name") and not node.get("in_from"):
            return self._judge_call(node)
        return {}

    def _judge_call(self, node: dict[str, Any]) -> dict[str, str]:
        name = _name_of(node)
        judged = judged_names("call")
        if name in judged.refused:
            raise ConfigError(f"the function {name} is not allowed here: it {judged.refused[name]}")
        if bodies := self._lake.macro_bodies(name):
            return {f"the macro {name}": body for body in bodies}
        if name not in judged.allowed:
            near = get_close_matches(name, judged.allowed, 1)
            hint = f'Did you mean "{near[0]}"?' if near else "duckdb_functions() lists the functions"
            raise ConfigError(f"Scalar Function with name {name} does not exist! {hint}")
        return {}

    def _judge_table_function(self, function: dict[str, Any]) -> dict[str, str]:
        function["in_from"] = True  # it is visited once more, as a table in FROM and not as a call
        name = _name_of(function)
        judged = judged_names("table")
        if name in judged.refused:
            raise ConfigError(f"table function {name} is not allowed here; {READ_ONLY_HINT}")
        if bodies := self._lake.table_macro_bodies(name):
            return {f"the macro {name}": body for body in bodies}
        if name not in judged.allowed:
            raise ConfigError(f"table function {name} is not allowed here; {READ_ONLY_HINT}")
        if name in _NAMES_A_TABLE:
            return self._judge_table_by_name(name, function["children"])
        return {}

    def _judge_table_by_name(self, name: str, children: list[dict[str, Any]]) -> dict[str, str]:
        """Check the table that a function takes by its name: a plain name, allowed as in FROM."""
        named = [child for child in children if str(child.get("alias", "")).lower() == "source"]
        tables = {_plain_name(child) for child in named or children[:1]}
        if len(tables) != 1 or None in tables:
            raise ConfigError(f"{name} takes the plain name of a table; write FROM {name}(articles, ...)")
        return self._judge_table({"table_name": tables.pop()})

    def _judge_table(self, node: dict[str, Any]) -> dict[str, str]:
        name = str(node["table_name"]).lower()
        places = {str(node.get(part, "")).lower() for part in ("catalog_name", "schema_name")}
        if places - PLACES:
            raise ConfigError(f"{name} is not in the lake; `copydesk tables` lists its tables")
        views = judged_names("view")
        if name in views.refused or (self._lake.is_builtin_view(name) and name not in views.allowed):
            raise ConfigError(
                f"queries cannot read {node['table_name']}; SHOW TABLES lists the tables they can read"
            )
        if _OF_FILES.search(name) or not name.strip():
            raise ConfigError(f"{node['table_name']} is not the name of a table; {READ_ONLY_HINT}")
        body = self._lake.view_body(name)
        return {f"the view {name}": body} if body else {}


def _judge_kind(node: dict[str, Any]) -> None:
    kind, known = (node["class"], _CLASSES) if "class" in node else (node.get("type"), _TYPES)
    is_known = known.fullmatch(kind) if isinstance(kind, str) else "class" not in node
    if not is_known or node.get("export_state"):
        raise ConfigError(f"{kind} is not supported here; {READ_ONLY_HINT}")


def _judge_shown(node: dict[str, Any]) -> None:
    places = {str(node.get(part, "")).lower() for part in ("catalog_name", "schema_name")}
    name = str(node.get("table_name", "")).strip('"').lower()
    if places - PLACES or (name and not node.get("query") and name not in _SHOWN):
        raise ConfigError("SHOW cannot show this; SHOW TABLES lists the tables")


def _name_of(function: dict[str, Any]) -> str:
    places = f"{function.get('catalog', '')} {function.get('schema', '')}".lower()
    if CATALOG in places:
        raise ConfigError(
            "queries cannot call the catalog's own functions; duckdb_functions() lists the others"
        )
    return str(function["function_name"]).lower()


def _plain_name(child: dict[str, Any]) -> str | None:
    """The name that a constant text or a plain column name gives, else None."""
    names = child.get("column_names") if child.get("class") == "COLUMN_REF" else None
    if child.get("class") == "CONSTANT":
        value = child.get("value") or {}
        names = [value.get("value")] if (value.get("type") or {}).get("id") == "VARCHAR" else None
    if names and len(names) == 1 and isinstance(names[0], str) and _PLAIN_NAME.fullmatch(names[0]):
        return names[0]
    return None


def _walk(root: Any) -> Iterator[dict[str, Any]]:
    """Every object of a parsed statement, parents first and without recursion: a hostile query nests deeply."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
