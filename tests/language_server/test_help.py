"""An editor completes, explains, goes to definitions, renames and outlines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from wellsourced.diagnostics import Diagnostic

from .client import Editor, RequestError
from .conftest import Project
from .texts import MARK, applied, offset, place

HEADER = "Title: A\nDate: 2026-11-24\nAuthor: editors\nSummary: A.\n"
HEADING = "\n## One {#one}\n\n"


@pytest.fixture(scope="module")
def draft(editor: Editor, project: Project) -> Iterator[Path]:
    """Open an article that is in no file yet."""
    path = project.content / "articles" / "draft.md"
    editor.open(path, HEADER)
    yield path
    editor.close(path)


@pytest.fixture(scope="module")
def article(editor: Editor, project: Project) -> Iterator[Path]:
    editor.open(project.article)
    yield project.article
    editor.close(project.article)


def show(editor: Editor, path: Path, marked: str) -> tuple[str, int, int]:
    """Have a text open whose cursor is at the mark; give the text without it, line, character."""
    text = marked.replace(MARK, "")
    assert marked.count(MARK) == 1
    editor.change(path, text)
    return text, *place(text, marked.index(MARK))


@pytest.mark.parametrize(
    ("before", "label", "after"),
    [
        ("🙂 Text [@‸]", "gattie2017", "🙂 Text [@gattie2017]"),
        ("Text [see @boyce2020; @gat‸]", "gattie2017", "Text [see @boyce2020; @gattie2017]"),
        ("Text [@gat‸tie]", "gattie2017", "Text [@gattie2017]"),
        ("🙂 A [[trig‸", "trigger point", "🙂 A [[trigger point]]"),
        ("A [[knots|trig‸]]", "trigger point", "A [[knots|trigger point]]"),
        ("See [it](#‸)", "one", "See [it](#one)"),
        ("See [it](‸)", "#one", "See [it](#one)"),
        ("See [it]({fi‸)", "{filename}/pages/about.md", "See [it]({filename}/pages/about.md)"),
        (
            "See [it]({filename}/articles/what-is-dry-needling.md#ri‸)",
            "risks",
            "See [it]({filename}/articles/what-is-dry-needling.md#risks)",
        ),
        ("See [it](/glo‸)", "/glossary/", "See [it](/glossary/)"),
        ("See [it](/glossary/#‸)", "trigger-point", "See [it](/glossary/#trigger-point)"),
        ("/// ‸", "takeaways", "/// takeaways"),
        ("//// pro‸", "products", "//// products"),
        ("/// disclaimer | ‸", "medical", "/// disclaimer | medical"),
        ("/// figure\n    ‸\n\n///", "src", "/// figure\n    src: \n\n///"),
        (
            "/// products | P\n    items: [biofreeze, thera‸]\n///",
            "theraband-clx",
            "/// products | P\n    items: [biofreeze, theraband-clx]\n///",
        ),
        (
            "/// further-reading\n    items:\n      - key: ‸\n///",
            "clevelandclinic2018",
            "/// further-reading\n    items:\n      - key: clevelandclinic2018\n///",
        ),
        (
            "/// emergency | E\n    status: ‸\n///",
            "sourced",
            "/// emergency | E\n    status: sourced\n///",
        ),
        ("<!-- allow CLM‸", "CLM001", "<!-- allow CLM001: "),
    ],
)
def test_what_may_stand_at_the_cursor(
    editor: Editor, draft: Path, before: str, label: str, after: str
) -> None:
    text, line, character = show(editor, draft, f"{HEADER}{HEADING}{before}\n")
    items = editor.ask("textDocument/completion", draft, line, character)["items"]
    choice = next(item for item in items if item["label"] == label)
    assert applied(text, [choice["textEdit"]]) == f"{HEADER}{HEADING}{after}\n"


@pytest.mark.parametrize(
    ("before", "label", "after"),
    [
        ("Title: A\n‸\n", "Date", "Title: A\nDate: \n"),
        ("Title: A\nRev‸\n", "Review_due", "Title: A\nReview_due: \n"),
        ("Title: A\nAuthor: ‸\n", "editors", "Title: A\nAuthor: editors\n"),
        ("Title: A\nStatus: dr‸\n", "draft", "Title: A\nStatus: draft\n"),
    ],
)
def test_what_may_stand_at_the_top(
    editor: Editor, draft: Path, before: str, label: str, after: str
) -> None:
    text, line, character = show(editor, draft, before)
    items = editor.ask("textDocument/completion", draft, line, character)["items"]
    choice = next(item for item in items if item["label"] == label)
    assert applied(text, [choice["textEdit"]]) == after
    assert "Title" not in [item["label"] for item in items]


def test_a_reference_is_offered_with_what_it_is(editor: Editor, draft: Path) -> None:
    _, line, character = show(editor, draft, f"{HEADER}\nA [@‸]\n")
    items = editor.ask("textDocument/completion", draft, line, character)["items"]
    detail = next(item["detail"] for item in items if item["label"] == "apta2015")
    assert detail == (
        "American Physical Therapy Association. 2015. Dry Needling: Getting to the Point"
    )


def test_nothing_is_offered_in_running_text(editor: Editor, draft: Path) -> None:
    _, line, character = show(editor, draft, f"{HEADER}\nWrite to a@b‸ now.\n")
    assert editor.ask("textDocument/completion", draft, line, character) is None


def test_a_ledger_completes_the_keys_of_references(editor: Editor, project: Project) -> None:
    text = project.text(project.ledger)
    editor.open(project.ledger)
    try:
        more = text + "- {id: Z, section: page, phrases: [a], references: [gat"
        editor.change(project.ledger, more)
        line, character = place(more, len(more))
        items = editor.ask("textDocument/completion", project.ledger, line, character)["items"]
        assert "gattie2017" in [item["label"] for item in items]
    finally:
        editor.close(project.ledger)


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("🙂 [@gattie2017‸]", ["Gattie", "Systematic review", "independent", "address is known"]),
        ("[[trigger‸ point]]", ["trigger point", "sensitive knot"]),
        ("<!-- allow CLM‸001: reason -->", ["CLM001", "Wrong:", "Right:"]),
        ("[a](#one‸)", ["One"]),
        ("[a]({filename}/pages/ab‸out.md)", ["About"]),
        ("/// products | P\n    items: [bio‸freeze]\n///", ["Biofreeze", "ingredient"]),
        ("[@nobody‸]", ["CIT001", "Wrong:"]),
    ],
)
def test_what_stands_at_the_cursor(
    editor: Editor, draft: Path, marked: str, told: list[str]
) -> None:
    _, line, character = show(editor, draft, f"{HEADER}{HEADING}{marked}\n")
    found = editor.ask("textDocument/hover", draft, line, character)["contents"]
    assert found["kind"] == "markdown"
    for words in told:
        assert words in found["value"]


@pytest.mark.parametrize(
    ("marked", "file", "word"),
    [
        ("🙂 [@gattie‸2017]", "library/references.json", "gattie2017"),
        ("[[trigger‸ points]]", "library/glossary.yaml", "trigger-point"),
        ("[a](/glossary/#trigger‸-point)", "library/glossary.yaml", "trigger-point"),
        ("/// products | P\n    items: [bio‸freeze]\n///", "library/products.yaml", "biofreeze"),
        ("[a](#o‸ne)", "articles/draft.md", "One"),
        (
            "[a]({filename}/articles/what-is-dry-needling.md#ris‸ks)",
            "articles/what-is-dry-needling.md",
            None,
        ),
        ("[a]({filename}/pages/ab‸out.md)", "pages/about.md", ""),
    ],
)
def test_where_it_is_defined(
    editor: Editor, project: Project, draft: Path, marked: str, file: str, word: str | None
) -> None:
    text, line, character = show(editor, draft, f"{HEADER}{HEADING}{marked}\n")
    found = editor.ask("textDocument/definition", draft, line, character)
    path = project.content / file
    assert found["uri"] == path.as_uri()
    there = text if path == draft else project.text(path)
    shown = there[offset(there, found["range"]["start"]) : offset(there, found["range"]["end"])]
    if word is None:
        assert "{#risks}" in there.split("\n")[found["range"]["start"]["line"]]
    else:
        assert shown == word


@pytest.mark.parametrize(
    ("file", "marked", "new"),
    [
        ("articles/what-is-dry-needling.md", "@chys‸2023", "chys2023b"),
        ("library/references.json", '"id": "gattie‸2017"', "gattie:2017"),
        ("library/products.yaml", "\nbio‸freeze:", "bio-freeze"),
        ("library/glossary.yaml", "\ntrigger‸-point:", "muscle-knot"),
        ("library/references.json", '"id": "clevelandclinic‸2018"', "2018"),
    ],
)
def test_a_key_is_renamed_everywhere(
    editor: Editor, project: Project, article: Path, file: str, marked: str, new: str
) -> None:
    path = project.content / file
    text = project.text(path)
    word = marked.replace(MARK, "")
    at = text.index(word) + marked.index(MARK)
    line, character = place(text, at)
    old = editor.ask("textDocument/prepareRename", path, line, character)["placeholder"]
    edits = editor.ask("textDocument/rename", path, line, character, newName=new)["changes"]
    listed = editor.ask(
        "textDocument/references", path, line, character, context={"includeDeclaration": True}
    )
    assert sum(map(len, edits.values())) <= len(listed)
    kept = {p: p.read_bytes() for p in map(from_uri, edits)}
    before = places(project.check(article, path))
    try:
        for uri, each in edits.items():
            there = project.text(from_uri(uri))
            spots = [offset(there, e["range"]["start"]) for e in each]
            assert all(there.startswith(old, spot) for spot in spots)
            from_uri(uri).write_bytes(applied(there, each).encode())
        assert places(project.check(article, path)) == before
    finally:
        for p, data in kept.items():
            p.write_bytes(data)


def test_the_key_in_an_address_is_renamed_too(
    editor: Editor, project: Project, draft: Path
) -> None:
    text, line, character = show(
        editor,
        draft,
        f"{HEADER}{HEADING}🙂 [A](/glossary/#trigger‸-point), [[trigger point]],"
        " [b](/products/biofreeze/), [c](/references/#chys2023), trigger-point.\n",
    )
    edits = editor.ask("textDocument/rename", draft, line, character, newName="knot")["changes"]
    assert applied(text, edits[draft.as_uri()]) == text.replace("/#trigger-point", "/#knot")
    glossary = project.library("glossary.yaml")
    assert "\nknot:\n" in applied(project.text(glossary), edits[glossary.as_uri()])


def places(found: Sequence[Diagnostic]) -> list[tuple[str, int, str]]:
    return [(d.path, d.line, d.code) for d in found]


def from_uri(uri: str) -> Path:
    return Path(uri.removeprefix("file://"))


@pytest.mark.parametrize(
    ("marked", "new", "reason"),
    [
        ("[@gattie‸2017]", "boyce2020", "already"),
        ("[@gattie‸2017]", "two words", "cannot be cited"),
        ("[[trigger‸ point]]", "knot", "words of the term"),
        ("Wor‸ds.", "word", "Only the key"),
    ],
)
def test_what_cannot_be_renamed_is_told_why(
    editor: Editor, draft: Path, marked: str, new: str, reason: str
) -> None:
    _, line, character = show(editor, draft, f"{HEADER}{HEADING}{marked}\n")
    with pytest.raises(RequestError, match=reason) as failure:
        editor.ask("textDocument/rename", draft, line, character, newName=new)
    assert "Traceback" not in str(failure.value.error)


def test_a_broken_ledger_stops_a_renaming(
    editor: Editor, project: Project, article: Path, draft: Path
) -> None:
    _, line, character = show(editor, draft, f"{HEADER}{HEADING}[@gattie‸2017]\n")
    editor.open(project.ledger, "- {id: [")
    try:
        with pytest.raises(RequestError, match=r"Mend .*facts\.yaml:1 first"):
            editor.ask("textDocument/rename", draft, line, character, newName="new2017")
    finally:
        editor.close(project.ledger)


def test_the_outline_of_an_article(editor: Editor, draft: Path) -> None:
    text = f"{HEADER}{HEADING}A.\n\n### Two\n\n/// do | Do this\n- A\n///\n\n## Three\n\nB.\n"
    editor.change(draft, text)
    found = editor.request("textDocument/documentSymbol", {"textDocument": {"uri": draft.as_uri()}})
    assert tree(found) == [("One", [("Two", [("Do this", [])])]), ("Three", [])]
    assert found[0]["range"]["end"] == {"line": 15, "character": 0}


def tree(symbols: list[Any]) -> list[Any]:
    return [(s["name"], tree(s.get("children") or [])) for s in symbols]


def test_the_outline_of_a_catalogue(editor: Editor, project: Project) -> None:
    uri = project.library("people.yaml").as_uri()
    found = editor.request("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert tree(found) == [("editors", [])]


@pytest.mark.parametrize(
    "method", ["completion", "hover", "definition", "prepareRename", "documentSymbol", "codeAction"]
)
@pytest.mark.parametrize(
    "uri", ["untitled:Untitled-1", "file:///nowhere/content/articles/x.md", "http://example.com/"]
)
def test_no_request_brings_a_traceback(editor: Editor, method: str, uri: str) -> None:
    far = {"line": 10**6, "character": 10**6}
    params: dict[str, Any] = {"textDocument": {"uri": uri}, "position": far}
    if method == "codeAction":
        params |= {"range": {"start": far, "end": far}, "context": {"diagnostics": []}}
    try:
        answer = editor.request(f"textDocument/{method}", params)
    except RequestError as error:
        answer = error.error["message"]
    assert answer in (None, [], "This file has not been read yet.")


def test_a_place_past_the_end_is_the_end(editor: Editor, draft: Path) -> None:
    show(editor, draft, f"{HEADER}{HEADING}[@gattie2017]‸")
    assert editor.ask("textDocument/completion", draft, 10**6, 10**6) is None
    assert editor.ask("textDocument/hover", draft, 6, 10**6) is None
