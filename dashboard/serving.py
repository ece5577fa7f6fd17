"""Serving the dashboard until Ctrl-C."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import closing
from threading import Thread

from core.errors import ConfigError
from core.settings import Settings
from dashboard.app import make_app
from dashboard.charts.answers import warm_charts
from dashboard.guards import Guard
from warehouse.asking.pinned import PinnedReader


def serve_dashboard(
    settings: Settings, *, host: str, port: int, token: str | None, tell: Callable[[str], None]
) -> None:
    """Serve at that address until Ctrl-C; `tell` is called with the address once it answers."""
    import uvicorn

    guard = Guard.for_address(host, token)
    with closing(_listen(host, port)) as listening, closing(PinnedReader(settings)) as reader:
        with reader.reading():
            pass  # report an unreadable lake before printing the address
        app = make_app(settings, reader, guard)
        shown = f"[{host}]" if ":" in host else host
        tell(f"http://{shown}:{listening.getsockname()[1]}/")
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, proxy_headers=False
        )
        Thread(target=warm_charts, daemon=True).start()
        uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise ConfigError(f"cannot listen on {host}:{port}: {error.strerror}; give another --port") from None
    return listening
