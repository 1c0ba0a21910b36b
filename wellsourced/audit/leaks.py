"""Find what must not go out in a file: keys, paths and addresses of a machine, the preview."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wellsourced.diagnostics import Diagnostic, Location, code, diagnose

# Each form's own beginning, and the whole of it: the first is quick to look for.
_SECRETS: tuple[tuple[bytes, str, re.Pattern[bytes]], ...] = tuple(
    (start, what, re.compile(form))
    for start, what, form in (
        (b"AKIA", "a key of Amazon Web Services", rb"\bAKIA[0-9A-Z]{16}\b"),
        (b"ASIA", "a key of Amazon Web Services", rb"\bASIA[0-9A-Z]{16}\b"),
        (b"PRIVATE KEY-----", "a private key", rb"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
        *(
            (f"gh{one}_".encode(), "a token of GitHub", rb"\bgh[pousr]_\w{36,}\b")
            for one in "pousr"
        ),
        (b"github_pat_", "a token of GitHub", rb"\bgithub_pat_\w{22,}\b"),
        (b"glpat-", "a token of GitLab", rb"\bglpat-[\w-]{20,}"),
        (b"AIza", "a key of Google", rb"\bAIza[\w-]{35}\b"),
        (b"xox", "a token of Slack", rb"\bxox[abprs]-[\w-]{10,}"),
        (b"sk_live_", "a key of Stripe", rb"\bsk_live_\w{16,}"),
        (b"AccountKey=", "a key of Azure", rb"\bAccountKey=[\w+/]{40,}={0,2}"),
        (b"SharedAccessSignature", "a key of Azure", rb"SharedAccessSignature=\S{20,}"),
        (b"://", "a password in an address", rb"://[^/\s:@\"'<>]+:[^/\s:@\"'<>]+@"),
    )
)
_PATHS = re.compile(
    rb"(?<![\w.:/-])/(?:home|Users|root|tmp|var/folders|private/var)/[\w.-]+/[^\s\"'<>]*"
    rb"|\bfile:///[^\s\"'<>]+|\b[A-Z]:\\\\?(?:Users|Documents)\\[^\s\"'<>]*"
)
_LOCAL = re.compile(rb"(?:\b(?:localhost|127\.0\.0\.1)\b|\[::1\])(?::\d+)?")
_PREVIEW = b"/-/preview/"

# Whatever `check` finds has one of these in it. Each begins with a byte that the search can leap
# to: all of them together take a fifth of the time of one search for each beginning.
_SIGNS = tuple(
    re.compile(form)
    for form in (
        rb"A(?:KIA|SIA|Iza|ccountKey=)", rb"g(?:h[pousr]_|ithub_pat_|lpat-)", rb"xox", rb"_live_",
        rb"PRIVATE KEY-----", rb"SharedAccessSignature", rb":(?:\\|///|//[^/\s:@]+:[^/\s:@]+@)",
        rb"/(?:home|Users|root|tmp|var|private|-)/",
    )
)  # fmt: skip
_LOCAL_SIGNS = (b"localhost", b"127.0.0.1", b"[::1]")


def check(key: str, data: bytes, origin: str, paths: Sequence[str] = ()) -> Iterator[Diagnostic]:
    """Check the bytes of one file of text; `paths` are folders that only this machine has."""
    if any(sign.search(data) for sign in _SIGNS):
        yield from _signed(key, data)
    for path in paths:
        at = data.find(path.encode())
        if at >= 0:
            yield local_path(_at(key, data, at, at + len(path.encode())), path)
    if not _LOCAL.search(origin.encode()) and any(sign in data for sign in _LOCAL_SIGNS):
        for match in _LOCAL.finditer(data):
            yield local_path(_at(key, data, match.start(), match.end()), match[0].decode())


def _signed(key: str, data: bytes) -> Iterator[Diagnostic]:
    """Look closely at a file that bears a sign of something."""
    for start, what, form in _SECRETS:
        if start in data:
            for match in form.finditer(data):
                yield secret(_at(key, data, match.start(), match.end()), what)
    for match in _PATHS.finditer(data):
        place = _at(key, data, match.start(), match.end())
        yield local_path(place, match[0].decode("utf-8", "replace"))
    if _PREVIEW in data:
        at = data.find(_PREVIEW)
        yield preview_client(_at(key, data, at, at + len(_PREVIEW)))


def _at(key: str, data: bytes, start: int, end: int) -> Location:
    line = data.count(b"\n", 0, start) + 1
    begin = data.rfind(b"\n", 0, start) + 1
    column = len(data[begin:start].decode("utf-8", "replace")) + 1
    width = len(data[start:end].decode("utf-8", "replace"))
    return Location(key, line, column, line, column + width)


@code("AUD090")
def secret(at: Location, what: str) -> Diagnostic:
    """A built file holds what looks like a key, a token or a password.

    Whoever reads it can act in our name, and change what readers are told.

    Wrong: `https://user:password@host/` in a page, or a private key in an image folder.
    Right: keys in the environment of the machine that publishes; a new key for a leaked one.
    """
    return diagnose(at, "AUD090", f"Here stands {what}.", "take it out, and revoke it")


@code("AUD091")
def local_path(at: Location, path: str) -> Diagnostic:
    """A built file names a path or an address of the machine that built it.

    It leads nowhere for readers and tells who works where.

    Wrong: `/home/ann/site/needle.svg`, or `http://localhost:8000/` on a published site.
    Right: an address that readers can open.
    """
    return diagnose(
        at, "AUD091", f'"{path}" exists on one machine only.', "build with publishconf.py, or "
        "give an address that readers can open",
    )  # fmt: skip


@code("AUD092")
def preview_client(at: Location) -> Diagnostic:
    """A built page loads the preview's script.

    It asks for findings and changes the page under its readers.

    Wrong: `<script src="/-/preview/preview.js">` in a file of the output.
    Right: the script only in what `invoke preview` serves.
    """
    return diagnose(
        at, "AUD092", "The page loads the script of the preview.", "build the site anew"
    )
