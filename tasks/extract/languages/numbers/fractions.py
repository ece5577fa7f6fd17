"""Parts of a whole: "tres cuartos", "drei Viertel", "un sur cinq", "三分之二", "dos y medio", "3/4"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tasks.extract.languages.numbers.cardinals import Number, parse_sum, skip_glued_hyphen
from tasks.extract.languages.numbers.sums import Morph, Sum
from tasks.extract.languages.numbers.vocabulary import NumberWords
from tasks.extract.numerals import Token, clean
from tasks.extract.numerals.tokens import Tokens

GLYPHS = dict(zip("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞", (1/2, 1/3, 2/3, 1/4, 3/4, 1/5, 2/5, 3/5, 4/5, 1/6, 5/6, 1/8, 3/8, 5/8, 7/8), strict=True))  # fmt: skip
_NOTHING: tuple[Morph, ...] = ()


def parse_half(words: NumberWords, tokens: Sequence[Token], i: int, decimal: str) -> Number | None:
    """ "medio millón", "un demi-million", "die halbe Million": half before a scale; "la mitad" alone."""
    found = words.half_of.at(tokens, i)
    if found is not None:
        return Number(i, found[1], 0.5, "fraction")
    j = i + 1 if tokens[i].lower in words.articles else i
    found = words.halves.at(tokens, j)
    if found is None:
        return None
    k = skip_glued_hyphen(tokens, found[1])
    morphs, end = words.phrase(tokens, k) if k < len(tokens) else (_NOTHING, k)
    if len(morphs) == 1 and morphs[0].kind == "times" and morphs[0].value >= 10 and not morphs[0].is_ordinal:
        return Number(i, end, morphs[0].value / 2, scale=morphs[0].value)
    return None


def parse_slash(tokens: Sequence[Token], i: int) -> Number | None:
    """ "3/4", "2 1/2", "2½"."""
    text = tokens[i].text
    if not text.isdecimal() or len(text) > 6:
        return None
    if i + 1 < len(tokens) and (glyph := GLYPHS.get(tokens[i + 1].text)):
        return Number(i, i + 2, int(text) + glyph, is_digits=True)
    simple = _slash_value(tokens, i)
    if simple is not None:
        return Number(i, i + 3, simple, "fraction", is_digits=True)
    mixed = _slash_value(tokens, i + 1)
    if mixed is not None and mixed < 1 and not tokens[i + 1].is_glued:
        return Number(i, i + 4, int(text) + mixed, is_digits=True)
    return None


def _slash_value(tokens: Sequence[Token], i: int) -> float | None:
    if i + 2 >= len(tokens) or tokens[i + 1].text not in "/⁄" or not tokens[i + 2].text.isdecimal():
        return None
    over, under = tokens[i].text, tokens[i + 2].text
    if not over.isdecimal() or len(over) > 3 or len(under) > 4 or int(under) < 2:
        return None
    if i + 3 < len(tokens) and tokens[i + 3].text == "/" and tokens[i + 3].is_glued:
        return None
    return int(over) / int(under)


def parse_ratio(words: NumberWords, tokens: Sequence[Token], head: Number, decimal: str) -> Number | None:
    """ "uno de cada cinco", "1 sur 3", "三分之二" the other way round."""
    turned = words.parts_of.at(tokens, head.end)
    if turned is not None:
        part = parse_sum(words, tokens, turned[1], decimal, True)
        if part is not None and head.value:
            return replace(
                part, start=head.start, value=part.value / head.value, kind="fraction", is_plain=False
            )
        return None
    joint = words.over.at(tokens, head.end)
    if joint is None:
        return None
    whole = parse_sum(words, tokens, joint[1], decimal, True)
    if whole is None or whole.value <= head.value or whole.kind != "count":
        return None
    return replace(whole, start=head.start, value=head.value / whole.value, kind="ratio", is_plain=False)


def with_parts(words: NumberWords, tokens: Sequence[Token], head: Number, decimal: str) -> Number | None:
    """ "tres cuartos", "drei Viertel", "ciento treinta con tres quintos"."""
    part = _part_at(words, tokens, head, decimal)
    if part is not None:
        return replace(
            head,
            end=part[1],
            value=head.value / part[0],
            kind="fraction",
            scale=1.0,
            is_plain=False,
            is_article=False,
        )
    joined = _joined_part(words, tokens, head)
    if joined is not None:
        return joined
    k = head.end + 1 if head.end < len(tokens) and tokens[head.end].lower in words.mixed else head.end
    if k == head.end or k >= len(tokens):
        return None
    slash = parse_slash(tokens, k)
    if slash is not None and slash.value < 1:
        return replace(slash, start=head.start, value=head.value + slash.value, kind="count")
    rest = parse_sum(words, tokens, k, decimal, True)
    if rest is None or rest.kind != "count":
        return None
    turned = words.parts_of.at(tokens, rest.end)
    over = parse_sum(words, tokens, turned[1], decimal, True) if turned else None
    if over is not None and rest.value:
        return replace(head, end=over.end, value=head.value + over.value / rest.value, is_plain=False)
    part = _part_at(words, tokens, rest, decimal)
    if part is None or rest.value >= part[0]:
        return None
    times = head.scale if head.scale >= 1000 else 1.0
    value = head.value + rest.value / part[0] * times
    return _with_late_scale(
        words, tokens, replace(head, end=part[1], value=value, is_plain=False, is_article=False)
    )


def _joined_part(words: NumberWords, tokens: Sequence[Token], head: Number) -> Number | None:
    """ "and a third" in one word, as Arabic writes it."""
    token = tokens[head.end] if head.end < len(tokens) else None
    prefix = words.and_prefix
    if token is None or not prefix or not token.lower.startswith(prefix):
        return None
    bare = Tokens([token._replace(lower=token.lower.removeprefix(prefix))])
    part = words.parts.at(bare, 0)
    if part is None:
        return None
    return replace(head, end=head.end + 1, value=head.value + 1 / part[0], is_plain=False, is_article=False)


def _with_late_scale(words: NumberWords, tokens: Sequence[Token], head: Number) -> Number:
    """ "fünf und drei Viertel Milliarden"."""
    morphs, end = words.phrase(tokens, head.end) if head.end < len(tokens) else (_NOTHING, 0)
    if head.scale > 1 or len(morphs) != 1 or morphs[0].kind != "times" or morphs[0].is_ordinal:
        return head
    return replace(head, end=end, value=clean(head.value * morphs[0].value), scale=morphs[0].value)


def _part_at(
    words: NumberWords, tokens: Sequence[Token], head: Number, decimal: str
) -> tuple[float, int] | None:
    """What the number is divided by, when the next words say so, and the token after them."""
    j = head.end
    if j >= len(tokens) or tokens[j].kind == "break":
        return None
    found = words.parts.at(tokens, skip_glued_hyphen(tokens, j))
    if found is not None:
        return found if head.value != 1 or _ends_part(words, tokens, found[1], found[0], j) else None
    for ending in words.part_endings:
        if tokens[j].lower.endswith(ending):
            stem = tokens[j].lower.removesuffix(ending)
            value = _spelled(words, stem) or _spelled(words, stem + ending[:1])
            return (value, j + 1) if value else None
    below = parse_sum(words, tokens, j, decimal, True)
    if below is None or below.value < 2 or below.is_digits or below.start == head.start:
        return None
    if words.parts_after and below.end < len(tokens) and tokens[below.end].lower in words.parts_after:
        return below.value, below.end + 1
    if below.kind != "rank":
        return None
    if words.has_any_parts or (
        words.plural_parts and tokens[below.end - 1].lower.endswith(words.plural_parts)
    ):
        return below.value, below.end
    is_one = head.value == 1 and head.is_article and below.value > 3
    return (
        (below.value, below.end) if is_one and _ends_part(words, tokens, below.end, below.value, j) else None
    )


def _ends_part(words: NumberWords, tokens: Sequence[Token], end: int, value: float, j: int) -> bool:
    """ "un cinquième de", "un quinto," are parts; "un cinquième candidat" is the fifth."""
    if not words.morphs(tokens[j].lower):
        return True
    return end >= len(tokens) or tokens[end].kind != "word" or tokens[end].lower in words.of or value >= 100


def _spelled(words: NumberWords, word: str) -> float | None:
    total: Sum | None = Sum(words.rules)
    pieces = words.morphs(word)
    for morph in pieces:
        total = total and total.take(morph)
    return total.value if total is not None and pieces else None


def with_half(words: NumberWords, tokens: Sequence[Token], head: Number) -> Number | None:
    """ "dos y medio", "3 milioni e mezzo", "un milliard et demi million"."""
    j = head.end
    if j < len(tokens) and (
        tokens[j].lower in words.mixed or words.morphs(tokens[j].lower)[:1] == (Morph("and"),)
    ):
        j += 1
    is_joined = bool(words.and_prefix) and j < len(tokens) and tokens[j].lower.startswith(words.and_prefix)
    if j == head.end and not words.rules.is_myriad and not is_joined:
        return None
    if j < len(tokens) and tokens[j].lower in words.articles and j > head.end:
        j += 1
    found = words.halves.at(tokens, skip_glued_hyphen(tokens, j))
    if found is None:
        return None
    morphs, end = words.phrase(tokens, found[1]) if found[1] < len(tokens) else (_NOTHING, 0)
    is_whole = is_joined and len(morphs) == 1 and not head.value % (morphs[0].value or 1)
    if len(morphs) == 1 and morphs[0].kind == "times" and (1000 <= morphs[0].value < head.scale or is_whole):
        return replace(
            head, end=end, value=head.value + morphs[0].value / 2, is_plain=False, is_article=False
        )
    return replace(
        head, end=found[1], value=clean(head.value + head.scale / 2), is_plain=False, is_article=False
    )


def with_quarter_before(words: NumberWords, tokens: Sequence[Token], i: int, decimal: str) -> Number | None:
    """ "साढ़े तीन करोड़", "सवा दो लाख", "पौने तीन": a half or quarter more or less of the scale behind it."""
    quarter = words.quarters.get(tokens[i].lower)
    head = None if quarter is None else parse_sum(words, tokens, i + 1, decimal, False)
    if head is None or quarter is None or head.kind != "count" or head.value % 1:
        return None
    last = words.morphs(tokens[head.end - 1].lower)
    scale = max(head.scale, last[-1].value if last and last[-1].kind == "times" else 1.0)
    return replace(head, start=i, value=clean(head.value + quarter * scale), is_plain=False, is_article=False)


def with_infix(words: NumberWords, tokens: Sequence[Token], head: Number) -> Number | None:
    """ "十余万", "一千多万", "20여만": that many and more of the scale after it."""
    j = head.end
    if j + 1 >= len(tokens) or tokens[j].lower not in words.infix:
        return None
    morphs = words.morphs(tokens[j + 1].lower)
    if not morphs and not head.value % 10 and {tokens[j + 1].text, tokens[j + 1].text[:1]} & words.counted:
        return replace(head, end=j + 1, is_plain=False, is_more=True)  # "二十数人"
    if not morphs or any(m.kind != "times" for m in morphs) or morphs[0].value < 1e4:
        return None
    factor = 1.0
    for morph in morphs:
        factor *= morph.value
    return replace(head, end=j + 2, value=head.value * factor, scale=factor, is_plain=False, is_more=True)
