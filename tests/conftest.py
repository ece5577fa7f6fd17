"""Fixtures for every test: evaluation corpora and seed articles, if they are here, and servers."""

from __future__ import annotations

import gc
import logging
import os
import re
import resource
import secrets
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from filelock import FileLock
from hypothesis import settings

from tests.invented import ARTICLES, DAM_ARTICLES
from tests.servers import create_database, running_postgres

REPOSITORY = Path(__file__).resolve().parent.parent
_ALL_SLOW = re.compile(r"^pytestmark = .*\bmark\.slow\b", re.MULTILINE)


def pytest_configure() -> None:
    """Time no example of Hypothesis; let Ctrl-C reach the processes that tests start, also if the run was started with
    a shell's `&`."""
    settings.register_profile("untimed", parent=settings(), deadline=None)
    settings.load_profile("untimed")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Whether a module is left unread: of `-m slow` and `-m "not slow"`, what holds no test of theirs."""
    if collection_path.suffix != ".py" or config.option.markexpr not in ("slow", "not slow"):
        return None
    text = collection_path.read_text(encoding="utf-8")
    if config.option.markexpr == "slow":
        return True if "mark.slow" not in text else None
    return True if _ALL_SLOW.search(text) else None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[object]:
    """Collect thousands of tests without looking for garbage among them: a third of the time of it."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.set_threshold(10_000, 20, 20)  # tests make many objects and hold few
        gc.enable()


@pytest.fixture(scope="module", autouse=True)
def _spare_what_stays() -> None:
    """Take tests, modules and tables of earlier modules out of the search for garbage, a sixth of the run's time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module", autouse=True)
def _limit_of_memory_ends() -> Iterator[None]:
    """Take back the limit of address space that a command sets for its process: Chromium, which a later module starts, dies of it."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the modules whose tests are given the longest time: none of them is left alone at the end."""
    given: dict[str, float] = {}
    for item in items:
        mark = item.get_closest_marker("timeout")
        module = item.nodeid.partition("::")[0]
        given[module] = max(given.get(module, 0), mark.args[0] if mark else 0)
    items.sort(key=lambda item: -given[item.nodeid.partition("::")[0]])


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of evaluation corpora, or a skip that says how to give one."""
    return _find_folder("COPYDESK_CORPORA", "corpora")


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five seed articles, or a skip that says how to give one."""
    return _find_folder("COPYDESK_SEEDS", "seeds")


def _find_folder(variable: str, name: str) -> Path:
    folder = Path(os.environ.get(variable) or REPOSITORY.parent / "shared" / name)
    if not folder.is_dir():
        pytest.skip(f"no {name} here: put them in ../shared/{name} or set {variable} to their folder")
    return folder


@pytest.fixture(scope="session")
def quick_sessions() -> Iterator[None]:
    """Leave out the threads of each session, which tests that run side by side on small lakes only wait for.

    tests/warehouse/test_lake.py and every process that a test starts have them.
    """
    from warehouse.catalog import extensions

    patch = pytest.MonkeyPatch()
    patch.setitem(extensions.SESSION, "threads", "1")
    yield
    patch.undo()


def make_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder of this run that the first process to need it fills; those beside it find it as it is.

    Tests read it, or work on copies of it.
    """
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    root = factory.getbasetemp().parent if is_worker else factory.getbasetemp()
    folder, mark = root / f"once-{name}", root / f"once-{name}.made"
    with FileLock(root / f"once-{name}.lock"):
        if not mark.exists():
            shutil.rmtree(folder, ignore_errors=True)  # left by a process that failed
            folder.mkdir()
            make(folder)
            mark.touch()
    return folder


def write_articles(articles: Mapping[str, str], folder: Path) -> Path:
    """The articles as files of a new folder."""
    for name, text in articles.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def _load(articles: Mapping[str, str], folder: Path) -> None:
    from core.settings import EngineSettings, Settings
    from flows.load import load_files

    settings = Settings(lake=folder / "lake", engine=EngineSettings(name="inline"))
    load_files(settings, [write_articles(articles, folder / "articles")])


@pytest.fixture(scope="session")
def empty_lake(tmp_path_factory: pytest.TempPathFactory, quick_sessions: None) -> Path:
    """An empty lake's folder, made once: a third of a second that only tests of making lakes are about."""
    from warehouse.catalog.location import LakeLocation
    from warehouse.catalog.open import open_lake

    def make(folder: Path) -> None:
        open_lake(LakeLocation.at(folder / "lake"), create=True).close()

    return make_once(tmp_path_factory, "empty", make) / "lake"


@pytest.fixture(scope="session")
def three_loaded(tmp_path_factory: pytest.TempPathFactory, quick_sessions: None) -> Path:
    """A lake with three articles, made once, beside the folder `articles` that they are from; tests work on copies."""
    return make_once(tmp_path_factory, "three", lambda folder: _load(ARTICLES, folder)) / "lake"


@pytest.fixture(scope="session")
def dam_loaded(tmp_path_factory: pytest.TempPathFactory, quick_sessions: None) -> Path:
    """A lake with three articles of three outlets about one dam, made once; tests work on copies."""
    return make_once(tmp_path_factory, "dam", lambda folder: _load(DAM_ARTICLES, folder)) / "lake"


@contextmanager
def _own_folder() -> Iterator[Path]:
    """A folder outside pytest's own: another run of pytest takes the right to enter that from every user but the one who runs it."""
    with TemporaryDirectory(prefix="copydesk-postgres-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server of our own, without a database."""
    with _own_folder() as folder, running_postgres(folder) as url:
        yield url


@pytest.fixture(scope="module")
def own_postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server for one module, which can make users and databases of fixed names there."""
    with _own_folder() as folder, running_postgres(folder) as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """The URL of an empty database, with its password."""
    return create_database(postgres_server)


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of an S3 stand-in on loopback."""
    server = pytest.importorskip("moto.server", reason="no S3 stand-in here: pip install moto[server]")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    yield "http://{}:{}".format(*running.get_host_and_port())
    running.stop()


@pytest.fixture
def s3_url(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty bucket's `s3://` URL; the environment holds the credentials."""
    given = {
        "AWS_ACCESS_KEY_ID": "desk-key-id",
        "AWS_SECRET_ACCESS_KEY": "desk-secret-key",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": s3_server,
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    bucket = f"news-{secrets.token_hex(4)}"
    pytest.importorskip("boto3").client("s3").create_bucket(Bucket=bucket)
    return f"s3://{bucket}/lake"
