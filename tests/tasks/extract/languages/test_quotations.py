"""Quotations in other languages: on our own labelled articles, spans and speakers stay as good as they are."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles

DESCRIBED = tomllib.loads((Path(__file__).parent / "described.toml").read_text(encoding="utf-8"))
GOLD = Path(__file__).parents[3] / "data" / "gold" / "quotations"


def last_word(words: str | None) -> str:
    """The last word: the surname, or the head of a description."""
    return (re.findall(r"\w+", words or "") or [""])[-1].lower()


@pytest.mark.parametrize("code", ["ar", "de", "es", "fr", "hi", "it", "ja", "ko", "pt", "zh"])
def test_most_quotations_have_their_span_and_speaker_and_no_anonymous_speaker_is_a_person(code: str) -> None:
    articles = tomllib.loads((GOLD / f"{code}.toml").read_text(encoding="utf-8"))["article"]
    rows = [
        {"article_id": str(n), "month": date(2024, 1, 1), "body_text": one["text"].strip(), "language": code}
        for n, one in enumerate(articles)
    ]
    found = extract_articles(rows, ExtractOptions()).rows["quotations"]
    wanted = [
        (str(n), quoted["surface"], last_word(quoted["speaker"]))
        for n, one in enumerate(articles)
        for quoted in one["quotations"]
    ]
    texts = {row["article_id"]: row["body_text"] for row in rows}
    given = [
        (row["article_id"], texts[row["article_id"]][row["start_char"] : row["end_char"]], row)
        for row in found
    ]
    right = [(n, surface) for n, surface, _ in wanted if any((n, surface) == one[:2] for one in given)]
    spoken = [
        one for one in wanted if any((n, s, last_word(row.get("speaker"))) == one for n, s, row in given)
    ]
    assert 2 * len(right) / (len(wanted) + len(given)) >= 0.95
    assert len(spoken) / len(right) >= 0.85
    assert not any(row["is_anonymous"] and row["speaker_entity_id"] for row in found)


@pytest.mark.parametrize("code", list(DESCRIBED))
def test_a_speaker_told_of_by_what_they_are_never_has_the_entity_of_a_name_inside(code: str) -> None:
    told = DESCRIBED[code]
    phrases = told["unnamed"] + told["named"]
    rows = [
        {
            "article_id": words,
            "month": date(2024, 1, 1),
            "body_text": told["before"] + "\n\n" + told["frame"].format(words),
            "language": code,
        }
        for words in phrases
    ]
    found = extract_articles(rows, ExtractOptions()).rows
    names = {row["entity_id"]: row["name"] for row in found["entities"]}
    speakers = {
        row["article_id"]: (row["is_anonymous"], names.get(row["speaker_entity_id"]))
        for row in found["quotations"]
    }
    assert speakers == {
        words: (True, None) if words in told["unnamed"] else (False, "Rosa Delgado") for words in phrases
    }


@pytest.mark.parametrize(
    ("code", "before", "nickname"),
    [
        ("de", "sagte Tom Reiter, im Dorf bekannt als „", "Der Lange“"),
        ("fr", "a déclaré Jean Morel, surnommé « ", "le Grand »"),
        ("es", "dijo José Mora, alias “", "El Largo”"),
        ("it", "ha detto Beppe Mori, detto «", "il Lungo»"),
        ("pt", "disse José Mota, conhecido como “", "o Alto”"),
    ],
)
def test_a_nickname_behind_words_that_give_it_is_no_quotation(code: str, before: str, nickname: str) -> None:
    words = {"fr": "« C’est fini »", "de": "„Es ist vorbei“", "it": "«È tutto finito»"}.get(
        code, "“Es el fin”"
    )
    row = {
        "article_id": "1",
        "month": date(2024, 1, 1),
        "body_text": f"{words}, {before}{nickname}.",
        "language": code,
    }
    found = extract_articles([row], ExtractOptions()).rows["quotations"]
    assert [one["text"].strip() for one in found] == [words[1:-1].strip()]


@pytest.mark.parametrize(
    ("code", "text", "speakers"),
    [
        (
            "tr",
            'Kaza yerine giden Ulaştırma Bakanı Selin Aydoğan, "Böyle bir felaket hiç görmedik" dedi.',
            ["Ulaştırma Bakanı Selin Aydoğan"],
        ),
        (
            "es",
            "«Nunca hemos visto nada igual», dijo la ministra, que viajó al lugar. «Cada familia tendrá una respuesta».",
            ["la ministra", "la ministra"],
        ),
        ("es", "Un funcionario que pidió no ser citado habló de «un milagro».", ["Un funcionario"]),
        ("fr", "Une habitante qui attend depuis hier a parlé d'« un miracle ».", ["Une habitante"]),
        ("de", "Der Lord ging an Ort und Stelle und rief: „Ich gebe das Original!“", ["Der Lord"]),
        ("de", "Nach einer Weile fuhr er fort: „Ich war also genesen.“", ["er"]),
        ("de", "„Ich kann heute nicht kommen!“ Kopfschüttelnd ließ sie ihn stehen.", [None]),
        ("ja", "「海の記憶」と題した講演で、谷口町長は「備えが要る」と訴えた。", ["谷口町長"]),
        ("ja", "背番号１０は「勝ちたい」と語った。", [None]),
        (
            "ja",
            "森下代表は「説明が足りない」と批判。一方、別の声もある。「もう遅い。」という紙が貼られた。",
            ["森下代表", None],
        ),
        ("zh", "这部小说名称是“旧港”。居民王丽说：“我们等了三年。”", ["居民王丽"]),
        ("zh", "Ada Orr 先生周一表示：“桥会修好。”", ["Ada Orr 先生"]),
        ("ko", '정부가 이 대표는 "모른다"고 말했다고 전했다. 행사 이름은 "빛"이다.', ["이 대표"]),
        ("hi", 'बाढ़ के बाद मुख्यमंत्री रवि कुमार ने कहा, "मदद पहुंचेगी।"', ["मुख्यमंत्री रवि कुमार"]),
        (
            "ar",
            "افتتح معرض «ذاكرة» أمس. وقالت العالمة نور الصافي في بيان: «النتائج واضحة».",
            ["العالمة نور الصافي"],
        ),
    ],
)
def test_who_speaks_is_told_by_what_stands_nearest(code: str, text: str, speakers: list[str | None]) -> None:
    row = {"article_id": "1", "month": date(2024, 1, 1), "body_text": text, "language": code}
    found = extract_articles([row], ExtractOptions()).rows["quotations"]
    assert [one.get("speaker") for one in found] == speakers


PIECES = st.sampled_from(
    ["「", "」", "“", "”", "«", "»", '"', "と", "は", "が", "。", "：", "，", " ", "\n", "(", "）", "述べた", "说", "田中市長",
     "Orr", "김 시장", "은", "라고", "말했다", "قال", "الوزير", "وفقا لل", "ने", "कहा", "मंत्री", "के मुताबिक", "、", "."]
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, max_size=30), st.sampled_from(["ja", "zh", "ko", "ar", "hi"]))
def test_speakers_are_words_of_the_text_whatever_it_holds(pieces: list[str], code: str) -> None:
    row = {"article_id": "1", "month": date(2024, 1, 1), "body_text": "".join(pieces), "language": code}
    for one in extract_articles([row], ExtractOptions()).rows["quotations"]:
        if one.get("speaker") is not None:
            assert (
                row["body_text"][one["speaker_start_char"] : one["speaker_end_char"]] == one["speaker"] != ""
            )
