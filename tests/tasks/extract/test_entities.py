"""Ids: one per real thing, the same from run to run, and never two people made one."""

from __future__ import annotations

from tasks.extract.entities import merge_entities
from tasks.extract.entities.people import match_people
from tasks.extract.names.frame import Candidate


def ids_of(rows, surface):
    return [row["entity_id"] for row in rows["mentions"] if row["surface"] == surface]


def test_a_well_known_person_has_the_wikidata_item_as_id(article, extract):
    rows = extract(article("Vladimir Putin spoke. Putin was brief."))
    assert set(ids_of(rows, "Putin") + ids_of(rows, "Vladimir Putin")) == {"Q7747"}


def test_one_surname_in_two_articles_is_not_one_person(article, extract):
    first = article("Carla Garcia won the race. Garcia thanked the crowd.", "one")
    second = article("Tom Garcia lost his job. Garcia will appeal.", "two")
    ids = ids_of(extract(first, second), "Garcia")
    assert len(ids) == 2
    assert ids[0] != ids[1]


def test_a_bare_surname_that_nobody_explains_keeps_to_its_article(article, extract):
    text = "Mr. Quillfeather said the road was closed."
    rows = extract(article(text, "one"), article(text, "two"))
    ids = ids_of(rows, "Quillfeather")
    assert len(set(ids)) == 2


def test_ids_do_not_change_when_the_corpus_grows(article, extract):
    text = "Imke Sandqvist of Corvane Bank Plc met Corvane staff in Durban, South Africa."
    alone = extract(article(text, "one"))
    among = extract(article("Tom Garcia lives in Durban.", "zero"), article(text, "one"))
    assert [row["entity_id"] for row in alone["mentions"]] == [
        row["entity_id"] for row in among["mentions"] if row["article_id"] == "one"
    ]


def test_a_company_and_its_short_name_are_one(article, extract):
    rows = extract(article("Corvane Bank Plc cut 200 jobs. Shares in Corvane fell."))
    assert ids_of(rows, "Corvane Bank Plc") == ids_of(rows, "Corvane")


def test_countries_have_their_iso_code_and_cities_their_coordinates(article, extract):
    rows = extract(article("Officials flew from Ukraine to Geneva."))
    by_name = {row["name"]: row for row in rows["entities"]}
    assert by_name["Ukraine"]["country_code"] == "UA"
    assert by_name["Ukraine"]["wikidata_id"] == "Q212"
    assert abs(by_name["Geneva"]["latitude"] - 46.2) < 0.1


def test_the_country_named_behind_a_comma_breaks_a_tie_between_cities(article, extract):
    rows = extract(article("He was born in Paris, Texas, and never left Texas."))
    paris = next(row for row in rows["entities"] if row["name"] == "Paris")
    assert paris["country_code"] == "US"
    assert paris["wikidata_id"] is None


def test_the_largest_city_of_a_name_wins_when_nothing_else_is_said(article, extract):
    rows = extract(article("Protesters marched through Valencia on Sunday. Valencia was quiet by night."))
    assert {row["country_code"] for row in rows["entities"]} <= {"ES", "VE"}


def test_merged_rows_unite_aliases_whatever_their_order():
    left = {"entity_id": "x", "name": "Ada Horne", "entity_type": "person", "aliases": ["Horne"]}
    right = {"entity_id": "x", "name": "Ada B. Horne", "entity_type": "person", "aliases": ["Ms Horne"]}
    there, back = merge_entities([left, right]), merge_entities([right, left])
    assert there == back
    assert there[0]["name"] == "Ada B. Horne"
    assert there[0]["aliases"] == ["Horne", "Ms Horne"]


class PlainFrame:
    def __init__(self, names):
        self.names = names

    def text(self, start, end):
        return self.names[start]


def person(names, *keys):
    found = [Candidate(i, i + 1, "person", key=key) for i, key in enumerate(keys)]
    return match_people(PlainFrame(names), found)


def test_a_surname_means_the_full_name_last_named_before_it():
    matched = person(["Ada Horne", "Horne", "Bo Horne", "Horne"], "ada horne", "horne", "bo horne", "horne")
    assert [matched[1], matched[3]] == ["Ada Horne", "Bo Horne"]


def test_a_middle_initial_does_not_make_another_person():
    matched = person(["Ada Horne", "Ada B. Horne"], "ada horne", "ada b horne")
    assert matched[0] == matched[1] == "Ada B. Horne"


