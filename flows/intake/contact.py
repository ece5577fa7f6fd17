"""The contact address that publishers find in the user agent."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from core.settings import Settings

_CONTACT = re.compile(r"[\w.+-]@[\w-]|https?://\w|\bwww\.\w", re.ASCII)
MISSING_CONTACT = (
    "user_agent has no contact address, and some publishers block such clients; set it in copydesk.toml, e.g. "
    'user_agent = "copydesk/0.1 (desk@example.org)"'
)


def lacks_contact(settings: Settings) -> bool:
    """Whether requests to publishers name no contact: `user_agent` has no mail or web address.

    The user's own hosts (`open_hosts`) need none.
    """
    places = [
        url for outlet in settings.outlets for url in (*outlet.feeds, *outlet.sitemaps, *outlet.sections)
    ]
    hosts = {urlsplit(place).hostname for place in places}
    return bool(hosts - set(settings.fetch.open_hosts)) and not _CONTACT.search(settings.user_agent)
