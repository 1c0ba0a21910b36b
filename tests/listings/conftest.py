"""Fixtures: a site of forty articles, built once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ..conftest import ROOT, Build

CLOSING = "## End {#end}\n\n/// disclaimer | medical\n///\n"


def article(number: int) -> str:
    """Write an article; 30 are on Treatments, 9 on Conditions, one names no topic."""
    category = "Treatments" if number < 30 else "Conditions" if number < 39 else ""
    # Four articles in a row share a source, and two a term.
    text = ["It may ease pain [@boyce2020]."] if number % 10 < 4 else ["Needles are thin."]
    if number % 10 < 2:
        text.append("See [[acupuncture]].")
    fields = {
        "Title": f"Article {number:02}",
        "Slug": f"article-{number:02}",
        "Date": f"2026-10-{1 + number % 28:02}",
        "Author": "editors",
        "Summary": f"One of many, number {number}.",
        "Category": category,
        "Checked": "2026-11-24",
    }
    if number == 5:
        text.append("See [one topic](/topics/conditions/) and [more](/articles/page/2/).")
    head = "".join(f"{name}: {value}\n" for name, value in fields.items() if value)
    return f"{head}\n{' '.join(text)}\n\n{CLOSING}"


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Path:
    """Build the shipped content with forty more articles and a draft; give the output."""
    folder = tmp_path_factory.mktemp("many")
    content = folder / "content"
    shutil.copytree(ROOT / "content", content)
    for number in range(40):
        path = content / "articles" / f"article-{number:02}.md"
        path.write_text(article(number), "utf-8")
    draft = article(1).replace("rticle 01", "rticle draft").replace("article-01", "draft")
    draft = draft.replace("Category: Treatments", "Category: Drafts\nStatus: draft")
    (content / "articles" / "draft.md").write_text(draft, "utf-8")
    output = folder / "output"
    cache = f'WELLSOURCED_CACHE = "{folder / "cache"}"\n'
    settings = folder / "settings.py"
    settings.write_text(f"from pelicanconf import *\n{cache}", "utf-8")
    result = build(content, output, settings=settings, environment={"PYTHONPATH": str(ROOT)})
    if result.returncode != 0:
        pytest.fail(result.stdout + result.stderr)
    return output
