"""The tasks of an editor: `invoke --list` shows them. They call, they never compute."""

from __future__ import annotations

import asyncio
import os
import pstats
import shlex
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TextIO

from invoke import Collection, Context, Task, task

from wellsourced import manual, processes
from wellsourced.diagnostics import Diagnostic, has_errors
from wellsourced.editing import (
    anchor_recording,
    drafting,
    icalendar,
    mending,
    review_calendar,
    schemas,
    signing,
    writing,
)
from wellsourced.editing.imports import importing
from wellsourced.plugin import changes
from wellsourced.plugin import check as checking
from wellsourced.plugin import settings as pelican_settings
from wellsourced.plugin.where import shown, today
from wellsourced.policy.hosts import HOSTS
from wellsourced.policy.hosts import writing as hosting
from wellsourced.reporters import REPORTERS, output
from wellsourced.reporters.changes import NO_CHANGES, on_changed_lines
from wellsourced.rules import Site
from wellsourced.rules import load as load_site
from wellsourced.rules.metadata import read_date
from wellsourced.source import Document

ROOT = Path(__file__).resolve().parent
OUTPUT = ROOT / "output"
SETTINGS = ROOT / "pelicanconf.py"


@task(
    help={
        "production": "with publishconf.py",
        "profile": "also show where the time goes, all in one process",
    }
)
def build(c: Context, production: bool = False, profile: bool = False) -> None:
    """Build the site into output/."""
    settings = ROOT / "publishconf.py" if production else SETTINGS
    pelican = ("pelican", str(ROOT / "content"), "-s", str(settings), "-o", str(OUTPUT))
    if not profile:
        _python(c, *pelican)
        return
    spent = ROOT / ".cache" / "build.prof"
    spent.parent.mkdir(exist_ok=True)
    _python(c, "cProfile", "-o", str(spent), "-m", *pelican, env={processes.COUNT: "1"})
    pstats.Stats(str(spent)).sort_stats("cumulative").print_stats("wellsourced|pelican", 40)


