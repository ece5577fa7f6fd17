"""Plays the example outlets on the web, so that following them can be tried without a network.

    make serve-examples
    copydesk run --config examples/follow.toml --lake follow-lake      (in another terminal)

Each outlet has a port of its own on 127.0.0.1, a front page, a robots.txt and an RSS feed of its pages.
"""

from __future__ import annotations

import hashlib
import html
import re
import sys
import threading
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

OUTLETS = Path(__file__).parent / "outlets"
FIRST_PORT = 8801  # examples/follow.toml names the ports
ROBOTS = b"User-agent: *\nDisallow: /drafts/\n"
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)


class OutletPages(BaseHTTPRequestHandler):
    """Answers for one outlet's folder of pages."""

    def __init__(self, folder: Path, *args: object) -> None:
        self.folder = folder
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Send robots.txt, the feed, a page, or 404."""
        path = self.path.partition("?")[0]
        if path == "/robots.txt":
            self._send(ROBOTS, "text/plain")
        elif path == "/feed.xml":
            self._send(self._write_feed(), "application/rss+xml")
        elif path == "/":
            self._send(self._write_front_page(), "text/html; charset=utf-8")
        elif (page := self.folder / Path(path).name).suffix == ".html" and page.is_file():
            self._send(page.read_bytes(), "text/html; charset=utf-8")
        else:
            self.send_error(404)

    def _send(self, body: bytes, content_type: str) -> None:
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        is_known = self.headers.get("If-None-Match") == etag
        self.send_response(304 if is_known else 200)
        self.send_header("Content-Type", content_type)
        self.send_header("ETag", etag)
        self.send_header("Content-Length", "0" if is_known else str(len(body)))
        self.end_headers()
        if not is_known:
            self.wfile.write(body)

    def _pages(self) -> list[tuple[str, str]]:
        """Address and title of every page, in name order."""
        pages = []
        for page in sorted(self.folder.glob("*.html")):
            found = _TITLE.search(page.read_text(encoding="utf-8", errors="replace"))
            pages.append((f"/{page.name}", html.unescape(found[1]).strip() if found else page.stem))
        return pages

    def _write_feed(self) -> bytes:
        items = "".join(
            f"<item><title>{html.escape(title)}</title><link>{path}</link></item>"
            for path, title in self._pages()
        )
        channel = f"<channel><title>{self.folder.name}</title><link>/</link>{items}</channel>"
        return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0">{channel}</rss>'.encode()

    def _write_front_page(self) -> bytes:
        links = "".join(
            f'<li><a href="{path}">{html.escape(title)}</a></li>' for path, title in self._pages()
        )
        head = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
        return f"<html><head><title>{self.folder.name}</title>{head}</head><ul>{links}</ul></html>".encode()

    def log_message(self, template: str, *values: object) -> None:
        """Say what was asked for, in one short line."""
        print(f"{self.folder.name:20} {template % values}")


class OutletServer(ThreadingHTTPServer):
    """Plays one outlet on a port of this machine; a reader that goes away in the middle is nothing to tell."""

    daemon_threads = True

    def __init__(self, port: int, folder: Path) -> None:
        self.name = folder.name
        super().__init__(("127.0.0.1", port), partial(OutletPages, folder))

    def handle_error(self, request: object, client_address: object) -> None:
        """Show what went wrong, unless the other side closed the connection."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class NoPortError(Exception):
    """A port is taken; the message says which, why, and what to do."""


def open_servers(first_port: int = FIRST_PORT) -> list[OutletServer]:
    """A server for each outlet, on ports that follow each other; NoPortError when one of them is taken."""
    servers: list[OutletServer] = []
    for port, folder in enumerate(sorted(path for path in OUTLETS.iterdir() if path.is_dir()), first_port):
        try:
            servers.append(OutletServer(port, folder))
        except OSError as error:
            for server in servers:
                server.server_close()
            raise NoPortError(
                f"port {port} of 127.0.0.1 is not available ({error.strerror}): end what listens there, maybe "
                f"another `make serve-examples` (`lsof -i :{port}` shows it), and start again"
            ) from error
    return servers


def serve_all() -> int:
    """Serve until interrupted; 2 when a port is not available."""
    try:
        servers = open_servers()
    except NoPortError as error:
        print(f"serve-examples: {error}", file=sys.stderr)
        return 2
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"http://127.0.0.1:{server.server_port}/  {server.name}", flush=True)
    threading.Event().wait()
    return 0


def main() -> int:
    """The exit code; Ctrl-C, at any moment, is a good end."""
    with suppress(KeyboardInterrupt):
        return serve_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
