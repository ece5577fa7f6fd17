"""An outlet on loopback: a feed and two pages of our own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_PAGE = """<!doctype html><html lang="en"><head><title>{title} | Gullcliff Times</title>
<meta property="og:title" content="{title}"><meta property="article:published_time" content="{time}">
</head><body><article><h1>{title}</h1><p>{first}</p><p>{second}</p></article></body></html>"""
_ARTICLES = {
    "/2026/pier": {
        "title": "Pier at Gullcliff opens again after storm",
        "time": "2026-05-02T08:00:00Z",
        "first": "The pier at Gullcliff opened again on Saturday, eleven weeks after a storm tore away 40 metres "
        "of its deck. Some 3,000 people came to walk on it, the town said, though it rained until noon.",
        "second": "“We have waited for this since February,” said Mayor Rhona Teague. The repair cost "
        "1.2 million pounds, of which the county paid half.",
    },
    "/2026/library": {
        "title": "Library keeps its Sunday hours",
        "time": "2026-05-03T10:00:00Z",
        "first": "The library in Gullcliff will stay open on Sundays after more than 900 readers signed a letter "
        "to the council. It had planned to close the building on that day to save 35,000 pounds a year.",
        "second": "“People came to us with their children and their grandmothers,” said librarian Tomas Beck, "
        "who has worked there for twelve years. The council votes on the money in June.",
    },
}


@contextmanager
def serving_outlet() -> Iterator[str]:
    """The outlet's address, such as http://127.0.0.1:8123."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        origin = f"http://{self.headers['Host']}"
        if self.path == "/rss.xml":
            self._answer("application/rss+xml", _write_feed(origin))
        elif self.path in _ARTICLES:
            self._answer("text/html; charset=utf-8", _PAGE.format(**_ARTICLES[self.path]))
        else:
            self.send_error(404)

    def _answer(self, content_type: str, text: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Nothing is logged."""


def _write_feed(origin: str) -> str:
    items = "".join(
        f"<item><title>{said['title']}</title><link>{origin}{path}</link><guid>{origin}{path}</guid></item>"
        for path, said in _ARTICLES.items()
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Gullcliff</title>{items}</channel></rss>'
