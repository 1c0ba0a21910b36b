"""A mend changes what its finding covers, once, and not a byte more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.rules.overlay import SITES
from wellsourced import source
from wellsourced.diagnostics import Diagnostic, Fix, Severity
from wellsourced.editing.mending import mend, mend_document, report
from wellsourced.editing.signing import sign
from wellsourced.editing.writing import rewrite
from wellsourced.rules import check_document
from wellsourced.source.document import DocumentKind

from .site import TODAY, load, valid_site

NAME = "content/articles/fault.md"
HEAD = "Title: Fault\nDate: 2026-01-01\nAuthor: editors\nSummary: One fault.\n\n"
END = "\n/// disclaimer | medical\n///\n"


def finding(column: int, end: int, fix: str | None) -> Diagnostic:
    """Make a finding on the first line."""
    return Diagnostic(
        "x",
        1,
        column,
        1,
        end,
        "META001",
        Severity.ERROR,
        f"{column}",
        "",
        Fix(fix) if fix else None,
    )


def mended(folder: Path, text: str) -> tuple[str, list[str], list[str]]:
    """Mend an article of the valid site; give the text, the codes mended and the codes left."""
    site = valid_site(folder)
    done = mend_document(source.scan(text, NAME), site)
    return done.text, [one.code for one, _ in done.mended], [one.code for one in done.left]


def test_bytes_outside_of_a_mend_stay(tmp_path: Path) -> None:
    text = HEAD + "Caf\xe9s 🪡\x0churt.\n\n##Risks {#risks}\n\nMore.\n" + END
    expected = text.replace("\x0c", " ").replace("##Risks", "## Risks")
    for ending, mark in (("\n", ""), ("\r\n", "\ufeff")):
        path = tmp_path / "x.md"
        path.write_bytes((mark + text.replace("\n", ending)).encode("utf-8"))
        document = source.read(path, NAME)
        done = mend_document(document, valid_site(tmp_path))
        rewrite(path, done.text)
        assert path.read_bytes() == (mark + expected.replace("\n", ending)).encode("utf-8")
        assert [one.code for one, _ in done.mended] == ["META011", "HEAD008"]


def test_a_second_run_finds_nothing_to_do(tmp_path: Path) -> None:
    once, codes, _ = mended(tmp_path, HEAD + "A\x0cb.\n\n##Risks\n\nMore.\n" + END)
    assert codes
    assert mended(tmp_path, once)[:2] == (once, [])


def test_mends_that_overlap_wait_for_each_other() -> None:
    def check(text: str) -> Sequence[Diagnostic]:
        if text == "abcdef":
            return [finding(1, 4, "X"), finding(3, 5, "Y"), finding(5, 7, "Z")]
        return [finding(2, 3, "q")] if text == "XdZ" else []

    assert mend("abcdef", check).text == "XqZ"


def test_a_mend_that_does_not_help_is_taken_back() -> None:
    done = mend("abc", lambda text: [finding(1, 2, "aa")])
    assert done.text == "abc"
    assert done.mended == ()
    assert len(done.left) == 1


def test_what_is_not_utf8_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(b"Title: A\x0c\n\nCaf\xe9 \x0c.\n")
    site = valid_site(tmp_path)
    done = mend_document(source.read(path, NAME), site)
    assert done.mended == ()
    assert "META010" in {one.code for one in done.left}


def test_a_signed_body_is_left_to_its_reviewer(tmp_path: Path) -> None:
    text = HEAD + "A\x0cb.\n" + END
    signed = sign(source.scan(text, NAME), "jdoe", TODAY)
    after, codes, left = mended(tmp_path, signed)
    assert (after, codes) == (signed, [])
    assert "META011" in left
    assert "REV007" not in left


def test_the_report_says_what_went_and_what_came(tmp_path: Path) -> None:
    document = source.scan(HEAD + "A\x0cb.\n" + END, NAME)
    done = mend_document(document, valid_site(tmp_path))
    assert report(done.mended, dry_run=False) == (
        f'{NAME}:6:2: mended META011: "\\f" -> " "\nMended 1 finding.'
    )
    assert report(done.mended, dry_run=True).endswith("Would mend 1 finding.")
    assert report((), dry_run=False) == "Nothing to mend."


def test_the_valid_site_needs_no_mend(tmp_path: Path) -> None:
    site = valid_site(tmp_path)
    for document in site.documents:
        done = mend_document(document, load(tmp_path))
        assert done.text == document.text
        assert done.mended == ()


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_lines_end_as_the_scanner_has_them(end: str) -> None:
    two = Diagnostic("x", 2, 1, 2, 2, "META001", Severity.ERROR, "m", "", Fix("B"))
    done = mend(f"a{end}b", lambda text: [two] if "b" in text else [])
    assert done.text == f"a{end}B"


def planted() -> list[Path]:
    """List the articles and pages of every fixture with a fault."""
    found = (SITES / "invalid").glob("*/[ap][ra]*/*.md")
    return sorted(path for path in found if path.is_file())


def test_no_mend_of_a_planted_fault_does_harm(tmp_path: Path) -> None:
    site = valid_site(tmp_path)
    mended = 0
    for path in planted():
        kind: DocumentKind = "page" if path.parent.name == "pages" else "article"
        document = source.read(path, f"content/{kind}s/fault.md", kind)
        before = {one.code for one in check_document(document, site)}
        done = mend_document(document, site)
        assert {one.code for one in done.left} <= before, path
        again = mend_document(source.scan(done.text, document.path, kind), site)
        assert (again.text, again.mended) == (done.text, ()), path
        mended += len(done.mended)
    assert mended > 8
