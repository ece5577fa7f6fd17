"""Settings that are wrong say which outlet, which key, what is wrong, and what is allowed; good ones are taken."""

from __future__ import annotations

import re
from pathlib import Path

import pycountry
import pytest

from core.config.mistakes import WrongSettingsError
from core.config.values import codes
from core.errors import ConfigError
from core.outlets import Outlet
from core.settings import EngineSettings, Settings, load_settings, load_sound_settings

REPOSITORY = Path(__file__).resolve().parents[2]


def _write(folder: Path, text: str) -> Path:
    file = folder / "copydesk.toml"
    file.write_text(text, encoding="utf-8")
    return file


def _tell(folder: Path, text: str) -> str:
    """What is said of settings that are wrong."""
    with pytest.raises(WrongSettingsError) as error:
        load_settings(_write(folder, text))
    assert error.value.exit_code == 2
    return str(error.value)


@pytest.mark.parametrize(
    ("line", "key", "why"),
    [
        (
            'country = "XX"',
            "country",
            "'XX' is not an ISO 3166-1 country code; write two capital letters, e.g. IE",
        ),
        ('country = "ie"', "country", "did you mean IE (Ireland)?"),
        ('country = "UK"', "country", "did you mean GB (United Kingdom)?"),
        ('country = "Germany"', "country", "did you mean DE (Germany)?"),
        (
            'language = "xx"',
            "language",
            "'xx' is not an ISO 639-1 language code; write two small letters, e.g. en",
        ),
        ('language = "english"', "language", "did you mean en (English)?"),
        ('language = "en-GB"', "language", "did you mean en (English)?"),
        ('time_zone = "Europe/Dubln"', "time_zone", "write one such as Europe/Dublin"),
        ('time_zone = "Europe"', "time_zone", "'Europe' is not an IANA time zone"),
        ('home_url = "foo"', "home_url", "'foo' is not a web address; write it whole"),
        ('home_url = "https://"', "home_url", "not a web address"),
        ('home_url = "https://a b.example/"', "home_url", "not a web address"),
        ('home_url = "https://a.example:99999/"', "home_url", "not a web address"),
        ('feeds = ["harbour.example/rss"]', "feeds", "e.g. https://harbour.example/rss"),
        ('feeds = "https://harbour.example/rss"', "feeds", 'must be a list, e.g. ["..."]'),
        ('sitemaps = ["ftp://harbour.example/s.xml"]', "sitemaps", "not a web address"),
        ('sections = ["/world/"]', "sections", "not a web address"),
        ('hosts = ["https://m.harbour.example/"]', "hosts", "write its name alone, e.g. m.harbour.example"),
        ('schedule = "every day"', "schedule", "write an interval (30m, 2h, 1d), the five fields of cron"),
        ('schedule = "61 * * * *"', "schedule", "'61' is not a valid minute (0 to 59)"),
        ('take = ["/a/", "("]', "take", "'(' is not a regular expression: missing )"),
        ('leave = ["*"]', "leave", "'*' is not a regular expression: nothing to repeat"),
        ("name = 7", "name", "must be text in quotes"),
        ('limits = "few"', "limits", "must be a table with settings of its own"),
        (
            "limits = { max_articles = 0 }",
            "limits.max_articles",
            "must be at least 1, not 0 (articles fetched",
        ),
        ("limits = { max_articles = 1.5 }", "limits.max_articles", "must be a whole number, not 1.5"),
        ("limits = { delay_seconds = nan }", "limits.delay_seconds", "must be a plain number, not nan"),
        ("limits = { delay = 2 }", "limits.delay", "Known settings: delay_seconds, max_articles, max_bytes"),
        (
            'feed = ["https://harbour.example/rss"]',
            "feed",
            "did you mean feeds? Known settings: key, name, home_url",
        ),
        ("delay_seconds = 2", "delay_seconds", "it belongs in [outlets.limits]"),
        ('drop = ["p"]', "drop", "it belongs in [outlets.cleaning]"),
        ("cleaning = { title_pattern = '(' }", "cleaning.title_pattern", "not a regular expression"),
    ],
)
def test_a_mistake_in_an_outlet_names_the_outlet_and_the_key(
    tmp_path: Path, line: str, key: str, why: str
) -> None:
    said = _tell(tmp_path, f'[[outlets]]\nkey = "tarn-post"\n[[outlets]]\nkey = "harbour"\n{line}\n')
    assert f"outlet 'harbour', {key}: " in said
    assert why in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('user_agent = "café desk"', "user_agent: 'é' in 'café desk' cannot be sent; write it in ASCII"),
        ('user_agent = "desk\\n"', None),
        ('user_agent = "desk\\nX-Other: 1"', "user_agent: '\\n' in "),
        ('user_agent = " "', "user_agent: it is empty"),
        (
            '[fetch]\nproxy = "foo"',
            "fetch.proxy: it is not the address of a proxy; write http, https, socks5 or socks5h",
        ),
        ('[fetch]\nproxy = "127.0.0.1:3128"', "fetch.proxy: it is not the address of a proxy"),
        ('[fetch]\nproxy = "ftp://127.0.0.1:3128"', "fetch.proxy: it is not the address of a proxy"),
        ('[fetch]\nproxies = "x"', "fetch.proxies: there is no such setting; did you mean proxy?"),
        ('[engine]\nname = "ray"', "engine.name: must be 'local', 'inline' or 'dask', not 'ray'"),
        ('[schedules]\ningest = "often"', "schedules.ingest: 'often' is not a schedule"),
        (
            '[schedules]\nmaintain = "0 25 * * *"',
            "schedules.maintain: '0 25 * * *' is not a schedule: '25' is not a valid hour",
        ),
        ('[schedules]\ntime_zone = "CEST"', "schedules.time_zone: 'CEST' is not an IANA time zone"),
        (
            '[notices]\nto = ["desk@gullcliff.example"]',
            "notices.to: it is not an address for notices; write one such as mailto://",
        ),
        ('[notices]\nto = "mailto://gullcliff.example"', "notices.to: must be a list"),
        (
            '[notices]\nmail_to = ["desk@gullcliff.example"]',
            'notices.mail_to: this setting no longer exists; write to = ["mailtos://',
        ),
        (
            "[notices]\nsmtp_port = 25",
            'notices.smtp_port: this setting no longer exists; write to = ["mailtos:',
        ),
        (
            '[notices]\nwebhook = "https://chat.example/hook"',
            'notices.webhook: this setting no longer exists; write to = ["jsons://',
        ),
        (
            '[notices]\nwebhooks = "x"',
            "notices.webhooks: there is no such setting. Known settings: to, dashboard_url, silent_hours",
        ),
        ("[limits]\nmax_words = 0", "limits.max_words: must be at least 1, not 0 (longest body taken"),
        (
            '[models]\nuser_agent = "x"',
            "models.user_agent: there is no such setting here; it belongs at the top",
        ),
        ("colour = 1", "colour: there is no such setting. Known settings: lake, catalog_url"),
        ('_env_file = "secrets"', "_env_file: there is no such setting"),
        ('[outlets]\nkey = "harbour"', "outlets: an outlet is a block that begins with [[outlets]]"),
        ('[[outlets]]\nname = "The Tarn Post"', "outlet number 1 (The Tarn Post), key: is missing"),
        (
            '[[outlets]]\nkey = "Big Key"',
            "outlet 'Big Key', key: 'Big Key' is not a key; it takes small letters",
        ),
    ],
)
def test_a_mistake_elsewhere_names_its_key_and_what_is_allowed(
    tmp_path: Path, text: str, why: str | None
) -> None:
    if why is None:
        assert load_settings(_write(tmp_path, text)).user_agent == "desk"
    else:
        assert why in _tell(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        '[fetch]\nproxy = "foo://desk:tidewater@127.0.0.1"',
        '[fetch]\nproxy = ["http://desk:tidewater@127.0.0.1"]',
        '[notices]\nto = ["tidewater"]',
        '[notices]\nto = "slack://tidewater"',
        '[notices]\nwebhook = "https://chat.example/tidewater"',
        '[notices]\nsmtp_user = "tidewater"',
        'catalog_url = ["postgresql://desk:tidewater@127.0.0.1/lake"]',
        '[[outlets]]\nkey = "harbour"\nfeeds = ["https://desk:tidewater@harbour.example/"]',
    ],
)
def test_a_password_is_never_said(tmp_path: Path, text: str) -> None:
    assert "tidewater" not in _tell(tmp_path, text)


