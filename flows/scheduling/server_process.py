"""The process of the Prefect server beside the lake: `python -m flows.scheduling.server_process`, behind its guard.

It takes over a socket that listens already, so that no other program can take its place while it starts.
"""

from __future__ import annotations

import socket
import sys

import uvicorn
from prefect.server.api.server import create_app
from prefect.settings import get_current_settings

from flows.scheduling.guard import LoopbackGuard
from flows.scheduling.visible_logs import show_codes_in_logs


def serve(listening: socket.socket) -> None:
    """Serve Prefect's API and UI on the socket until SIGTERM."""
    settings = get_current_settings().server
    host, port = listening.getsockname()
    config = uvicorn.Config(
        LoopbackGuard(create_app(final=True), f"http://{host}:{port}"),
        log_level=settings.logging_level.lower(),
        access_log=False,
        proxy_headers=False,
        timeout_keep_alive=settings.api.keepalive_timeout,
        ws_ping_interval=settings.api.websocket_ping_interval,
        ws_ping_timeout=settings.api.websocket_ping_timeout,
    )
    show_codes_in_logs()  # after uvicorn has made its handlers
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
