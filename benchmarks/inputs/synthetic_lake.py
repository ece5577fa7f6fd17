"""A lake of made-up articles with short bodies, as a newsroom that takes DAILY articles a day fills it.

Article n is the same whatever the lake's size: a bigger lake goes on for more days. Five neighbours tell one story and share a third of their words; one in fifty copies the one before it.
Each story has five questions that all of its articles answer; one article in ten is edited, and gives another day than its neighbours.
One figure in a hundred counts hurt people, one in 2,500 looks wrong.
Spans point at what they name, so that the data checks hold.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from warehouse.landing.land import record_run
from warehouse.landing.parts import write_part

if TYPE_CHECKING:
    from warehouse.catalog.open import Lake

DAILY = 1_000
FIRST_DAY = "2022-01-01 00:00:00+00"
CHUNK = 25_000
_SENTENCES = 5

# A word is "w" and five letters, so that every sentence has the same length and spans can be reckoned.
_MACROS = """
CREATE OR REPLACE TEMP MACRO word(seed, kinds) AS
    'w' || translate(lpad((seed % kinds)::VARCHAR, 5, '0'), '0123456789', 'abcdefghij');
CREATE OR REPLACE TEMP MACRO own_number(n) AS CASE WHEN n % 50 = 49 THEN n - 1 ELSE n END;
CREATE OR REPLACE TEMP MACRO sentence(n, place) AS
    'Ida ' || upper(word(hash(n // 5), 2000)[1]) || word(hash(n // 5), 2000)[2:] || ' of Port '
    || upper(word(hash(n // 5 + place), 200)[1]) || word(hash(n // 5 + place), 200)[2:]
    || ' said ' || (100 + n % 900) || ' boats were moved with '
    || list_aggregate(list_transform(range(4), lambda i: word(hash(n // 5 * 100 + place * 10 + i), 20000)),
        'string_agg', ' ')
    || ' and '
    || list_aggregate(list_transform(range(8), lambda i: word(hash(n * 1000 + place * 10 + i + 7), 20000)),
        'string_agg', ' ')
    || '.';
CREATE OR REPLACE TEMP MACRO day_told(n, published) AS
    date_trunc('day', published) + to_days(CASE WHEN n % 10 = 3 THEN 1 ELSE 0 END);
CREATE OR REPLACE TEMP MACRO article(n) AS md5('a' || n)[:20];
CREATE OR REPLACE TEMP MACRO question(story, place) AS md5('q' || story || '-' || place)[:20];
CREATE OR REPLACE TEMP MACRO verdict_at(place) AS ['conflict', 'update', 'overlap', 'agree'][least(place, 3) + 1];
CREATE OR REPLACE TEMP MACRO entity(kind, seed, kinds) AS md5(kind || (seed % kinds))[:20];
"""
_STEP = 146  # characters of a sentence and the space behind it

_FILLING = """
    SELECT
        range AS n,
        TIMESTAMPTZ '{first}' + to_seconds(range * 86400 // {daily}) AS published,
        date_trunc('month', published)::DATE AS month,
        list_aggregate(list_transform(range({sentences}), lambda p: sentence(own_number(range), p)),
            'string_agg', ' ')
            || ' "We have waited for it," she said on ' || strftime(day_told(range, published), '%d %b') || '.' AS body
    FROM range({start}, {stop})"""

_FILL = {
    "captures": """
        SELECT 'c' || n AS capture_id, 'outlet-' || n % 20 AS outlet, 'https://x.example/' || n AS url,
            'html' AS kind, 300 AS byte_count, md5('b' || n) AS body_sha256, published AS fetched_at,
            'x.warc.gz' AS warc_file, n AS warc_offset, 100 AS warc_length, '{run}' AS run_id, month
        FROM filling""",
    "articles": """
        SELECT article(n) AS article_id, 'c' || n AS capture_id, 'outlet-' || n % 20 AS outlet,
            'https://x.example/' || n AS url, 'https://x.example/' || n AS canonical_url,
            'Title ' || n // 5 AS title, ['A. Author'] AS authors, 'en' AS language, published AS published_at,
            'minute' AS published_precision, 'meta' AS published_source, body AS body_text, 110 AS word_count,
            false AS is_truncated, md5('t' || n) AS text_sha256, 'bench' AS code_version, '{run}' AS run_id,
            month
        FROM filling""",
    "removed_lines": """
        SELECT article(n) AS article_id, place AS line_number, 'Leave a Reply' AS text,
            'comment_form' AS rule, 'tail' AS section, month
        FROM filling CROSS JOIN range(2) AS t (place)""",
    "sentences": """
        SELECT article(n) AS article_id, place AS sentence_number, place * {step} AS start_char,
            least(place * {step} + {step} - 1, length(body)) AS end_char, month
        FROM filling CROSS JOIN range({sentences} + 1) AS t (place)""",
    "mentions": """
        SELECT article(n) AS article_id, place * {step} + start AS start_char, place * {step} + start + size AS end_char,
            body[place * {step} + start + 1:place * {step} + start + size] AS surface, kind AS entity_type,
            CASE kind WHEN 'person' THEN entity('p', hash(own_number(n) // 5), 2000)
                ELSE entity('l', hash(own_number(n) // 5 + place), 200) END AS entity_id,
            place AS sentence_number, month
        FROM filling CROSS JOIN range({sentences}) AS t (place)
            CROSS JOIN (VALUES ('person', 0, 10), ('place', 14, 11)) AS kinds (kind, start, size)""",
    "figures": """
        SELECT article(n) AS article_id, place * {step} + 31 AS start_char, place * {step} + 34 AS end_char,
            body[place * {step} + 32:place * {step} + 34] AS surface, 'count' AS kind,
            (100 + own_number(n) % 900)::DOUBLE AS value, value AS low, value AS high, 'exact' AS bound,
            'boats' AS counted, CASE WHEN n % 20 = 3 AND place = 4 THEN 'hurt' ELSE 'move' END AS predicate,
            n % 500 = 7 AND place = 1 AS is_suspect,
            CASE WHEN is_suspect THEN 'malformed_number' END AS suspect_reason,
            CASE WHEN is_suspect THEN [value, 10 * value] END AS candidates, place AS sentence_number, month
        FROM filling CROSS JOIN range({sentences}) AS t (place)""",
    "dates": """
        SELECT article(n) AS article_id, {sentences} * {step} + 37 AS start_char,
            {sentences} * {step} + 43 AS end_char, body[{sentences} * {step} + 38:{sentences} * {step} + 43] AS surface,
            day_told(n, published) AS starts_at, day_told(n, published) + INTERVAL 1 DAY AS ends_at,
            'day' AS granularity, false AS is_relative, 'wait' AS predicate, ['on:wait', 'obj:boat'] AS roles,
            {sentences} AS sentence_number, month
        FROM filling""",
    "quotations": """
        SELECT article(n) AS article_id, {sentences} * {step} AS start_char, {sentences} * {step} + 24 AS end_char,
            'We have waited for it,' AS text, 'direct' AS kind,
            body[1:10] AS speaker, 0 AS speaker_start_char, 10 AS speaker_end_char,
            entity('p', hash(own_number(n) // 5), 2000) AS speaker_entity_id, false AS is_anonymous, 'said' AS cue,
            {sentences} AS sentence_number, month
        FROM filling""",
    "signatures": """
        SELECT article(n) AS article_id, md5('w' || own_number(n)) || md5('v' || own_number(n)) AS words_sha256,
            100 AS shingle_count,
            unhex(list_aggregate(list_transform(range(32), lambda i: md5('m' || (own_number(n) * 32 + i))),
                'string_agg', '')) AS minhash,
            list_transform(range(42), lambda i: (hash(own_number(n) * 42 + i) >> 1)::BIGINT) AS bands, month
        FROM filling""",
    "outcomes": """
        SELECT '{run}' AS run_id, 'https://x.example/' || n AS input_ref, 'c' || n AS capture_id,
            article(n) AS article_id, 'accepted' AS outcome, 'new' AS reason, 'land' AS stage
        FROM filling""",
    "duplicates": """
        SELECT article(n) AS article_id, article(n - 1) AS original_article_id, 'exact' AS relation,
            1.0::DOUBLE AS similarity_ratio, month
        FROM filling WHERE n % 50 = 49""",
    "stories": """
        SELECT md5('s' || n // 5)[:20] AS story_id, 'Title ' || n // 5 AS title,
            min(published) AS first_published_at, max(published) AS last_published_at,
            count(*) AS article_count, count(DISTINCT n % 20) AS outlet_count
        FROM filling GROUP BY n // 5""",
    "story_articles": """
        SELECT article(n) AS article_id, md5('s' || n // 5)[:20] AS story_id, 0.5::DOUBLE AS similarity_ratio,
            month
        FROM filling""",
    "questions": """
        SELECT question(n // 5, place) AS question_id, md5('s' || n // 5)[:20] AS story_id,
            'boats moved, day ' || (place + 1) AS label, 'count' AS kind, count(*) AS reading_count,
            count(DISTINCT n % 20) AS outlet_count, count(DISTINCT own_number(n)) AS source_count,
            min((100 + own_number(n) % 900)::DOUBLE) AS low, max((100 + own_number(n) % 900)::DOUBLE) AS high,
            verdict_at(place) AS verdict, min(published) AS first_published_at, max(published) AS last_published_at
        FROM filling CROSS JOIN range({sentences}) AS t (place) GROUP BY n // 5, place""",
    "readings": """
        SELECT article(n) AS article_id, place * {step} + 31 AS start_char, place * {step} + 34 AS end_char,
            question(n // 5, place) AS question_id, (100 + own_number(n) % 900)::DOUBLE AS low, low AS high,
            verdict_at(place) AS verdict, n % 50 = 49 AS is_copy, body[1:10] AS source,
            entity('p', hash(own_number(n) // 5), 2000) AS source_entity_id, month
        FROM filling CROSS JOIN range({sentences}) AS t (place)""",
    "article_revisions": """
        SELECT 'c' || n AS capture_id, article(n) AS article_id, published AS fetched_at,
            'Title ' || n // 5 AS title, md5('t' || n) AS text_sha256, 110 AS added_words_count,
            0 AS removed_words_count, true AS is_compared, month
        FROM filling
        UNION ALL BY NAME
        SELECT 'e' || n AS capture_id, article(n) AS article_id, published + INTERVAL 2 HOUR AS fetched_at,
            'Title ' || n // 5 AS title, md5('e' || n) AS text_sha256, 1 AS added_words_count,
            1 AS removed_words_count, true AS is_compared, month
        FROM filling WHERE n % 10 = 3""",
    "figure_changes": """
        SELECT 'e' || n AS capture_id, 1 AS change_number, article(n) AS article_id, 'changed' AS change,
            'boats moved, day 1' AS label, 'count' AS kind, '99' AS before_surface, body[32:34] AS surface,
            99.0::DOUBLE AS before_low, 99.0::DOUBLE AS before_high, (100 + n % 900)::DOUBLE AS low, low AS high,
            replace(body[1:{step}], body[32:34], '99') AS before_sentence, body[1:{step}] AS sentence,
            31 AS before_start_char, 33 AS before_end_char, 31 AS start_char, 34 AS end_char,
            published AS before_fetched_at, published + INTERVAL 2 HOUR AS fetched_at, month
        FROM filling WHERE n % 10 = 3""",
    "quotation_changes": """
        SELECT 'e' || n AS capture_id, 1 AS change_number, article(n) AS article_id, 'reworded' AS change,
            'We waited for it,' AS before_text, 'We have waited for it,' AS text, body[1:10] AS before_speaker,
            body[1:10] AS speaker, '"We waited for it," she said.' AS before_sentence,
            body[{sentences} * {step} + 1:] AS sentence, {sentences} * {step} AS before_start_char,
            {sentences} * {step} + 19 AS before_end_char, {sentences} * {step} AS start_char,
            {sentences} * {step} + 24 AS end_char, published AS before_fetched_at,
            published + INTERVAL 2 HOUR AS fetched_at, month
        FROM filling WHERE n % 100 = 73""",
}
# What parts do not hold: it is made after landing, or while landing.
_GROUPED = (
    "duplicates",
    "stories",
    "story_articles",
    "questions",
    "readings",
    "article_revisions",
    "figure_changes",
    "quotation_changes",
)
_ENTITIES = """
    SELECT entity('p', range, 2000) AS entity_id,
        'Ida ' || upper(word(range, 2000)[1]) || word(range, 2000)[2:] AS name,
        'person' AS entity_type, []::VARCHAR[] AS aliases FROM range(2000)
    UNION ALL BY NAME
    SELECT entity('l', range, 200) AS entity_id,
        'Port ' || upper(word(range, 200)[1]) || word(range, 200)[2:] AS name,
        'place' AS entity_type, []::VARCHAR[] AS aliases, ['DE', 'ES', 'FR', 'PL'][1 + range % 4] AS country_code
        FROM range(200)"""


def article_id(number: int) -> str:
    """The id of article `number`."""
    return hashlib.md5(f"a{number}".encode()).hexdigest()[:20]


def story_id(number: int) -> str:
    """The id of the story that article `number` belongs to."""
    return hashlib.md5(f"s{number // 5}".encode()).hexdigest()[:20]


def person_name(number: int) -> str:
    """The name of a person that some articles are about."""
    letters = f"{number % 2000:05}".translate(str.maketrans("0123456789", "abcdefghij"))
    return f"Ida W{letters}"


def fill_lake(lake: Lake, start: int, stop: int) -> None:
    """Add articles `start` to `stop`, in transactions of CHUNK, as runs of their own."""
    for begin in range(start, stop, CHUNK):
        end, run = min(begin + CHUNK, stop), f"fill-{begin}"
        _make_filling(lake, begin, end)
        lake.execute("BEGIN")
        if begin == 0:
            lake.execute(f"INSERT INTO entities BY NAME {_ENTITIES}")
        for table in _FILL:
            lake.execute(f"INSERT INTO {table} BY NAME {_fill(table, run)}")
        lake.execute("COMMIT")
        record_run(lake, _make_run(run))


def make_parts(lake: Lake, folder: Path, start: int, stop: int, batch: int = 100) -> list[Path]:
    """The same articles as the parts that workers leave: not grouped yet."""
    parts = []
    for begin in range(start, stop, batch):
        _make_filling(lake, begin, min(begin + batch, stop))
        tables = {name: _read(lake, name, _fill(name, "bench")) for name in _FILL if name not in _GROUPED}
        tables["entities"] = _read(lake, "entities", _ENTITIES)
        parts.append(write_part(folder / f"{begin}", tables))
    return parts


def _make_filling(lake: Lake, start: int, stop: int) -> None:
    lake.execute(_MACROS)
    filling = _FILLING.format(first=FIRST_DAY, daily=DAILY, sentences=_SENTENCES, start=start, stop=stop)
    lake.execute(f"CREATE OR REPLACE TEMP TABLE filling AS {filling}")


def _fill(table: str, run: str) -> str:
    return _FILL[table].format(run=run, step=_STEP, sentences=_SENTENCES)


def _read(lake: Lake, table: str, query: str) -> pa.Table:
    """The query's rows with every column of the table."""
    empty = f"SELECT * FROM {table} WHERE false"
    return lake.execute(f"{empty} UNION ALL BY NAME {query}").to_arrow_table()


def _make_run(run_id: str) -> dict[str, object]:
    return {
        "run_id": run_id,
        "flow": "load",
        "parameters": "{}",
        "code_version": "bench",
        "started_at": datetime(2022, 1, 1, tzinfo=UTC),
        "finished_at": datetime(2022, 1, 1, tzinfo=UTC),
        "state": "completed",
        "input_count": 0,
        "accepted_count": 0,
        "seconds": 0.0,
    }