def test_two_outlets_of_one_key_are_told(tmp_path: Path) -> None:
    blocks = "".join(f'[[outlets]]\nkey = "{key}"\n' for key in ("harbour", "tarn", "harbour"))
    said = _tell(tmp_path, blocks)
    assert "outlet 'harbour', key: another outlet above has this key" in said


def test_all_mistakes_are_told_at_once_a_line_each(tmp_path: Path) -> None:
    said = _tell(tmp_path, '[engine]\nworkers = 0\nspeed = 9\n[[outlets]]\nkey = "harbour"\ncountry = "XX"\n')
    assert said.splitlines()[0].startswith("3 mistakes in settings file ")
    assert [line.strip().partition(":")[0] for line in said.splitlines()[1:]] == [
        "engine.workers",
        "engine.speed",
        "outlet 'harbour', country",
    ]


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        (
            "COPYDESK_ENGINE__WORKERS",
            "0",
            "environment variable COPYDESK_ENGINE__WORKERS, engine.workers: must be",
        ),
        ("COPYDESK_OUTLETS", "harbour", "in the environment: write it in JSON"),
    ],
)
def test_a_mistake_in_the_environment_names_the_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, why: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError) as error:
        load_settings(_write(tmp_path, ""))
    assert why in str(error.value)
    assert "copydesk.toml" not in str(error.value)


