"""Which addresses may be asked, and how addresses are cleaned."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import ConfigError
from tasks.acquire.base.addresses import (
    AddressPolicy,
    ForbiddenAddressError,
    clean_address,
    is_public,
    is_web_archive_address,
    strip_tracking,
)

INNER = [
    "127.0.0.1",
    "127.8.9.1",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fd00:ec2::254",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "ff02::1",
    "fec0::1",
    "no address",
]


@pytest.mark.parametrize("address", INNER)
def test_addresses_inside_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1::1"])
def test_addresses_on_the_internet_are_public(address):
    assert is_public(address)


REFUSED = {
    "ftp://orsay-mail.example/a": "scheme ftp",
    "file:///etc/passwd": "scheme file",
    "orsay-mail.example/a": "scheme (none)",
    "http://": "no host",
    "http://user:secret@orsay-mail.example/": "credentials",
    "http://user@orsay-mail.example/": "credentials",
    "http://127.0.0.1/": "127.0.0.1",
    "http://[::1]:8080/": "::1",
    "http://169.254.169.254/latest/": "169.254.169.254",
    "http://orsay-mail.example:99999/": "no address",
    "http://[broken/": "no address",
    "http://2130706433/admin": "127.0.0.1",
    "http://0x7f.1/": "127.0.0.1",
    "http://0177.0.0.1/": "127.0.0.1",
    "http://127.1/": "127.0.0.1",
    "http://127.0.0.1./": "127.0.0.1",
    "http://%31%32%37.0.0.1/": "127.0.0.1",
    "http://①②⑦.0.0.1/": "127.0.0.1",
    "http://127。0。0。1/": "127.0.0.1",
    "http://[::ffff:7f00:1]/": "not on the public Internet",
    "http://169.254.43518/": "169.254.169.254",
    "http://localhost/": "within a network",
    "http://localhost./": "within a network",
    "http://admin.localhost/": "within a network",
    "http://metadata.google.internal/": "within a network",
    "http://redis/": "within a network",
    "http://1.2.3.4.5/": "is not an IPv4 address",
    "http://256.1.1.1/": "is not an IPv4 address",
    "http://xn--/": "no address",
    "http://a b.example/": "is not a host",
    "http://a..b/": "is not a host",
    f"http://{'a' * 64}.example/": "is not a host",
    "http://orsay-mail.example/" + "a" * 5000: "longer than",
}


@pytest.mark.parametrize("url", REFUSED)
def test_an_address_that_may_not_be_asked_is_refused_with_the_reason(url):
    with pytest.raises(ForbiddenAddressError) as caught:
        AddressPolicy().check_url(url)
    assert REFUSED[url] in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["https://orsay-mail.example/a?b=c", "http://orsay-mail.example:8080/", "http://8.8.8.8/"]
)
def test_plain_web_addresses_may_be_asked(url):
    AddressPolicy().check_url(url)


@pytest.mark.parametrize(
    "url", ["http://localhost:8000/", "http://127.0.0.1/", "http://127.1/", "http://intranet/"]
)
def test_hosts_that_the_user_opened_may_be_asked(url):
    AddressPolicy(frozenset({"localhost", "127.0.0.1", "intranet"})).check_url(url)


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        (" HTTPS://Orsay-Mail.example:443/A?b#c ", "https://orsay-mail.example/A?b"),
        ("http://user:secret@orsay-mail.example", "http://orsay-mail.example/"),
        ("http://orsay-mail.example:8080/", "http://orsay-mail.example:8080/"),
        ("/a", "https://velmar-post.example/a"),
        ("../b", "https://velmar-post.example/b"),
        ("//orsay-mail.example/c", "https://orsay-mail.example/c"),
        ("mailto:ida@orsay-mail.example", None),
        ("javascript:alert(1)", None),
        ("http://[broken", None),
        ("http://a:b/", None),
        ("http://xn--/", None),
        ("http://xn--mnchen-3ya.example/", "http://xn--mnchen-3ya.example/"),
        ("http://MÜNCHEN.example/ü", "http://münchen.example/ü"),
        ("http://ＯＲＳＡＹ.example/", "http://orsay.example/"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://my_host.example/", "http://my_host.example/"),
        ("http://orsay-mail.example/\ud83d?\udc00", "http://orsay-mail.example/%EF%BF%BD?%EF%BF%BD"),
        ("http://orsay-mail.example/a\x00b\x1f", "http://orsay-mail.example/a%00b"),
        ("http://orsay\x00-mail.example/", None),
    ],
)
def test_an_address_is_made_absolute_and_loses_fragment_and_credentials(url, clean):
    assert (
        clean_address(url, "https://velmar-post.example/news/") == clean
        or clean_address(url, "https://velmar-post.example/") == clean
    )


def test_tracking_parameters_go_and_others_stay():
    url = "https://orsay-mail.example/a?utm_source=rss&id=7&fbclid=x&q=a+b&empty="
    assert strip_tracking(url) == "https://orsay-mail.example/a?id=7&q=a+b&empty="
    assert strip_tracking("https://orsay-mail.example/a?ID=7") == "https://orsay-mail.example/a?ID=7"


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("12345&utm_source=rss", "?12345"),
        ("q=a%20b&utm_source=rss&r=a+b", "?q=a%20b&r=a+b"),
        ("utm%5Fsource=rss&a=b,c/d", "?a=b,c/d"),
        ("utm_source=rss", ""),
        ("b&c=2&fbclid", "?b&c=2"),
        ("p=%E4", "?p=%E4"),
    ],
)
def test_what_stays_of_a_query_is_asked_as_it_was_written(query, kept):
    assert strip_tracking(f"https://orsay-mail.example/a?{query}") == f"https://orsay-mail.example/a{kept}"


@given(st.text(st.characters(), max_size=60))
def test_any_text_is_cleaned_or_refused_without_an_error(text):
    cleaned = clean_address("http://" + text, "https://velmar-post.example/")
    if cleaned is not None:
        assert clean_address(cleaned) == cleaned
        strip_tracking(cleaned).encode()
        httpx.Request("GET", cleaned)


def test_an_address_is_told_from_a_path_and_must_be_a_warc_files() -> None:
    assert is_web_archive_address("https://data.example/CC-NEWS-1.warc.gz?x=1")
    assert not is_web_archive_address("crawl.warc.gz")
    with pytest.raises(ConfigError, match="--urls"):
        is_web_archive_address("https://harbour-post.example/news/ferry")
