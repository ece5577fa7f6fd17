"""Rights of the catalog's user on PostgreSQL: to answer SQL, reading is enough."""

from __future__ import annotations

from typing import NamedTuple

import psycopg
from psycopg.conninfo import make_conninfo

from core.errors import TransientError
from warehouse.catalog.faults import redact
from warehouse.catalog.location import LakeLocation

_SCHEMA = "public"
# Rights of the server itself, and predefined roles that read or write past the rights of tables.
_POWERS = """
SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls
    OR has_database_privilege(current_database(), 'CREATE')
    OR EXISTS (
        SELECT 1 FROM pg_roles AS given
        WHERE given.rolname LIKE 'pg\\_%' AND given.rolname <> 'pg_database_owner'
            AND pg_has_role(current_user, given.oid, 'MEMBER')
    )
FROM pg_roles WHERE rolname = current_user
"""
_TABLES = """
SELECT
    spaces.nspname,
    has_schema_privilege(spaces.oid, 'CREATE')
    OR has_any_column_privilege(tables.oid, 'INSERT, UPDATE')
    OR has_table_privilege(tables.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'),
    has_schema_privilege(spaces.oid, 'USAGE')
    AND has_any_column_privilege(tables.oid, 'SELECT')
FROM pg_class AS tables INNER JOIN pg_namespace AS spaces ON tables.relnamespace = spaces.oid
WHERE tables.relkind IN ('r', 'p', 'v', 'm', 'f') AND spaces.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
"""


class CatalogRole(NamedTuple):
    """A user of the catalog's server, with its rights beyond reading the lake's catalog; () for a user without any."""

    name: str
    excess: tuple[str, ...]


def look_at_role(location: LakeLocation) -> CatalogRole:
    """The user that the location names. Raises TransientError if the server cannot be reached."""
    try:
        with psycopg.connect(make_conninfo(**location.catalog_parameters), connect_timeout=30) as connection:
            name = connection.execute("SELECT current_user::text").fetchall()[0][0]
            powers = connection.execute(_POWERS).fetchall()[0][0]
            tables = connection.execute(_TABLES).fetchall()
    except psycopg.Error as error:
        raise TransientError(f"cannot reach the catalog {location}: {redact(str(error), location)}") from None
    return CatalogRole(name, tuple(_tell_excess(bool(powers), tables)))


def _tell_excess(powers: bool, tables: list[tuple[str, bool, bool]]) -> list[str]:
    told = ["has rights on the whole server or database"] if powers else []
    told += [f"writes to schema {name}" for name in sorted({name for name, writes, _ in tables if writes})]
    others = {name for name, _, reads in tables if reads and name != _SCHEMA}
    return told + [f"reads schema {name}" for name in sorted(others)]
