"""Answer an editor's questions about a place in a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lsprotocol import types
from pygls.uris import to_fs_path

from wellsourced.language_server import actions, completion, hover, navigation, symbols
from wellsourced.language_server.positions import Text
from wellsourced.language_server.renaming import RenameError
from wellsourced.language_server.session import Session
from wellsourced.library.positions import BrokenSyntaxError


@dataclass(frozen=True, slots=True)
class File:
    """A file that is asked about, with its text as it is now."""

    uri: str
    path: Path
    text: Text


def path_of(uri: str) -> Path | None:
    """Give the file of an address; None when it is in no folder, such as an untitled text."""
    name = to_fs_path(uri) if uri.startswith("file:") else None
    return Path(name).resolve() if name else None


def file_of(session: Session, uri: str) -> File | None:
    """Give the file of an address with its text; None when there is none to read."""
    path = path_of(uri)
    text = session.text(path) if path else None
    return File(uri, path, text) if path and text else None


def complete(session: Session, params: types.CompletionParams) -> types.CompletionList | None:
    """Offer what may stand at the cursor."""
    file = file_of(session, params.text_document.uri)
    if file is None or session.desk is None:
        return None
    offset, site = file.text.offset(params.position), session.desk.site
    if document := session.document(file.path):
        found = completion.in_document(document, offset, site)
    elif file.path.suffix == ".yaml":
        found = completion.in_catalogue(file.text.index.line_at(offset), offset, site)
    else:
        found = None
    if found is None:
        return None
    place = file.text.range(found.span)
    items = [
        types.CompletionItem(
            label=choice.label,
            kind=types.CompletionItemKind.Reference,
            detail=choice.detail or None,
            filter_text=f"{choice.label} {choice.search}".strip(),
            sort_text=f"{number:05}",
            text_edit=types.TextEdit(place, choice.insert or choice.label),
        )
        for number, choice in enumerate(found.items)
    ]
    return types.CompletionList(is_incomplete=False, items=items)


def tell(session: Session, params: types.HoverParams) -> types.Hover | None:
    """Describe what stands at the cursor, and explain what was found there."""
    file = file_of(session, params.text_document.uri)
    if file is None or session.desk is None:
        return None
    offset = file.text.offset(params.position)
    mention = navigation.mention_at(session, file.path, offset)
    spans = [(file.text.span_at(f.location), f) for f in session.findings(file.path)]
    around = [(span, f) for span, f in spans if span.start <= offset <= span.end]
    described = hover.describe(mention, session.desk) if mention else ""
    parts = [described, hover.explain(finding for _, finding in around)]
    value = "\n\n---\n\n".join(filter(None, parts))
    if not value:
        return None
    span = mention.span if mention and described else around[0][0]
    content = types.MarkupContent(types.MarkupKind.Markdown, value)
    return types.Hover(content, range=file.text.range(span))


def define(session: Session, params: types.DefinitionParams) -> types.Location | None:
    """Go to the place that defines what stands at the cursor."""
    file = file_of(session, params.text_document.uri)
    if file is None:
        return None
    mention = navigation.mention_at(session, file.path, file.text.offset(params.position))
    return navigation.definition(session, mention) if mention else None


def refer(session: Session, params: types.ReferenceParams) -> list[types.Location] | None:
    """List the places that name what stands at the cursor."""
    file = file_of(session, params.text_document.uri)
    if file is None:
        return None
    mention = navigation.mention_at(session, file.path, file.text.offset(params.position))
    with_definition = params.context.include_declaration
    return navigation.uses(session, mention, with_definition=with_definition) if mention else None


def outline(
    session: Session, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | None:
    """Outline a file."""
    file = file_of(session, params.text_document.uri)
    if file is None:
        return None
    if document := session.document(file.path):
        return symbols.in_document(document, file.text)
    try:
        return symbols.in_catalogue(session.mentions(file.path), file.text)
    except BrokenSyntaxError:
        return None


def prepare_rename(
    session: Session, params: types.PrepareRenameParams
) -> types.PrepareRenamePlaceholder:
    """Give the key that a renaming would change; raise `RenameError` when there is none."""
    file = _renamed_file(session, params.text_document.uri)
    mention = navigation.renamed(session, file.path, file.text.offset(params.position))
    return types.PrepareRenamePlaceholder(file.text.range(mention.span), mention.name)


def rename(session: Session, params: types.RenameParams) -> types.WorkspaceEdit:
    """Rename the key at the cursor everywhere; raise `RenameError` when that cannot be done."""
    file = _renamed_file(session, params.text_document.uri)
    mention = navigation.renamed(session, file.path, file.text.offset(params.position))
    return navigation.rename(session, mention, params.new_name)


def mend(session: Session, params: types.CodeActionParams) -> list[types.CodeAction]:
    """Offer quick fixes for what was found in a range."""
    file = file_of(session, params.text_document.uri)
    if file is None:
        return []
    found = session.findings(file.path)
    return list(actions.quick_fixes(found, file.text, file.uri, params.range))


def _renamed_file(session: Session, uri: str) -> File:
    file = file_of(session, uri)
    if file is None or session.desk is None:
        raise RenameError("This file has not been read yet.")
    return file
