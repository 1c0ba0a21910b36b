"""Write the pages of docs/ that come from the code: rules, settings and tasks."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from itertools import groupby
from pathlib import Path
from typing import Any

from invoke.collection import Collection
from invoke.parser.argument import Argument
from invoke.tasks import Task

import wellsourced
from wellsourced.diagnostics import CODES, Code
from wellsourced.reporters.explanations import markdown

FAMILIES = {
    "META": "Metadata",
    "REV": "Review and people",
    "CHG": "Change logs",
    "CIT": "Citations and references",
    "CLM": "Claims and facts",
    "BLK": "Blocks",
    "PRD": "Products",
    "DIS": "Disclaimers",
    "GLO": "Glossary",
    "HEAD": "Headings",
    "LNK": "Links",
    "IMG": "Images",
    "TAB": "Tables",
    "HTM": "Raw HTML",
    "ANC": "Anchors",
    "MOV": "Moved pages",
    "PUB": "Publication",
    "RET": "Retractions",
    "IMP": "Imported references",
    "AUD": "Audit of the built site",
    "INT": "Internal",
}
"""The letters that a code begins with, in the order of the page, and what they stand for."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting in pelicanconf.py or a variable of the environment: default and meaning."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting(
        "WELLSOURCED_BUDGETS",
        '`{"article": 20000, "script": 5000, "image": 100000}`',
        "Bytes that a reader downloads at most for one file of a kind, with Brotli at its best; an "
        "article's page holds its styles. `invoke audit` warns of a heavier one.",
    ),
    Setting(
        "WELLSOURCED_CACHE",
        "`.cache`",
        "Folder for what need not be made twice: formatted references, encoded pictures, pages "
        "packed for a server (`packed/`), the list of files that the last build wrote. It may be "
        "removed at any time.",
    ),
    Setting(
        "WELLSOURCED_ORIGIN",
        "`http://localhost:8000`; `SITEURL` in publishconf.py",
        "The site's address without a slash at its end. Canonical links, JSON-LD, the sitemap and "
        "exports use it even when `SITEURL` is empty.",
    ),
    Setting(
        "WELLSOURCED_PUBLISHING",
        "off; on in publishconf.py",
        "Asks for what only a release needs, such as an anchor of every section in anchors.json.",
    ),
)
ENVIRONMENT = (
    Setting("SITEURL", "`https://wellsourced.example`", "The published site's address."),
    Setting(
        "SOURCE_DATE_EPOCH",
        "now",
        "Seconds since 1970: the day that rules about dates take for today. With it two builds of "
        "one commit are the same to the byte.",
    ),
    Setting(
        "WELLSOURCED_EDITOR",
        "the first of the editors it knows that is installed",
        "Command with which the preview opens a finding; `{path}`, `{line}` and `{column}` stand "
        "for its place.",
    ),
    Setting(
        "WELLSOURCED_PROCESSES",
        "the processors that may be used",
        "How many processes a build, a check or an audit spreads its work over.",
    ),
    Setting(
        "WELLSOURCED_TARGET",
        "unset",
        "Where `invoke publish` and `invoke release.status` go when no `--target` is given.",
    ),
    Setting(
        "WELLSOURCED_PURGE",
        "unset: addresses are only printed",
        "Who is told which addresses a CDN must forget: a command that reads them line by line, "
        '`https://…` for a POST of `{"addresses": […]}`, or `purge+http://host` for a PURGE '
        "request of each (Varnish).",
    ),
    Setting("NO_COLOR", "unset", "When it is set and not empty, reports hold no colour."),
    Setting("TERM", "set by the terminal", "`dumb`: reports hold no colour."),
    Setting(
        "GITHUB_BASE_REF",
        "set by GitHub in a pull request",
        "The branch that `invoke check --changed` compares with.",
    ),
    Setting(
        "GITHUB_STEP_SUMMARY",
        "set by GitHub",
        "File to which `invoke check --format github` adds a table of all findings.",
    ),
)
_MADE = "<!-- Made by `invoke docs`; edit the code that it comes from. -->\n"


