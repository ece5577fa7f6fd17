"""Which figures of two outlets can answer one question, whatever their words share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tasks.group.questions import Questions

Ask = Callable[..., Questions]

APART = {
    "of another accident": (
        "The ferry Orrin hit the quay. Nine people were hurt, police said. Last week the ferry Talma ran aground. "
        "Between 17 and 23 people were hurt in that accident.",
        "The ferry Orrin hit the quay. At least 12 people were hurt, the ambulance service said.",
        "Between 17 and 23 people",
        "At least 12 people",
    ),
    "a change beside a share": (
        "The state is to bear at least 40 per cent of the cost of the furnace.",
        "Energy cost the works 60 per cent more than its rivals.",
        "at least 40 per cent",
        "60 per cent",
    ),
    "of a year long past": (
        "The works was largest in 1974, when it employed more than 9,000 people.",
        "The works closes. Police put the march at 11,000 to 13,000 people.",
        "more than 9,000 people",
        "11,000 to 13,000 people",
    ),
    "times beside persons": (
        "The teacher counted the children four times.",
        "Four of the children were hurt, the hospital said.",
        "four times",
        "Four",
    ),
    "what a ship carries beside who was aboard": (
        "The ferry Orrin carries up to 480 passengers to Osk. It hit the quay.",
        "The ferry Orrin carried 312 passengers to Osk when it hit the quay.",
        "up to 480 passengers",
        "312 passengers",
    ),
    "a speed limit beside a speed": (
        "The train was going at 118 miles an hour where 70 miles an hour is allowed.",
        "The train derailed at 106 miles an hour, the inspector said.",
        "70 miles an hour",
        "106 miles an hour",
    ),
    "what a permit allows beside what was there": (
        "The mill in Osk burned. The permit allowed it to store 30,000 pounds of resin.",
        "The mill in Osk burned. It stored 50,000 pounds of resin.",
        "30,000 pounds",
        "50,000 pounds",
    ),
    "what a law gives beside how long it took": (
        "The recount of the ballots in Osk took six days, the board said.",
        "The law gives a board ten days for a recount of the ballots.",
        "six days",
        "ten days",
    ),
    "what should have been beside what was": (
        "A cabin of the ropeway fell in Osk. The wind blew at 96 km/h.",
        "A cabin of the ropeway fell in Osk. At a wind of 70 km/h it should have stopped.",
        "96 km/h",
        "70 km/h",
    ),
    "how many fewer beside how many": (
        "The agency of Osk has 1,150 engineers. On Monday 270 engineers walked out.",
        "The agency of Osk has engineers, 300 fewer than ten years ago, and they walked out.",
        "270 engineers",
        "300",
    ),
    "a further way beside the whole way": (
        "Mothers in Osk face a journey of 34 miles to the nearest ward.",
        "Mothers in Osk were sent on to the ward of Halm, a further 28 miles.",
        "34 miles",
        "28 miles",
    ),
    "a fall beside where it began": (
        "At the start the patients in Osk had 12.7 days of headache a month on average.",
        "The average of the patients in Osk fell by 6.4 days of headache a month.",
        "12.7 days",
        "6.4 days",
    ),
    "two stretches of years": (
        "Of the accidents of the past ten years in Osk half happened on the northern slope.",
        "The average of accidents in Osk over the past 20 years is 14 a winter.",
        "ten years",
        "20 years",
    ),
    "the dead of last year": (
        "A blast hit the mine in Osk and killed seven people, police said.",
        "A blast hit the mine in Osk, police said. Last year eight people were killed in the mine.",
        "seven people",
        "eight people",
    ),
    "what two parties ask for": (
        "Karl Orm was found guilty. Prosecutors had asked for 20 years.",
        "Karl Orm was found guilty. The defence had asked for six years.",
        "20 years",
        "six years",
    ),
    "some of them beside all": (
        "One of the two gunmen was shot. The bank was full.",
        "Three gunmen were shot at the bank.",
        "two gunmen",
        "Three gunmen",
    ),
    "a boy's charges beside the dead": (
        "Two people were killed in the park in Osk on Friday, police said.",
        "A boy faces two counts of murder in the park in Osk.",
        "Two people",
        "two counts",
    ),
    "a missing and a dead number": (
        "A blast hit the mine in Osk. 23 are missing in the mine.",
        "A blast hit the mine in Osk. In an older fire 23 were killed in the mine.",
        "23",
        "23",
    ),
    "an age beside that of another time": (
        "The mine in Osk was flooded. Bogdan Kerzhak, 51, led the shift.",
        "The mine in Osk was flooded. Bogdan Kerzhak has been a miner since he was 16.",
        "51",
        "16",
    ),
    "a week of two things": (
        "It was the second accident in a week.",
        "The rules ask for a test of the generator every seven days.",
        "a week",
        "seven days",
    ),
}


@pytest.mark.parametrize("case", APART)
def test_figures_of_two_things_stay_apart(ask: Ask, case: str) -> None:
    one, other, surface, other_surface = APART[case]
    ours, theirs = homes(ask(one, other), (one, surface), (other, other_surface))

    assert ours != theirs


TOGETHER = {
    "homes and houses": (
        "The fire in Osk destroyed 62 homes, officials said.",
        "The fire in Osk spread, and 71 houses were destroyed.",
        "62 homes",
        "71 houses",
    ),
    "how far a coach fell": (
        "A coach left the road near Osk and fell 40 metres into a ravine.",
        "A coach left the road near Osk and plunged 60 metres into a ravine.",
        "40 metres",
        "60 metres",
    ),
    "a quarter and 25 per cent": (
        "The plant in Osk makes a quarter of the group's steel.",
        "The plant in Osk makes 25 per cent of the group's steel.",
        "a quarter of the group's steel",
        "25 per cent of the group's steel",
    ),
    "the only suspect": (
        "A fire burned in Osk. Police arrested a suspect aged 24.",
        "A fire burned in Osk. The suspect, a 27-year-old, was arrested.",
        "24",
        "27-year-old",
    ),
    "seventeen hurt": (
        "Seventeen hurt in the crash of the ferry Orrin in Osk.",
        "The ferry Orrin crashed in Osk, injuring 17 people.",
        "Seventeen hurt",
        "17 people",
    ),
    "times of one number": (
        "The kidnappers rang the villa 43 times in May, police said.",
        "The villa had answered 43 calls of the kidnappers in May, police said.",
        "43 times",
        "43 calls",
    ),
    "how long it took, after and in": (
        "The standoff at the bank in Osk ended after 14 hours, police said.",
        "The standoff at the bank in Osk was over in 16 hours.",
        "14 hours",
        "16 hours",
    ),
    "two votes of one board": (
        "The board of the bank in Osk voted 5-2 for the cut.",
        "The board of the bank in Osk voted 4-3 for the cut.",
        "5",
        "4",
    ),
    "the traffic of a bridge": (
        "The bridge in Osk carries 31,000 cars a day, the town said.",
        "The bridge in Osk was used by 27,000 cars a day, the firm said.",
        "31,000 cars",
        "27,000 cars",
    ),
    "a mineral per litre": (
        "The spring in Osk contained 17 milligrams of lead per litre, the agency said.",
        "The spring in Osk contained 23 milligrams per litre of lead, the agency said.",
        "17 milligrams",
        "23 milligrams per litre",
    ),
    "the number of job cuts": (
        "Corvane will close its works in Osk with the loss of 1,450 jobs.",
        "Corvane will close its works in Osk. The company put the number of job cuts at 1,450.",
        "1,450 jobs",
        "1,450",
    ),
    "the same accident, without an end": (
        "The ferry Orrin hit the quay. Nine to 12 people were hurt in the accident.",
        "The ferry Orrin hit the quay. At least 12 people were hurt in the accident, police said.",
        "Nine to 12 people",
        "At least 12 people",
    ),
}


@pytest.mark.parametrize("case", TOGETHER)
def test_figures_of_one_thing_meet(ask: Ask, case: str) -> None:
    one, other, surface, other_surface = TOGETHER[case]
    ours, theirs = homes(ask(one, other), (one, surface), (other, other_surface))

    assert ours == theirs


def homes(result: Questions, *places: tuple[str, str]) -> list[str]:
    """The question of the figure with this surface in each of the texts."""
    return [
        next(
            row["question_id"]
            for row in result.readings
            if row["article_id"] == f"article{number}" and row["start_char"] == text.index(surface)
        )
        for number, (text, surface) in enumerate(places, start=1)
    ]
