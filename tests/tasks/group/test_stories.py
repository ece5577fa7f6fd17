"""Stories: one for each event, whoever tells it; two for two events, however alike."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from grouping_articles import OTHER, REPORT, make_article, make_signed, when
from hypothesis import given, settings
from hypothesis import strategies as st

from core.outcomes import Row, StageResult
from core.tables import STORIES, STORY_ARTICLES
from tasks.group.duplicates import find_duplicates
from tasks.group.stories import GROUP_COLUMNS, group_stories

VOTE = "Larkmouth council votes to close swimming hall"
SECOND_REPORT = """The swimming hall in Larkmouth will shut its doors at the end of November. After three hours of
debate, councillors decided by 21 votes to 18 not to spend 4.2 million euros on a new roof. Odile Farrow, who
heads the works department, told them that the beams of 1971 would not stand another winter of snow. Tess
Arkwright of the swimming club said that its 640 members would take the town to court; 11,000 people had
signed against the closure. Schools in Larkmouth are to use the pool in Upper Denning. Mayor Rufus Hale spoke
of the hardest vote of his time in office. The hall in Cobden Street opened in the year the roof was built."""
WEEK_LATER = """The council of Larkmouth voted on Monday night to close the library in Quarry Lane. The building,
which dates from 1968, would cost 2.9 million euros to repair, said the head of the works department, Odile
Farrow. Some 200 people followed the debate from the gallery. The reading circle, which has 150 members, had
collected 7,000 signatures against the plan. Its chairman, Jonas Peel, spoke of a black day for the town. The
vote was 20 to 19. The library is to close at the end of December, and its books go to Upper Denning. The
mayor, Rufus Hale, said that nobody had wanted this, and that the money was not there. A week ago the
council had decided to close the swimming hall in Cobden Street."""


def memberships(result: StageResult) -> dict[str, str]:
    return {row["article_id"]: row["story_id"] for row in result.rows["story_articles"]}


def partition(stories: dict[str, str]) -> set[frozenset[str]]:
    """Which articles are together, whatever their stories are called."""
    return {frozenset(a for a, s in stories.items() if s == story) for story in set(stories.values())}


def ripen(rows: list[Row], *results: StageResult) -> list[Row]:
    """The rows as the next run knows them: with the stories that they were given."""
    given = {article: story for result in results for article, story in memberships(result).items()}
    return [{**row, "story_id": given[row["article_id"]]} for row in rows]


def vote_reports() -> list[Row]:
    return [
        make_article("a", VOTE, REPORT, when(6)),
        make_article("b", "Swimming hall to shut", SECOND_REPORT, when(7)),
    ]


def test_two_reports_on_one_event_in_different_words_are_one_story() -> None:
    result = group_stories(vote_reports(), [])
    (story,) = result.rows["stories"]
    assert (story["article_count"], story["outlet_count"]) == (2, 2)
    assert (story["first_published_at"], story["last_published_at"]) == (when(6), when(7))
    assert story["title"] in {VOTE, "Swimming hall to shut"}
    assert STORIES.to_arrow(result.rows["stories"]).num_rows == 1
    assert STORY_ARTICLES.to_arrow(result.rows["story_articles"]).num_rows == 2


def test_reports_on_other_events_of_the_same_day_are_other_stories() -> None:
    rows = [*vote_reports(), make_article("c", "Goods train derails at Stowbridge", OTHER, when(6))]
    assert partition(memberships(group_stories(rows, []))) == {frozenset("ab"), frozenset("c")}


def count_numbers(*values: float) -> list[Row]:
    return [{"kind": "count", "value": value} for value in values]


def test_the_same_people_in_the_same_kind_of_event_a_week_later_are_another_story() -> None:
    first, second = vote_reports()
    first["numbers"] = count_numbers(300.0, 640.0, 11_000.0, 21.0, 18.0)
    second["numbers"] = count_numbers(21.0, 18.0, 640.0, 11_000.0)
    later = make_article("c", "Larkmouth council votes to close library", WEEK_LATER, when(13))
    later["numbers"] = count_numbers(200.0, 150.0, 7_000.0, 20.0, 19.0)
    apart = {frozenset("ab"), frozenset("c")}
    assert partition(memberships(group_stories([first, second, later], []))) == apart
    same_day = {**later, "published_at": when(6), "numbers": first["numbers"]}
    assert partition(memberships(group_stories([first, second, same_day], []))) == {frozenset("abc")}, (
        "it is time and the numbers that part them: on one day their words would do"
    )


def test_a_chain_of_reports_day_after_day_does_not_carry_a_story_on_for_ever() -> None:
    rows = [make_article(f"a{day:02d}", VOTE, f"{REPORT} Day {day}.", when(day)) for day in range(1, 29)]
    similar_words = [
        {**row, "body_text": f"{SECOND_REPORT} {' '.join(f'x{day}y{n}' for n in range(120))}"}
        for day, row in enumerate(rows)
    ]
    stories = group_stories(similar_words, []).rows["stories"]
    assert len(stories) > 2
    assert max(s["last_published_at"] - s["first_published_at"] for s in stories) <= timedelta(days=10)


def test_an_article_without_a_date_joins_by_its_words_alone() -> None:
    undated = make_article("c", VOTE, REPORT.replace("Monday", "Monday late"), None)
    assert partition(memberships(group_stories([*vote_reports(), undated], []))) == {frozenset("abc")}
    stranger = make_article("c", "Goods train derails", OTHER, None)
    assert partition(memberships(group_stories([*vote_reports(), stranger], []))) == {
        frozenset("ab"),
        frozenset("c"),
    }


def test_a_story_keeps_its_id_when_it_grows_and_counts_all_its_articles() -> None:
    first, second = vote_reports()
    before = group_stories([second], [])
    earlier = group_stories([first], ripen([second], before))
    assert memberships(earlier) == {"a": memberships(before)["b"]}, (
        "though the new article is the earlier one"
    )
    assert earlier.rows["stories"][0]["article_count"] == 2
    assert earlier.rows["stories"][0]["first_published_at"] == when(6)


def test_two_known_stories_are_never_made_one() -> None:
    known = [{**row, "story_id": f"story-{row['article_id']}"} for row in vote_reports()]
    result = group_stories([make_article("c", VOTE, REPORT, when(6))], known)
    assert memberships(result) == {"c": "story-a"}, "the closer one takes it"
    assert [row["story_id"] for row in result.rows["stories"]] == ["story-a"]


def test_stories_that_no_new_article_touches_are_not_written_again() -> None:
    known = [{**row, "story_id": "story"} for row in vote_reports()]
    result = group_stories([make_article("c", "Goods train derails", OTHER, when(6))], known)
    assert {row["story_id"] for row in result.rows["stories"]} == {memberships(result)["c"]}
    assert "story" not in memberships(result).values()


def test_a_corrected_article_stays_in_its_story() -> None:
    known = [{**row, "story_id": "story"} for row in vote_reports()]
    corrected = make_article("a", VOTE, OTHER, when(6))
    assert memberships(group_stories([corrected], known)) == {"a": "story"}


def test_a_copy_joins_its_original_even_when_it_is_printed_weeks_later() -> None:
    first, second = vote_reports()
    copy = make_article("c", "From the archive", REPORT, when(28))
    signed = [make_signed(row["article_id"], row["body_text"], row["published_at"]) for row in (first, copy)]
    (found,) = find_duplicates(signed, [])
    copy["original_article_id"] = found["original_article_id"]
    assert partition(memberships(group_stories([first, second, copy], []))) == {frozenset("abc")}


def test_names_and_days_in_common_bring_reports_closer() -> None:
    plain = group_stories(vote_reports(), []).rows["story_articles"][0]["similarity_ratio"]
    named = [
        {
            **row,
            "entity_ids": ["larkmouth", "farrow", "hale"],
            "event_dates": [datetime(2026, 10, 5, tzinfo=UTC)],
        }
        for row in vote_reports()
    ]
    assert group_stories(named, []).rows["story_articles"][0]["similarity_ratio"] > plain


def test_articles_without_title_and_without_words_are_stories_of_their_own() -> None:
    rows = [make_article(name, None, "...", when(6)) for name in "ab"]
    result = group_stories(rows, [])
    assert len(result.rows["stories"]) == 2
    assert [row["similarity_ratio"] for row in result.rows["story_articles"]] == [1.0, 1.0]
    assert not any(group_stories([], []).rows.values())


def test_a_body_of_one_endless_word_costs_no_more_than_another() -> None:
    assert len(group_stories([make_article("a", "x" * 10**6, "y" * 10**7, when(6))], []).rows["stories"]) == 1


def make_world(seed: int) -> list[Row]:
    """A fortnight of 12 events with five reports each, in words drawn around each event."""
    picker = random.Random(seed)
    common = [f"common{number}" for number in range(400)]
    rows = []
    for event in range(12):
        own = [f"event{event}word{number}" for number in range(40)]
        start = picker.randrange(14 * 24)
        for report in range(5):
            words = [picker.choice(own if picker.random() < 0.5 else common) for _ in range(200)]
            time = when(1) + timedelta(hours=start + picker.randrange(30))
            rows.append(make_article(f"{event:02d}-{report}", " ".join(words[:8]), " ".join(words), time))
    return rows


@given(st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None)
def test_the_order_of_the_articles_does_not_matter(picker: random.Random) -> None:
    rows = make_world(1)
    assert group_stories(picker.sample(rows, len(rows)), []) == group_stories(rows, [])


@pytest.mark.parametrize("days", [1, 3, 5])
def test_one_load_and_loads_of_a_few_days_each_find_the_same_stories(days: int) -> None:
    rows = make_world(7)
    first = min(row["published_at"] for row in rows).date()
    chunks: dict[int, list[Row]] = {}
    for row in rows:
        chunks.setdefault((row["published_at"].date() - first).days // days, []).append(row)
    known: list[Row] = []
    for number in sorted(chunks):
        known += ripen(chunks[number], group_stories(chunks[number], known))
    assert {row["article_id"]: row["story_id"] for row in known} == memberships(group_stories(rows, []))


@pytest.mark.parametrize("seed", range(5))
def test_two_runs_find_the_stories_of_one(seed: int) -> None:
    rows = make_world(seed)
    at_once = partition(memberships(group_stories(rows, [])))
    cut = random.Random(seed).sample(rows, len(rows))
    first = group_stories(cut[:30], [])
    second = group_stories(cut[30:], ripen(cut[:30], first))
    in_two = partition(memberships(first) | memberships(second))
    assert len(at_once) == 12
    assert len(in_two & at_once) >= 11, "at most one event may come out otherwise"


@pytest.mark.corpora
def test_the_seed_articles_are_two_stories(seeds: Path) -> None:
    rows = [
        make_article(path.name[:3], None, path.read_text(encoding="utf-8"), None)
        for path in sorted(seeds.glob("*.txt"))
    ]
    assert partition(memberships(group_stories(rows, []))) == {
        frozenset({"000", "004"}),
        frozenset({"001", "002", "003"}),
    }


def test_the_columns_asked_for_are_those_of_the_rows() -> None:
    assert set(vote_reports()[0]) == set(GROUP_COLUMNS)
