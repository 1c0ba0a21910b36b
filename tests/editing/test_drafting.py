"""A new article passes every check, and nothing that is there is overwritten."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.rules.findings import find
from wellsourced.editing.drafting import begin, draft, refusal

from .site import TODAY, valid_site


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Does heat help a stiff neck?", "does-heat-help-a-stiff-neck"),
        ('  What   is: a <b> "title" & [@x] | y?  ', "what-is-a-b-title-x-y"),
        ("Übungen für Füße 🦶", "ubungen-fur-fue"),
    ],
)
def test_a_new_article_has_no_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, title: str, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795478400")
    site = valid_site(tmp_path)
    assert refusal(title, "editors", site) == ""
    paths = begin(tmp_path / "content" / "articles", draft(title, "editors", TODAY))
    assert [path.name for path in paths] == [f"{name}.md", f"{name}.facts.yaml"]
    shown = {f"content/articles/{path.name}" for path in paths}
    assert [
        one for one in find(tmp_path / "content", tmp_path / "cache") if one.path in shown
    ] == []
    text = paths[0].read_text("utf-8")
    for needed in ("/// takeaways", "/// disclaimer | medical", "<!-- ", "\nStatus: draft\n"):
        assert needed in text
    assert text.startswith(f"Title: {' '.join(title.split())}\n")


REFUSED = {
    "": "The title is empty.",
    " \t ": "The title is empty.",
    "a\x07b": "The title holds the control character U+0007.",
    "???": 'No address can be made of "???": it needs a letter from a to z, or a digit.',
    "针灸": 'No address can be made of "针灸": it needs a letter from a to z, or a digit.',
    "a" * 121: "The title makes an address of 121 characters; 120 is the most.",
    "What is dry needling": "The address /articles/what-is-dry-needling/ is taken by "
    '"content/articles/what-is-dry-needling.md".',
}


@pytest.mark.parametrize(("title", "told"), REFUSED.items(), ids=range(len(REFUSED)))
def test_an_impossible_title_is_told(tmp_path: Path, title: str, told: str) -> None:
    assert refusal(title, "editors", valid_site(tmp_path)) == told


def test_an_unknown_author_is_told(tmp_path: Path) -> None:
    site = valid_site(tmp_path)
    assert refusal("New", "editors, jdoe", site) == ""
    assert refusal("New", "editor", site) == (
        'The author "editor" is not in people.yaml: did you mean "editors"?'
    )


@pytest.mark.parametrize("there", ["new.md", "new.facts.yaml"])
def test_nothing_is_overwritten(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("mine", "utf-8")
    with pytest.raises(FileExistsError):
        begin(tmp_path, draft("New", "editors", TODAY))
    assert [path.name for path in tmp_path.iterdir()] == [there]
    assert (tmp_path / there).read_text("utf-8") == "mine"


def test_a_leap_day_has_a_review_next_year() -> None:
    assert "Review_due: 2029-02-28\n" in draft("New", "editors", date(2028, 2, 29)).article
