"""Rename a key everywhere: which names may be renamed, to what, and what to write at each place."""

from __future__ import annotations

import re

from wellsourced.language_server.mentions import Kind, Mention
from wellsourced.library import Library
from wellsourced.library.fields import ID_HINT, fits_address

RENAMED: frozenset[Kind] = frozenset({"reference", "product", "term"})

_KEY = re.compile(r"\w(?:[\w:.-]*\w)?", re.ASCII)
_NOT_TEXT = re.compile(r"[-+.\d]|(?:null|true|false|~)$", re.IGNORECASE)
"""What YAML 1.2's core schema (§ 10.3.2) could read as something else than text."""


class RenameError(Exception):
    """Stop a renaming; the message tells an editor why."""


def require_new(kind: Kind, old: str, new: str, library: Library) -> None:
    """Raise `RenameError` when an entry of a kind cannot take a new key."""
    known = {
        "reference": library.references, "product": library.products, "term": library.terms
    }[kind]  # fmt: skip
    if old not in known:
        raise RenameError(f'There is no {kind} "{old}".')
    if new in known and new != old:
        raise RenameError(f'There is a {kind} "{new}" already.')
    if kind == "reference" and not _KEY.fullmatch(new):
        raise RenameError(
            f'"{new}" cannot be cited: use letters, digits and, between them, "-", "_", ":", ".".'
        )
    if kind != "reference" and not fits_address(new):
        raise RenameError(f'"{new}" cannot be part of an address: {ID_HINT}.')


def written(new: str, text: str, mention: Mention) -> str:
    """Give what to write in place of a key: in YAML, a bare one that is no text needs quotes."""
    start = mention.span.start
    quoted = start > 0 and text[start - 1] in "\"'"
    return f'"{new}"' if mention.yaml and not quoted and _NOT_TEXT.match(new) else new
