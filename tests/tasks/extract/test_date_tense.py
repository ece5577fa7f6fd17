"""Which Tuesday a sentence means, printed on a Friday."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

Row = dict[str, Any]
FRIDAY = datetime(2031, 5, 9, 12, tzinfo=UTC)
NEXT, LAST = datetime(2031, 5, 13, tzinfo=UTC).date(), datetime(2031, 5, 6, tzinfo=UTC).date()

TO_COME = """
Call us on Tuesday.
“Come back on Tuesday,” she said.
He was ordered to pay by Tuesday.
The bill must be paid by Tuesday.
He is due in court on Tuesday.
She is expected to appear in court Tuesday.
The funeral takes place on Tuesday.
Voters go to the polls on Tuesday.
The court is to rule on Tuesday.
Talks resume Tuesday.
The team plays Sundvik on Tuesday.
A hearing is set for Tuesday.
A decision is expected Tuesday.
The minister flies to Brack on Tuesday.
The company reports earnings on Tuesday.
A vigil will be held Tuesday night.
Police said a vigil would be held on Tuesday.
The strike, announced by the union last week, begins on Tuesday.
The store closes for good on Tuesday.
The exhibition runs until Tuesday.
Rain is forecast for Tuesday.
He faces trial on Tuesday.
The bill goes to the Senate on Tuesday.
She can appeal until Tuesday.
The deadline is Tuesday.
The new law takes effect on Tuesday.
The president is traveling to Brack on Tuesday.
A memorial service is planned for Tuesday.
He is scheduled to be arraigned Tuesday.
The committee votes on Tuesday.
The film comes out on Tuesday.
Parliament meets on Tuesday to debate the bill.
The two men were ordered to appear in court on Tuesday.
The airline said flights would resume on Tuesday.
The body will be flown home on Tuesday.
He was remanded in custody until Tuesday.
She has been told to leave by Tuesday.
The trial has been adjourned until Tuesday.
The vote has been postponed to Tuesday.
The match was moved to Tuesday.
Classes have been cancelled for Tuesday.
Prices are going up on Tuesday.
They hope to finish the work on Tuesday.
Snow could fall on Tuesday.
A second round is likely on Tuesday.
He has promised an answer by Tuesday.
The inquest was adjourned to Tuesday.
A ceremony is being held on Tuesday.
The council votes Tuesday on the plan.
Jury selection gets under way on Tuesday.
The two leaders speak by phone on Tuesday.
The shop reopens on Tuesday.
Counting starts on Tuesday.
The pope arrives in Brack on Tuesday.
The envoy is visiting the camp on Tuesday.
A verdict is not expected before Tuesday.
Bidding closes on Tuesday.
She leaves hospital on Tuesday.
The government wants a vote on Tuesday.
He would not say whether he would attend on Tuesday.
The series returns on Tuesday.
The players were told to report on Tuesday.
The ban comes into force on Tuesday.
Mourners are to gather on Tuesday.
The firm is to publish its results on Tuesday.
The inquiry will hear from him on Tuesday.
Trains are not running on Tuesday.
Heavy rain is expected to return on Tuesday.
They have lost four matches and face a trip to Ashby on Tuesday.
"""
GONE_BY = """
Five of the wounded were released by Tuesday.
The mine will close after a dam burst on Tuesday.
He was arrested on Tuesday.
Police arrested a man on Tuesday.
The man, who died on Tuesday, was 40.
The fire, which began Tuesday, has been put out.
He said on Tuesday that he would resign.
She told reporters Tuesday she will run.
The government said Tuesday it plans to sell.
A man wanted since Tuesday was found.
Shares fell 3% on Tuesday.
The report, released Tuesday, says little.
The accident happened Tuesday on Route 9.
Officials confirmed Tuesday that schools will close.
A judge ordered him on Tuesday to pay.
He agreed Tuesday to step down.
The minister resigned Tuesday after he was told he would be charged.
Two people are dead after a crash Tuesday.
Three people remain in hospital after Tuesday's crash.
A woman is in custody after a stabbing on Tuesday.
The army took the town on Tuesday.
He had been due in court on Tuesday but fell ill.
The president, who is to visit Brack in June, met the envoy on Tuesday.
The plan, which would cost 4 billion, was published on Tuesday.
She quit on Tuesday.
Rebels shot down a plane on Tuesday, the army says.
He denies being there on Tuesday.
They have not been seen since Tuesday.
Lawmakers voted Tuesday to ban it.
The company, set up in May, went under on Tuesday.
A bomb went off in Brack on Tuesday.
The party won Tuesday's vote.
At a news conference Tuesday, officials said the man is expected to live.
Police are looking for a man who robbed a bank on Tuesday.
The number of cases rose to 87 on Tuesday.
Officials put the toll at 12 on Tuesday.
The court upheld the ban on Tuesday.
The union's members overwhelmingly backed the deal on Tuesday.
He appeared in court on Tuesday and will return in June.
A man is being questioned after a body was found on Tuesday.
A hearing was held on Tuesday.
The ship sank on Tuesday off Osk.
Tuesday's storm killed four.
They found the boat on Tuesday.
Four people were taken to hospital on Tuesday.
The mayor, elected on Tuesday, is a doctor.
The envoy, who arrived on Tuesday, is staying at a hotel.
The prime minister has been in Brack since Tuesday.
Police released his name on Tuesday.
The two sides met on Tuesday to discuss the plan.
The bank cut rates on Tuesday to help growth.
He had hoped to fly on Tuesday.
Nobody came on Tuesday.
He could not be reached on Tuesday.
Officials could not say on Tuesday who would pay.
The union called off the strike on Tuesday.
The man charged on Tuesday is 40.
A crowd gathered Tuesday outside the court.
She told the court on Tuesday that she will appeal.
It snowed on Tuesday.
Work on the road began on Tuesday and will last a year.
The boy, last seen on Tuesday, is six.
The fund had brought in $86,000 by Tuesday.
"""


@pytest.mark.parametrize(("sentences", "day"), [(TO_COME, NEXT), (GONE_BY, LAST)], ids=["to come", "gone by"])
def test_a_weekday_is_the_one_that_its_verb_tells(
    extract: Callable[..., dict[str, list[Row]]], article: Callable[..., Row], sentences: str, day: Any
) -> None:
    articles = [article(text, text, published_at=FRIDAY) for text in sentences.strip().splitlines()]
    days = {
        row["article_id"]: row["starts_at"]
        for row in extract(*articles)["dates"]
        if "Tuesday" in row["surface"]
    }
    assert len(days) == len(articles)
    assert [text for text, moment in days.items() if moment.date() != day] == []


@pytest.mark.parametrize(
    "text",
    [
        "Police are investigating a shooting late Tuesday night.",
        "Tuesday: a man is shot on the quay.",
        "A search is underway Tuesday in the hills.",
    ],
)
def test_the_present_of_what_is_reported_plans_nothing(
    extract: Callable[..., dict[str, list[Row]]], article: Callable[..., Row], text: str
) -> None:
    rows = extract(article(text, published_at=datetime(2031, 5, 7, 12, tzinfo=UTC)))["dates"]
    assert [row["starts_at"].date() for row in rows] == [LAST]


def test_a_month_behind_a_verb_of_a_timetable_is_to_come(
    extract: Callable[..., dict[str, list[Row]]], article: Callable[..., Row]
) -> None:
    text = "The work was paid for by a grant that runs out in December."
    (row,) = extract(article(text, published_at=FRIDAY))["dates"]
    assert row["starts_at"].date().isoformat() == "2031-12-01"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Police said he died on Christmas Day.", 2030),
        ("She wanted a deal before Christmas.", 2031),
        ("She left on 20 December.", 2030),
    ],
)
def test_a_past_verb_keeps_a_near_day_to_come_in_the_past_and_a_wish_does_not(
    extract: Callable[..., dict[str, list[Row]]], article: Callable[..., Row], text: str, year: int
) -> None:
    (row,) = extract(article(text, published_at=datetime(2031, 11, 19, 12, tzinfo=UTC)))["dates"]
    assert row["starts_at"].year == year
