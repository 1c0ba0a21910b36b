"""What stood in references.json stays byte for byte, and new entries look like the old ones."""

from __future__ import annotations

import json
from string import ascii_lowercase

import pytest

from wellsourced.editing.imports.appending import append
from wellsourced.editing.imports.keys import make_keys

NEW = [{"id": "b", "list": [1], "text": "é"}]
FILES = {
    "empty": ("", '[\n  {\n    "id": "b",\n'),
    "empty list": ("[]\n", '[\n  {\n    "id": "b",\n'),
    "two spaces": ('[\n  {\n    "id": "a"\n  }\n]\n', ',\n  {\n    "id": "b",\n    "list": [\n'),
    "tabs, crlf, bom": (
        '\ufeff[\r\n\t{\r\n\t\t"id": "a"\r\n\t}\r\n]',
        ',\r\n\t{\r\n\t\t"id": "b",\r\n\t\t"list": [\r\n',
    ),
    "four spaces, no blank": (
        '[\n    {\n        "id":"a"\n    }\n]',
        ',\n    {\n        "id":"b",\n        "list":[\n',
    ),
    "no outer indent": ('[\n{\n  "id": "a"\n}\n]\n', ',\n{\n  "id": "b",\n'),
    "one line": ('[{"id": "a"}]', ', {"id": "b", "list": [1], "text": "é"}]'),
    "one line, bare": ('[{"id":"a"}]', ',{"id":"b","list":[1],"text":"é"}]'),
    "a line each": (
        '[\n  {"id": "a"},\n  {"id": "z"}\n]\n',
        ',\n  {"id": "b", "list": [1], "text": "é"}\n]\n',
    ),
}


@pytest.mark.parametrize(("text", "expected"), FILES.values(), ids=FILES.keys())
def test_entries_are_appended_in_the_file_s_own_form(text: str, expected: str) -> None:
    after = append(text, NEW)
    kept = text.rstrip().removesuffix("]").rstrip()
    assert after.startswith(kept)
    assert after[len(kept) :].startswith(expected) or (not kept.strip("[") and expected in after)
    assert after.endswith(text[text.rindex("]") :] if "]" in text else "\n]\n")
    before = json.loads(text.removeprefix("\ufeff") or "[]")
    assert json.loads(after.removeprefix("\ufeff")) == [*before, *NEW]


def work(author: str, year: int | None = 2020, title: str = "The Needle") -> dict[str, object]:
    """Make a work by a family name, an organisation in braces, or nobody."""
    person = {"literal": author[1:-1]} if author.startswith("{") else {"family": author}
    made: dict[str, object] = {"title": title}
    if author:
        made["author"] = [person]
    if year:
        made["issued"] = {"date-parts": [[year]]}
    return made


KEYS = {
    "plain": (["Gattie"], [], ["gattie2020"]),
    "accents": (["Łukasz-Ångström"], [], ["lukaszangstrom2020"]),
    "two at once": (["Roe", "Roe"], [], ["roe2020a", "roe2020b"]),
    "one there": (["Roe"], ["roe2020"], ["roe2020b"]),
    "suffixes there": (["Roe"], ["roe2020a", "roe2020b"], ["roe2020c"]),
    "organisation": (["{World Health Organization}"], [], ["who2020"]),
    "short organisation": (["{Mayo Clinic}"], [], ["mayoclinic2020"]),
    "nobody": ([""], [], ["needle2020"]),
    "no letters of ours": (["李"], [], ["needle2020"]),
    "all letters taken": (
        ["Roe"],
        ["roe2020", *(f"roe2020{one}" for one in ascii_lowercase)],
        ["roe2020-2"],
    ),
}


@pytest.mark.parametrize(("authors", "taken", "expected"), KEYS.values(), ids=KEYS.keys())
def test_keys_are_author_and_year(
    authors: list[str], taken: list[str], expected: list[str]
) -> None:
    assert list(make_keys([work(author) for author in authors], taken)) == expected


def test_a_work_without_a_year_says_so() -> None:
    assert make_keys([work("Roe", None)], ()) == ("roend",)
