"""The picture of the README: the story page of the examples, in Chromium.

    python examples/picture.py [--lake example-lake] [--output docs/story.png]

Needs a Chromium (Debian: apt-get install chromium) and the development packages.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
WIDTH, HEIGHT = 1000, 960


def take_picture(page_file: Path, output: Path) -> None:
    """Photograph the numbers of the story page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(page_file.as_uri())
        top = page.locator("h2.numbers").first.bounding_box()
        assert top is not None
        page.screenshot(
            path=output, full_page=True, clip={"x": 0, "y": top["y"] - 24, "width": WIDTH, "height": HEIGHT}
        )
        browser.close()


def main() -> None:
    """Write the report of a story and photograph it."""
    parser = argparse.ArgumentParser(description="Photograph the story page of the examples.")
    parser.add_argument(
        "--lake", default="example-lake", help="lake that `make run` made [default: %(default)s]"
    )
    parser.add_argument("--story", default="a3b0", help="the story [default: %(default)s]")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "story.png")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "story.html"
        copydesk = str(Path(sys.executable).with_name("copydesk"))
        subprocess.run(
            [copydesk, "report", given.story, "--lake", given.lake, "--output", str(file)],
            cwd=ROOT,
            check=True,
        )
        take_picture(file, given.output)


if __name__ == "__main__":
    main()
