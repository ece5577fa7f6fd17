"""Log lines: what strangers wrote is shown, and steers nothing."""

from __future__ import annotations

import io
import logging

import pytest

from core.safety.logs import get_log


@pytest.fixture
def written() -> io.StringIO:
    """What a plain handler of the log writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    log = get_log()
    log.addHandler(handler)
    yield stream
    log.removeHandler(handler)


def test_messages_and_tracebacks_show_codes(written: io.StringIO) -> None:
    try:
        raise ValueError("feed \x1b]0;gone\x07")
    except ValueError:
        get_log().exception("outlet %s and %d more", "tide\u202e", 2)
    lines = written.getvalue()
    assert lines.startswith("outlet tide<U+202E> and 2 more\nTraceback")
    assert "ValueError: feed <U+001B>]0;gone<U+0007>" in lines
    assert "\x1b" not in lines


def test_the_log_has_one_filter_however_often_it_is_asked_for(written: io.StringIO) -> None:
    assert get_log() is get_log()
    assert len(get_log().filters) == 1
    get_log().warning("100 % of the plain words, äöü")
    assert written.getvalue() == "100 % of the plain words, äöü\n"
