"""Run pandoc's citation processor over CSL-JSON items: one process, HTML entries out."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pypandoc
from lxml import html

_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Run:
    """What one run gave: item id → HTML of its entry, and pandoc's complaint, "" for none.

    `failed` tells a run that pandoc broke off from one that it only complained about.
    """

    entries: Mapping[str, str]
    failed: bool
    complaint: str


def version() -> str:
    """Give pandoc's version, such as "3.9"."""
    return str(pypandoc.get_pandoc_version())


def format_items(items: Sequence[Mapping[str, object]], style: Path) -> Run:
    """Format CSL-JSON items, whose ids are plain letters and digits, by a CSL style.

    The CSL-JSON reader itself cites every item, so that no id is ever read as Markdown.
    Raises `OSError` when pandoc cannot be started and `subprocess.TimeoutExpired` when it does
    not end.
    """
    done = subprocess.run(
        [
            pypandoc.get_pandoc_path(),
            "--from=csljson",
            "--to=html",
            "--citeproc",
            f"--csl={style}",
            "--metadata=link-bibliography=false",
            "--wrap=none",
        ],
        input=json.dumps(items, ensure_ascii=True).encode("ascii"),
        capture_output=True,
        check=False,
        timeout=_SECONDS,
    )
    complaint = " ".join(done.stderr.decode("utf-8", "replace").replace(str(style), "").split())
    if done.returncode != 0:
        return Run({}, True, complaint or f"it ended with the status {done.returncode}")
    return Run(_entries(done.stdout.decode("utf-8")), False, complaint)


def _entries(page: str) -> dict[str, str]:
    """Take the entries out of pandoc's page, without the numbers that the style puts before."""
    root = html.fragment_fromstring(page, create_parent="div")
    entries: dict[str, str] = {}
    for entry in root.iter("div"):
        if "csl-entry" not in (entry.get("class") or "").split():
            continue
        right = entry.find("div[@class='csl-right-inline']")
        id = (entry.get("id") or "").removeprefix("ref-")
        entries[id] = _inner(entry if right is None else right).strip()
    return entries


def _inner(element: html.HtmlElement) -> str:
    for span in list(element.iter("span")):
        # Left over from the style's handling of case and quotes; they mean nothing on a page.
        if (span.get("class") or "nocase") == "nocase":
            span.drop_tag()
    children = (html.tostring(child, encoding="unicode") for child in element)
    return escape(element.text or "", quote=False) + "".join(children)