def test_outlets_described_well_are_kept_beside_those_that_are_not(tmp_path: Path) -> None:
    blocks = [
        'key = "harbour"',
        'key = "tarn"\ncountry = "XX"',
        'key = "harbour"',
        'key = "mail"',
        "",
    ]
    file = _write(tmp_path, "".join(f"[[outlets]]\n{block}\n" for block in blocks))
    settings, mistakes = load_sound_settings(file)
    assert [outlet.key for outlet in settings.outlets] == ["harbour", "mail"]
    assert [(mistake.outlet_number, mistake.place, mistake.key) for mistake in mistakes] == [
        (1, "outlet 'tarn'", "country"),
        (2, "outlet 'harbour'", "key"),
        (4, "outlet number 5", "key"),
    ]


def test_a_mistake_beside_the_outlets_is_not_passed_over(tmp_path: Path) -> None:
    file = _write(tmp_path, '[engine]\nworkers = 0\n[[outlets]]\nkey = "tarn"\ncountry = "XX"\n')
    with pytest.raises(WrongSettingsError, match=r"engine\.workers"):
        load_sound_settings(file)


def test_what_is_right_is_kept_as_written() -> None:
    outlet = Outlet(
        key="harbour",
        home_url="https://häfen.example:8443/",
        hosts=("M.Harbour.example", "127.0.0.1:8801"),
        country="IE",
        language="ga",
        feeds=(" http://[::1]:8801/rss?a=b ",),
        take=(r"/20\d\d/",),
        schedule="never",
    )
    assert outlet.home_url == "https://häfen.example:8443/"
    assert outlet.hosts == ("m.harbour.example", "127.0.0.1:8801")
    assert outlet.feeds == ("http://[::1]:8801/rss?a=b",)
    settings = Settings.model_validate({"fetch": {"proxy": "socks5h://desk:key@127.0.0.1:1080"}})
    assert settings.fetch.proxy == "socks5h://desk:key@127.0.0.1:1080"


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    file = tmp_path / "copydesk.toml"
    file.write_bytes(b'\xef\xbb\xbf[[outlets]]\nkey = "harbour"\n')
    assert load_settings(file).outlets[0].key == "harbour"


def test_the_codes_are_those_of_the_standards() -> None:
    languages = {one.alpha_2 for one in pycountry.languages if hasattr(one, "alpha_2")}
    assert set(codes()["languages"]) == languages
    assert set(codes()["countries"]) == {one.alpha_2 for one in pycountry.countries}
    for table in ("languages", "countries"):
        for wrong, right in codes()[f"mistaken_{table}"].items():
            assert wrong not in codes()[table] and right in codes()[table]


def test_every_line_of_the_sample_is_right_when_it_is_used(tmp_path: Path) -> None:
    lines = (REPOSITORY / "copydesk.toml").read_text(encoding="utf-8").splitlines()
    used = [re.sub(r"^# (?=\[|\w+ = )", "", line) for line in lines]
    settings = load_settings(_write(tmp_path, "\n".join(used)))
    assert [outlet.key for outlet in settings.outlets] == ["harbour-post"]
    assert settings.outlets[0].cleaning.keep == ("div.live-entry",)
    assert len(settings.notices.to) == 2


@pytest.mark.parametrize("name", ["copydesk.toml", "follow.toml"])
def test_the_settings_of_the_examples_are_right(name: str) -> None:
    assert len(load_settings(REPOSITORY / "examples" / name).outlets) == 4


def test_what_a_call_gives_goes_before_the_environment_and_that_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "copydesk.toml"
    file.write_text('lake = "of-file"\nuser_agent = "of-file"\n', encoding="utf-8")
    monkeypatch.setenv("COPYDESK_LAKE", "of-environment")
    assert load_settings(file).lake == Path("of-environment")
    assert load_settings(file, lake=Path("of-call")).lake == Path("of-call")
    assert load_settings(file).user_agent == "of-file"


def test_engine_settings_of_earlier_releases_count_and_a_warning_gives_their_new_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "copydesk.toml"
    file.write_text("[engine]\nbase_seconds = 300\nmax_tasks_per_worker = 5\n")
    monkeypatch.setenv("COPYDESK_ENGINE__WALL_FACTOR", "60")
    engine = load_settings(file).engine
    assert (engine.page_seconds, engine.patience, engine.batch_seconds(20)) == (300.0, 60.0, 600.0)
    assert "setting engine.base_seconds is out of date: write engine.page_seconds instead" in caplog.messages
    assert (
        "setting engine.max_tasks_per_worker is out of date: it has no effect any more; remove it"
        in caplog.messages
    )


def test_a_new_name_wins_over_the_old_one() -> None:
    assert EngineSettings.model_validate({"base_seconds": 1, "page_seconds": 2}).page_seconds == 2


@pytest.mark.parametrize(("name", "problem"), [("base_seconds", "page_seconds"), ("wall_factor", "patience")])
def test_a_mistake_under_an_old_name_is_reported_under_the_new_one(
    name: str, problem: str, tmp_path: Path
) -> None:
    file = tmp_path / "copydesk.toml"
    file.write_text(f"[engine]\n{name} = 0\n")
    with pytest.raises(ConfigError, match=rf"engine\.{problem}: must be "):
        load_settings(file)
