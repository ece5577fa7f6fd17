"""Outlets are added once, under keys of their own, and never to a file that is wrong; checks tell mistakes by outlet."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from core.config.mistakes import WrongSettingsError
from core.errors import ConfigError
from core.outlets import Outlet
from core.settings import Settings, load_settings
from flows.outlets import add_outlets, check_outlets, import_opml, survey

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "examples"))
from serve import OUTLETS, OutletPages

WRONG = """
[[outlets]]
key = "tarn"
country = "XX"
[[outlets]]
key = "brae"
feeds = ["https://brae.example/rss"]
[outlets.cleaning]
drop = ["div[["]
"""


def _outlet(key: str, home: str, *feeds: str) -> Outlet:
    return Outlet(key=key, home_url=home, feeds=feeds)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "copydesk.toml"
    file.write_text(
        '# ours\n[[outlets]]\nkey = "tarn"  # first\nhome_url = "http://127.0.0.1:8801/"\n', encoding="utf-8"
    )
    return file


@pytest.fixture
def played() -> Iterator[str]:
    """The address of an example outlet on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(OutletPages, OUTLETS / "reachlight"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_port_of_its_own_is_an_outlet_of_its_own_with_a_numbered_key(file: Path) -> None:
    first = add_outlets(file, [_outlet("tarn", "http://127.0.0.1:8802/", "http://127.0.0.1:8802/feed.xml")])
    assert (first.added, first.known) == (["tarn-2"], [])
    assert file.read_text(encoding="utf-8").startswith('# ours\n[[outlets]]\nkey = "tarn"  # first\n')
    assert [outlet.key for outlet in load_settings(file).outlets] == ["tarn", "tarn-2"]


def test_an_outlet_that_is_there_under_another_key_is_not_added_again(file: Path) -> None:
    before = file.read_bytes()
    additions = add_outlets(
        file, [_outlet("127.0.0.1", "http://127.0.0.1:8801/", "http://127.0.0.1:8801/rss")]
    )
    assert (additions.added, additions.known) == ([], ["tarn"])
    assert file.read_bytes() == before


def test_an_outlet_without_a_home_is_known_by_its_feeds(tmp_path: Path) -> None:
    file = tmp_path / "new.toml"
    feed = "https://feeds.feedburner.com/OrsayMail"
    assert add_outlets(file, [Outlet(key="mail", feeds=(feed,))]).added == ["mail"]
    again = _outlet("orsay-mail.example", "https://orsay-mail.example/", feed)
    assert add_outlets(file, [again]).known == ["mail"]


def test_a_list_of_feeds_is_imported_once(tmp_path: Path) -> None:
    opml, file = tmp_path / "feeds.opml", tmp_path / "copydesk.toml"
    outlines = "".join(
        f'<outline text="{name}" xmlUrl="https://feeds.feedburner.com/{name}"/>' for name in "AB"
    )
    opml.write_text(f"<opml><body>{outlines}</body></opml>", encoding="utf-8")
    assert import_opml(file, opml).added == ["a", "b"]
    again = import_opml(file, opml)
    assert (again.added, again.known) == ([], ["a", "b"])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[[outlets]]\nname = "The Tarn Post"\n', r"outlet number 1 \(The Tarn Post\), key: is missing"),
        ('[[outlets]]\nkey = "a"\n[[outlets]]\nkey = "a"\n', "another outlet above has this key"),
        ('outlets = [{ key = "a" }]\n', r"write its outlets as \[\[outlets\]\] blocks"),
        ("[[outlets]\n", "is not valid TOML"),
    ],
)
def test_nothing_is_added_to_a_file_that_is_wrong(tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "copydesk.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=why):
        add_outlets(file, [_outlet("mail", "https://mail.example/")])
    assert file.read_text(encoding="utf-8") == text


def test_a_check_tells_mistakes_by_outlet_and_asks_the_others(tmp_path: Path, played: str) -> None:
    file = tmp_path / "copydesk.toml"
    good = f'[[outlets]]\nkey = "reach"\nfeeds = ["{played}/feed.xml"]\nlimits = {{ delay_seconds = 0 }}\n'
    file.write_text(f'[fetch]\nopen_hosts = ["127.0.0.1"]\n{good}{WRONG}', encoding="utf-8")
    found = [
        (key, check.kind, check.url, check.problem) for key, check in check_outlets(file, ["reach", "tarn"])
    ]
    assert [one[:3] for one in found] == [
        ("tarn", "settings", "country"),
        ("reach", "feed", f"{played}/feed.xml"),
    ]
    assert "'XX' is not an ISO 3166-1 country code" in str(found[0][3])
    assert found[1][3] is None


def test_outlets_that_are_all_wrong_are_told_without_asking_anybody(tmp_path: Path) -> None:
    file = tmp_path / "copydesk.toml"
    file.write_text(WRONG, encoding="utf-8")
    [(tarn, country)] = check_outlets(file, ["tarn"])
    assert (tarn, country.kind, country.url) == ("tarn", "settings", "country")
    file.write_text("[engine]\nspeed = 9\n" + WRONG, encoding="utf-8")
    with pytest.raises(WrongSettingsError, match=r"engine\.speed"):
        check_outlets(file, ["tarn"])


def test_a_key_of_ones_own_is_given_to_a_new_outlet(monkeypatch: pytest.MonkeyPatch) -> None:
    async def announce(url: str, *_: object) -> Outlet:
        return Outlet(key="from-its-host", home_url=url)

    monkeypatch.setattr("flows.outlets.survey_outlet", announce)
    settings = Settings(outlets=(Outlet(key="brae"),))
    assert survey(settings, "https://tarn.example/", "tarn").key == "tarn"
    assert survey(settings, "https://tarn.example/").key == "from-its-host"


@pytest.mark.parametrize(("key", "why"), [("brae", "another outlet has the key"), ("a b/c", "--key: ")])
def test_a_key_that_is_taken_or_cannot_be_one_is_refused_before_anything_is_requested(
    key: str, why: str
) -> None:
    with pytest.raises(ConfigError, match=why):
        survey(Settings(outlets=(Outlet(key="brae"),)), "https://tarn.example/", key)
