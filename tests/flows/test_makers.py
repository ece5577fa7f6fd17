"""Records of other makers, loaded end to end as they are: the article they hold is the article in the lake."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from lakes import ask

from core.settings import EngineSettings, Settings
from flows.load import load_files

PARAGRAPHS = (
    "The mill at Osk reopened on Friday with 40 workers, two years after it had closed for good.",
    "Its new owner, a cooperative of farmers, wants to grind 300 tonnes of rye before the winter comes.",
    "The council had voted for a loan of 2.5 million crowns in March, after a long and loud debate.",
)
TEXT = "\n\n".join(PARAGRAPHS)
HTML = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
URL = "https://valley.example/mill"
TITLE = "Mill at Osk reopens"
PLAIN = {"url": URL, "title": TITLE}

MAKERS: dict[str, dict[str, Any]] = {
    "news-please": PLAIN
    | {
        "authors": ["Ada Brink"],
        "date_download": "2026-05-09 10:00:00",
        "date_modify": None,
        "date_publish": "2026-05-08 07:00:00",
        "description": "A mill reopens.",
        "filename": "mill.json",
        "image_url": "https://valley.example/mill.jpg",
        "language": "en",
        "localpath": None,
        "title_page": None,
        "title_rss": None,
        "source_domain": "valley.example",
        "maintext": TEXT,
    },
    "newspaper4k": PLAIN
    | {"text": TEXT, "authors": ["Ada Brink"], "publish_date": "2026-05-08T07:00:00Z", "meta_lang": "en"}
    | {"source_url": "https://valley.example"},
    "trafilatura": {
        "title": TITLE,
        "author": "Ada Brink",
        "hostname": "valley.example",
        "date": "2026-05-08",
        "source": URL,
        "source-hostname": "The Valley",
        "text": TEXT,
        "raw_text": " ".join(PARAGRAPHS),
    },
    "Fundus": {
        "title": TITLE,
        "authors": ["Ada Brink"],
        "publishing_date": "2026-05-08 07:00:00+00:00",
        "body": {"summary": [], "sections": [{"headline": [], "paragraphs": list(PARAGRAPHS)}]},
        "plaintext": TEXT,
        "publisher": "valley.example",
        "url": URL,
    },
    "NewsAPI": PLAIN
    | {"source": {"id": None, "name": "valley.example"}, "author": "Ada Brink", "content": TEXT}
    | {"publishedAt": "2026-05-08T07:00:00Z"},
    "Event Registry": PLAIN
    | {"body": TEXT, "dateTimePub": "2026-05-08T07:00:00Z", "authors": [{"name": "Ada Brink"}]}
    | {"source": {"uri": "valley.example", "title": "The Valley"}, "lang": "eng"},
    "schema.org": {
        "@type": "NewsArticle",
        "headline": TITLE,
        "author": {"@type": "Person", "name": "Ada Brink"},
        "datePublished": "2026-05-08T07:00:00Z",
        "url": URL,
        "articleBody": TEXT,
    },
    "JSON Feed": PLAIN
    | {"id": URL, "content_html": HTML, "date_published": "2026-05-08T07:00:00Z"}
    | {"authors": [{"name": "Ada Brink"}]},
    "WordPress": {
        "link": URL,
        "date_gmt": "2026-05-08T07:00:00",
        "title": {"rendered": TITLE},
        "content": {"rendered": HTML, "protected": False},
        "authors": ["Ada Brink"],
    },
    "paragraphs in a list": PLAIN
    | {"article_text": list(PARAGRAPHS), "byline": "Ada Brink", "date": "2026-05-08"},
    "a page that shows no body, and its text": PLAIN
    | {"html": "<html><body></body></html>", "full_text": TEXT, "author": "Ada Brink", "date": "2026-05-08"},
    "names in capitals": {"URL": URL, "Title": TITLE, "Body": TEXT, "Author": "Ada Brink"}
    | {"Date": "2026-05-08"},
}


def of_its_own(text: str, maker: str) -> str:
    """The text with the place and the address of this maker's article: copies of one text would be one article."""
    number = list(MAKERS).index(maker)
    return text.replace("Osk", f"Osk{'abcdefghijklmnop'[number]}").replace(URL, f"{URL}-{number}")


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory, empty_lake: Path) -> Path:
    """A lake into which the records of all makers were loaded at once, each from a file of its own."""
    folder = tmp_path_factory.mktemp("makers")
    shutil.copytree(empty_lake, folder / "lake")
    for number, (maker, record) in enumerate(MAKERS.items()):
        (folder / f"export-{number}.jsonl").write_text(of_its_own(json.dumps(record), maker) + "\n")
    settings = Settings(lake=folder / "lake", engine=EngineSettings(name="inline"))
    load_files(settings, sorted(folder.glob("*.jsonl")))
    return folder / "lake"


@pytest.mark.parametrize("maker", MAKERS)
def test_a_record_of_this_maker_is_an_article_as_it_is(maker: str, lake: Path) -> None:
    file, url = f"export-{list(MAKERS).index(maker)}.jsonl", of_its_own(URL, maker)
    outcomes = ask(lake, f"SELECT outcome, reason, detail FROM outcomes WHERE input_ref LIKE '%/{file}#%'")
    assert outcomes == [("accepted", "new", None)]
    rows = ask(
        lake,
        "SELECT outlet, title, authors, strftime(published_at, '%Y-%m-%d'), body_text FROM articles"
        f" WHERE canonical_url = '{url}'",
    )
    title, text = (of_its_own(words, maker) for words in (TITLE, TEXT))
    assert rows == [("valley.example", title, ["Ada Brink"], "2026-05-08", text)]


def test_a_record_that_only_names_a_page_says_which_option_fetches_it(
    settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "artlist.json"
    entry = {"url": URL, "title": TITLE, "seendate": "20260508T070000Z", "domain": "valley.example"}
    file.write_text(json.dumps({"articles": [entry]}))
    assert load_files(settings, [file]).reasons == {("rejected", "bad_record"): 1}
    ((detail,),) = ask(settings.lake, "SELECT detail FROM outcomes")
    assert "load --urls" in detail


def test_a_record_of_other_names_says_them_and_which_option_maps_them(
    settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "export.jsonl"
    file.write_text(json.dumps({"pealk": TITLE, "lugu": TEXT}))
    load_files(settings, [file])
    ((detail,),) = ask(settings.lake, "SELECT detail FROM outcomes")
    assert "'lugu' looks like the text" in detail and "--columns text=lugu" in detail
