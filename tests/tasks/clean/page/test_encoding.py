"""Bytes become the text their author meant, and what was repaired is told."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean.page.encoding.binary import BinaryPayloadError, EncodingError, PayloadError
from tasks.clean.page.encoding.decode import Decoded, decode_field, decode_text

GERMAN = "Die Brücke über die Wöhle bleibt gesperrt, sagte Bürgermeisterin Käthe Groß am Dienstag."
FRENCH = "« C’est l’été le plus sec », a déclaré la préfète à Sainte-Orée."
RUSSIAN = "Мост через реку закрыт до весны, сообщила мэрия города Верхнеозёрск во вторник."
JAPANESE = "港湾局は火曜日、橋を閉鎖すると発表した。再開は春になる見込みだ。"


def test_plain_utf8_is_taken_as_it_is() -> None:
    decoded = decode_text(GERMAN.encode())
    assert (decoded.text, decoded.encoding, decoded.note) == (GERMAN, "utf-8", None)


def test_valid_utf8_wins_over_a_wrong_declaration_and_says_so() -> None:
    decoded = decode_text(GERMAN.encode(), "iso-8859-1")
    assert decoded.text == GERMAN
    assert decoded.note == "declared iso-8859-1, is utf-8"


def test_ascii_needs_no_note_whatever_was_declared() -> None:
    assert decode_text(b"Plain words only.", "windows-1251").note is None


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        (GERMAN, "cp1252", "iso-8859-1"),
        (FRENCH, "cp1252", "windows-1252"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (JAPANESE, "shift_jis", "shift_jis"),
        (JAPANESE, "euc_jp", "euc-jp"),
        ("橋樑關閉至春季", "big5", "big5"),
        ("桥梁关闭至春季", "gb2312", "gb2312"),
        ("다리는 봄까지 폐쇄된다", "cp949", "euc-kr"),
    ],
)
def test_a_declared_charset_is_believed_when_it_fits(text: str, codec: str, declared: str) -> None:
    decoded = decode_text(text.encode(codec), declared)
    assert decoded.text == text
    assert decoded.note is None


def test_the_charset_in_the_page_is_read_when_the_server_gave_none() -> None:
    page = f'<html><head><meta charset="windows-1251"><title>{RUSSIAN}</title>'
    assert RUSSIAN in decode_text(page.encode("cp1251")).text


def test_cp1252_that_is_declared_utf8_is_read_as_what_it_is() -> None:
    decoded = decode_text((GERMAN + " ").encode("cp1252") * 8, "utf-8")
    assert GERMAN in decoded.text
    assert decoded.note is not None
    assert decoded.note.startswith("declared utf-8, read as")


@pytest.mark.parametrize("text", [GERMAN, FRENCH, "Señor Ibáñez pidió “más café”, ¿verdad?"])
def test_a_short_western_text_without_any_declaration_is_read_as_cp1252(text: str) -> None:
    assert decode_text(text.encode("cp1252")).text == text


def test_a_cyrillic_text_without_any_declaration_is_not_taken_for_western() -> None:
    assert decode_text((RUSSIAN + " ").encode("cp1251") * 5).text == (RUSSIAN + " ") * 5


@pytest.mark.parametrize("declared", [None, "utf-8"])
@pytest.mark.parametrize(
    ("language", "codec", "text"),
    [
        ("pl", "cp1250", "Zarząd portu poinformował, że wkrótce zamknie most – podała „Gazeta”"),
        ("pl", "iso8859_2", "Zarząd portu poinformował, że wkrótce zamknie most"),
        ("cs", "cp1250", "Přístav uzavře starý most, řekl starosta"),
        ("tr", "cp1254", "Köprü bahara kadar kapalı, dedi başkan"),
        ("ru", "koi8_r", "Совет порта сообщил, что мост закроют"),
        ("ru", "cp1251", "Совет порта сообщил, что мост закроют"),
    ],
)
def test_the_language_of_the_page_tells_the_charset_that_nobody_declared(
    language: str, codec: str, text: str, declared: str | None
) -> None:
    decoded = decode_text(f'<html lang="{language}"><p>{text}</p>'.encode(codec), declared)
    assert text in decoded.text
    assert decoded.encoding == codec


def test_a_western_text_on_a_page_of_another_language_is_read_as_western() -> None:
    decoded = decode_text('<html lang="pl"><p>Le café de l’été à Nîmes, où naît la forêt'.encode("cp1252"))
    assert (decoded.encoding, "où naît la forêt" in decoded.text) == ("cp1252", True)


@pytest.mark.parametrize("declared", [None, "utf-8"])
@pytest.mark.parametrize(
    ("host", "codec", "text"),
    [
        ("post.pl", "cp1250", "Zarząd portu poinformował, że wkrótce zamknie most – podała „Gazeta”"),
        ("post.pl", "iso8859_2", "Zarząd portu poinformował, że wkrótce zamknie most"),
        ("post.cz", "cp1250", "Přístav uzavře starý most, řekl starosta"),
        ("post.hu", "cp1250", "A kikötő tavaszig lezárja a hidat, közölte a főváros hűvös őre"),
        ("post.ru", "cp1251", "Совет порта сообщил, что мост закроют"),
        ("post.gr", "cp1253", "Η γέφυρα παραμένει κλειστή μέχρι την άνοιξη, είπε ο δήμαρχος"),
        ("post.com.tr", "cp1254", "Köprü bahara kadar kapalı, dedi başkan"),
        ("post.co.jp", "cp932", JAPANESE),
        ("post.co.jp", "euc_jp", JAPANESE),
        ("post.co.kr", "cp949", "다리는 봄까지 폐쇄된다고 시장이 말했다"),
        ("post.com.cn", "gb18030", "桥梁关闭至春季，市长周二表示"),
        ("post.com.tw", "big5hkscs", "橋樑關閉至春季，市長週二表示"),
    ],
)  # fmt: skip
def test_the_country_of_the_host_tells_it_where_the_page_names_no_language(
    host: str, codec: str, text: str, declared: str | None
) -> None:
    page = f"<html><p>{text}</p>".encode(codec)
    decoded = decode_text(page, declared, f"https://www.{host}/a")
    assert (decoded.encoding, text in decoded.text) == (codec, True)


def test_but_not_where_the_letters_are_those_of_another_language() -> None:
    text = "Le café de l’été à Nîmes, où naît la forêt"
    decoded = decode_text(f"<html><p>{text}".encode("cp1252"), None, "https://post.pl/a")
    assert (decoded.encoding, text in decoded.text) == ("cp1252", True)


def test_a_wrong_charset_in_the_page_is_noted_too() -> None:
    page = f'<html><head><meta charset="iso-8859-1"></head><p>{GERMAN}'
    assert decode_text(page.encode()).note == "declared iso-8859-1, is utf-8"
    both = decode_text(page.encode(), "windows-1252").note
    assert both == "declared windows-1252 and iso-8859-1, is utf-8"
    assert decode_text(page.replace("iso-8859-1", "utf-8").encode(), "utf-8").note is None


def test_characters_that_were_lost_before_are_counted() -> None:
    decoded = decode_text("Die Br\ufffdcke über die W\ufffdhle".encode())
    assert decoded.note == "2 characters were lost before (U+FFFD)"
    field = decode_field("Die Br\ufffdcke", Decoded("{}", "utf-8", None))
    assert field.note == "1 characters were lost before (U+FFFD)"


def test_stray_cp1252_bytes_in_a_utf8_page_are_read_and_counted() -> None:
    mixed = (GERMAN + " " + FRENCH).encode() + b" A quote: \x93so it is\x94."
    decoded = decode_text(mixed, "utf-8")
    assert decoded.text.endswith("A quote: “so it is”.")
    assert decoded.note == "2 bytes are not utf-8, read as cp1252"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_not_part_of_the_text(codec: str) -> None:
    assert decode_text(GERMAN.encode(codec), "iso-8859-1").text == GERMAN


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_seen_by_its_nul_bytes(codec: str) -> None:
    decoded = decode_text(("<html>" + GERMAN).encode(codec))
    assert (decoded.text, decoded.encoding) == ("<html>" + GERMAN, codec)


def test_nul_bytes_and_other_control_characters_are_taken_out() -> None:
    assert decode_text(b"The bridge\x00 is\x08 closed.\x7f").text == "The bridge is closed."


def test_a_field_of_a_record_is_cleaned_as_a_payload_is() -> None:
    field = decode_field(
        "The bridge\x00 isnâ€™t \ud83dopen", Decoded("{}", "utf-8", "declared latin-1, is utf-8")
    )
    assert field.text == "The bridge isn’t open"
    assert field.note == "declared latin-1, is utf-8; 1 passages encoded twice, repaired"


@pytest.mark.parametrize(
    "payload",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\x1f\x8b\x08\x00abc",
        b"PK\x03\x04\x14\x00",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        bytes(range(256)) * 4,
    ],
)
def test_what_is_no_text_is_refused_as_binary(payload: bytes) -> None:
    with pytest.raises(BinaryPayloadError, match="not text"):
        decode_text(payload)


def test_text_about_pdf_files_is_no_binary() -> None:
    assert decode_text(b"A PDF begins with %PDF-1.7").text.startswith("A PDF")


def test_broken_utf16_is_an_encoding_error() -> None:
    with pytest.raises(EncodingError, match="broken"):
        decode_text(codecs.BOM_UTF16_LE + b"\x00\xd8\x00\xd8\x41\x00" * 20)


@pytest.mark.parametrize("label", ["rot13", "utf-7", "idna", "no-such-charset", "", "hex", "unicode_escape"])
def test_a_label_that_is_no_charset_of_text_is_ignored(label: str) -> None:
    assert decode_text(GERMAN.encode("cp1252"), label).text == GERMAN


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff")))
def test_valid_utf8_never_changes_unless_it_was_encoded_twice(text: str) -> None:
    try:
        decoded = decode_text(text.encode())
    except PayloadError:
        return
    assert decoded.note is not None or decoded.text == text


@settings(deadline=None)
@given(
    st.binary(max_size=400), st.sampled_from([None, "utf-8", "shift_jis", "windows-1251", "utf-16", "zzz"])
)
def test_any_bytes_give_text_or_a_payload_error(payload: bytes, charset: str | None) -> None:
    try:
        decoded = decode_text(payload, charset)
    except PayloadError:
        return
    assert "\x00" not in decoded.text
    decoded.text.encode("utf-8")
