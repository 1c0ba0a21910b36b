"""A review is bound to a person and to exactly the text that they read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from wellsourced import source
from wellsourced.diagnostics import has_errors
from wellsourced.editing.signing import refusal, sign
from wellsourced.editing.writing import rewrite
from wellsourced.rules import check_document
from wellsourced.rules.site import Site
from wellsourced.source import Document
from wellsourced.source.fingerprint import fingerprint

from .site import TODAY, load, valid_site

NAME = "content/articles/what-is-dry-needling.md"


def document(site: Site, name: str = NAME) -> Document:
    """Give a document of the site by its path."""
    return next(one for one in site.documents if one.path == name)


def rewritten(folder: Path, old: str, new: str) -> Document:
    """Change the article on disk and read it again."""
    path = folder / NAME
    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))
    return document(load(folder))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Lay the valid site, with a reviewer who wrote none of it."""
    valid_site(tmp_path)
    rewritten(tmp_path, "Author: editors, jdoe\n", "Author: editors\n")
    return load(tmp_path)


def test_the_signature_is_all_that_changes(site: Site, tmp_path: Path) -> None:
    article = document(site)
    before = (tmp_path / NAME).read_bytes()
    rewrite(tmp_path / NAME, sign(article, "jdoe", TODAY))
    after = (tmp_path / NAME).read_bytes()
    added = f"Reviewer: jdoe\nReviewed: 2026-11-24\nReviewed_text: {fingerprint(article)}\n"
    assert after == before.replace(b"\n\n", b"\n" + added.encode() + b"\n", 1)
    again = document(load(tmp_path))
    assert not has_errors(check_document(again, load(tmp_path)))
    assert sign(again, "jdoe", TODAY).encode() == after


def test_a_mark_and_carriage_returns_stay(tmp_path: Path) -> None:
    valid_site(tmp_path)
    path = tmp_path / "content/articles/saved-on-windows.md"
    before = path.read_bytes()
    article = document(load(tmp_path), "content/articles/saved-on-windows.md")
    rewrite(path, sign(article, "jdoe", date(2026, 11, 23)))
    expected = before.replace(
        b"Reviewed: 2026-11-24\r\n",
        f"Reviewed: 2026-11-23\r\nReviewed_text: {fingerprint(article)}\r\n".encode(),
    )
    assert path.read_bytes() == expected
    assert expected.startswith(b"\xef\xbb\xbf")


def test_a_changed_text_loses_its_review(site: Site, tmp_path: Path) -> None:
    rewrite(tmp_path / NAME, sign(document(site), "jdoe", TODAY))
    changed = rewritten(tmp_path, "hurt when touched", "hurt if touched")
    (found,) = [one for one in check_document(changed, load(tmp_path)) if one.code == "REV007"]
    assert (found.line, found.column) == (14, 16)
    assert refusal(changed, "jdoe", TODAY, TODAY, site.library.people, [found]) == ""
    rewrite(tmp_path / NAME, sign(changed, "jdoe", TODAY))
    assert not has_errors(check_document(document(load(tmp_path)), load(tmp_path)))


def test_line_ends_and_fields_are_no_part_of_the_text(site: Site) -> None:
    article = document(site)
    windows = source.scan(article.text.replace("\n", "\r\n") + "\r\n", "x.md")
    renamed = source.scan(article.text.replace("Tags: pain", "Tags: knots"), "x.md")
    other = source.scan(article.text + "x", "x.md")
    assert fingerprint(windows) == fingerprint(renamed) == fingerprint(article)
    assert fingerprint(other) != fingerprint(article)


REFUSED = {
    "an organization": ("editors", TODAY, "not a person"),
    "nobody known": ("jdo", TODAY, 'did you mean "jdoe"?'),
    "tomorrow": ("jdoe", date(2026, 11, 25), "lies in the future"),
}


@pytest.mark.parametrize(("who", "day", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_an_impossible_review_is_refused(site: Site, who: str, day: date, told: str) -> None:
    assert told in refusal(document(site), who, day, TODAY, site.library.people, ())


def test_an_author_and_a_page_and_errors_are_refused(site: Site, tmp_path: Path) -> None:
    people = site.library.people
    own = rewritten(tmp_path, "Author: editors\n", "Author: editors , jdoe\n")
    assert "somebody else" in refusal(own, "jdoe", TODAY, TODAY, people, ())
    page = document(site, "content/pages/about.md")
    assert refusal(page, "jdoe", TODAY, TODAY, people, ()) == "Only articles are reviewed."
    broken = rewritten(tmp_path, "[@gattie2017]", "[@gatie2017]")
    found = check_document(broken, load(tmp_path))
    told = refusal(document(site), "jdoe", TODAY, TODAY, people, found)
    assert told.startswith("The article has errors")


@pytest.mark.parametrize("line", ["Reviewer:", "Reviewer: ", "Reviewer:\t"])
def test_an_empty_field_is_filled(line: str) -> None:
    article = source.scan(f"Title: A\n{line}\nDate: 2026-01-01\n\nText.\n", "x.md")
    signed = source.scan(sign(article, "jdoe", TODAY), "x.md")
    assert signed.value("reviewer") == "jdoe"
    assert signed.front_matter.fields[-1].name == "reviewed_text"
    assert signed.body == article.body


def test_a_fenced_header_and_a_field_over_two_lines_stay_whole() -> None:
    text = "---\nTitle: A\nSummary: One\n    two.\n---\n\nText.\n"
    signed = source.scan(sign(source.scan(text, "x.md"), "jdoe", TODAY), "x.md")
    assert signed.text.startswith("---\nTitle: A\nSummary: One\n    two.\nReviewer: jdoe\n")
    assert signed.value("reviewed_text") == fingerprint(signed)
