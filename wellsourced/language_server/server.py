"""Speak the Language Server Protocol over stdio: take texts in, send findings and answers out."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from wellsourced.diagnostics import Diagnostic
from wellsourced.language_server import actions, features
from wellsourced.language_server.features import path_of
from wellsourced.language_server.renaming import RenameError
from wellsourced.language_server.session import Found, Open, Session

NAME = "wellsourced"
_TRIGGERS = ["@", "[", "#", "/", "{", "|", ":", ",", "(", " "]
_REQUEST_FAILED = -32803  # LSP 3.17, ErrorCodes

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Sent:
    """What a file was last told, and of which open text."""

    uri: str
    opened: Open | None
    findings: tuple[Diagnostic, ...]


class Server(LanguageServer):
    """A server for the one site whose settings file it was given.

    Whole texts are sent with each change: pygls, when it puts changes together, ends lines at
    signs such as U+2028 that end none in the protocol.
    """

    def __init__(self, settings_file: Path) -> None:
        super().__init__(NAME, "1", types.TextDocumentSyncKind.Full)
        self.settings_file = settings_file
        self.session = Session(settings_file, self.publish, self.warn)
        self._watching = False
        self.working: asyncio.Task[None] | None = None
        self._sent: dict[Path, _Sent] = {}

    def publish(self, found: Found) -> None:
        """Send the findings of each file that is open, has some, or had some before.

        A text that has changed since it was checked keeps what it was last told.
        """
        session = self.session
        by_path = {session.checker.path_of(shown): each for shown, each in found.findings.items()}
        for path in {*by_path, *session.opened, *self._sent}:
            opened = session.opened.get(path)
            if found.opened.get(path) is opened:
                self._tell(path, opened, by_path.get(path, ()))
        if not self._watching:
            self._watching = True
            self.watch()

    def _tell(self, path: Path, opened: Open | None, findings: tuple[Diagnostic, ...]) -> None:
        before = self._sent.get(path)
        uri = opened.uri if opened else before.uri if before else path.as_uri()
        sent = _Sent(uri, opened, findings)
        if sent == before or not (opened or before or findings):
            return
        text = self.session.text(path)
        shown = [actions.shown(f, text) for f in findings] if text else []
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, shown, opened.version if opened else None)
        )
        if opened or findings:
            self._sent[path] = sent
        else:
            del self._sent[path]

    def warn(self, message: str) -> None:
        """Show a sentence to the person who writes."""
        self.window_show_message(types.ShowMessageParams(types.MessageType.Error, message))

    def report_server_error(self, error: Exception, source: object) -> None:
        """Keep what goes wrong inside from the editor; it is of no use to who writes."""
        _log.error("%s: %s", source, error)

    def watch(self) -> None:
        """Ask the client to tell when files of the content or the settings change on disk."""
        workspace = self.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if not (watching and watching.dynamic_registration):
            return
        content = self.session.checker.content
        globs = (f"{content.as_posix()}/**", self.settings_file.as_posix())
        options = types.DidChangeWatchedFilesRegistrationOptions(
            [types.FileSystemWatcher(glob) for glob in globs]
        )
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        wanted = types.Registration("watch", method, register_options=options)
        self.client_register_capability(types.RegistrationParams([wanted]), lambda answer: None)


def run(settings_file: Path) -> None:
    """Serve on stdin and stdout until the client says exit or goes away.

    What other code prints goes to stderr, so that it cannot break into the protocol.
    """
    sys.stdout.flush()
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    create(settings_file).start_io(sys.stdin.buffer, output)


def create(settings_file: Path) -> Server:
    """Make a server with its features."""
    server = Server(settings_file)

    def on(method: str, handler: Callable[[Any], object], options: object = None) -> None:
        server.feature(method, options)(_guarded(handler))

    def ask(method: str, answer: Callable[..., object], options: object = None) -> None:
        on(method, lambda params: answer(server.session, params), options)

    on(types.INITIALIZE, lambda params: _initialize(server))
    on(types.INITIALIZED, lambda params: _begin(server))
    on(types.SHUTDOWN, lambda params: _end(server))
    on(types.TEXT_DOCUMENT_DID_OPEN, lambda params: _take(server, params.text_document))
    on(types.TEXT_DOCUMENT_DID_CHANGE, lambda params: _take(server, params.text_document))
    on(types.TEXT_DOCUMENT_DID_SAVE, lambda params: _touch(server, params.text_document))
    on(types.TEXT_DOCUMENT_DID_CLOSE, lambda params: _close(server, params.text_document))
    on(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, lambda params: _files_changed(server, params))
    triggers = types.CompletionOptions(trigger_characters=_TRIGGERS)
    ask(types.TEXT_DOCUMENT_COMPLETION, features.complete, triggers)
    ask(types.TEXT_DOCUMENT_HOVER, features.tell)
    ask(types.TEXT_DOCUMENT_DEFINITION, features.define)
    ask(types.TEXT_DOCUMENT_REFERENCES, features.refer)
    ask(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, features.outline)
    ask(types.TEXT_DOCUMENT_PREPARE_RENAME, features.prepare_rename)
    ask(types.TEXT_DOCUMENT_RENAME, features.rename, types.RenameOptions(prepare_provider=True))
    kinds = types.CodeActionOptions([types.CodeActionKind.QuickFix])
    ask(types.TEXT_DOCUMENT_CODE_ACTION, features.mend, kinds)
    return server


def _guarded(handler: Callable[[Any], object]) -> Callable[[Any], object]:
    """Answer nothing when a handler fails: no traceback may reach the client."""

    def answer(params: Any) -> object:
        try:
            return handler(params)
        except RenameError as error:
            raise JsonRpcException(str(error), _REQUEST_FAILED) from None
        except Exception:
            _log.exception("A request or notification failed")
            return None

    return answer


def _initialize(server: Server) -> None:
    encoding = server.workspace.position_encoding
    server.session.encoding = str(getattr(encoding, "value", encoding))


def _begin(server: Server) -> None:
    server.session.reload()
    server.working = asyncio.get_running_loop().create_task(server.session.work())


def _end(server: Server) -> None:
    server.session.end()
    if server.working:
        server.working.cancel()


def _take(
    server: Server, item: types.TextDocumentItem | types.VersionedTextDocumentIdentifier
) -> None:
    if path := path_of(item.uri):
        raw = server.workspace.get_text_document(item.uri).source
        server.session.put(path, item.uri, item.version, raw)


def _touch(server: Server, item: types.TextDocumentIdentifier) -> None:
    if path := path_of(item.uri):
        server.session.touch(path)


def _close(server: Server, item: types.TextDocumentIdentifier) -> None:
    if path := path_of(item.uri):
        server.session.close(path)


def _files_changed(server: Server, params: types.DidChangeWatchedFilesParams) -> None:
    paths = {path for change in params.changes if (path := path_of(change.uri))}
    if paths - server.session.opened.keys():
        server.session.reload()
