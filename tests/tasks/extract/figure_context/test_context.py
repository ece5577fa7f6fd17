"""What a figure's sentence says of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tasks.extract.figure_context.sayers import SayerFinder

Row = dict[str, Any]


def only(rows: list[Row], surface: str) -> Row:
    return next(row for row in rows if surface in row["surface"])


@pytest.mark.parametrize(
    ("text", "surface", "predicate"),
    [
        ("The blast killed seven miners on Monday.", "seven", "kill"),
        ("Seven miners were killed in the blast.", "Seven", "kill"),
        ("Police arrested 40 people after the march.", "40", "arrest"),
        ("The bridge will cost $90 million.", "$90 million", "cost"),
        ("The ferry sank with 188 passengers on board.", "188", "sink"),
    ],
)
def test_the_verb_that_governs_a_figure_is_its_predicate(
    describe: Callable[[str], list[Row]], text: str, surface: str, predicate: str
) -> None:
    assert only(describe(text), surface)["predicate"] == predicate


@pytest.mark.parametrize(
    ("text", "surface", "role"),
    [
        ("The blast killed seven miners on Monday.", "seven", "obj:kill"),
        ("Two men shot a guard at the gate.", "Two men", "subj:shoot"),
        ("They found four sailors dead in the hull.", "four", "is:dead"),
        ("The bodies of three climbers were recovered.", "three", "of:body"),
    ],
)
def test_roles_tell_who_did_and_who_suffered(
    describe: Callable[[str], list[Row]], text: str, surface: str, role: str
) -> None:
    assert role in only(describe(text), surface)["roles"]


@pytest.mark.parametrize(
    ("text", "surface", "holder"),
    [
        ("Marta Kovel, 52, was found on the shore.", "52", "Marta Kovel"),
        ("Officers held 31-year-old Piet Larsen overnight.", "31-year-old", "Piet Larsen"),
        ("Harald Brun, a 44-year-old fisherman, is missing.", "44-year-old", "Harald Brun"),
        ("A 12-year-old girl was pulled from the lake.", "12-year-old", "girl"),
    ],
)
def test_an_age_has_a_holder(
    describe: Callable[[str], list[Row]], text: str, surface: str, holder: str
) -> None:
    assert only(describe(text), surface)["measured"] == holder


def test_the_age_of_who_is_that_of_the_noun_before_it(describe: Callable[[str], list[Row]]) -> None:
    row = only(describe("Tom Locke had brought his granddaughter, who is four years old."), "four")

    assert (row["kind"], row["measured"], row["measured_entity_id"]) == ("age", "granddaughter", None)


def test_a_description_is_no_name(describe: Callable[[str], list[Row]]) -> None:
    row = only(describe("A 12-year-old girl was pulled from the lake."), "12-year-old")

    assert row["measured_entity_id"] is None


@pytest.mark.parametrize(
    ("text", "surface", "measured"),
    [
        ("The court gave him a 12-year sentence.", "12-year", "sentence"),
        ("The city offers a $5,000 reward.", "$5,000", "reward"),
        ("The reward is $5,000.", "$5,000", "reward"),
        ("Bail was set at $250,000 by the judge.", "$250,000", "Bail"),
        ("Insurers put the damage at $75 million.", "$75 million", "damage"),
        ("A biologist puts the shark at 3.2 metres.", "3.2 metres", "shark"),
        ("The ship is 133 metres long.", "133 metres", "ship"),
        ("The bridge, which cost $90 million, is closed.", "$90 million", "bridge"),
        ("The company pays 30 per cent more than the price.", "30 per cent", "more"),
        ("Shares were 9.7% lower at the close.", "9.7%", "shares"),
        ("The court gave him a record-shattering fine of $5,000.", "$5,000", "record-shattering fine"),
    ],
)
def test_an_amount_has_a_thing_that_it_measures(
    describe: Callable[[str], list[Row]], text: str, surface: str, measured: str
) -> None:
    assert only(describe(text), surface)["measured"] == measured


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("The plant uses 5,000 gallons of water per minute.", "minute"),
        ("Members pay $40 a year.", "year"),
        ("The tickets cost $40 each.", "each"),
        ("They paid $40 a year ago.", None),
        ("They paid $40 for a week of work.", None),
        ("They paid $40 to each bereaved family.", "bereaved family"),
        ("They paid 5 per cent, up from 4 per cent.", None),
    ],
)
def test_a_rate_says_for_each_of_what(
    describe: Callable[[str], list[Row]], text: str, per: str | None
) -> None:
    assert [row["per"] for row in describe(text) if row["surface"][0] in "$5"] == [per]


@pytest.mark.parametrize(
    ("text", "is_hypothetical"),
    [
        ("The mill hired 500 workers.", False),
        ("The mill plans to hire 500 workers.", True),
        ("The mill could hire 500 workers.", True),
        ("If it hires 500 workers, the mill will grow.", True),
        ("The mill, which plans an inquiry, hired 500 workers.", False),
        ("The mill would close a plant and hire 500 workers.", True),
        ("The mill said it would close a plant and cut 500 jobs.", True),
        ("The fare will rise from 500 rupees to 600 rupees.", False),
    ],
)
def test_what_is_only_planned_is_hypothetical(
    describe: Callable[[str], list[Row]], text: str, is_hypothetical: bool
) -> None:
    assert only(describe(text), "500")["is_hypothetical"] is is_hypothetical


def test_a_denied_number_is_negated(describe: Callable[[str], list[Row]]) -> None:
    assert only(describe("The mill did not hire 500 workers."), "500")["is_negated"]
    assert not only(describe("The mill hired 500 workers, not machines."), "500")["is_negated"]


def test_a_limit_is_no_denial(describe: Callable[[str], list[Row]]) -> None:
    assert not only(describe("The mill hired no more than 500 workers."), "500")["is_negated"]


@pytest.mark.parametrize(
    ("text", "surface", "whole"),
    [
        ("At Osk, 19 of the 84 pupils won places.", "19", "the 84 pupils"),
        ("The bureau won 18 of its 25 cases this year.", "18", "its 25 cases"),
        ("Two of the painter's most important works are lost.", "Two", "the painter's most important works"),
        ("Two of the injured were in bed.", "Two", "the injured"),
    ],
)
def test_a_whole_ends_with_its_noun_phrase(
    describe: Callable[[str], list[Row]], text: str, surface: str, whole: str
) -> None:
    assert only(describe(text), surface)["of_whole"] == whole


@pytest.mark.parametrize(
    ("text", "surface", "measured"),
    [
        ("The suspects, ages 15 and 17, were arrested.", "15", "suspects"),
        ("It is for young adults aged 16 to 24.", "16", "young adults"),
        ("Osk ended the year with $1.1 billion in cash.", "$1.1", None),
        ("Osk earned $412 million, or $1.87 a share.", "$1.87", None),
        ("It cost 94 billion shillings ($610 million).", "$610", None),
        ("BRACK, June 2 - The death toll rose to 83.", "83", "death toll"),
    ],
)
def test_no_number_and_no_label_holds_an_amount(
    describe: Callable[[str], list[Row]], text: str, surface: str, measured: str | None
) -> None:
    assert only(describe(text), surface)["measured"] == measured


def test_a_rate_is_for_so_many_people(describe: Callable[[str], list[Row]]) -> None:
    (row,) = describe("There were 58 cases per 100,000 people.")
    assert row["per"] == "100,000 people"


def test_a_number_set_against_another_is_negated(describe: Callable[[str], list[Row]]) -> None:
    rows = describe("The fund has raised $1.4 million, not $14 million.")
    assert [row["is_negated"] for row in rows] == [False, True]


def test_an_age_behind_a_pronoun_is_of_the_person_who_can_be_meant(
    describe: Callable[[str], list[Row]],
) -> None:
    (row,) = describe("Susan Vane sailed with John Dell. She was 34.")
    assert (row["kind"], row["measured"]) == ("age", "Susan Vane")


def test_who_says_the_number_is_named(describe: Callable[[str], list[Row]]) -> None:
    rows = describe("Nine houses burned, according to the fire brigade.\n\nTen barns burned too.")

    assert only(rows, "Nine")["attributed_to"] == "the fire brigade"
    assert only(rows, "Ten")["attributed_to"] is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The fire killed a woman and her child.", 2),
        ("He is accused of killing her and her two sons.", 3),
        ("Both men were arrested at the border.", 2),
        ("No one was hurt in the fire.", 0),
        ("No injuries were reported.", 0),
        ("None of the passengers was hurt.", 0),
        ("No one is known to have died.", 0),
    ],
)
def test_a_count_without_a_numeral_is_a_figure(
    describe: Callable[[str], list[Row]], text: str, value: float
) -> None:
    assert value in [row["value"] for row in describe(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The fire killed a husband and father.",
        "The minister met a woman and her child.",
        "Both hands were frozen.",
        "No one else was hurt.",
        "No one liked the plan.",
        "None of the members liked the plan.",
        "No one is known to have seen it.",
        "The storm hurt trade and tourism.",
    ],
)
def test_other_lists_and_denials_are_no_count(describe: Callable[[str], list[Row]], text: str) -> None:
    assert describe(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("A $40,000 reward was offered.", "money", 40_000, "USD"),
        ("The fee is A$40.", "money", 40, "AUD"),
        ("They took 2m euros in gems.", "money", 2_000_000, "EUR"),
        ("He fell 2m into the snow.", "measure", 2, "m"),
    ],
)
def test_an_article_and_a_letter_are_read_by_what_follows(
    describe: Callable[[str], list[Row]], text: str, kind: str, value: float, unit: str
) -> None:
    (row,) = describe(text)

    assert (row["kind"], row["value"], row["unit"]) == (kind, value, unit)


def test_a_fraction_that_lost_its_space_is_malformed(describe: Callable[[str], list[Row]]) -> None:
    (row,) = describe("He served 41/2 months.")

    assert row["is_suspect"]
    assert row["candidates"] == [4.5, 20.5]
    assert describe("Osk fell from 41/2 to a draw.") == [], "runs and wickets"


def test_a_figure_in_words_that_nobody_is_known_to_say_has_no_source() -> None:
    found = SayerFinder("“We lost 40 boats.”", [{"start_char": 0, "end_char": 19}], [])

    assert found.find(9, 17, (0, 19)) == (None, None)


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "The march drew 8,000 people, according to police, and 15,000, according to the union.",
            ["police", "the union"],
        ),
        ("The spill was estimated at 4,500 litres.", [None]),
        (
            "The clinic took in 12 people, and the ambulance service said 15 were hurt.",
            [None, "the ambulance service"],
        ),
        (
            "Police put the crowd at 8,000 and the union that called the march, the Federation of Trades, at 15,000.",
            ["Police", "the union that called the march"],
        ),
        ("Police counted 8,000 people, the organisers 15,000.", ["Police", "the organisers"]),
        ("Police said 8,000 people came and organisers 15,000.", ["Police", "organisers"]),
        ("It drew 8,000 people, police said, and organisers spoke of 15,000.", ["police", "organisers"]),
        ("Police said 8,000 came, while organisers said 15,000 did.", ["Police", "organisers"]),
        (
            "The fire hurt 14 people, the mayor said, and the hospital said nine were in bed.",
            ["the mayor", "the hospital"],
        ),
        ("About 8,700 people marched, police said on Monday.", ["police"]),
        (
            "Some 8,000 people came, the ministry says; the union speaks of 15,000.",
            ["the ministry", "the union"],
        ),
        ("The organisers speak of 15,000 people and police of 8,000.", ["The organisers", "police"]),
        ("A cook and two waiters are dead in what Kelmouth police say is a murder.", ["Kelmouth police"]),
        ("Guards shot 12 people after police said the gate was open.", ["police"]),
        ("A cook who left because she fears for her job said 40 were ill.", ["A cook"]),
        ("A doctor, who asked not to be named, put the toll at 27.", ["A doctor"]),
        ("The inspector, Ada Oster, put the toll at 27.", ["The inspector, Ada Oster"]),
        ("Most want it gone, according to a poll of 812 adults.", [None]),
        ("About 40 people were hurt; nine were in bed, police said.", ["police", "police"]),
        ("Officials said the bridge, 300 metres long, would cost £90m.", ["Officials", "Officials"]),
        # the verb behind its speaker, before it, and no verb at all
        (
            "The outage cost the town $12 million, the chamber of commerce estimates.",
            ["the chamber of commerce"],
        ),
        ("Some 30,000 fans lined the streets, say the town's hoteliers.", ["the town's hoteliers"]),
        (
            "He will earn £95,000, say people close to the club; £120,000, says the agent.",
            ["people close to the club", "the agent"],
        ),
        ("The march drew 9,000, by the party's count.", ["the party"]),
        ("Osk Foods on Thursday reported a profit of $412 million.", ["Osk Foods"]),
        ("Ann Prior, 34, said the verdict was not one that they could accept.", [None]),
        (
            "The judge told the eight women and two men of the jury that it cost £2m.",
            [None, None, "The judge"],
        ),
        ("The storm claimed 13 lives.", [None]),
        ("An earlier claim of water rested on 29 tests.", [None]),
        ("Around 1,100 farmers say they got nothing.", [None]),
        (
            "They closed 14 wards and sent nurses 30 miles and, by the board's reckoning, 50 minutes away.",
            [None, None, "the board"],
        ),
    ],
)
def test_a_number_has_the_source_that_is_named_for_it(
    describe: Callable[[str], list[Row]], text: str, sources: list[str | None]
) -> None:
    assert [row["attributed_to"] for row in describe(text)] == sources


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Orr's lawyer said 40 people saw it.", None),
        ("Quayle's agent, Simon Petty, said 40 homes were sold.", "Simon Petty"),
        ("Greenpeace's Ann Lee said 40 whales had died.", "Ann Lee"),
        ("A critic of Simon Petty said 40 people had left.", None),
        ("Ann Lee of Greenpeace said 40 whales had died.", "Ann Lee"),
    ],
)
def test_the_entity_of_a_source_is_who_speaks_and_not_whom_he_speaks_for(
    describe: Callable[[str], list[Row]], text: str, name: str | None
) -> None:
    (row,) = describe(text)
    assert row["attributed_entity_id"] == (name and f"id of {name}")
