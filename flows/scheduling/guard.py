"""The guard of the Prefect server beside the lake: only its own UI and programs of this machine get through.

A page of another site that the user has open in the browser reaches 127.0.0.1 too. So requests under a name that is not
this machine's are refused (a site can point its own name here), and requests that another origin's page sends,
over WebSockets too. The password, and the token against forged requests, are Prefect's own.
"""
# Why: see docs/decisions.md, "A guard stands before the server of `copydesk serve`".

from __future__ import annotations

import base64
import hashlib
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

LOGIN_PATH = "/copydesk-login"
_LOOPBACK = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]{1,5})?")
# Prefect's UI looks for the password there, as if its own login page had put it. The part of an address after # is
# never sent.
_LOGIN_SCRIPT = (
    'const word = location.hash.slice(1); if (word) localStorage.setItem("prefect-password", btoa(word)); '
    'location.replace("/");'
)
_LOGIN_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Copydesk: log in</title></head>'
    f"<body><p>One moment ...</p><script>{_LOGIN_SCRIPT}</script></body></html>"
)
_LOGIN_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'sha256-"
    + base64.b64encode(hashlib.sha256(_LOGIN_SCRIPT.encode()).digest()).decode()
    + "'",
    "Referrer-Policy": "no-referrer",
}


class LoopbackGuard:
    """Passes only requests that name this machine and come from its own `origin`, or from no page at all."""

    def __init__(self, application: ASGIApp, origin: str) -> None:
        self._application, self._origin = application, origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it before the application sees it."""
        if scope["type"] not in ("http", "websocket"):
            await self._application(scope, receive, send)
            return
        headers = Headers(scope=scope)
        fault = self._find_fault(headers)
        if fault is None:
            answer = self._answer(scope, headers) if scope["type"] == "http" else None
            await (answer or self._application)(scope, receive, self._kept_apart(send))
        elif scope["type"] == "websocket":
            await WebSocketClose(code=1008, reason=fault)(scope, receive, send)
        else:
            await PlainTextResponse(f"{fault}\n", status_code=403)(scope, receive, send)

    def _find_fault(self, headers: Headers) -> str | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not _LOOPBACK.fullmatch(hosts[0].lower()):
            return "refused: this server answers to 127.0.0.1 only"
        if any(origin != self._origin for origin in headers.getlist("origin")):
            return "refused: the request comes from a page of another site"
        return None

    def _answer(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        """The guard's own answer: the login page, or a redirect for pages under another name of this machine, where
        the UI could not reach its API."""
        path = scope["path"]
        if scope["method"] not in ("GET", "HEAD") or path == "/api" or path.startswith("/api/"):
            return None
        if f"http://{headers['host'].lower()}" != self._origin:
            return RedirectResponse(f"{self._origin}/{path.lstrip('/')}")
        return HTMLResponse(_LOGIN_PAGE, headers=_LOGIN_HEADERS) if path == LOGIN_PATH else None

    def _kept_apart(self, send: Send) -> Send:
        """Keep answers from other origins and from frames of other sites, although Prefect grants some to all."""

        async def send_apart(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("access-control-allow-origin", self._origin) != self._origin:
                    del headers["access-control-allow-origin"]
                headers["X-Frame-Options"] = "SAMEORIGIN"
            await send(message)

        return send_apart
