"""Go from a mention to its definition, to all its uses, and rename what it names."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types

from wellsourced.language_server import renaming
from wellsourced.language_server.mentions import DEFINED_IN, Mention
from wellsourced.language_server.renaming import RenameError
from wellsourced.language_server.session import Session
from wellsourced.library.positions import BrokenSyntaxError


def mention_at(session: Session, path: Path, offset: int) -> Mention | None:
    """Give the smallest mention that holds an offset or ends there."""
    try:
        found = session.mentions(path)
    except BrokenSyntaxError:
        return None
    holding = [m for m in found if m.span.start <= offset <= m.span.end]
    return min(holding, key=lambda m: m.span.end - m.span.start, default=None)


def definition(session: Session, mention: Mention) -> types.Location | None:
    """Give the place that defines what is mentioned, as the files are now."""
    content = session.checker.content
    if mention.kind == "file":
        path = content / mention.name
        start = types.Position(0, 0)
        known = path.is_file() or path in session.opened
        return types.Location(_uri(session, path), types.Range(start, start)) if known else None
    if mention.kind == "anchor":
        path = content / mention.page
        document, text = session.document(path), session.text(path)
        headings = document.headings if document else ()
        heading = next((h for h in headings if h.id == mention.name), None)
        if heading is None or text is None:
            return None
        return types.Location(_uri(session, path), text.range(heading.text_span))
    if mention.kind not in DEFINED_IN:
        return None
    path = content / "library" / DEFINED_IN[mention.kind]
    text = session.text(path)
    try:
        found = next((m for m in session.mentions(path) if m.defines and _same(m, mention)), None)
    except BrokenSyntaxError:
        return None
    return types.Location(_uri(session, path), text.range(found.span)) if found and text else None


def uses(session: Session, mention: Mention, *, with_definition: bool) -> list[types.Location]:
    """Give every place that names the same thing; files that cannot be read are left out."""
    found: list[types.Location] = []
    for path in session.files():
        text = session.text(path)
        try:
            mentions = session.mentions(path)
        except BrokenSyntaxError:
            continue
        for other in mentions if text else ():
            if text and _same(other, mention) and (with_definition or not other.defines):
                found.append(types.Location(_uri(session, path), text.range(other.span)))
    return found


def renamed(session: Session, path: Path, offset: int) -> Mention:
    """Give the mention whose key is to be renamed; raise `RenameError` when there is none."""
    mention = mention_at(session, path, offset)
    if mention is None or mention.kind not in renaming.RENAMED:
        raise RenameError("Only the key of a reference, product or term can be renamed.")
    if not mention.literal:
        raise RenameError(
            "These are words of the term; rename its id in glossary.yaml, or change its aliases."
        )
    return mention


def rename(session: Session, mention: Mention, new: str) -> types.WorkspaceEdit:
    """Give the edits that rename a key in every file of the content.

    Raises `RenameError` when the key cannot be taken, or a file that may hold the old one cannot
    be read: half a renaming would leave dead cites behind.
    """
    if session.desk is None:
        raise RenameError("The site has not been read yet.")
    renaming.require_new(mention.kind, mention.name, new, session.desk.site.library)
    changes: dict[str, list[types.TextEdit]] = {}
    for path in session.files():
        text = session.text(path)
        if text is None:
            raise RenameError(f"{session.checker.shown(path)} cannot be read.")
        try:
            mentions = session.mentions(path)
        except BrokenSyntaxError as fault:
            where = f"{session.checker.shown(path)}:{fault.at.line}"
            raise RenameError(f"Mend {where} first: {fault.message}") from None
        edits = [
            types.TextEdit(text.range(other.span), renaming.written(new, text.index.text, other))
            for other in sorted(mentions, key=lambda m: m.span)
            if other.literal and _same(other, mention)
        ]
        if edits:
            changes[_uri(session, path)] = edits
    return types.WorkspaceEdit(changes=changes)


def _same(one: Mention, other: Mention) -> bool:
    return (one.kind, one.name, one.page) == (other.kind, other.name, other.page)


def _uri(session: Session, path: Path) -> str:
    opened = session.opened.get(path)
    return opened.uri if opened else path.as_uri()