def test_two_first_names_with_one_surname_stay_two():
    matched = person(["Ada Horne", "Bo Horne"], "ada horne", "bo horne")
    assert matched[0] != matched[1]


def _names(*texts):
    return [Candidate(place, place + 1, "person", key=text.lower()) for place, text in enumerate(texts)]


class _Frame:
    """As much of a frame as the matching of people reads: the text of each name."""

    def __init__(self, *texts):
        self.texts = texts

    def text(self, start, _end):
        return self.texts[start]


def test_a_list_of_ten_thousand_people_is_matched_and_each_pair_is_not_compared(monkeypatch):
    compared = []
    monkeypatch.setattr(
        f"{match_people.__module__}._same", lambda left, right: compared.append(left) or False
    )
    texts = [
        f"Ada {chr(97 + n // 676 % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n % 26)}orrin" for n in range(10_000)
    ]
    match_people(_Frame(*texts), _names(*texts))
    assert len(compared) <= 400 * 400


def test_in_a_long_list_surnames_and_spellings_still_find_their_person():
    crowd = [f"Tom {chr(97 + n // 26)}{chr(97 + n % 26)}quillby" for n in range(600)]
    texts = ["Ada Brandt-Orrin", *crowd, "Ada M. Brandt-Orrin", "Orrin", "Brandt-Orrin", "Nobody"]
    matched = match_people(_Frame(*texts), _names(*texts))
    assert [matched[place] for place in range(601, 605)] == ["Ada M. Brandt-Orrin"] * 3 + [None]


def test_a_name_in_small_letters_wins_over_a_dateline_in_capitals() -> None:
    rows = [
        {"entity_id": "e1", "name": name, "entity_type": "place", "aliases": []}
        for name in ("WEXCOMBE", "Wexcombe")
    ]
    (merged,) = merge_entities(rows)
    assert merged["name"] == "Wexcombe" and merged["aliases"] == []


def names_of(rows, surface):
    names = {row["entity_id"]: row["name"] for row in rows["entities"]}
    return [names[key] for key in ids_of(rows, surface)]


def test_a_title_tells_which_of_two_people_of_one_surname_is_meant(article, extract):
    text = (
        "Santiago Herrera will be succeeded by Pilar Herrera de la Cruz, his niece. Ms Herrera said she would keep "
        "the plan. Mr Herrera agreed."
    )
    assert names_of(extract(article(text)), "Herrera") == ["Pilar Herrera de la Cruz", "Santiago Herrera"]


def test_mr_before_a_surname_is_not_the_woman_of_that_surname(article, extract):
    rows = extract(
        article("The letter of Sister Maeve Corrigan was read by her son. “Thank you, Mr Corrigan.”")
    )
    assert names_of(rows, "Corrigan") == ["Corrigan"]


def test_a_couple_known_by_surname_only_are_two(article, extract):
    rows = extract(article("Mr Quillfeather left early. Mrs Quillfeather stayed. Mr Quillfeather slept."))
    first, second, third = ids_of(rows, "Quillfeather")
    assert first == third != second


def test_where_one_of_two_has_mrs_before_it_the_bare_surname_is_the_other(article, extract):
    text = (
        "Anton Kirwan denies arson. His wife, Leila Kirwan, told the jury of a call. Mrs Kirwan wept. She left the "
        "room. The judge rose. Kirwan shook his head."
    )
    assert names_of(extract(article(text)), "Kirwan") == ["Leila Kirwan", "Anton Kirwan"]


def test_a_surname_behind_two_of_its_people_in_one_sentence_is_nobodys(article, extract):
    rows = extract(article("Buck Haverford and Lori Haverford will oppose her. Haverford spoke first."))
    assert names_of(rows, "Haverford") == ["Haverford"]


def test_two_generations_stay_two(article, extract):
    rows = extract(article("William Orrin Jr. is split from William Orrin III, the commissioner."))
    assert len({row["entity_id"] for row in rows["mentions"]}) == 2


def test_a_son_by_his_given_name_is_no_one_of_another_family(article, extract):
    text = "Commander Basil Treadgold left in 1988. She is survived by a son, Basil, who said it was late."
    assert names_of(extract(article(text)), "Basil") == ["Basil"]


def test_a_father_by_his_given_name_is_the_one_of_the_familys_surname(article, extract):
    text = "Lily Coats-Nichols was hurt. Lily's father, Bruce, told a reporter of it. Bruce Nichols works in Halden."
    assert names_of(extract(article(text)), "Bruce") == ["Bruce Nichols"]
