"""Thirty mistakes in one article, each found at its place in one run of the real build."""

# ruff: noqa: E501 (one mistake a line reads best)

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT, Build

ARTICLE = "articles/what-is-dry-needling.md"
_PLACE = re.compile(
    r"^(?P<path>\S+?):(?P<line>\d+):(?P<column>\d+): \w+\[(?P<code>\w+)\]", re.MULTILINE
)


@dataclass(frozen=True)
class Mistake:
    """A passage of the article, what a tired writer makes of it, and where that goes wrong."""

    was: str
    made: str
    code: str
    at: str
    """What the finding must point at, within `made`."""


MISTAKES = (
    Mistake("Checked: 2026-11-24", "Checked: 2026-11-31", "META002", "2026-11-31"),
    Mistake("Category: Treatments", "Categroy: Treatments", "META003", "Categroy"),
    Mistake("Author: editors", "Author: editor", "META006", "editor"),
    Mistake("[[acupuncture]]. It also", "[[acupunture]]. It also", "GLO001", "acupunture"),
    Mistake("(#about-this-article)", "(#about-the-article)", "LNK002", "#about-the-article"),
    Mistake("    src: needle-and-trigger-point.svg", "    src: needle-and-triger-point.svg", "IMG002", "needle-and-triger"),
    Mistake("[@gattie2017; @chys2023].", "[@gatie2017; @chys2023].", "CIT001", "gatie2017"),
    Mistake("/// takeaways", "/// takeaway", "BLK001", "takeaway"),
    Mistake("connecting tissue.\n", "**connecting tissue.\n", "BLK021", "**"),
    Mistake("movement impairments [@apta2025].", "movement impairments [@apta2025.", "CIT003", "[@apta2025"),
    Mistake("### What is dry needling?", "#### What is dry needling?", "HEAD002", "####"),
    Mistake("[what the studies found](#benefits)", "[what the studies found] (#benefits)", "LNK008", "[what"),
    Mistake("- Migraines", "• Migraines", "BLK022", "•"),
    Mistake("It is not a magic cure. With", "It cures pain. With", "CLM004", "cures"),
    Mistake("the longer term [@chys2023].", "the longer term [@chys2023, @gattie2017].", "CIT002", "[@chys"),
    Mistake("You may need specific needles.", "You may need TBD needles.", "PUB001", "TBD"),
    Mistake("/// warning | You must", "/// warnin | You must", "BLK001", "warnin"),
    Mistake("    alt: Drawing of a square alcohol swab packet next to a thin needle with a short handle. There is no syringe.\n", "", "IMG001", ""),
    Mistake("Association (ACA) draws", "Association (AAC) draws", "CLM003", "AAC"),
    Mistake("| Bleeding | 16% |", "| Bleeding | 16% | often |", "TAB001", "| Bleeding"),
    Mistake("    status: awaiting-approval", "    staus: awaiting-approval", "BLK004", "staus"),
    Mistake("fatigue\n- fainting", "fatigue\n- fainting <b onclick=x>now</b>", "HTM003", "<b"),
    Mistake("### Does dry needling hurt? {#does-it-hurt}", "### Does dry needling hurt? {#how-it-hurts}", "ANC001", "###"),
    Mistake("[See the later list](#state-laws)", "[See the later list]()", "LNK005", "[See"),
    Mistake("We did not find the policy at AOTA itself.", "Some other policies are:", "BLK010", ":"),
    Mistake("/// disclaimer | medical\n///", "/// disclaimer | medicine\n///", "DIS002", "medicine"),
    Mistake("theraband-clx, therapearl", "therabnd-clx, therapearl", "PRD001", "therabnd-clx"),
    Mistake("[corrections page](/corrections/)", "[corrections page](/correction/)", "LNK003", "/correction/"),
    Mistake("      - key: carr2020", "      - key: car2020", "CIT007", "key: car2020"),
    Mistake("before your first visit.", "before your first visit. <script>x()</script>", "HTM002", "<script>"),
)  # fmt: skip


def test_thirty_mistakes_are_found_in_one_run(build: Build, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    article = content / ARTICLE
    text = article.read_text("utf-8")
    for mistake in MISTAKES:
        assert text.count(mistake.was) >= 1, mistake
        text = text.replace(mistake.was, mistake.made, 1)
    article.write_text(text, "utf-8")

    stopped = build(content, tmp_path / "output")
    found = [
        (m["code"], int(m["line"]), int(m["column"]))
        for m in _PLACE.finditer(stopped.stderr)
        if m["path"].endswith(ARTICLE)
    ]
    wanted = [(mistake.code, *_place(text, mistake)) for mistake in MISTAKES]
    assert stopped.returncode == 1
    assert "Traceback" not in stopped.stderr + stopped.stdout
    assert len(MISTAKES) == 30
    assert [place for place in wanted if place not in found] == []


def test_the_clean_article_gives_no_finding(build: Build, tmp_path: Path) -> None:
    built = build(ROOT / "content", tmp_path / "output")
    assert built.returncode == 0
    assert not _PLACE.search(built.stderr), built.stderr


def _place(text: str, mistake: Mistake) -> tuple[int, int]:
    """Give line and column, from 1, of what a mistake's finding must point at."""
    if not mistake.made:  # a missing alternative is told at the figure's name
        start = text.index("src: swab-and-needle.svg")
        start = text.rindex("/// figure", 0, start) + len("/// ")
    else:
        start = text.index(mistake.made) + mistake.made.index(mistake.at)
    before = text[:start]
    return before.count("\n") + 1, start - (before.rfind("\n") + 1) + 1
