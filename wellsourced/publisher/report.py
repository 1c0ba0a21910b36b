"""Print plans, outcomes and states, for people and as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TextIO

from wellsourced.publisher.gc import Collected
from wellsourced.publisher.plan import Plan
from wellsourced.publisher.problems import PublishingError
from wellsourced.publisher.push import Progress
from wellsourced.publisher.settling import Purged
from wellsourced.publisher.status import Status

_STEPS = 10
_MANY = 200  # fewer files than that are in place before one has read it
_LONG = 40
"""How many files a printed plan names; --json names all."""


def plan_json(planned: Plan) -> str:
    """Give a plan as JSON: release, uploads with reasons, deletes, the number of unchanged."""
    uploads = [
        {"key": upload.key, "reason": str(upload.reason), "bytes": upload.bytes}
        for upload in planned.uploads
    ]
    fields = {
        "release": planned.release,
        "uploads": uploads,
        "deletes": list(planned.deletes),
        "unchanged": len(planned.unchanged),
    }
    return json.dumps(fields, indent=1, ensure_ascii=False)


def plan_text(planned: Plan) -> str:
    """Give a plan for people: a summary, then each file that is sent or goes, with its reason."""
    return "\n".join(_plan_lines(planned))


def _plan_lines(planned: Plan) -> Iterator[str]:
    yield (
        f"Release {planned.release}: {_files(len(planned.uploads))} to send "
        f"({size(planned.bytes)}), {len(planned.unchanged)} unchanged, "
        f"{len(planned.deletes)} gone"
    )
    rows = [(str(u.reason), u.key, size(u.bytes)) for u in planned.uploads]
    rows += [("gone", key, "") for key in planned.deletes]
    for reason, key, amount in rows[:_LONG]:
        yield f"  {reason:<16}{key}  {amount}".rstrip()
    if len(rows) > _LONG:
        yield f"  and {len(rows) - _LONG} more (--json names all)"


def purged_text(purged: Purged) -> str:
    """Say which addresses caches must forget, and who was told."""
    if not purged.addresses:
        return ""
    if purged.handed:
        return f"Handed {len(purged.addresses)} addresses to the purger."
    shown = "\n".join(f"  {address}" for address in purged.addresses)
    return f"No purger is configured (WELLSOURCED_PURGE). A cache must forget:\n{shown}"


def status_text(found: Status, address: str) -> str:
    """Say what readers get, and list all releases."""
    there = found.pointer
    lines = [f"{address}: readers get {there.release} (move {there.sequence})"]
    for one in found.releases:
        roles = ", ".join(one.roles + (() if one.whole else ("not whole",)))
        lines.append(f"  {one.name}  {_files(one.files)}, {size(one.bytes)}  {roles}".rstrip())
    if there.purge_pending:
        pages = ", ".join(there.purge_pending)
        lines.append(f"Caches may still hold pages of {pages}; publishing again purges them.")
    return "\n".join(lines)


def collected_text(done: Collected) -> str:
    """Say what a collection removed."""
    lines = [f"Removed release {name}: {_files(n)}" for name, n in done.removed.items()]
    stay = "1 release stays" if len(done.kept) == 1 else f"{len(done.kept)} releases stay"
    return "\n".join(lines or [f"Nothing to remove; {stay}."])


def problem_text(problem: PublishingError) -> str:
    """Say what went wrong and how to mend it."""
    hint = f"\n  = help: {problem.hint}" if problem.hint else ""
    return f"error: {problem}{hint}"


def progress(stream: TextIO = sys.stderr) -> Progress:
    """Print how far a push is, at each tenth of the files."""
    said = 0

    def say(done: int, of: int) -> None:
        nonlocal said
        step = done * _STEPS // of
        if of >= _MANY and step > said:
            said = step
            print(f"{done} of {_files(of)} in place", file=stream, flush=True)

    return say


def size(number: int) -> str:
    """Give a number of bytes for people, in powers of 1,000."""
    for unit, worth in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if number >= worth:
            return f"{number / worth:.1f} {unit}"
    return f"{number} bytes"


def _files(number: int) -> str:
    return "1 file" if number == 1 else f"{number:,} files"
