"""Figures of different outlets side by side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tasks.group.questions import Questions, find_questions

Row = dict[str, Any]
Ask = Callable[..., Questions]

FIRST = (
    "A fire at a paper mill in Dorsten killed three workers on Monday, police said.\n\n"
    "Ilse Marten, 41, a machinist, was among the dead. The mill's owner, 66-year-old Karl Henning, "
    "was arrested. Bail was set at $20,000."
)
SECOND = (
    "Three people were killed when a paper mill in Dorsten burned down on Monday.\n\n"
    "One of the dead is 42-year-old Ilse Marten. Karl Henning, 66, who owns the mill, was arrested "
    "and held on $20,000 bail."
)


def shared(result: Questions) -> dict[str, Row]:
    """The questions that two outlets answer, by label."""
    return {row["label"]: row for row in result.questions if row["outlet_count"] > 1}


def test_the_dead_and_each_persons_age_are_questions_of_their_own(ask: Ask) -> None:
    found = shared(ask(FIRST, SECOND))

    assert found["Ilse Marten's age"]["verdict"] == "conflict"
    assert found["Karl Henning's age"]["verdict"] == "agree"
    assert [row["low"] for label, row in found.items() if label.endswith("killed")] == [3]


def test_two_persons_of_one_age_stay_two_questions(ask: Ask) -> None:
    found = shared(
        ask(
            "Ana Bell, 30, shot Rosa Kern, 30, in a bar. Rosa Kern died at the scene.",
            "Rosa Kern, 30, was shot dead in a bar. Ana Bell, 30, was charged with murder.",
        )
    )

    assert {"Ana Bell's age", "Rosa Kern's age"} <= set(found)


def test_killed_and_arrested_are_two_questions(ask: Ask) -> None:
    result = ask(
        "Five people were killed in a riot in Osk. Police arrested nine people.",
        "Nine people were arrested after a riot in Osk in which five people were killed.",
    )
    values = sorted((row["low"], row["verdict"]) for row in shared(result).values())

    assert values == [(5, "agree"), (9, "agree")]


def test_a_later_higher_toll_is_an_update(ask: Ask) -> None:
    result = ask(
        "The quake near Osk killed 12 people, officials said.",
        "The quake near Osk killed 31 people, officials said.",
        hours=20,
    )

    assert {row["verdict"] for row in result.readings} == {"update"}


def test_two_tolls_of_one_hour_are_in_conflict(ask: Ask) -> None:
    result = ask(
        "The quake near Osk killed 12 people, officials said.",
        "The quake near Osk killed 31 people, officials said.",
    )

    assert {row["verdict"] for row in result.readings} == {"conflict"}


def test_six_decades_and_61_years_are_one_length(ask: Ask) -> None:
    result = ask("The couple had been married for 61 years.", "The couple had been married for six decades.")

    assert [row["verdict"] for row in result.questions] == ["overlap"]


def test_the_dead_set_beside_the_injured_are_another_question(ask: Ask) -> None:
    result = ask(
        "Seventy-four people are injured, doctors said; the ministry puts the dead at nineteen.",
        "Seventy-four people are injured, doctors said; the ministry puts the dead at nineteen.",
    )

    assert [row["verdict"] for row in result.questions] == ["agree", "agree"]


def test_miles_meet_kilometres(ask: Ask) -> None:
    result = ask("The quake had a depth of 10 miles.", "The quake had a depth of 16.1 kilometres.")
    (question,) = shared(result).values()

    assert question["verdict"] == "agree"
    assert question["unit"] in ("[mi_i]", "km")


def test_dollars_and_euros_stay_apart(ask: Ask) -> None:
    result = ask("The reward is $5,000.", "The reward is €5,000.")

    assert "agree" not in {row["verdict"] for row in result.readings}


def test_one_outlets_figures_have_no_verdict(ask: Ask) -> None:
    result = ask(FIRST)

    assert {row["verdict"] for row in result.questions} == {None}


def test_a_question_keeps_its_id_when_the_story_grows(ask: Ask) -> None:
    before = ask(FIRST)
    known = {
        (row["article_id"], row["start_char"], row["end_char"]): row["question_id"] for row in before.readings
    }
    after = ask(FIRST, SECOND, known=known)
    kept = {
        (row["article_id"], row["start_char"], row["end_char"]): row["question_id"] for row in after.readings
    }

    assert all(kept[key] == question_id for key, question_id in known.items())


def test_persons_who_are_sources_answer_nothing(ask: Ask) -> None:
    result = ask("The mill in Osk was never tested, two people who know the records said.")

    assert result.readings == []


def test_ranks_and_house_numbers_answer_nothing(ask: Ask) -> None:
    result = ask("The first fire began in the 2200 block of Alder Road.")

    assert result.readings == []


def test_lines_are_no_compartments_and_the_treated_are_not_the_dead(ask: Ask) -> None:
    result = ask(
        "Water came into four compartments of the ferry. Nine people were killed. Nine people were treated.",
        "He wrote four lines in a notebook. Nine people were killed.",
    )

    assert [(row["low"], row["reading_count"]) for row in shared(result).values()] == [(9, 2)]


def disputes(result: Questions) -> list[str]:
    """Labels of the questions that outlets answer differently."""
    return [row["label"] for row in result.questions if row["verdict"] in ("conflict", "suspect")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # an age without a name is another person's where it is not a birthday away
        ("Terry Lund, 57, works at the mill.", "The 112-year-old mill closes, Terry Lund said."),
        # none arrested is no answer to how many shot
        ("Police said one man was shot.", "Police said no one was arrested."),
        # another noun
        ("Four shots were fired in Osk.", "Shots were heard within a two-block area in Osk."),
        # another year
        ("The mill employed 300 people in 1998.", "The mill employed 900 people in 2015."),
        # a plan beside a fact
        ("Corvane could cut 400 jobs.", "Corvane cut 250 jobs."),
        # a span beside a distance in time
        ("He ruled Osk for 20 years.", "The vote comes two years after he ruled Osk."),
    ],
)
def test_other_questions_are_no_dispute(ask: Ask, one: str, other: str) -> None:
    assert disputes(ask(one, other)) == []


def test_a_rounded_number_is_no_conflict_and_another_is(ask: Ask) -> None:
    first = "The storm cut power to 19,214 homes in Osk."
    (rounded,) = shared(ask(first, "The storm cut power to 19,000 homes in Osk.")).values()
    (other,) = shared(ask(first, "The storm cut power to 17,000 homes in Osk.")).values()

    assert (rounded["verdict"], other["verdict"]) == ("overlap", "conflict")


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        # large numbers that lie near each other are one, rounded
        (
            "The bridge in Osk has four million passengers a year.",
            "The bridge in Osk has 4.1 million passengers a year.",
            "overlap",
        ),
        (
            "The bridge in Osk has four million passengers a year.",
            "The bridge in Osk has 4.6 million passengers a year.",
            "conflict",
        ),
        ("The raid in Osk involved 187 officers.", "The raid in Osk involved 184 officers.", "conflict"),
        # a word that gives no number is no other number, unless it is far off
        (
            "The raid in Osk involved about 130 officers.",
            "The raid in Osk involved scores of officers.",
            "vaguer",
        ),
        (
            "The raid in Osk involved 12 officers.",
            "The raid in Osk involved hundreds of officers.",
            "conflict",
        ),
    ],
)
def test_what_is_no_other_number_is_no_conflict(ask: Ask, one: str, other: str, verdict: str) -> None:
    (row,) = shared(ask(one, other)).values()

    assert row["verdict"] == verdict


def test_one_length_in_two_units_is_no_conflict(ask: Ask) -> None:
    (row,) = shared(
        ask("The ship ran aground two kilometres from Osk.", "The ship ran aground 1.1 miles from Osk.")
    ).values()

    assert row["verdict"] == "overlap"


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [("94 mph", "overlap"), ("99 mph", "conflict"), ("151 km/h", "conflict")],
)
def test_what_the_last_digits_of_two_units_leave_open_is_no_conflict(
    ask: Ask, printed: str, verdict: str
) -> None:
    first = "The storm hit Osk with gusts of 152 km/h on the quay."
    (row,) = shared(ask(first, f"The storm hit Osk with gusts of {printed} on the quay.")).values()

    assert row["verdict"] == verdict


def test_a_share_in_words_and_in_per_cent_agrees_in_one_unit(ask: Ask) -> None:
    result = ask(
        "The plant in Osk makes a quarter of the group's steel.",
        "The plant in Osk makes 25 per cent of the group's steel.",
    )
    (row,) = (row for row in result.questions if row["outlet_count"] > 1)

    assert (row["verdict"], row["low"], row["high"], row["unit"]) == ("agree", 25, 25, "%")


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        # the missing are found, and a fire spreads
        (
            "23 people are missing after the flood in Osk.",
            "11 people are missing after the flood in Osk.",
            "update",
        ),
        ("The fire in Osk has burned 900 acres.", "The fire in Osk has burned 4,000 acres.", "update"),
        # who was aboard does not change by the next day
        ("The ship carried 212 passengers to Osk.", "The ship carried 240 passengers to Osk.", "conflict"),
    ],
)
def test_only_numbers_that_change_are_replaced_by_a_later_report(
    ask: Ask, one: str, other: str, verdict: str
) -> None:
    (row,) = shared(ask(one, other, hours=20)).values()

    assert row["verdict"] == verdict


def test_sources_that_differ_are_named_as_such(ask: Ask) -> None:
    result = ask(
        "The blast killed 12 people, the ministry said.",
        "The blast killed 19 people, the rebels said.",
    )

    assert {row["verdict"] for row in result.readings} == {"conflict of sources"}
    assert {row["source"] for row in result.readings} == {"the ministry", "the rebels"}


def test_outlets_that_name_one_source_have_one_source(ask: Ask) -> None:
    text = "The blast killed 12 people, the ministry said."
    (row,) = shared(ask(text, text, text)).values()

    assert (row["outlet_count"], row["source_count"]) == (3, 1)


def test_a_higher_toll_of_the_next_day_is_an_update_though_its_hour_is_unknown(read_story: Any) -> None:
    first, second = read_story(
        "The quake near Osk killed 12 people, officials said.",
        "The quake near Osk killed 31 people, officials said.",
    )
    first.article["published_at"] = datetime(2031, 5, 3, 20, tzinfo=UTC)
    second.article.update(published_at=datetime(2031, 5, 4, tzinfo=UTC), published_precision="day")

    assert {row["verdict"] for row in find_questions("story", [first, second]).readings} == {"update"}


def test_two_numbers_set_against_each_other_take_in_one_of_them_told_alone(ask: Ask) -> None:
    found = shared(
        ask(
            "There were 26 people in the quarry at Osk, according to Hexham Stone.",
            "Hexham Stone says that 26 people were in the quarry at Osk. The mines inspector, Ada Oster, says 29.",
            "There were 29 people in the quarry at Osk, the inspector, Ada Oster, said.",
        )
    )

    assert [row["verdict"] for row in found.values()] == ["conflict of sources"]


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (
            "The painting was sold for €3.2 million in Osk.",
            "The painting was sold for €3.6 million in Osk.",
            "conflict",
        ),
        ("Police offer a reward of €3,000 in Osk.", "Police offer a reward of €6,000 in Osk.", "update"),
        # a sum is not another one by the next day, if no word tells a change
        (
            "The new bridge in Osk will cost €30 million.",
            "The new bridge in Osk will cost €34 million.",
            "conflict",
        ),
        (
            "The new bridge in Osk will cost €30 million.",
            "The cost of the new bridge in Osk has risen to €34 million.",
            "update",
        ),
    ],
)
def test_what_was_paid_is_not_set_anew(ask: Ask, one: str, other: str, verdict: str) -> None:
    assert {row["verdict"] for row in ask(one, other, hours=20).readings} == {verdict}


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        # how much it can be is not the same
        (
            "The mill in Osk faces a fine of up to €250,000.",
            "The mill in Osk faces a fine of as much as €500,000.",
            "conflict",
        ),
        (
            "The mill in Osk faces a fine of up to €500,000.",
            "The mill in Osk faces a fine of as much as €500,000.",
            "agree",
        ),
        # neither of these tells the most that it can be
        (
            "The mill in Osk faces a fine of less than €250,000.",
            "The mill in Osk faces a fine of less than €500,000.",
            "overlap",
        ),
        # degrees of either scale
        (
            "The temperature in Osk rose to 44.6 degrees.",
            "The temperature in Osk rose to 44.2 degrees Celsius.",
            "conflict",
        ),
        (
            "The temperature in Osk rose to 107 degrees.",
            "The temperature in Osk rose to 41.7 degrees Celsius.",
            "overlap",
        ),
    ],
)
def test_limits_and_bare_degrees_are_compared(ask: Ask, one: str, other: str, verdict: str) -> None:
    (row,) = shared(ask(one, other)).values()

    assert row["verdict"] == verdict


def test_two_sums_set_against_each_other_take_in_one_of_them_told_alone(ask: Ask) -> None:
    (row,) = shared(
        ask(
            "The losses in Osk amount to €410 million, according to the union; the ministry speaks of 260 million.",
            "The ministry puts the losses in Osk at €260 million.",
        )
    ).values()

    assert row["verdict"] == "conflict of sources"
