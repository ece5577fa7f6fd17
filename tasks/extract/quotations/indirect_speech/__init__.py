"""Indirect speech: what someone said in the reporter's words, marked by a verb of saying or "according to".

Found by the words alone, without a parse, and only where speaker, cue and clause are together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tasks.extract.document import Document
from tasks.extract.quotations.cast import Cast
from tasks.extract.quotations.indirect_speech.said_before import speech_behind_verb
from tasks.extract.quotations.indirect_speech.said_last import speech_before_speaker
from tasks.extract.quotations.indirect_speech.words import IndirectSpeech
from tasks.extract.quotations.marks import Stretch

__all__ = ["IndirectSpeech", "find_indirect_speech"]


def find_indirect_speech(
    document: Document, stretches: Sequence[Stretch], cast: Cast
) -> Iterator[IndirectSpeech]:
    """Indirect speech of sentences, in order; none of it holds or touches quotation marks."""
    starts = [stretch.start_char for stretch in stretches]
    for sentence in document.sentences:
        place = bisect_left(starts, sentence.start_char)
        if place and stretches[place - 1].end_char > sentence.start_char:
            continue
        limit = starts[place] if place < len(starts) else sentence.end_char + 1
        speech = speech_behind_verb(document, sentence, cast)
        if speech is None and limit > sentence.end_char:
            speech = speech_before_speaker(document, sentence, cast)
        if speech is not None and speech.end_char < limit and speech.cue_start < limit:
            yield speech
