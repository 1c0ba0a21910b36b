"""The tasks of an editor: `invoke --list` shows them. They call, they never compute."""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import sys
from pathlib import Path

from invoke import Context, task
from pelican.settings import read_settings

from wellsourced import manual
from wellsourced.diagnostics import CODES, has_errors
from wellsourced.plugin import anchors as anchor_record
from wellsourced.plugin import changes
from wellsourced.plugin import check as checking
from wellsourced.reporters import REPORTERS, output
from wellsourced.reporters.changes import NO_CHANGES, on_changed_lines

ROOT = Path(__file__).resolve().parent
OUTPUT = ROOT / "output"
SETTINGS = ROOT / "pelicanconf.py"


@task
def build(c: Context, production: bool = False) -> None:
    """Build the site into output/ (--production: with publishconf.py)."""
    settings = ROOT / "publishconf.py" if production else SETTINGS
    _python(c, "pelican", str(ROOT / "content"), "-s", str(settings), "-o", str(OUTPUT))


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
    settings = read_settings(str(SETTINGS))
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
    known = CODES.get(code.upper())
    if known is None:
        sys.exit(f"There is no code {code}; `invoke codes` lists all of them.")
    print(f"{known.id} ({known.severity})\n\n{known.explanation}")


@task
def codes(c: Context) -> None:
    """List every code with what it finds."""
    for _, known in sorted(CODES.items()):
        print(f"{known.id}  {known.summary}")


@task
def anchors(c: Context) -> None:
    """Record every section's anchor in content/library/anchors.json, so that none gets lost."""
    for line in anchor_record.record(read_settings(str(SETTINGS))):
        print(line)


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


@task(name="test", help={"gates": "the heavy servers and long runs instead"})
def run_tests(c: Context, gates: bool = False) -> None:
    """Run the tests."""
    _python(c, "pytest", str(ROOT / "tests"), "-m", "gate" if gates else "not gate")


@task
def clean(c: Context) -> None:
    """Remove what was built: output/ and .cache/."""
    for folder in (OUTPUT, ROOT / ".cache"):
        shutil.rmtree(folder, ignore_errors=True)


def _python(c: Context, module: str, *arguments: str) -> None:
    """Run a module with this Python; its exit status becomes ours."""
    c.run(shlex.join([sys.executable, "-m", module, *arguments]), pty=sys.stdout.isatty())
