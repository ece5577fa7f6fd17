"""Edits are shown word by word where a paragraph was reworded."""

from __future__ import annotations

from difflib import unified_diff

from dashboard.edited_words import EditedPiece, EditedPlace, read_edits

BEFORE = ["Ferry waits", "It carried 312 passengers and 41 crew.", "The quay was dark.", "Nobody fell."]


def edits_to(*after: str) -> tuple[EditedPlace, ...]:
    return read_edits(tuple(unified_diff(BEFORE, after, lineterm="", n=0))[2:])


def test_a_reworded_paragraph_has_its_words_marked_and_the_rest_once() -> None:
    (edit,) = edits_to(BEFORE[0], "It carried 310 passengers and 41 crew.", *BEFORE[2:])
    assert edit.number == 1
    assert edit.paragraphs == (
        (
            EditedPiece("It carried "),
            EditedPiece("312", "went"),
            EditedPiece("310", "came"),
            EditedPiece(" passengers and 41 crew."),
        ),
    )


def test_the_headline_is_no_paragraph_and_a_new_paragraph_came_whole() -> None:
    headline, added = edits_to("Ferry waits for the tide", *BEFORE[1:], "The tide came at noon.")
    assert (headline.number, added.number) == (0, 4)
    assert (
        "".join(one.text for one in headline.paragraphs[0] if one.change != "went")
        == "Ferry waits for the tide"
    )
    assert added.paragraphs == ((EditedPiece("The tide came at noon.", "came"),),)


def test_two_paragraphs_that_share_little_are_shown_whole_and_what_went_is_said() -> None:
    (edit,) = edits_to(*BEFORE[:2], "A storm is expected on Friday, the harbour office said.", BEFORE[3])
    assert [one.change for (one,) in edit.paragraphs] == ["went", "came"]
    (gone,) = edits_to(*BEFORE[:3])
    assert gone == EditedPlace(3, ((EditedPiece("Nobody fell.", "went"),),))
