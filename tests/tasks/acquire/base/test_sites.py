"""Whose an address is: its host's, with the port; on hosts that many publishers share, its path's too."""

from __future__ import annotations

import pytest

from core.outlets import Outlet
from tasks.acquire.base.sites import Keys, name_key, site_of, sites_of


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.orsay-mail.example/world/", "orsay-mail.example"),
        ("http://127.0.0.1:8801/", "127.0.0.1:8801"),
        ("https://orsay.blogspot.com/feeds/posts", "orsay.blogspot.com"),
        ("https://feeds.feedburner.com/OrsayMail/", "feeds.feedburner.com/OrsayMail"),
        (
            "https://www.youtube.com/feeds/videos.xml?channel_id=7",
            "youtube.com/feeds/videos.xml?channel_id=7",
        ),
        ("file:///a", None),
        (None, None),
    ],
)
def test_a_site_is_a_host_or_a_path_on_a_shared_one(url: str | None, site: str | None) -> None:
    assert site_of(url) == site


@pytest.mark.parametrize(
    ("url", "title", "key"),
    [
        ("https://www.orsay-mail.example/rss", "Orsay Mail", "orsay-mail.example"),
        ("https://feeds.feedburner.com/OrsayMail", "Orsay Mail: News", "orsay-mail-news"),
        ("https://feeds.feedburner.com/orsay%20mail", None, "orsay-mail"),
        ("https://medium.com/feed/@orsay.mail", None, "orsay"),
        ("https://www.youtube.com/feeds/videos.xml?channel_id=7", "奥赛", "youtube.com"),
    ],
)
def test_a_key_tells_publishers_on_a_shared_host_apart(url: str, title: str | None, key: str) -> None:
    assert name_key(url, title) == key
    assert Outlet(key=key).key == key


def test_a_key_that_is_taken_gets_the_next_number() -> None:
    keys = Keys({"mail", "mail-2", "post-2"})
    assert [keys.give(key) for key in ("mail", "mail", "post", "post", "mail-2")] == [
        "mail-3",
        "mail-4",
        "post",
        "post-3",
        "mail-2-2",
    ]


def test_an_outlets_sites_are_its_home_and_hosts_or_its_first_listing() -> None:
    mail = Outlet(
        key="mail",
        home_url="https://mail.example/",
        hosts=("www.mail-live.example",),
        feeds=("https://f.example/",),
    )
    assert sites_of(mail) == {"mail.example", "mail-live.example"}
    assert sites_of(Outlet(key="mail", feeds=("https://f.example/rss",))) == {"f.example"}
    assert sites_of(Outlet(key="mail")) == frozenset()
