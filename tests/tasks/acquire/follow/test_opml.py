"""Lists of feeds come in and go out as feed readers know them."""

from __future__ import annotations

import pytest

from core.errors import ConfigError
from core.outlets import Outlet
from tasks.acquire.follow.opml import read_opml, write_opml

OPML = b"""<?xml version="1.0"?><opml version="2.0"><head><title>My papers</title></head><body>
<outline text="Islands"><outline type="rss" text="Orsay Mail" xmlUrl="https://orsay-mail.example/rss" htmlUrl="https://www.orsay-mail.example/"/>
<outline type="rss" text="Orsay Mail Sport" xmlurl="https://orsay-mail.example/sport.rss" htmlUrl="https://www.orsay-mail.example/"/></outline>
<outline text="No feed"/><outline text="Bad" xmlUrl="javascript:x"/>
<outline text="Velmar Post" xmlUrl="https://velmar-post.example/atom"/></body></opml>"""


def test_feeds_of_one_host_are_one_outlet():
    mail, post = read_opml(OPML)
    assert (mail.key, mail.name) == ("orsay-mail.example", "Orsay Mail")
    assert mail.home_url == "https://www.orsay-mail.example/"
    assert mail.feeds == ("https://orsay-mail.example/rss", "https://orsay-mail.example/sport.rss")
    assert (post.key, post.home_url) == ("velmar-post.example", None)


def test_feeds_that_one_host_carries_for_others_are_an_outlet_each():
    carried = "https://feeds.feedburner.com"
    outlines = "".join(
        f'<outline text="{title}" xmlUrl="{url}"/>'
        for title, url in [
            ("Orsay Mail", f"{carried}/OrsayMail"),
            ("Velmar Post", f"{carried}/VelmarPost"),
            ("Orsay Mail", f"{carried}/OrsayMailSport"),
            ("Tarn", "http://127.0.0.1:8801/rss"),
            ("Brae", "http://127.0.0.1:8802/rss"),
        ]
    )
    outlets = read_opml(f"<opml><body>{outlines}</body></opml>".encode())
    assert [(outlet.key, outlet.feeds[0].rpartition("/")[2]) for outlet in outlets] == [
        ("orsay-mail", "OrsayMail"),
        ("velmar-post", "VelmarPost"),
        ("orsay-mail-2", "OrsayMailSport"),
        ("127.0.0.1", "rss"),
        ("127.0.0.1-2", "rss"),
    ]


def test_what_goes_out_comes_in_again():
    outlets = [
        Outlet(
            key="orsay-mail.example",
            name="Orsay & Mail",
            home_url="https://orsay-mail.example/",
            feeds=("https://orsay-mail.example/rss",),
        ),
        Outlet(key="no-feeds"),
    ]
    assert read_opml(write_opml(outlets)) == outlets[:1]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not well formed"),
        (b"<html/>", "not OPML"),
        (b"<opml/>", "no feed"),
        (b"nonsense", "OPML"),
        (b"<x:opml><body/></x:opml>", "not OPML"),  # a prefix that nothing declares
    ],
)
def test_a_file_that_is_no_list_of_feeds_says_so(data, why):
    with pytest.raises(ConfigError, match=why):
        read_opml(data)


def test_an_outline_with_too_many_attributes_keeps_the_first():
    many = " ".join(f'a{number}="1"' for number in range(20_000))
    (outlet,) = read_opml(
        f'<opml><body><outline xmlUrl="https://velmar-post.example/atom" {many} text="Velmar Post"/></body></opml>'.encode()
    )
    assert (outlet.key, outlet.name) == ("velmar-post.example", None)


def test_a_file_in_utf16_is_read_as_it_is():
    assert read_opml(OPML.decode().partition("?>")[2].encode("utf-16")) == read_opml(OPML)
