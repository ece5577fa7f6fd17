"""The place of WARC files: a local folder, or an object store behind fsspec such as s3://bucket/archive."""

from __future__ import annotations

import os
import shutil
from collections import OrderedDict
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Protocol

from core.errors import ConfigError, CopydeskError, PermanentError, TransientError

MAX_OPEN_FILES = 16
WARC_SUFFIXES = (".warc.gz", ".warc")


class ArchiveStore(Protocol):
    """The operations that reading and writing need."""

    def read_range(self, name: str, offset: int, length: int) -> bytes:
        """At most `length` bytes of file `name` from `offset`. Raises PermanentError for a missing file."""
        ...

    def size_of(self, name: str) -> int | None:
        """Size of the file in bytes, or None if it does not exist."""
        ...

    def list_names(self) -> list[str]:
        """The names of all its files, sorted."""
        ...

    def open_file(self, name: str) -> BinaryIO:
        """The file from its beginning. Raises PermanentError for a missing file."""
        ...

    def remove(self, name: str) -> None:
        """Remove a file, if it exists."""
        ...

    def publish(self, file: Path) -> None:
        """Take over a finished local file; from then on readers find it under its bare name."""
        ...

    def close(self) -> None:
        """Close open handles."""
        ...


class LocalStore:
    """WARC files in a folder; the last MAX_OPEN_FILES read from stay open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: OrderedDict[str, BinaryIO] = OrderedDict()

    def read_range(self, name: str, offset: int, length: int) -> bytes:
        """See ArchiveStore; a name can be an absolute path, for WARC files elsewhere."""
        file = self._handle(name)
        file.seek(offset)
        return file.read(length)

    def size_of(self, name: str) -> int | None:
        """See ArchiveStore."""
        path = self._path(name)
        return path.stat().st_size if path.is_file() else None

    def list_names(self) -> list[str]:
        """See ArchiveStore; empty if the folder does not exist yet."""
        if not self.folder.is_dir():
            return []
        return sorted(path.name for path in self.folder.iterdir() if path.is_file())

    def open_file(self, name: str) -> BinaryIO:
        """See ArchiveStore."""
        try:
            return self._path(name).open("rb")
        except FileNotFoundError as error:
            raise PermanentError(_tell_missing(name, self.folder)) from error
        except OSError as error:
            raise TransientError(f"cannot read archive file {name}: {error.strerror}") from error

    def remove(self, name: str) -> None:
        """See ArchiveStore."""
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as error:
            raise TransientError(f"cannot remove archive file {name}: {error.strerror}") from error

    def publish(self, file: Path) -> None:
        """See ArchiveStore: a file from elsewhere is copied, whole or not at all."""
        if file.parent.absolute() == self.folder.absolute():
            return
        unfinished = self.folder / f".{file.name}.unfinished"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, unfinished)
            with unfinished.open("rb") as copied:
                os.fsync(copied.fileno())
            unfinished.rename(self.folder / file.name)
        except OSError as error:
            raise TransientError(f"cannot store archive file {file.name}: {error.strerror}") from error

    def close(self) -> None:
        """See ArchiveStore."""
        while self._open:
            self._open.popitem()[1].close()

    def _handle(self, name: str) -> BinaryIO:
        if name in self._open:
            self._open.move_to_end(name)
            return self._open[name]
        try:
            # unbuffered: records that a writer appends later are seen, and nothing is read ahead
            file = self._path(name).open("rb", buffering=0)
        except FileNotFoundError as error:
            raise PermanentError(_tell_missing(name, self.folder)) from error
        except OSError as error:
            raise TransientError(f"cannot read archive file {name}: {error.strerror}") from error
        if len(self._open) >= MAX_OPEN_FILES:
            self._open.popitem(last=False)[1].close()
        self._open[name] = file
        return self._open[name]

    def _path(self, name: str) -> Path:
        return self.folder / name  # an absolute name wins over the folder


def _tell_missing(name: str, folder: Path) -> str:
    if Path(name).is_absolute():
        return (
            f"WARC file {name}, which was loaded without --copy, is gone; put it back there, or load it "
            "with --copy from where it is now"
        )
    return f"archive file {name} is not in {folder}; put it back from a backup"


class RemoteStore:
    """WARC files in an object store; ranges are fetched one by one, nothing is cached.

    Every method raises TransientError if the store cannot be reached, ConfigError if it refuses the credentials.
    """

    def __init__(self, url: str) -> None:
        import fsspec  # here because it is slow to import, and most lakes are local

        self.url = url
        self._files: Any
        self._files, root = fsspec.core.url_to_fs(url)
        self._root = PurePosixPath(root)
        self._elsewhere = LocalStore(Path("/"))
        self._faults = _faults_of_stores()

    def read_range(self, name: str, offset: int, length: int) -> bytes:
        """See ArchiveStore; an absolute path is a local WARC file, loaded before the lake moved here."""
        if Path(name).is_absolute():
            return self._elsewhere.read_range(name, offset, length)
        try:
            data: bytes = self._files.cat_file(self._path(name), start=offset, end=offset + length)
        except FileNotFoundError as error:
            raise PermanentError(
                f"archive file {name} is not in {self.url}; put it back from a backup"
            ) from error
        except self._faults as error:
            raise self._explain(error, f"cannot read archive file {name}") from error
        return data

    def size_of(self, name: str) -> int | None:
        """See ArchiveStore."""
        try:
            return int(self._files.info(self._path(name))["size"])
        except FileNotFoundError:
            return None
        except self._faults as error:
            raise self._explain(error, f"cannot look for archive file {name}") from error

    def list_names(self) -> list[str]:
        """See ArchiveStore."""
        try:
            listed = self._files.ls(str(self._root), detail=False, refresh=True)
        except FileNotFoundError:
            return []
        except self._faults as error:
            raise self._explain(error, "cannot list the archive's files") from error
        return sorted(PurePosixPath(path).name for path in listed)

    def open_file(self, name: str) -> BinaryIO:
        """See ArchiveStore: read ahead in blocks."""
        try:
            file: BinaryIO = self._files.open(self._path(name), "rb")
        except FileNotFoundError as error:
            raise PermanentError(
                f"archive file {name} is not in {self.url}; put it back from a backup"
            ) from error
        except self._faults as error:
            raise self._explain(error, f"cannot read archive file {name}") from error
        return file

    def remove(self, name: str) -> None:
        """See ArchiveStore."""
        try:
            self._files.rm_file(self._path(name))
        except FileNotFoundError:
            return
        except self._faults as error:
            raise self._explain(error, f"cannot remove archive file {name}") from error

    def publish(self, file: Path) -> None:
        """See ArchiveStore: uploads it, once."""
        try:
            self._files.put_file(str(file), self._path(file.name))
        except FileNotFoundError as error:
            raise ConfigError(
                f"the bucket of {self.url} does not exist; make it, or correct data_url"
            ) from error
        except self._faults as error:
            raise self._explain(error, f"cannot store archive file {file.name}") from error

    def close(self) -> None:
        """See ArchiveStore."""
        self._elsewhere.close()

    def _path(self, name: str) -> str:
        return str(self._root / name)

    def _explain(self, error: Exception, what: str) -> CopydeskError:
        if isinstance(error, PermissionError) or type(error).__name__ == "NoCredentialsError":
            return ConfigError(
                f"{what}: {self.url} refuses the credentials of the environment; check the variables AWS_..."
            )
        return TransientError(f"{what}: cannot reach {self.url}, or it fails; try again ({error})")


def _faults_of_stores() -> tuple[type[Exception], ...]:
    """The errors of a failing store: some of botocore's are not OSErrors."""
    try:
        from botocore.exceptions import BotoCoreError  # type: ignore[import-untyped]
    except ImportError:
        return (OSError,)
    return (OSError, BotoCoreError)


def open_store(folder: Path | str) -> ArchiveStore:
    """The store for a folder or a URL. Raises ConfigError for an unknown protocol."""
    if isinstance(folder, str) and "://" in folder and not folder.startswith("file://"):
        try:
            return RemoteStore(folder)
        except (ValueError, ImportError) as error:
            raise ConfigError(f"archive {folder}: {error}") from error
    return LocalStore(Path(str(folder).removeprefix("file://")))
