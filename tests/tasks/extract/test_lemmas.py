"""Base forms of English verbs by rule."""

from __future__ import annotations

import pytest

from tasks.extract.lemmas import base_form, past_participle

PAIRS = (
    "added add, changed change, arranged arrange, plunged plunge, hanging hang, belonged belong, called call, recalled recall, "
    "fulfilled fulfill, cancelled cancel, controlled control, dialled dial, equalled equal, continued continue, queued queue, "
    "created create, evacuated evacuate, treated treat, invited invite, visited visit, quoted quote, spotted spot, ruled rule, "
    "scaled scale, circled circle, mirrored mirror, explored explore, restored restore, developed develop, hoped hope, "
    "worshipped worship, browsed browse, squared square, typed type, focused focus, refused refuse, stopped stop, "
    "collapsed collapse, eclipsed eclipse, avoided avoid, applauded applaud, paralyzed paralyze, panicked panic, trafficked traffic, "
    "picked pick, competing compete, extradited extradite, postponed postpone, boycotted boycott, wasted waste"
)


@pytest.mark.parametrize("pair", PAIRS.split(", "))
def test_a_past_form_has_its_base_form(pair: str) -> None:
    form, base = pair.split()
    assert base_form(form, "VBD" if form.endswith("ed") else "VBG") == base


@pytest.mark.parametrize(
    ("verb", "past"), [("cite", "cited"), ("write", "written"), ("focus", "focused"), ("panic", "panicked")]
)
def test_a_form_in_ing_is_no_past(verb: str, past: str) -> None:
    assert past_participle(verb) == past
