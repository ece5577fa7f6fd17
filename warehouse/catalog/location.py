"""The place of a lake: its folder, its catalog and its Parquet files."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from core.errors import ConfigError
from warehouse.catalog.withheld import secret_variable

if TYPE_CHECKING:
    from core.settings import Settings

CATALOG_FILE = "catalog.sqlite"
_POSTGRES = ("postgresql://", "postgres://")


@dataclass(frozen=True, slots=True)
class LakeLocation:
    """A lake's folder (staging, lock, and everything of an embedded lake), catalog and data.

    `catalog_url` is None for the SQLite catalog in the folder, else `postgresql://...`; `data_url`
    is None for Parquet in the folder, else `s3://bucket/prefix`. `catalog_copy` is a copy of the SQLite catalog, read in
    its place (warehouse/catalog/copying.py). `str()` holds no password.
    """

    folder: Path
    catalog_url: str | None = None
    data_url: str | None = None
    catalog_copy: Path | None = None

    @classmethod
    def of(cls, settings: Settings) -> LakeLocation:
        """The place that the settings name, checked."""
        return cls.at(settings.lake, settings.catalog_url, settings.data_url)

    @classmethod
    def at(
        cls, folder: str | Path, catalog_url: str | None = None, data_url: str | None = None
    ) -> LakeLocation:
        """The place, checked. Raises ConfigError for an address of an unknown kind."""
        if catalog_url and not is_catalog_url(catalog_url):
            raise ConfigError("catalog_url must begin with postgresql://; leave it out for a SQLite catalog")
        if data_url and not data_url.startswith("s3://"):
            raise ConfigError("data_url must begin with s3://; leave it out for files in the lake's folder")
        return cls(Path(os.path.abspath(folder)), catalog_url or None, data_url or None)  # noqa: PTH100

    @property
    def catalog_file(self) -> Path | None:
        """The SQLite catalog, or None if the catalog is on a server."""
        return None if self.catalog_url else self.catalog_copy or self.folder / CATALOG_FILE

    @property
    def data_path(self) -> str:
        """Where the Parquet files are, with a trailing slash."""
        root = self.data_url.rstrip("/") if self.data_url else self.folder.as_posix()
        return f"{root}/data/"

    @property
    def staging(self) -> Path:
        """Folder of parts and journals that have not landed yet."""
        return self.folder / "staging"

    @property
    def parts(self) -> Path:
        """Folder of the batches' parts: one folder each, named by the batch's key."""
        return self.staging / "parts"

    @property
    def lock_file(self) -> Path:
        """The file whose lock is the writer gate of a SQLite catalog."""
        return self.folder / "writer.lock"

    @property
    def catalog_parameters(self) -> dict[str, str]:
        """Host, port, database, user and password of a server catalog, as far as the URL has them.

        What is missing comes from PGHOST, PGPORT, PGDATABASE, PGUSER and PGPASSWORD.
        """
        parts = urlsplit(self.catalog_url or "")
        said = {
            "host": parts.hostname or os.environ.get("PGHOST"),
            "port": str(parts.port) if parts.port else os.environ.get("PGPORT"),
            "dbname": unquote(parts.path.lstrip("/")) or os.environ.get("PGDATABASE"),
            "user": unquote(parts.username or "") or os.environ.get("PGUSER"),
            "password": unquote(parts.password or "") or secret_variable("PGPASSWORD"),
        }
        return {key: value for key, value in said.items() if value}

    def __str__(self) -> str:
        """The place for people; never a password."""
        if not self.catalog_url:
            return str(self.folder)
        known = self.catalog_parameters
        return f"postgresql://{known.get('host', 'localhost')}/{known.get('dbname', '')}"


def is_catalog_url(text: object) -> bool:
    """Whether it names a catalog on a PostgreSQL server, and not a folder."""
    return isinstance(text, str) and text.startswith(_POSTGRES)