@task(pre=[build])
def serve(c: Context, port: int = 8000) -> None:
    """Build the site and serve it on http://localhost:8000 (loopback only)."""
    _python(c, "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(OUTPUT))


@task(help={"editor": "command that opens a finding, such as 'code --goto {path}:{line}:{column}'"})
def preview(c: Context, port: int = 8000, editor: str = "") -> None:
    """Show the site while you write: saved changes and findings appear in the open page."""
    from wellsourced.preview import watching  # the one task that needs a server

    print(f"Preview on http://localhost:{port} - Ctrl-C ends it")
    asyncio.run(watching.run(SETTINGS, ROOT / ".cache" / "preview", port, editor))


@task(
    help={
        "target": " or ".join(HOSTS),
        "out": "folder to write into; .cache/hosts/TARGET when left out",
        "output": "the built site, output/ when left out",
        "also": "folder with pages that readers still get: their styles are let in too",
        "preview": "keep the site out of search engines",
    },
)
def hosts(
    c: Context,
    target: str,
    out: str = "",
    output: str = "",
    also: str = "",
    preview: bool = False,
) -> None:
    """Write what a host needs to serve the built site: headers, caching, redirects, errors."""
    content = Path(pelican_settings.read(SETTINGS)["PATH"])
    folder = Path(out) if out else ROOT / ".cache" / "hosts" / target
    try:
        for path in hosting.write(
            target,
            Path(output) if output else OUTPUT,
            content,
            folder,
            preview=preview,
            also=Path(also) if also else None,
        ):
            print(f"Wrote {path}")
    except hosting.UnservableError as problem:
        sys.exit(str(problem))


@task
def translations(c: Context) -> None:
    """Bring the theme's catalogues up to date: new words are added, empty, to translate."""
    from wellsourced import messages  # the one task that reads the templates' words

    for path in messages.update(Path(pelican_settings.read(SETTINGS)["THEME"])):
        print(f"Wrote {path}")


@task
def gallery(c: Context) -> None:
    """Show the theme's components by their examples, in .cache/gallery/index.html."""
    from wellsourced.preview import gallery as rendered  # the one task that needs the theme

    theme = Path(pelican_settings.read(SETTINGS)["THEME"])
    try:
        print(f"Wrote {rendered.write(theme, ROOT / '.cache' / 'gallery')}")
    except rendered.ExampleError as problem:
        sys.exit(str(problem))


@task(
    iterable=["path"],
    help={
        "path": "a file, wherever it is, instead of all content; may be given again",
        "format": " or ".join(REPORTERS),
        "changed": "only findings on lines that git says have changed since the default branch",
    },
)
def check(c: Context, path: list[str], format: str = "text", changed: bool = False) -> None:
    """Find every mistake in the content, each at its line and column."""
    if format not in REPORTERS:
        sys.exit(f"There is no format {format}; use {' or '.join(REPORTERS)}.")
    settings = pelican_settings.read(SETTINGS)
    paths = [Path(one) for one in path]
    lines = NO_CHANGES
    try:
        if changed or format == "github":
            lines = changes.find(Path(settings["PATH"]), os.environ, paths)
    except changes.NoHistoryError as problem:
        if changed:
            sys.exit(str(problem))
        print(f"No finding is put first: {problem}", file=sys.stderr)
    try:
        found, texts = checking.check_files(settings, paths) if path else checking.check(settings)
    except checking.UncheckableError as problem:
        sys.exit(str(problem))
    if changed:
        found = on_changed_lines(found, lines)
    output.write(format, found, texts, sys.stdout, os.environ, lines)
    if has_errors(found):
        sys.exit(1)


@task(help={"code": "a code such as CIT001"})
def explain(c: Context, code: str) -> None:
    """Tell what a code means, why it matters, what is wrong and what is right."""
    known = manual.codes().get(code.upper())
    if known is None:
        sys.exit(f"There is no code {code}; `invoke codes` lists all of them.")
    print(f"{known.id} ({known.severity})\n\n{known.explanation}")


@task
def codes(c: Context) -> None:
    """List every code with what it finds."""
    for _, known in sorted(manual.codes().items()):
        print(f"{known.id}  {known.summary}")


@task
def anchors(c: Context) -> None:
    """Record every section's anchor in content/library/anchors.json, so that none gets lost."""
    site, found = _content()
    if problem := anchor_recording.refusal(found):
        sys.exit(problem)
    recorded = anchor_recording.record(site)
    for path, id in recorded.added:
        print(f"{path}: recorded #{id}")
    if recorded.added:
        writing.replace(Path(site.folder) / "library" / "anchors.json", recorded.data)


@task(
    iterable=["path"],
    help={
        "path": "an article or page instead of all; may be given again",
        "dry_run": "say what would be mended, and change nothing",
    },
)
def fix(c: Context, path: list[str], dry_run: bool = False) -> None:
    """Mend what a machine can mend for certain, and show what is left for you."""
    site = _site()
    documents = [_document(site, one) for one in path] or list(site.documents)
    done = [(document, mending.mend_document(document, site)) for document in documents]
    for document, mended in done:
        if mended.mended and not dry_run:
            writing.rewrite(Path(document.path), mended.text)
    print(mending.report([one for _, mended in done for one in mended.mended], dry_run))
    left = [one for _, mended in done for one in mended.left]
    texts = {document.path: mended.text for document, mended in done}
    output.write("text", left, texts, sys.stdout, os.environ, NO_CHANGES)
    if has_errors(left):
        sys.exit(1)


@task(help={"title": "the article's title", "author": "keys of people.yaml, with commas between"})
def new(c: Context, title: str, author: str = "editors") -> None:
    """Begin an article: a draft that passes every check, with guidance in comments."""
    site = _site()
    if problem := drafting.refusal(title, author, site):
        sys.exit(problem)
    try:
        paths = drafting.begin(
            Path(site.folder) / "articles", drafting.draft(title, author, today())
        )
    except FileExistsError as there:
        sys.exit(f"There is a file {there} already; nothing was written.")
    for path in paths:
        print(f"Wrote {path}")


@task(help={"days": "how far ahead is soon", "ics": "also write a calendar file (.ics)"})
def due(c: Context, days: int = 60, ics: str = "") -> None:
    """Show which articles are due for review, and which were never reviewed clinically."""
    dues = review_calendar.plan(_site().articles, today(), days)
    print(review_calendar.table(dues, today()))
    if ics:
        writing.replace(Path(ics), icalendar.write(dues, icalendar.source_date()))
        print(f"\nWrote {ics}")


@task(
    help={
        "path": "the article",
        "reviewer": "the reviewer's key in people.yaml",
        "date": "the day of the review, as in 2026-11-24; today when left out",
    }
)
def signoff(c: Context, path: str, reviewer: str, date: str = "") -> None:
    """Record that a person has reviewed exactly this text."""
    site = _site()
    document = _document(site, path)
    day = read_date(date) if date else today()
    if day is None:
        sys.exit(f'"{date}" is not a date; write it as YYYY-MM-DD.')
    found, texts = checking.check_file(pelican_settings.read(SETTINGS), Path(path))
    people = site.library.people
    if problem := signing.refusal(document, reviewer, day, today(), people, found):
        output.write("text", found, texts, sys.stdout, os.environ, NO_CHANGES)
        sys.exit(problem)
    writing.rewrite(Path(path), signing.sign(document, reviewer, day))
    print(f"{path}: {people[reviewer].name} reviewed this text on {day}.")


@task(
    positional=["file"],
    help={
        "file": "an export in RIS, BibTeX, NBIB (MEDLINE) or CSL JSON",
        "tier": "the kind of evidence of works whose file names none",
        "dry_run": "say what would come in, and change nothing",
    },
)
def import_references(c: Context, file: str, tier: str = "other", dry_run: bool = False) -> None:
    """Add the references of another tool's export to references.json; none is overwritten."""
    if problem := importing.unknown_tier(tier):
        sys.exit(problem)
    target = Path(_site().folder) / "library" / "references.json"
    planned = importing.plan(Path(file), file, target, str(target), tier)
    if planned.found:
        output.write("text", planned.found, {}, sys.stdout, os.environ, NO_CHANGES)
    if has_errors(planned.found):
        sys.exit("Nothing was imported.")
    if planned.data and not dry_run:
        writing.replace(target, planned.data)
    print(importing.report(planned, dry_run))


@task
def schema(c: Context) -> None:
    """Write the JSON Schemas of all content into content/library/schemas/."""
    for path in schemas.write(Path(_site().folder) / "library"):
        print(f"Wrote {path}")


@task
def docs(c: Context) -> None:
    """Write the pages of docs/ that come from the code: rules, settings, tasks."""
    for name, text in manual.pages(ROOT / "tasks.py").items():
        (ROOT / "docs" / name).write_text(text, "utf-8", newline="\n")


@task
def lsp(c: Context) -> None:
    """Serve an editor with findings and help while one types (see docs/editors.md)."""
    from wellsourced.language_server import server  # the one task that needs the protocol

    server.run(SETTINGS)


@task(
    help={
        "output": "the folder of a built site instead of output/",
        "format": " or ".join(REPORTERS),
    }
)
def audit(c: Context, output: str = "", format: str = "text") -> None:
    """Check every byte that was built, and sign it off for publishing if nothing is wrong."""
    if format not in REPORTERS:
        sys.exit(f"There is no format {format}; use {' or '.join(REPORTERS)}.")
    if not _is_sound(Path(output) if output else OUTPUT, format, sys.stdout):
        sys.exit(1)


@task(
    help={
        "target": "where to, such as file:///srv/site or s3://bucket/prefix",
        "dry_run": "say what would be sent, and write nothing",
        "built": "send output/ as `invoke audit` signed it off, without building it again",
        "max_delete": "the share of the files that may go at once",
        "json": "print the plan as JSON",
        "in_place": "write over what is there, for a host that can follow no pointer",
        "export": "only copy the audited files into this new folder, for a host's own publisher",
        "ask": "the site's public address, which must answer with the new home page at the end",
    }
)
def publish(
    c: Context,
    target: str = "",
    dry_run: bool = False,
    built: bool = False,
    max_delete: str = "20%",
    json: bool = False,
    in_place: bool = False,
    export: str = "",
    ask: str = "",
) -> None:
    """Build with publishconf.py, audit, and send exactly what was audited (docs/publishing.md)."""
    from wellsourced.audit import manifest
    from wellsourced.publisher import commands

    cache = Path(pelican_settings.read(SETTINGS)["WELLSOURCED_CACHE"])
    settings = str(ROOT / "publishconf.py")
    arguments = [str(ROOT / "content"), "-s", settings, "-o", str(OUTPUT)]
    if not built:
        is_built = _python(c, "pelican", *arguments, out_stream=sys.stderr, warn=True)
        if not is_built or not _is_sound(OUTPUT, "text", sys.stderr):
            sys.exit(3)  # a guard, as docs/publishing.md lists them
    if export:
        sys.exit(commands.export(OUTPUT, cache / manifest.NAME, Path(export)))
    sys.exit(
        commands.publish(
            _target(target),
            OUTPUT,
            cache / manifest.NAME,
            os.environ,
            dry_run=dry_run,
            max_delete=max_delete,
            as_json=json,
            at_once=not in_place,
            ask=ask,
        )
    )


release = Collection("release")


def _of_release(body: Callable[..., None]) -> None:
    """Offer a function as a task of `release`, as its name and docstring say."""
    release.add_task(task(body), body.__name__.strip("_"))


@_of_release
def _status(c: Context, target: str = "") -> None:
    """Show which releases a target holds, and which one readers get."""
    from wellsourced.publisher import commands

    sys.exit(commands.show_status(_target(target)))


@_of_release
def _verify(c: Context, target: str = "", name: str = "") -> None:
    """Read a release back, the current one if none is named, and hold each byte to its manifest."""
    from wellsourced.publisher import commands

    sys.exit(commands.verify_release(_target(target), name))


@_of_release
def _rollback(c: Context, target: str = "", to: str = "", quick: bool = False) -> None:
    """Give readers the release before, or another one, after reading all of it (not if quick)."""
    from wellsourced.publisher import commands

    sys.exit(commands.roll_back(_target(target), to, quick, os.environ))


@_of_release
def _gc(c: Context, target: str = "", keep: int = 5, grace: int = 1) -> None:
    """Remove old releases but the last few; none that was written to in the last hours (grace)."""
    from wellsourced.publisher import commands

    sys.exit(commands.collect(_target(target), keep, grace))


@_of_release
def _pin(c: Context, name: str, target: str = "", off: bool = False) -> None:
    """Keep a release from ever being removed, or let it go again (off)."""
    from wellsourced.publisher import commands

    sys.exit(commands.pin(_target(target), name, off))


@task(
    help={
        "articles": "how many articles to build",
        "peers": "generators to compare with, such as pelican,hugo; the first gives the ratios",
        "json": "print all figures as JSON instead of a table",
    }
)
def bench(c: Context, articles: int = 100, peers: str = "pelican", json: bool = False) -> None:
    """Build the same articles with ours and with other generators, and compare the costs."""
    from bench import compare  # installs what it compares with

    names = [name for name in peers.split(",") if name]
    if unknown := [name for name in names if name not in compare.PEERS]:
        sys.exit(f"There is no peer {unknown[0]}; use {', '.join(compare.PEERS)}.")
    costs, left_out = compare.measure(articles, names, ROOT / ".cache" / "bench")
    result = compare.as_json(articles, costs, left_out, names)
    print(result if json else compare.table([compare.load(result)]))
    for name, problem in left_out.items():
        print(f"{name} was not measured: {problem}", file=sys.stderr)
    compare.record(result)


@task(name="test", help={"gates": "the heavy servers and long runs instead"})
def run_tests(c: Context, gates: bool = False) -> None:
    """Run the tests."""
    _python(c, "pytest", str(ROOT / "tests"), "-m", "gate" if gates else "not gate")


@task
def clean(c: Context) -> None:
    """Remove what was built: output/ and .cache/."""
    for folder in (OUTPUT, ROOT / ".cache"):
        shutil.rmtree(folder, ignore_errors=True)


def _content() -> tuple[Site, tuple[Diagnostic, ...]]:
    """Read the content of the development settings, with what is found in its catalogues."""
    content = Path(pelican_settings.read(SETTINGS)["PATH"])
    return load_site(content, shown(content), today())


def _site() -> Site:
    """Read the content; what is found in it is the business of `check`."""
    return _content()[0]


def _document(site: Site, path: str) -> Document:
    """Find an article or page of the site by its file."""
    for document in site.documents:
        if Path(document.path).resolve() == Path(path).resolve():
            return document
    sys.exit(f"There is no article or page {path}.")


def _is_sound(built: Path, format: str, stream: TextIO) -> bool:
    """Audit a built site; print what is found, and how it ended on standard error."""
    from wellsourced.plugin import release_audit  # two tasks need lxml

    if not built.is_dir():
        sys.exit(f"There is no built site at {shown(built)}; run `invoke build` first.")
    verdict = release_audit.audit_output(pelican_settings.read(SETTINGS), built)
    output.write(format, verdict.found, {}, stream, os.environ, NO_CHANGES)
    print(verdict.summary, file=sys.stderr)
    return verdict.is_sound


def _target(given: str) -> str:
    """Take the target that is named, here or in the environment."""
    return given or os.environ.get("WELLSOURCED_TARGET", "")


def _python(
    c: Context,
    module: str,
    *arguments: str,
    out_stream: TextIO | None = None,
    warn: bool = False,
    env: Mapping[str, str] = {},
) -> bool:
    """Run a module with this Python; its exit status becomes ours, or is told with `warn`."""
    command = shlex.join([sys.executable, "-m", module, *arguments])
    pty = out_stream is None and sys.stdout.isatty()
    return bool(c.run(command, pty=pty, out_stream=out_stream, warn=warn, env=dict(env)))


namespace = Collection(*[one for one in list(vars().values()) if isinstance(one, Task)], release)
