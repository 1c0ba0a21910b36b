"""Run Pelican behind the gate: check first, build aside, audit, then move the output in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateError
from pelican import Pelican

from wellsourced import audit
from wellsourced.diagnostics import Diagnostic, has_errors
from wellsourced.plugin import staging, unchanged
from wellsourced.plugin.ahead import Ahead
from wellsourced.plugin.content import Texts
from wellsourced.plugin.documents import DocumentPages
from wellsourced.plugin.faults import broken_theme, heard
from wellsourced.plugin.memory import remembering
from wellsourced.plugin.production import Production
from wellsourced.plugin.store import Store
from wellsourced.plugin.stylesheet import StyleSheetError
from wellsourced.plugin.survey import Survey, Tell
from wellsourced.plugin.surveying import survey
from wellsourced.plugin.unchanged import AsRead

Found = Sequence[Diagnostic]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build found, sorted; `texts` maps a shown path to its text, for code frames.

    `changed` names the files of the output that it wrote or took away.
    """

    found: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    changed: frozenset[str]
    ahead: Ahead | None
    """Looks at the next edit ahead of its build; None where no page was made."""


def build(
    pelican: Pelican, tell: Tell, checked: Callable[[Found], None], as_read: AsRead
) -> Outcome:
    """Build the site unless something is wrong with it.

    `checked` is told what was found in the content before any page is written; `as_read` is what
    it is built from, digested before it is read.
    """
    output = Path(pelican.settings["OUTPUT_PATH"])

    def work(kept: Store) -> Outcome:
        surveyed = survey(pelican.settings, kept, tell, files=as_read.files)
        checked(surveyed.desk.found)
        found, changed, ahead = surveyed.desk.found, frozenset[str](), None
        if not has_errors(found):
            more, changed, pages = _produce(pelican, surveyed, output, as_read, tell)
            found = [*found, *more]
            ahead = Ahead(surveyed, pages, found) if pages else None
        if has_errors(found):
            kept.keep(surveyed.fresh, {path: row.source for path, row in surveyed.rows.items()})
        return Outcome(tuple(sorted(set(found))), Texts(surveyed.content), changed, ahead)

    return remembering(pelican.settings, unchanged.purpose(output), tell, work)


def _produce(
    pelican: Pelican, surveyed: Survey, output: Path, as_read: AsRead, tell: Tell
) -> tuple[Found, frozenset[str], DocumentPages | None]:
    """Make the pages aside, audit them, and move them in if nothing is wrong.

    Gives what was found, the names of the files that differ now, and what made the pages.
    """
    settings = pelican.settings
    cache = Path(settings["WELLSOURCED_CACHE"])
    with staging.staged(output) as stage, heard() as log:
        try:
            production = Production(pelican, surveyed, output, tell)
            made = production.run(stage)
        except (TemplateError, StyleSheetError) as error:
            return [broken_theme(error, Path(settings["THEME"]))], frozenset(), None
        found = [*made.found, *log.found]
        if not has_errors(found) and (made.staged or made.build.gone):
            site, digests = surveyed.desk.site, production.digests
            found += audit.audit_build(made.files, site, cache, digests, output)
        if has_errors(found):
            return found, frozenset(), None
        keep = tuple(pelican.output_retention) if pelican.delete_outputdir else None
        moved = staging.move_in(made.staged, made.kept, output, cache, keep)
    left = made.build
    left.files |= {name: left.files[name].on_disk(now) for name, now in moved.stamps.items()}
    left.meta |= unchanged.remember(as_read, {*surveyed.desk.found, *found})
    if left.differs_from(surveyed.store):
        surveyed.store.commit(left, surveyed.values.digest)
    return found, moved.changed, production.pages
