"""One address for one article: without tracking, phone and AMP dress, and never for two articles."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from tasks.clean.page.page import Page
from tasks.clean.words.word_lists import read_words, word_set

_DEFAULT_PORTS = {"http": 80, "https": 443}
_SAFE_IN_PATH = "/:@!$&'()*+,;=~-._%"
_MAX_CHARS = 4_000


def canonicalise(url: str, home_url: str | None = None) -> str | None:
    """The address in its plainest form, or None if it is no web address.

    Lower-case scheme and host, no default port, fragment, credentials or tracking parameters,
    parameters in order of name, AMP and phone dress and the name of an index file taken off. Everything else stays, as it can
    name another article. `home_url` gives the host its usual name (`www.` or not).
    """
    parts = _split(url)
    if parts is None:
        return None
    scheme, host, port, path, query = parts
    inner = _from_amp_cache(host, path, query)
    if inner is not None:
        return canonicalise(inner, home_url)
    host = _usual_host(host, home_url)
    port_text = f":{port}" if port and port != _DEFAULT_PORTS[scheme] else ""
    return urlunsplit((scheme, host + port_text, _clean_path(path), _clean_query(query), ""))


def address_key(address: str) -> str:
    """What an article at a canonical address is known by: the same with http as with https, and with a slash at the
    end as without. The address itself keeps both, so that it opens as the outlet wrote it."""
    parts = urlsplit(address)
    scheme = "https" if parts.port is None else parts.scheme
    return urlunsplit((scheme, parts.netloc, parts.path.rstrip("/") or "/", parts.query, ""))


def find_canonical_url(page: Page, home_url: str | None = None) -> tuple[str | None, str | None]:
    """The article's address and where it is said: the canonical link, og:url, or the page's own URL.

    A canonical link is believed unless it names the front page or another site while the page's
    own URL names an article.
    """
    own = canonicalise(page.url, home_url) if page.url else None
    for source, value in _said_addresses(page):
        address = join_address(page.url, value)
        found = canonicalise(address, home_url) if address else None
        if found and _is_believable(found, own):
            return found, source
    return own, "url" if own else None


def join_address(base: str | None, address: str) -> str | None:
    """The absolute web address that a page means by `address`, or None if that makes none."""
    try:
        absolute = urljoin(base or "", address.strip())
        parts = urlsplit(absolute)
        named = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return absolute if named else None


def host_of(url: str | None) -> str:
    """The host of an address in lower case; empty if it has none or cannot be read."""
    try:
        return (urlsplit(url).hostname or "") if url else ""
    except ValueError:
        return ""


def path_of(url: str | None) -> str:
    """The path of an address without its outer slashes; empty if it has none or cannot be read."""
    try:
        return urlsplit(url).path.strip("/") if url else ""
    except ValueError:
        return ""


def _said_addresses(page: Page) -> list[tuple[str, str]]:
    links = [
        ("canonical", tag.get("href") or "")
        for tag in page.tree.iter("link")
        if "canonical" in (tag.get("rel") or "").lower().split()
    ]
    said = page.first_meta("og:url")
    return [*links[:1], *([("og:url", said)] if said else [])]


def _is_believable(found: str, own: str | None) -> bool:
    target = urlsplit(found)
    if own is None:
        return target.path.strip("/") != "" or bool(target.query)
    page = urlsplit(own)
    same_site = _site_of(target.netloc) == _site_of(page.netloc)
    names_article = bool(target.path.strip("/") or target.query)
    return same_site and (names_article or not (page.path.strip("/") or page.query))


def _site_of(host: str) -> str:
    """The last two labels of a host (three under a two-letter second level such as co.uk)."""
    labels = host.lower().partition(":")[0].split(".")
    wide = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3:] if wide else labels[-2:])


def _split(url: str) -> tuple[str, str, int | None, str, str] | None:
    url = url.strip()
    if len(url) > _MAX_CHARS or not url.lower().startswith(("http://", "https://")):
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host or ("." not in host.strip(".") and host != "localhost"):
        return None
    return parts.scheme.lower(), _ascii_host(host.rstrip(".")), port, parts.path, parts.query


def _ascii_host(host: str) -> str:
    """The host as it goes over the wire (xn--...); as it stands where that cannot be made."""
    if host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return quote(host.lower(), safe="", errors="replace")


def _usual_host(host: str, home_url: str | None) -> str:
    site = _site_of(host)
    before = host[: -len(site)].split(".")
    host = ".".join([*(label for label in before if label and label not in _mobile_labels()), site])
    home = host_of(home_url)
    same = home.removeprefix("www.") == host.removeprefix("www.")
    return home if home and same else host


def _mobile_labels() -> frozenset[str]:
    return word_set("urls", "mobile_labels")


def _clean_path(path: str) -> str:
    """The path without AMP's endings and the name of an index file, whichever comes after the other."""
    path = quote(path, safe=_SAFE_IN_PATH, errors="replace")
    while (shorter := _drop_index(_drop_amp(path))) != path:
        path = shorter
    return path or "/"


def _drop_amp(path: str) -> str:
    lowered = path.lower()
    for suffix in ("/amp/", "/amp", ".amp"):
        if lowered.endswith(suffix) and len(path) > len(suffix) + 1:
            return path[: -len(suffix)]
    return path[: -len(".amp.html")] + ".html" if lowered.endswith(".amp.html") else path


def _drop_index(path: str) -> str:
    """The path of a folder without the name of the file that servers show for it."""
    folder, slash, name = path.rpartition("/")
    return folder + slash if name.lower() in word_set("urls", "index_files") else path


def _clean_query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode(sorted(pair for pair in pairs if not _is_idle(*pair)), errors="replace")


def _is_idle(name: str, value: str) -> bool:
    """Whether a parameter does not change which article is named."""
    lowered = name.lower()
    if lowered in word_set("urls", "tracking"):
        return True
    if lowered.startswith(tuple(read_words("urls")["tracking_prefixes"])):
        return True
    return value.lower() in read_words("urls")["dress"].get(lowered, ())


def _from_amp_cache(host: str, path: str, query: str) -> str | None:
    """The address inside that of an AMP cache: cdn.ampproject.org/c/s/host/path, google.com/amp/s/host/path."""
    if not host.endswith("cdn.ampproject.org") and host not in word_set("urls", "amp_caches"):
        return None
    segments = path.strip("/").split("/")
    if len(segments) < 2 or segments[0] not in ("c", "v", "a", "amp"):
        return None
    scheme, rest = ("https", segments[2:]) if segments[1] == "s" else ("http", segments[1:])
    if not rest or "." not in rest[0] or rest[0] == host:
        return None
    return f"{scheme}://{'/'.join(rest)}" + (f"?{query}" if query else "")
