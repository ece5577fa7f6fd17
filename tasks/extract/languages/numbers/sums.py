"""How number words add up: "doscientos treinta", "einundzwanzig", "quatre-vingt-dix", "2億5千万"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

MorphKind = Literal["value", "times", "and", "score"]


class Morph(NamedTuple):
    """A piece of a number: a value to add, a factor, "and", or a score ("vingt" after four)."""

    kind: MorphKind
    value: float = 0.0
    is_ordinal: bool = False
    is_digits: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """How a language combines: units before tens, "and" only before some numbers, teens after sixty,
    factors of ten and more (Chinese numerals)."""

    units_first: bool = False
    and_before: frozenset[float] = frozenset()
    teens_after: frozenset[float] = frozenset()
    is_myriad: bool = False
    ten_after_units: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """A number so far. `parts` are what was multiplied, by falling factors; `group` stands below them."""

    rules: Rules
    parts: tuple[tuple[float, float], ...] = ()
    group: float = 0.0
    digit: float | None = None
    is_empty: bool = True
    has_group: bool = False
    is_ordinal: bool = False
    after_and: bool = False
    count: int = 0
    zeros: bool = False

    @property
    def value(self) -> float:
        """The number that is said."""
        return sum(value for value, _ in self.parts) + self.group + (self.digit or 0.0)

    @property
    def scale(self) -> float:
        """What the last part was multiplied by."""
        return 1.0 if self.has_group or self.digit is not None or not self.parts else self.parts[-1][1]

    @property
    def _room(self) -> float:
        return self.parts[-1][1] if self.parts else float("inf")

    def take(self, morph: Morph) -> Sum | None:
        """With one more piece; None when it belongs to another number."""
        if morph.kind == "and":
            return None if self.after_and or self.is_empty else replace(self, after_and=True)
        is_teen = self.rules.ten_after_units and morph.value == 10 and not self.after_and
        if self.is_ordinal and not morph.is_ordinal and not is_teen:
            return None
        if morph.kind == "times":
            taken = self._times(morph.value)
        elif morph.kind == "score":
            taken = self._score(morph)
        else:
            taken = self._myriad_digit(morph) if self.rules.is_myriad else self._add(morph)
        if taken is None:
            return None
        return replace(
            taken,
            after_and=False,
            is_empty=False,
            is_ordinal=self.is_ordinal or morph.is_ordinal,
            count=self.count + 1,
        )

    def _add(self, morph: Morph) -> Sum | None:
        value = morph.value
        if self.is_empty:
            return replace(self, group=value, has_group=True)
        if self.after_and and self.rules.and_before and value not in self.rules.and_before:
            return None
        if value == 0 or value >= self._room or (morph.is_digits and (self.has_group or value % 1)):
            return None
        if not self.has_group:
            return replace(self, group=value, has_group=True)
        return replace(self, group=self.group + value) if self._fits(morph) else None

    def _fits(self, morph: Morph) -> bool:
        """The value fills empty places of the group."""
        value, group, tens = morph.value, self.group, self.group % 100
        if group % 1 or value % 1:
            return False
        if value < 10 and group % 10 == 0 and group and (tens != 10 or morph.is_ordinal):
            return True
        if 10 <= value < 100 and group >= 100 and tens == 0:
            return True
        if 10 <= value < 20 and tens in self.rules.teens_after:
            return True
        if value == 10 and self.rules.ten_after_units and 0 < tens < 10 and not self.after_and:
            return True
        is_turned = self.rules.units_first and 20 <= value < 100 and value % 10 == 0 and 0 < tens < 10
        return is_turned and self.after_and

    def _score(self, morph: Morph) -> Sum | None:
        """ "quatre-vingt" is eighty; "vingt" alone is twenty."""
        if self.has_group and self.group % 100 == 4 and not self.after_and:
            return replace(self, group=self.group + 76)
        return self._add(morph)

    def _times(self, factor: float) -> Sum | None:
        if factor == 12:
            base = self.group + (self.digit or 0.0) or 1.0
            return None if self.parts else replace(self, group=base * 12, digit=None, has_group=True)
        if self.rules.is_myriad and factor < 10_000:
            return self._small_times(factor)
        if factor < 1000:
            return self._hundred(factor)
        is_bare = not self.has_group and self.digit is None
        above = [part for part in self.parts if part[1] > factor]
        below = [part for part in self.parts if part[1] <= factor]
        if any(part[1] == factor for part in below) and not (self.rules.is_myriad and is_bare):
            return None
        base = sum(value for value, _ in below) + self.group + (self.digit or 0.0)
        if is_bare and not below and above and not self.after_and and self.rules.is_myriad:
            return None
        grown = (*above, ((base or 1.0) * factor, factor))
        return replace(self, parts=grown, group=0.0, digit=None, has_group=False)

    def _hundred(self, factor: float) -> Sum | None:
        if not self.has_group:
            return replace(self, group=factor, has_group=True) if factor < self._room else None
        return replace(self, group=self.group * factor) if 0 < self.group < 100 else None

    def _small_times(self, factor: float) -> Sum | None:
        digit = 1.0 if self.digit is None else self.digit
        if self.has_group and self.group % (factor * 10) and not self.zeros:
            return None
        grown = self.group + digit * factor
        return replace(self, group=grown, digit=None, has_group=True, zeros=False)

    def _myriad_digit(self, morph: Morph) -> Sum | None:
        """A digit waits for its factor; zero marks an empty place."""
        if morph.is_digits and not self.is_empty:
            fits = morph.value < self._room and self.digit is None and not morph.value % 1
            is_free = not self.group % 10 ** len(str(int(morph.value))) if self.has_group else True
            return replace(self, digit=morph.value) if fits and is_free else None
        if morph.value == 0 and not self.is_empty:
            return replace(self, zeros=True)
        if self.digit is None:
            return replace(self, digit=morph.value)
        is_unit = self.digit >= 10 and not self.digit % 10 and morph.value < 10
        return replace(self, digit=self.digit + morph.value) if is_unit else None

    def shifted(self) -> Sum:
        """ "一百五" is a hundred and fifty: a last digit without a zero before it stands for the next place."""
        if self.digit is None or self.zeros or self.digit >= 10 or not (self.has_group or self.parts):
            return self
        last = self.parts[-1][1] if not self.has_group else float(_lowest(self.group))
        return replace(self, digit=self.digit * last / 10) if last >= 100 else self


def _lowest(group: float) -> int:
    """The factor of the last place that is filled: 100 of 1200."""
    place = 1
    while group and group % (place * 10) == 0:
        place *= 10
    return place
