"""Whether a link stays on its site."""

from __future__ import annotations

_SOCIAL_HOSTS = frozenset(
    [
        "facebook.com",
        "twitter.com",
        "x.com",
        "linkedin.com",
        "pinterest.com",
        "whatsapp.com",
        "wa.me",
        "t.me",
        "telegram.me",
        "reddit.com",
        "instagram.com",
        "api.whatsapp.com",
        "youtube.com",
        "news.google.com",
        "apps.apple.com",
        "play.google.com",
    ]
)


def leads_around(href: str, host: str) -> bool:
    """Whether a link leads through the outlet's own pages or to a social network, and not to a source
    elsewhere, a mail address or a place on the same page."""
    if href.startswith(("#", "mailto:")):
        return False
    if not host or not href.startswith(("http://", "https://", "//")):
        return True
    target = host_of_link(href)
    return target.endswith(_site_of(host)) or host.endswith(_site_of(target)) or target in _SOCIAL_HOSTS


def host_of_link(url: str) -> str:
    """The host of an address, without `www.`."""
    return url.split("//", 1)[-1].split("/", 1)[0].split("?", 1)[0].lower().removeprefix("www.")


def _site_of(host: str) -> str:
    """The last two labels of a host, or three where the second is a country's (co.uk)."""
    labels = host.split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and len(labels[-2]) <= 3 else labels[-2:])
