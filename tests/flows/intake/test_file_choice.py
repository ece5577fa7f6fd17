"""What a user may say of files to load: read generously, and never ignored."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.errors import ConfigError
from core.outlets import Outlet
from core.settings import Settings
from flows.intake.options import FileChoice, file_options

SETTINGS = Settings(
    outlets=(
        Outlet(key="harbour-post", home_url="https://harbour-post.example/", hosts=("news.harbour.example",)),
    )
)


@pytest.mark.parametrize("said", ["en", "EN", "En-gb", "en_US", "english", " English "])
def test_a_language_is_known_by_code_tag_or_name(said: str) -> None:
    assert file_options(SETTINGS, choice=FileChoice(languages=(said,))).languages == {"en"}


@pytest.mark.parametrize("said", ["xx", "klingon", ""])
def test_a_language_that_is_none_is_the_users_error(said: str) -> None:
    with pytest.raises(ConfigError, match=r"--language: .* is not an ISO 639-1 language code"):
        file_options(SETTINGS, choice=FileChoice(languages=(said,)))


@pytest.mark.parametrize(
    ("said", "hosts"),
    [
        ("harbour-post", {"harbour-post.example", "news.harbour.example"}),
        ("beta.example", {"beta.example"}),
        ("WWW.Beta.example", {"beta.example"}),
        ("https://www.beta.example/news", {"beta.example"}),
        ("beta.example/news", {"beta.example"}),
    ],
)
def test_pages_are_chosen_by_outlet_host_or_address(said: str, hosts: set[str]) -> None:
    assert file_options(SETTINGS, choice=FileChoice(only=(said,))).hosts == hosts


def test_an_outlet_that_nobody_knows_is_the_users_error_and_the_nearest_is_named() -> None:
    with pytest.raises(ConfigError, match=r"--only harbor-post: neither .* did you mean 'harbour-post'"):
        file_options(SETTINGS, choice=FileChoice(only=("harbor-post",)))
    with pytest.raises(ConfigError, match="--only nosuch: neither a host"):
        file_options(Settings(), choice=FileChoice(only=("nosuch",)))


def test_times_the_wrong_way_round_are_the_users_error() -> None:
    choice = FileChoice(
        fetched_from=datetime(2026, 5, 2, tzinfo=UTC), fetched_until=datetime(2026, 5, 1, tzinfo=UTC)
    )
    with pytest.raises(ConfigError, match="--from is not before --to"):
        file_options(SETTINGS, choice=choice)
