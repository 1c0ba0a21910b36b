"""Serve the preview on loopback: the built pages, the client, and a stream of findings.

The client is added to pages as they are served, never to what is built.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from wellsourced.preview.session import Session, State

CLIENT = Path(__file__).parent / "client"
_SCRIPT = '<script type="module" src="/-/preview/preview.js"></script>'
_WAITING = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Preview</title></head>
<body><main><h1>No page has been built yet</h1>
<p>The findings are in the panel. This page shows the site as soon as none is an error.</p>
</main></body></html>"""
_NO_STORE = {"Cache-Control": "no-store"}
_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
HEARTBEAT = 15  # seconds


class Broadcast:
    """Hand each state to every page that listens."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[State]] = set()

    def send(self, state: State) -> None:
        """Queue a state for every listener; to be called on the event loop."""
        for queue in self._queues:
            queue.put_nowait(state)

    async def listen(self) -> AsyncIterator[State | None]:
        """Yield states as they come; None when nothing came for a while."""
        queue: asyncio.Queue[State] = asyncio.Queue()
        self._queues.add(queue)
        try:
            while True:
                try:
                    yield await asyncio.wait_for(queue.get(), HEARTBEAT)
                except TimeoutError:
                    yield None
        finally:
            self._queues.discard(queue)


def application(
    session: Session, output: Path, broadcast: Broadcast, open_file: Callable[[str, int, int], bool]
) -> Starlette:
    """Make the ASGI application; `open_file(path, line, column)` opens a file in the editor."""

    async def events(request: Request) -> Response:
        async def stream() -> AsyncIterator[str]:
            yield _event(session.state)
            async for state in broadcast.listen():
                yield _event(state) if state else ": still here\n\n"

        return StreamingResponse(stream(), media_type="text/event-stream", headers=_NO_STORE)

    async def open_finding(request: Request) -> Response:
        wanted = await request.json()
        place = (wanted.get("path"), wanted.get("line"), wanted.get("column"))
        known = {(f.path, f.line, f.column) for f in session.state.findings}
        if place not in known:
            return JSONResponse({"opened": False}, status_code=404)
        return JSONResponse({"opened": await asyncio.to_thread(open_file, *place)})

    async def page(request: Request) -> Response:
        path = _file(output, request.path_params["path"])
        if path is None:
            missing = output / "404.html"
            html = missing.read_text("utf-8") if missing.is_file() else _WAITING
            return HTMLResponse(_with_client(html), 404, headers=_NO_STORE)
        if path.suffix == ".html":
            data = session.pages.get(path.relative_to(output.resolve()).as_posix())
            if data is None:
                data = await asyncio.to_thread(path.read_bytes)
            html = data.decode("utf-8")
            return HTMLResponse(_with_client(html), headers=_NO_STORE)
        return FileResponse(path, headers=_NO_STORE)

    return Starlette(
        routes=[
            Route("/-/preview/events", _guarded(events)),
            Route("/-/preview/open", _guarded(open_finding), methods=["POST"]),
            Mount("/-/preview", StaticFiles(directory=CLIENT)),
            Route("/{path:path}", page),
        ]
    )


def _guarded(handler: Callable[[Request], object]) -> Callable[[Request], object]:
    """Answer only pages of this preview: another site must not read findings or open files."""

    async def guard(request: Request) -> Response:
        origin = request.headers.get("origin")
        host = request.headers.get("host", "")
        local = urlsplit(f"//{host}").hostname in _LOCAL_NAMES
        if not local or (origin is not None and urlsplit(origin).netloc != host):
            return Response(status_code=403)
        response: Response = await handler(request)  # type: ignore[misc]
        return response

    return guard


def _file(output: Path, path: str) -> Path | None:
    """Find what an address shows, never outside the output."""
    found = (output / path).resolve()
    if found.is_dir():
        found = found / "index.html"
    return found if found.is_file() and found.is_relative_to(output.resolve()) else None


def _with_client(html: str) -> str:
    before, closing, after = html.rpartition("</body>")
    return f"{before}{_SCRIPT}{closing}{after}" if closing else html + _SCRIPT


def _event(state: State) -> str:
    return f"data: {json.dumps(state.message(), ensure_ascii=False)}\n\n"
