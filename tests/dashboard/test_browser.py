"""The pages in a real browser: no errors, spans where the offsets say, keyboard, 360 px, a report without a network."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from core.settings import Settings
from dashboard.app import make_app
from dashboard.guards import Guard
from dashboard.model.articles import ArticlePage
from dashboard.rendering import PagePlace, Snapshot, render
from dashboard.report import day_report
from warehouse.asking.pinned import PinnedReader

pytestmark = pytest.mark.slow
SPANS = """() => [...document.querySelectorAll('.text p')].map(p => p.textContent).join('\\n\\n')"""
WIDTH = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium without a window."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    sync_api = pytest.importorskip("playwright.sync_api", reason="no Playwright here: pip install playwright")
    with sync_api.sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        opened = playwright.chromium.launch(executable_path=program, args=flags)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def address(settings: Settings, reader: PinnedReader) -> Iterator[str]:
    """The dashboard, served on loopback."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_app(settings, reader, Guard()), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    ends_at = time.monotonic() + 120
    while not server.started and time.monotonic() < ends_at:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """An empty tab; what it says on its console is an error of the test."""
    tab = browser.new_page(viewport={"width": 1000, "height": 800})
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("dialog", lambda dialog: said.append(dialog.message))
    yield tab
    tab.close()
    assert said == []


@pytest.fixture(scope="module")
def paths(client: TestClient, ids: dict[str, str]) -> list[str]:
    """An address of each kind of page."""
    story = client.get(f"/stories/{ids['story']}.json").json()
    article = client.get(f"/articles/{ids['valley-post']}.json").json()
    entity = next(one["entity_id"] for one in article["spans"] if one["entity_id"])
    return [
        "/",
        f"/stories/{ids['story']}",
        f"/questions/{story['questions'][0]['question_id']}",
        f"/articles/{ids['valley-post']}",
        f"/articles/{ids['crooked-eye']}",
        f"/entities/{entity}",
        "/outlets",
        "/search?q=dam",
        "/sql?query=from%20articles",
        "/queries/quotes_of",
    ]


def test_every_page_is_shown_without_errors_and_fits_360_pixels(
    page: Any, address: str, paths: list[str]
) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    for path in paths:
        assert page.goto(address + path).status == 200
        needed, there = page.evaluate(WIDTH)
        assert needed <= there, path
        assert page.title().endswith("– Copydesk")


def test_marked_words_are_those_that_the_offsets_name(
    page: Any, address: str, client: TestClient, ids: dict[str, str]
) -> None:
    for outlet in ("valley-post", "river-times", "crooked-eye"):
        article = client.get(f"/articles/{ids[outlet]}.json").json()
        page.goto(f"{address}/articles/{ids[outlet]}")
        assert page.evaluate(SPANS) == article["body_text"]
        figures = [one for one in article["spans"] if one["kind"] == "figure"]
        for figure in figures:
            shown = page.evaluate(f"document.getElementById('c{figure['start_char']}').textContent")
            words = article["body_text"][figure["start_char"] : figure["end_char"]]
            assert words.startswith(shown)
        assert figures


def test_two_clicks_lead_from_the_front_page_to_the_number_in_its_text(page: Any, address: str) -> None:
    page.goto(f"{address}/")
    page.click(".stories .printed a")
    assert "/questions/" in page.url
    assert page.locator("mark").first.is_visible()
    page.locator(".readings a").first.click()
    place = page.url.partition("#")[2]
    assert page.locator(f"#{place}").count() == 1
    box = page.locator(f"#{place} + .s").bounding_box()
    assert 0 < box["y"] < 400


def test_the_keyboard_reaches_the_stories(page: Any, address: str) -> None:
    page.goto(f"{address}/")
    reached = []
    for _ in range(25):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href')"))
    assert reached[0] == "#main"
    assert [one for one in reached if one and one.startswith("/stories/")]


