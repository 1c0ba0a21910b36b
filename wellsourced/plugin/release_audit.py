"""Audit a built output against the content it was made of, and sign it off when it is sound."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wellsourced import audit
from wellsourced.audit import manifest
from wellsourced.audit.addresses import is_local
from wellsourced.audit.weights import BUDGETS
from wellsourced.diagnostics import Diagnostic, has_errors
from wellsourced.plugin import promised_content
from wellsourced.plugin.where import shown

_LEAST_PARTS = 3
"""A shorter path, such as /srv, may well stand in a text."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an audit found, and a sentence that sums it up."""

    found: tuple[Diagnostic, ...]
    summary: str

    @property
    def is_sound(self) -> bool:
        """Tell whether the output may go out: no error was found."""
        return not has_errors(self.found)


def audit_output(settings: Mapping[str, Any], output: Path) -> Verdict:
    """Audit a built output; when no error is found, write its manifest into the cache.

    An output whose pages say that they are on this machine can be sound, and is no release.

    The manifest of an earlier output stays when an error is found: it names bytes that this
    output does not have, so nothing can be published by it.
    """
    started = time.monotonic()
    content = promised_content.read(settings)
    cache = Path(settings["WELLSOURCED_CACHE"])
    home = Path(settings["PATH"]).resolve().parent
    done = audit.audit_release(
        output,
        content.site,
        cache,
        shown=shown(output),
        budgets=settings.get("WELLSOURCED_BUDGETS", BUDGETS),
        paths=(str(home),) if len(home.parts) >= _LEAST_PARTS else (),
        ledgers=content.ledgers,
    )
    count = len(done.manifest.files)
    summary = f"Audited {count} files, {done.pages} of them pages, in "
    summary += f"{time.monotonic() - started:.1f} s: "
    if has_errors(done.found):
        return Verdict(done.found, summary + "not fit to be published.")
    if is_local(done.origin):
        where = f"sound, but built for {done.origin or 'no address'} and not signed off; "
        return Verdict(done.found, f'{summary}{where}see "invoke build --production".')
    record = cache / manifest.NAME
    manifest.write(done.manifest, record)
    return Verdict(done.found, f"{summary}release {done.manifest.release} is signed off.")
