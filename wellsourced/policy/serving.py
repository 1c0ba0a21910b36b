"""Gather what a host must know of a site: its files, its content policy, its moved pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from wellsourced.policy.encodings import SUFFIXES
from wellsourced.policy.security import content_security_policy, drawing_policy, headers
from wellsourced.policy.styles import drawing_hashes, style_hashes


@dataclass(frozen=True, slots=True)
class Serving:
    """A site to be served.

    `keys` are its files, sorted; `csp` is the content policy of its pages, `drawings` that of its
    SVG files; `moved` maps old address → new address, both from the root of the site with a slash
    at both ends; `preview` keeps it out of search engines.
    """

    keys: tuple[str, ...]
    csp: str
    moved: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    preview: bool = False
    drawings: str = drawing_policy()

    def headers(self, key: str) -> Mapping[str, str]:
        """Give every header of one file of the site."""
        return headers(key, self.csp, drawings=self.drawings, preview=self.preview)

    def where(self, wanted: Iterable[str]) -> tuple[str, ...]:
        """Give the addresses, from the root, of those keys: a page's has no `index.html`."""
        return tuple(address(key) for key in wanted)


def address(key: str) -> str:
    """Give the address of a key from the root of the site: `/articles/x/`."""
    folder, _, name = key.rpartition("/")
    if name == "index.html":
        return f"/{folder}/" if folder else "/"
    return f"/{key}"


def read(
    output: Path,
    moved: Mapping[str, str] | None = None,
    *,
    preview: bool = False,
    also: Path | None = None,
) -> Serving:
    """Read a built site; files that were compressed ahead belong to the file beside them.

    `also` holds pages that are still being served: the policy lets their styles in too.
    """
    every = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    keys = sorted(key for key in every if not _is_variant(key, every))
    folders = (output,) if also is None else (output, also)
    to = MappingProxyType(dict(moved or {}))
    csp = content_security_policy(style_hashes(_each(folders, "*.html")))
    drawings = drawing_policy(drawing_hashes(_each(folders, "*.svg")))
    return Serving(tuple(keys), csp, to, preview, drawings)


def _each(folders: Iterable[Path], pattern: str) -> Iterator[bytes]:
    for folder in folders:
        yield from (path.read_bytes() for path in folder.rglob(pattern))


def _is_variant(key: str, every: set[str]) -> bool:
    return any(
        key.endswith(suffix) and key.removesuffix(suffix) in every for suffix in SUFFIXES.values()
    )
