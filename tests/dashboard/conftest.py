"""A lake on which two outlets disagree and a third is hostile, and a client that reads its pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from fastapi.testclient import TestClient

from core.settings import EngineSettings, Settings
from dashboard.app import make_app
from dashboard.guards import Guard
from flows.load import load_files
from warehouse.asking.pinned import PinnedReader

HOSTILE_TITLE = "<script>document.title='owned'</script> Dam at Orrin holds"
ARTICLES = {
    "valley-post/dam.txt": """Dam at Orrin holds as 300 people leave their homes

By Tilda Marsh

2026-03-04

About 300 people left their homes below the Orrin dam on Tuesday night, the county said. The water stood 40 centimetres below the top of the wall, and engineers opened two gates.

"We would rather move people once too often than once too late," county chief Berit Aune told reporters at the dam. She said that 12 houses had been flooded.

The Orrin dam was built in 1962. Engineers will look at the wall again on Wednesday, and the road along the river stays closed until the water falls.

Leave a Reply

Your email address will not be published.
""",
    "river-times/dam.txt": """Orrin dam: 900 people leave homes as water rises

By Olav Brenn

2026-03-04

More than 900 people left their homes below the Orrin dam on Tuesday night as the water rose, the county said. Engineers opened two gates of the dam.

"We would rather move people once too often than too late," county chief Berit Aune said at the dam on Tuesday. Up to 20 houses were flooded, according to the fire service.

The Orrin dam was built in 1962. The road along the river stays closed until the water falls, and engineers will look at the wall again on Wednesday.
""",
    "crooked-eye/dam.html": f"""<!doctype html><html lang="en"><head><title>Dam</title>
<meta property="og:title" content="{HOSTILE_TITLE.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")}">
<link rel="canonical" href="https://crooked-eye.example/dam"></head><body><article>
<h1>{HOSTILE_TITLE.replace("<", "&lt;").replace(">", "&gt;")}</h1>
<p>About 300 people left their homes below the Orrin dam on Tuesday night, the county said, and &lt;img src=x onerror=alert(1)&gt; was printed on a sign beside the gate.</p>
<p>“A sign &quot;&gt;&lt;script&gt;alert(2)&lt;/script&gt; is only a sign,” county chief Berit Aune said \u202e backwards. Engineers opened two gates of the dam as the water rose on Tuesday night.</p>
<p>The Orrin dam was built in 1962. The road along the river stays closed until the water falls, and engineers will look at the wall again on Wednesday.</p>
</article></body></html>
""",
}


@pytest.fixture(scope="session", autouse=True)
def _quick(quick_sessions: None) -> None:
    """Every test here opens lakes."""


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A lake with three articles of three outlets about one dam, to read only."""
    folder = tmp_path_factory.mktemp("dashboard")
    for name, text in ARTICLES.items():
        file = folder / "articles" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    made = Settings(lake=folder / "lake", engine=EngineSettings(name="inline"))
    load_files(made, [folder / "articles"])
    return made


@pytest.fixture(scope="session")
def reader(settings: Settings) -> Iterator[PinnedReader]:
    """Gives snapshots of that lake."""
    with closing(PinnedReader(settings)) as opened:
        yield opened


@pytest.fixture(scope="session")
def client(settings: Settings, reader: PinnedReader) -> Iterator[TestClient]:
    """A browser without a window."""
    app = make_app(settings, reader, Guard())
    with TestClient(app, base_url="http://127.0.0.1:8765", raise_server_exceptions=False) as made:
        yield made


@pytest.fixture(scope="session")
def ids(reader: PinnedReader) -> dict[str, str]:
    """The story, and an article of each outlet by the outlet's name."""
    with reader.reading() as lake:
        found = dict(lake.fetch("SELECT outlet, article_id FROM articles"))
        ((story_id,),) = lake.fetch(
            "SELECT story_id FROM stories ORDER BY article_count DESC, story_id LIMIT 1"
        )
        return {**found, "story": story_id}
