"""Look at what has changed of a built site, hold it against the rest, and remember the outcome.

What comes out is what an audit of every file would find. Only what found nothing is taken over
without another look: whatever has a finding is looked at again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wellsourced.audit import due, links, reading, site_checks
from wellsourced.audit.addresses import address
from wellsourced.audit.due import Due
from wellsourced.audit.memory import Memory
from wellsourced.audit.page import Context
from wellsourced.audit.promises import Promised
from wellsourced.audit.reading import Examined, Files
from wellsourced.audit.roll import Lost, Roll, Row, findings, is_page
from wellsourced.audit.site_checks import Differences, SiteCheck
from wellsourced.audit.whole import Pages, Whole
from wellsourced.diagnostics import Diagnostic
from wellsourced.rules.site import Site

_MANY = 500
"""Pages that were read for which it is quicker to take it that everything has changed."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found, sorted, the digests and sizes of the files, and how many are pages."""

    found: tuple[Diagnostic, ...]
    digests: Mapping[str, bytes]
    sizes: Mapping[str, int]
    pages: int


def look(
    files: Files,
    site: Site,
    promised: Promised,
    context: Context,
    checks: Sequence[SiteCheck],
    digests: Mapping[str, bytes] | None,
    known: Memory,
) -> Looked:
    """Audit the files of an output against the last audit of it.

    Raises one of `memory.DAMAGED` when that is not as it was kept.
    """
    changed = due.find(files, digests, promised.pages, context, known.roll)
    last, roll = changed.last, changed.roll
    made = reading.examine(files, promised.pages, context, changed.read)
    rows = {key: one.row for key, one in made.items() if one.row}
    then = last.pages()
    kept = frozenset(then - made.keys() - changed.gone)
    whole = Whole(files, Pages(rows, kept, known), site, promised, context.origin)

    roll.found = {key: one.found for key, one in made.items() if one.found} | {
        key: one for key, one in last.found.items() if key in roll.files and key not in made
    }
    found = {one for some in roll.found.values() for one in findings(some)}
    roll.unread = _unread(roll, last, made)

    is_much = len(rows) >= _MANY
    before = {} if is_much else known.rows(then & rows.keys())
    lost = Lost() if is_much else _lost(changed, before, rows)
    came_to = [(before[key].unpack_facts(), rows[key].unpack_facts()) for key in before]
    is_other = is_much or changed.is_promised_otherwise or then != kept | rows.keys()
    follow = kept if is_much else kept.intersection([*last.astray, *known.leading_to(lost)])
    astray = set(links.follow(whole, [*rows, *follow]))
    roll.astray = tuple({one.path for one in astray})
    found |= astray

    files_read = changed.changed | changed.gone
    differences = Differences(files_read, came_to, lost, is_other)
    found.update(site_checks.run(checks, whole, differences, last, roll))
    known.write(roll, rows, then - kept - rows.keys())
    return Looked(tuple(sorted(found)), roll.files, changed.sizes, len(whole.pages))


def _unread(roll: Roll, last: Roll, made: Mapping[str, Examined]) -> tuple[str, ...]:
    now = (key for key, one in made.items() if is_page(key) and one.row is None)
    before = (key for key in last.unread if key in roll.files and key not in made)
    return (*now, *before)


def _lost(changed: Due, before: Mapping[str, Row], rows: Mapping[str, Row]) -> Lost:
    """Say what was there of which a link may still think that it is."""
    paths = set(changed.gone)
    parts: set[tuple[str, str]] = set()
    for key, row in rows.items():
        if key in before:
            ids = set(before[key].unpack_links().ids.split(" "))
            ids.difference_update(row.unpack_links().ids.split(" "))
            parts.update((key, id) for id in ids)
        elif key in changed.last.files:
            paths.add(key)  # it could not be read, and so nobody asked for its parts
    # A folder's page is reached by its whole name, too.
    return Lost(
        frozenset(where for key in paths for where in (address(key), f"/{key}")),
        frozenset(f"{where}#{id}" for key, id in parts for where in (address(key), f"/{key}")),
    )
