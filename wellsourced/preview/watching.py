"""Watch content, theme and settings, and rebuild when one of them is saved."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from pathlib import Path

import uvicorn
from watchfiles import DefaultFilter, awatch

from wellsourced.preview import server
from wellsourced.preview.editor import opener
from wellsourced.preview.session import Session, State

DEBOUNCE = 40  # milliseconds: an editor's save is often two events


async def run(settings_file: Path, output: Path, port: int, editor: str) -> None:
    """Build once, serve on loopback, and rebuild on every save until it is stopped."""
    session = Session(settings_file, output)
    broadcast = server.Broadcast()
    app = server.application(session, output, broadcast, opener(editor))
    config = uvicorn.Config(
        app, host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=1
    )
    serving = uvicorn.Server(config)
    watching = asyncio.create_task(_watch(session, broadcast, settings_file))
    try:
        await serving.serve()
    finally:
        watching.cancel()


async def _watch(session: Session, broadcast: server.Broadcast, settings_file: Path) -> None:
    loop = asyncio.get_running_loop()

    async def rebuild(saved: Collection[Path] = ()) -> None:
        def tell(state: State) -> None:
            loop.call_soon_threadsafe(broadcast.send, state)

        broadcast.send(await asyncio.to_thread(session.rebuild, saved, tell))

    await rebuild()
    folders = watched(session, settings_file)
    async for changes in awatch(*folders, watch_filter=DefaultFilter(), debounce=DEBOUNCE, step=10):
        await rebuild({Path(path) for _, path in changes})


def watched(session: Session, settings_file: Path) -> Sequence[Path]:
    """List what a page depends on: content, theme, and the settings file."""
    settings = session.settings
    return (Path(settings["PATH"]), Path(settings["THEME"]), settings_file)