def pages(tasks: Path) -> Mapping[str, str]:
    """Give each page by its name in docs/; `tasks` is the path of tasks.py."""
    return {"rules.md": _rules(), "settings.md": _settings(load_tasks(tasks))}


def load_tasks(path: Path) -> Collection:
    """Load tasks.py anew: invoke takes the help out of the tasks that it has parsed."""
    spec = spec_from_file_location("tasks_to_describe", path)
    if spec is None or spec.loader is None:
        raise ValueError(f"{path} is no Python file")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return Collection.from_module(module)


def codes() -> Mapping[str, Code]:
    """Give every code of the engine; its modules are imported, since each registers its own."""
    for module in pkgutil.walk_packages(wellsourced.__path__, "wellsourced."):
        import_module(module.name)
    return CODES


def family(id: str) -> str:
    """Give the letters that a code begins with."""
    return id.rstrip("0123456789")


def _rules() -> str:
    """Raise `ValueError` when a code is of no family."""
    order = list(FAMILIES)
    if strangers := {family(id) for id in codes()} - FAMILIES.keys():
        raise ValueError(f"FAMILIES does not name {', '.join(sorted(strangers))}")
    known = sorted(codes().values(), key=lambda c: (order.index(family(c.id)), c.id))
    families = [(name, list(members)) for name, members in groupby(known, lambda c: family(c.id))]
    parts = [
        f"# Rules\n\n{_MADE}",
        f"These are the {len(known)} kinds of finding.\n"
        "An error stops the build; a warning does not.\n"
        "`invoke explain CIT001` prints what stands here about a code.\n"
        "A warning that is meant is allowed, with a reason, on the line before: "
        "`<!-- allow CLM001: the figure is the reader's own -->`.\n",
    ]
    for name, members in families:
        parts.append(f"## {FAMILIES[name]} ({name})\n\n{_table(_rows(members))}")
        parts += [f"### {c.id}\n\n{markdown(c.explanation)}\n" for c in members]
    return "\n".join(parts)


def _rows(members: Iterable[Code]) -> Iterator[tuple[str, ...]]:
    yield "Code", "Severity", "What it finds"
    for code in members:
        yield f"[{code.id}](#{code.id.lower()})", str(code.severity), code.summary


def _settings(tasks: Collection) -> str:
    names = sorted(tasks.task_names)
    return "\n".join(
        [
            f"# Settings and tasks\n\n{_MADE}",
            "## Settings of the engine\n\n"
            "They stand in pelicanconf.py beside Pelican's own.\n"
            "publishconf.py takes them over and changes what a release needs.\n\n"
            + _table([("Setting", "Default", "What it does"), *map(_row, SETTINGS)]),
            "## The environment\n\n"
            + _table([("Variable", "Default", "What it does"), *map(_row, ENVIRONMENT)]),
            "## Tasks\n\nRun them from any folder with `invoke -r FOLDER`, "
            "FOLDER being the one that holds tasks.py.\n",
            *(_task(name, tasks[name]) for name in names),
        ]
    )


def _row(setting: Setting) -> tuple[str, ...]:
    return f"`{setting.name}`", setting.default, setting.meaning


def _task(name: str, task: Task[Any]) -> str:
    """Describe a task from its docstring and the help of its options."""
    described = [f"### invoke {name}\n\n{inspect.getdoc(task) or ''}\n"]
    options = [f"- `{_flag(a)}`{_meaning(a)}" for a in task.get_arguments()]
    return "\n".join([*described, *options, ""] if options else described)


def _flag(argument: Argument) -> str:
    positional = argument.positional and argument.kind is not list
    return str(argument.name).upper() if positional else f"--{argument.name}"


def _meaning(argument: Argument) -> str:
    plain = argument.kind in (str, int) and argument.default
    default = f"default {argument.default}" if plain else ""
    words = "; ".join(filter(None, (argument.help, default)))
    return f": {words}" if words else ""


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    """Write a GitHub table; the first row is its head."""
    written = [" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows]
    rule = "|".join("---" for _ in written[0].split(" | "))
    return "\n".join([f"| {written[0]} |", f"|{rule}|", *(f"| {r} |" for r in written[1:]), ""])
