"""Verdicts as an editor reads them: a word, a sign and a sentence; the colour is the style sheet's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """How readings compare with each other. `style` is the class in the style sheet, `colour` the one in charts."""

    word: str
    sign: str
    meaning: str
    style: str
    colour: str


# Colours of Okabe and Ito (2008), which colour-blind people can distinguish, darkened for text on white.
_GRAVEST_FIRST = {
    "conflict": Verdict("conflict", "✕", "These cannot all be true.", "conflict", "#b84a00"),
    "conflict of sources": Verdict(
        "sources differ",
        "⇄",
        "The outlets name different sources, whose numbers differ.",
        "sources",
        "#a3447f",
    ),
    "suspect": Verdict(
        "suspect", "?", "A number looks malformed or far off the others.", "suspect", "#8a6d00"
    ),
    "update": Verdict("updated", "↻", "A later article has a newer number.", "update", "#0069a8"),
    "overlap": Verdict("overlap", "≈", "Not the same, but all can be true.", "overlap", "#2f7fb5"),
    "vaguer": Verdict("vaguer", "~", "One is vaguer; both can be true.", "vaguer", "#5b7f95"),
    "agree": Verdict("agree", "✓", "All print the same.", "agree", "#00795a"),
}
# A reading that another outlet prints as well, of a question on which the outlets do not agree.
SHARED = Verdict(
    "others too", "=", "Another outlet prints the same, and others print something else.", "alone", "#6b6b6b"
)
ALONE = Verdict("one outlet", "·", "No other outlet answers this.", "alone", "#6b6b6b")
DISPUTES = ("conflict", "conflict of sources", "suspect")


def verdict_of(name: str | None) -> Verdict:
    """The verdict by the name that the lake gives it; none where only one outlet answers."""
    if name is None:
        return ALONE
    return _GRAVEST_FIRST.get(name) or Verdict(name, "·", "", "alone", ALONE.colour)


def verdict_of_reading(name: str | None, of_question: str | None) -> Verdict:
    """The verdict of one reading of a question: if others print it too, that is not agreement of all."""
    return SHARED if name == "agree" and of_question not in ("agree", None) else verdict_of(name)


def all_verdicts() -> tuple[Verdict, ...]:
    """Every verdict of a question, the gravest first."""
    return tuple(_GRAVEST_FIRST.values())


def gravity(name: str | None) -> int:
    """Its place among the verdicts, 0 for the gravest."""
    names = list(_GRAVEST_FIRST)
    return names.index(name) if name in names else len(names)
