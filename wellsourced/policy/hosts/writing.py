"""Write one host's files for a built site."""

from __future__ import annotations

from pathlib import Path

from wellsourced.diagnostics import has_errors
from wellsourced.library import redirects
from wellsourced.policy import serving
from wellsourced.policy.hosts import HOSTS, HostLimitError


class UnservableError(ValueError):
    """A site that cannot be served by a host, said so that an editor can act on it."""


def write(
    host: str,
    output: Path,
    content: Path,
    folder: Path,
    *,
    preview: bool = False,
    also: Path | None = None,
) -> tuple[Path, ...]:
    """Write what a host reads into a folder; give the paths in order.

    `output` is the built site, `content` the folder whose library says which pages moved, `also`
    a folder of pages that are still being served.
    Raises `UnservableError` for an unknown host, a site that is not built, redirects with faults
    or a limit of the host; then nothing is written.
    """
    if host not in HOSTS:
        raise UnservableError(f"There is no host {host}; use {' or '.join(HOSTS)}.")
    if not (output / "index.html").is_file():
        raise UnservableError(
            f"There is no built site in {output}; run `invoke build --production` first."
        )
    if also is not None and not any(also.rglob("*.html")):
        raise UnservableError(f"There is no page in {also}.")
    moved, found = redirects.load(content / "library" / "redirects.yaml")
    if has_errors(found):
        raise UnservableError("redirects.yaml has faults; `invoke check` shows them.")
    to = {old: one.to for old, one in moved.items()}
    site = serving.read(output, to, preview=preview, also=also)
    try:
        made = HOSTS[host](site)
    except HostLimitError as problem:
        raise UnservableError(f"{host} cannot serve this site: {problem}.") from problem
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    return tuple(folder / name for name in made)
