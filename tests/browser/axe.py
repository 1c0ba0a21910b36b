"""Run axe-core in a page and tell its findings as lines that a person can act on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = Path(__file__).resolve().parent.parent / "node_modules" / "axe-core" / "axe.min.js"
# WCAG 2.2 A and AA with axe's own best practices; `target-size` is off by default in axe.
STANDARD = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def violations(page: Page, tags: tuple[str, ...] = STANDARD) -> list[str]:
    """List the violations as `rule: selector: what to do`, one for each element."""
    if not page.evaluate("() => typeof axe === 'object'"):
        page.evaluate(SCRIPT.read_text("utf-8") + ";undefined")
    results: dict[str, Any] = page.evaluate(
        """tags => axe.run(document, {
            runOnly: {type: 'tag', values: tags},
            rules: tags.includes('wcag22aa') ? {'target-size': {enabled: true}} : {},
            resultTypes: ['violations'],
        })""",
        list(tags),
    )
    return [
        f"{found['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for found in results["violations"]
        for node in found["nodes"]
    ]
