"""One run at a time holds a claim, in a folder and on PostgreSQL, and it ends with its process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from core.errors import TransientError
from warehouse.catalog.claims import Claims, open_claims
from warehouse.catalog.location import LakeLocation

HOLD = """
import os, sys
from warehouse.catalog.claims import open_claims
from warehouse.catalog.location import LakeLocation
claims = open_claims(LakeLocation.at(sys.argv[1], os.environ.get("CATALOG") or None), "outlets")
print(claims.take("mail"), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def embedded(tmp_path: Path) -> LakeLocation:
    return LakeLocation.at(tmp_path)


@pytest.fixture
def served(tmp_path: Path, postgres_url: str) -> LakeLocation:
    """The lake as one of two machines sees it: they have folders of their own."""
    return LakeLocation.at(tmp_path / "here", postgres_url)


def hold_elsewhere(location: LakeLocation, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that claims the outlet, until it is killed."""
    words = [sys.executable, "-c", HOLD, str(folder)]
    environment = {"PYTHONPATH": str(Path(__file__).parents[3]), "CATALOG": location.catalog_url or ""}
    with subprocess.Popen(words, stdin=-1, stdout=-1, text=True, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        yield process


def play(location: LakeLocation, folder: Path) -> None:
    """An outlet is free once its holder is killed, and not before; others are free all the time."""
    with open_claims(location, "outlets") as claims:
        for process in hold_elsewhere(location, folder):
            assert not claims.take("mail")
            assert claims.take("post")
            process.kill()
            process.wait()
        wait_for(claims, "mail")


def wait_for(claims: Claims, name: str) -> None:
    assert any(claims.take(name) for _ in range(1_000)), f"{name} is still held"


def count_twice(location: LakeLocation) -> None:
    """A name that was claimed twice is free after two releases; kinds do not meet."""
    with open_claims(location, "hosts") as claims, open_claims(location, "hosts") as other:
        assert claims.take("a.example") and claims.take("a.example")
        claims.release("a.example")
        assert not other.take("a.example")
        with open_claims(location, "outlets") as outlets:
            assert outlets.take("a.example")
        claims.release("a.example")
        assert other.take("a.example")


def test_a_claim_in_a_folder_ends_with_its_process(embedded: LakeLocation) -> None:
    play(embedded, embedded.folder)


def test_claims_in_a_folder_are_counted(embedded: LakeLocation) -> None:
    count_twice(embedded)


@pytest.mark.slow
def test_a_claim_on_postgresql_holds_for_another_machine_and_ends_with_its_process(
    served: LakeLocation, tmp_path: Path
) -> None:
    play(served, tmp_path / "there")


@pytest.mark.slow
def test_claims_on_postgresql_are_counted(served: LakeLocation) -> None:
    count_twice(served)


@pytest.mark.slow
def test_claims_are_taken_again_after_a_broken_session(served: LakeLocation, postgres_url: str) -> None:
    with open_claims(served, "outlets") as claims, open_claims(served, "outlets") as other:
        assert claims.take("mail")
        with psycopg.connect(postgres_url, autocommit=True) as session:
            session.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            )
        assert claims.take("post")
        assert not other.take("mail")


def test_a_catalog_that_cannot_be_reached_is_an_error_to_try_again(tmp_path: Path) -> None:
    location = LakeLocation.at(tmp_path, "postgresql://desk:secret@127.0.0.1:1/news")
    with (
        open_claims(location, "outlets") as claims,
        pytest.raises(TransientError, match="cannot reach") as told,
    ):
        claims.take("mail")
    assert "secret" not in str(told.value)
