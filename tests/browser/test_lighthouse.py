"""Lighthouse gives every kind of page full marks when a real server serves it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ..conftest import CHROMIUM_FLAGS, ROOT, require
from ..servers.nginx import Nginx
from .conftest import ADDRESSES, page_address, page_file

PROGRAM = ROOT / "tests" / "node_modules" / ".bin" / "lighthouse"
RUNS = 5  # performance is timed on a busy machine
# Search engines are asked to leave these pages out, which is what this audit complains of.
UNLISTED = {"404": {"is-crawlable"}, "search": {"is-crawlable"}}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def report(address: str, chromium: Path, folder: Path) -> dict[str, Any]:
    """Run Lighthouse once with its simulated phone; give its report (lighthouse result JSON)."""
    output = folder / "report.json"
    subprocess.run(
        [
            str(PROGRAM),
            address,
            "--output=json",
            f"--output-path={output}",
            "--quiet",
            "--no-enable-error-reporting",
            f"--chrome-flags={' '.join(('--headless', *CHROMIUM_FLAGS))}",
        ],
        env={
            **os.environ,
            "CHROME_PATH": str(chromium),
            "HOME": str(folder),
            "PATH": f"{ROOT / '.tools' / 'bin'}{os.pathsep}{os.environ['PATH']}",
        },
        check=True,
        timeout=180,
        stderr=subprocess.PIPE,
        text=True,
    )
    result: dict[str, Any] = json.loads(output.read_bytes())
    return result


def shortfalls(result: dict[str, Any]) -> list[str]:
    """List the audits that cost a mark, as `category: audit: title value`."""
    return [
        f"{name}: {audit['id']}: {result['audits'][audit['id']]['title']} "
        f"{result['audits'][audit['id']].get('displayValue', '')}"
        for name in CATEGORIES
        for audit in result["categories"][name]["auditRefs"]
        if audit["weight"]
        and (result["audits"][audit["id"]]["score"] or 0) < 1
        and result["audits"][audit["id"]]["scoreDisplayMode"] not in {"notApplicable", "manual"}
    ]


@pytest.mark.gate
@pytest.mark.parametrize("kind", ADDRESSES)
def test_every_page_has_full_marks(
    served: str, site: Path, chromium: Path, tmp_path: Path, kind: str
) -> None:
    """Other work on the machine only takes marks away, so the best of a few runs counts.

    Lighthouse looks at no page that comes with the status of an error, so that one is copied.
    """
    if kind == "404":
        root = tmp_path / "root"
        shutil.copytree(site, root)
        (root / "missing").mkdir()
        shutil.copy(page_file(root, kind), root / "missing" / "index.html")
        with Nginx(root, tmp_path) as server:
            assert lost_marks(f"{server.origin}/missing/", chromium, tmp_path, kind) == []
        return
    assert lost_marks(served + page_address(site, kind), chromium, tmp_path, kind) == []


def lost_marks(address: str, chromium: Path, folder: Path, kind: str) -> list[str]:
    """List what costs a page marks in each of a few runs, as the last of them tells it."""
    require(PROGRAM.exists(), "Lighthouse")
    lost: list[str] = []
    for _ in range(RUNS):
        try:
            result = report(address, chromium, folder)
        except subprocess.CalledProcessError as error:  # the browser gave no trace
            lost = [str(error.stderr)]
            continue
        lost = [
            line
            for line in shortfalls(result)
            if line.split(": ")[1] not in UNLISTED.get(kind, set())
        ]
        full = all(result["categories"][name]["score"] == 1 for name in CATEGORIES[:-1])
        if full and not [line for line in lost if line.startswith(CATEGORIES[-1])]:
            return []
    return lost


@pytest.mark.gate
def test_lost_marks_are_seen(served: str, site: Path, chromium: Path, tmp_path: Path) -> None:
    require(PROGRAM.exists(), "Lighthouse")
    root = tmp_path / "root"
    shutil.copytree(site, root)
    page = page_file(root, "article")
    html = page.read_text("utf-8").replace('name="description"', 'name="nothing"')
    page.write_text(html.replace("<html ", "<html data-was-", 1), "utf-8")
    with Nginx(root, tmp_path) as server:
        result = report(server.origin + page_address(root, "article"), chromium, tmp_path)
    lost = {line.split(": ")[1] for line in shortfalls(result)}
    assert {"meta-description", "html-has-lang"} <= lost