def test_a_hostile_article_changes_nothing(page: Any, address: str, ids: dict[str, str]) -> None:
    page.goto(f"{address}/articles/{ids['crooked-eye']}")
    assert page.title().startswith("<script>")
    assert "onerror=alert(1)" in page.inner_text(".text")
    assert page.locator(".text script, .text img").count() == 0


def test_axe_finds_no_serious_fault_on_any_page(page: Any, address: str, paths: list[str]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe here").Axe()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for path in [*paths, "/queries", "/nowhere"]:
            # axe is a script, which our pages allow none of: the test opens the page from its text
            page.goto("about:blank")
            html = page.request.get(address + path).text()
            css = page.request.get(f"{address}/style.css").text()
            page.set_content(html.replace("</head>", f"<style>{css}</style></head>"))
            found = axe.run(page).response["violations"]
            serious = [one["id"] for one in found if one["impact"] in ("serious", "critical")]
            assert serious == [], (path, scheme, [node["html"] for one in found for node in one["nodes"]][:3])


def test_marks_can_be_switched_off_by_kind_without_a_script(
    page: Any, address: str, ids: dict[str, str]
) -> None:
    page.goto(f"{address}/articles/{ids['valley-post']}")
    colour = "getComputedStyle(document.querySelector('.text .s.figure')).backgroundColor"
    before = page.evaluate(colour)
    page.keyboard.press("Tab")
    page.locator(".show-figure").focus()
    page.keyboard.press("Space")
    assert page.evaluate(colour) != before
    assert page.evaluate(colour) == "rgba(0, 0, 0, 0)"


def test_a_megabyte_of_hostile_text_is_shown_as_text(
    page: Any, client: TestClient, ids: dict[str, str]
) -> None:
    words = '<script>alert(1)</script> \u202e "q" <img src=x onerror=alert(2)> '
    found = read_values(client, ids)
    article = replace(found, body_text=words * (1_000_000 // len(words)), spans=(), removed=())
    place = PagePlace(True, Snapshot(1, datetime(2026, 3, 4, tzinfo=UTC)))
    page.set_content(render("article.html", place, article=article))
    assert page.locator(".text script, .text img").count() == 0
    assert len(page.inner_text(".text")) > 1_000_000
    assert "<U+202E>" in page.inner_text(".text")[:200]


def read_values(client: TestClient, ids: dict[str, str]) -> ArticlePage:
    """The values of an article's page."""
    return TypeAdapter(ArticlePage).validate_python(client.get(f"/articles/{ids['valley-post']}.json").json())


def test_dark_and_light_have_enough_contrast(page: Any, address: str, ids: dict[str, str]) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{address}/stories/{ids['story']}")
        ratios = page.evaluate(
            """() => {
            const light = c => { const v = c.match(/[\\d.]+/g).slice(0, 3).map(x => x / 255)
                .map(x => x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4);
                return .2126 * v[0] + .7152 * v[1] + .0722 * v[2] };
            const paper = light(getComputedStyle(document.body).backgroundColor);
            return [...document.querySelectorAll('.verdict, .soft, .who, a, p')].map(e => {
                const ink = light(getComputedStyle(e).color);
                return (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05) })}"""
        )
        assert min(ratios) >= 4.5, scheme


def test_the_report_opens_from_a_file_with_the_network_off(
    browser: Any, reader: PinnedReader, settings: Settings, tmp_path: Path
) -> None:
    with reader.reading() as lake:
        text = day_report(lake, date(2026, 3, 4), (), settings, datetime(2026, 3, 5, tzinfo=UTC))
    (tmp_path / "day.html").write_text(text, encoding="utf-8")
    context = browser.new_context(offline=True, java_script_enabled=False)
    tab = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.goto((tmp_path / "day.html").as_uri())
    assert tab.locator("mark").first.is_visible()
    assert tab.locator("svg").count() >= 1
    assert asked == [(tmp_path / "day.html").as_uri()]
    assert said == []
    context.close()
