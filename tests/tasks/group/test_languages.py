"""Stories across languages: articles are joined by names, numbers and days, which are the same in all of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from grouping_articles import make_article, when

from core.outcomes import Row
from tasks.group.stories import group_stories

# One vote in a made-up town, told in five languages; and a flood in another, told in three.
VOTE = {
    "en": ("Larkmouth closes its swimming hall", "The council of Larkmouth voted to close the hall; repairs would cost 4.2 million euros."),
    "fr": ("Larkmouth ferme sa piscine", "Le conseil de Larkmouth a voté la fermeture ; les travaux coûteraient 4,2 millions d'euros."),
    "de": ("Larkmouth schließt sein Hallenbad", "Der Rat von Larkmouth stimmte für die Schließung; die Reparatur hätte 4,2 Millionen Euro gekostet."),
    "es": ("Larkmouth cierra su piscina", "El concejo de Larkmouth votó el cierre; la obra costaría 4,2 millones de euros."),
    "it": ("Larkmouth chiude la piscina", "Il consiglio di Larkmouth ha votato la chiusura; i lavori costerebbero 4,2 milioni di euro."),
}  # fmt: skip
FLOOD = {
    "en": ("River floods Stowbridge", "The river rose to 640 centimetres at Stowbridge and drove 3,100 people from their homes."),
    "fr": ("Crue à Stowbridge", "La rivière a atteint 640 centimètres à Stowbridge ; 3 100 personnes ont quitté leur maison."),
    "de": ("Hochwasser in Stowbridge", "Der Fluss stieg in Stowbridge auf 640 Zentimeter; 3100 Menschen verließen ihre Häuser."),
}  # fmt: skip
VOTE_TERMS = {"entity_ids": ["hale", "farrow", "larkmouth"], "numbers": [{"kind": "money", "value": 4.2e6}, {"kind": "count", "value": 640.0}]}  # fmt: skip
FLOOD_TERMS = {"entity_ids": ["stowbridge", "severn"], "numbers": [{"kind": "measure", "value": 640.0, "unit": "cm"}, {"kind": "count", "value": 3100.0}]}  # fmt: skip


def tell(name: str, told: dict[str, tuple[str, str]], **terms: object) -> list[Row]:
    """A row for each language."""
    return [
        make_article(f"{name}-{code}", title, text, when(5), language=code, **terms)
        for code, (title, text) in told.items()
    ]


def stories_of(rows: list[Row]) -> list[set[str]]:
    """The articles of each story."""
    grouped: dict[str, set[str]] = {}
    for row in group_stories(rows, []).rows["story_articles"]:
        grouped.setdefault(row["story_id"], set()).add(row["article_id"])
    return sorted(grouped.values(), key=len, reverse=True)


def test_a_story_told_in_five_languages_is_one_story_and_another_stays_apart() -> None:
    rows = tell("vote", VOTE, **VOTE_TERMS) + tell("flood", FLOOD, **FLOOD_TERMS)
    assert stories_of(rows) == [{f"vote-{code}" for code in VOTE}, {f"flood-{code}" for code in FLOOD}]


def test_one_shared_country_joins_no_articles_of_different_languages() -> None:
    rows = [
        *tell("vote", {"en": VOTE["en"]}, entity_ids=["Q145"]),
        *tell("flood", {"fr": FLOOD["fr"]}, entity_ids=["Q145"]),
    ]
    assert [len(story) for story in stories_of(rows)] == [1, 1]


@pytest.mark.parametrize("days", [1, 12])
def test_articles_of_different_languages_are_joined_when_they_are_near_in_time(days: int) -> None:
    rows = tell("vote", {"en": VOTE["en"], "de": VOTE["de"]}, **VOTE_TERMS)
    rows[1]["published_at"] += timedelta(days=days)
    assert len(stories_of(rows)) == (1 if days == 1 else 2)


def test_names_that_no_table_knows_join_articles_in_several_scripts() -> None:
    told = {
        "en": ("Inquest into Larkmouth fire", "Orla Tarrant and Joss Corrigan told the inquest at Larkmouth about the Harbour Lantern inn."),
        "ru": ("Пожар в Ларкмуте", "Орла Таррант и Джосс Корриган рассказали о пожаре в Ларкмуте."),
        "ja": ("ラークマスの火災", "ターラント氏とコリガン氏がラークマスの火災について話した。"),
    }  # fmt: skip
    other = {"fr": ("Grève à Stowbridge", "Ilse Solano et Dorian Hale ont parlé de la grève de Stowbridge.")}
    rows = tell("fire", told, entity_ids=["Q145"]) + tell("strike", other, entity_ids=["Q145"])
    assert stories_of(rows) == [{"fire-en", "fire-ru", "fire-ja"}, {"strike-fr"}]
