"""Give values, files and the engine itself a digest: the same only while nothing differs."""

from __future__ import annotations

import importlib.metadata
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from hashlib import blake2b
from pathlib import Path
from types import CodeType, FunctionType

from wellsourced.diagnostics import Location

SIZE = 16
"""Bytes of a digest."""

_ENGINE = Path(__file__).resolve().parent.parent
_PACKAGES = (
    "babel",
    "jinja2",
    "lightningcss",
    "lxml",
    "markdown",
    "pagefind",
    "pagefind-bin",
    "pelican",
    "pillow",
    "pymdown-extensions",
)


def of(*parts: object) -> bytes:
    """Digest values: text, numbers, dates, mappings, sequences, sets, frozen dataclasses.

    Where a value stands in its file makes no difference. Mappings count in their own order, since
    pages show them in it. Raises `TypeError` for any other kind of value.
    """
    state = blake2b(digest_size=SIZE)
    for part in parts:
        for piece in _pieces(part):
            state.update(piece)
    return state.digest()


def file(path: Path) -> bytes:
    """Digest a file's bytes. Raises `OSError` when it cannot be read."""
    return blake2b(path.read_bytes(), digest_size=SIZE).digest()


def tree(folder: Path, pattern: str = "*") -> bytes:
    """Digest the names and bytes of all files below a folder."""
    found = sorted(path for path in folder.rglob(pattern) if path.is_file())
    return of([(path.relative_to(folder).as_posix(), file(path)) for path in found])


@cache
def engine() -> bytes:
    """Digest this engine, the Python that runs it, and the packages that make its output."""
    versions = [(name, importlib.metadata.version(name)) for name in _PACKAGES]
    return of(tree(_ENGINE, "*.py"), sys.version, versions)


def _pieces(value: object) -> Iterable[bytes]:
    """Yield bytes that differ when two values differ: a kind, a length or an end, the content."""
    if isinstance(value, str):
        data = value.encode("utf-8", "surrogatepass")
        yield b"s%d:" % len(data)
        yield data
    elif isinstance(value, bytes):
        yield b"b%d:" % len(value)
        yield value
    elif value is None or isinstance(value, bool | int | float | date):
        yield f"{type(value).__name__}:{value!r};".encode()
    elif isinstance(value, Location):
        return
    elif is_dataclass(value) and not isinstance(value, type):
        yield b"d" + type(value).__name__.encode() + b"("
        for one in fields(value):
            yield from _pieces(getattr(value, one.name))
        yield b")"
    else:
        yield from _collection(value)


def _collection(value: object) -> Iterable[bytes]:
    if isinstance(value, Mapping):
        yield b"m("
        for key, held in value.items():
            yield from _pieces(key)
            yield from _pieces(held)
        yield b")"
    elif isinstance(value, list | tuple):
        yield b"l("
        for held in value:
            yield from _pieces(held)
        yield b")"
    elif isinstance(value, set | frozenset):
        yield from _collection(sorted(of(held) for held in value))
    elif isinstance(value, type | FunctionType):
        yield from _pieces(f"{value.__module__}.{value.__qualname__}")
        if isinstance(value, FunctionType):
            yield from _code(value.__code__)
    else:
        yield from _pieces(_plain(value))


def _code(code: CodeType) -> Iterable[bytes]:
    yield code.co_code
    for constant in code.co_consts:
        yield from _code(constant) if isinstance(constant, CodeType) else [repr(constant).encode()]


def _plain(value: object) -> object:
    """Give what stands for a value of some other class: its path, its attributes, its words."""
    if isinstance(value, Path):
        return value.as_posix()
    if hasattr(value, "__dict__"):
        return {"": type(value).__qualname__, **vars(value)}
    return repr(value)
