"""What editors do to a content folder and its theme, as small changes that can be undone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

Texts = Mapping[str, bytes]
"""A folder's files: mapping relative path → bytes."""

SMALL = """Title: Article {n}
Slug: article-{n}
Date: 2026-11-{day}
Author: editors
Category: Treatments
Summary: A short article, number {n}.

Needles go in [@gattie2017]. See [what is said]({link}) of a [[trigger point]].

## Part {n} {{#part-{n}}}

It was seen [@{key}].

/// disclaimer | medical
///
"""
LINKS = (
    "{filename}/articles/what-is-dry-needling.md#risks",
    "/articles/saved-on-windows/#end",
    "/glossary/#acupuncture",
    "/products/biofreeze/",
    "/references/",
    "/topics/treatments/",
)
KEYS = ("gattie2017", "boyce2020", "apta2019")


class Desk:
    """A content folder and a theme that an editor works on."""

    def __init__(self, folder: Path, content: Path, theme: Path) -> None:
        self.content = folder / "content"
        self.theme = folder / "theme"
        shutil.copytree(content, self.content)
        shutil.copytree(theme, self.theme)
        for number in (1, 2, 3):
            self.write_small(number, 0, number)

    def write_small(self, number: int, link: int, key: int) -> None:
        """Write a small article with a link and a cite."""
        text = SMALL.format(
            n=number, day=10 + number, link=LINKS[link % len(LINKS)], key=KEYS[key % len(KEYS)]
        )
        (self.content / "articles" / f"article-{number}.md").write_text(text, "utf-8")

    def state(self) -> Texts:
        """Give all files."""
        return {
            path.relative_to(self.content.parent).as_posix(): path.read_bytes()
            for folder in (self.content, self.theme)
            for path in folder.rglob("*")
            if path.is_file()
        }

    def restore(self, state: Texts) -> None:
        """Put all files back as they were; what is the same is left alone."""
        now = self.state()
        for name in now.keys() - state.keys():
            (self.content.parent / name).unlink()
        for name, data in state.items():
            if now.get(name) != data:
                path = self.content.parent / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)

    def articles(self) -> list[Path]:
        """List the articles."""
        return sorted((self.content / "articles").glob("*.md"))

    def replace(self, path: Path, old: str, new: str) -> None:
        """Replace words in a file, line ends as they are; where they do not stand, do nothing."""
        text = path.read_bytes().decode("utf-8")
        path.write_bytes(text.replace(old, new, 1).encode("utf-8"))

    def append(self, path: Path, text: str) -> None:
        """Add a paragraph to an article, before the disclaimer at its end."""
        whole = path.read_bytes().decode("utf-8")
        end = "\r\n" if "\r\n" in whole else "\n"
        head, fence, tail = whole.rpartition(f"{end}/// disclaimer")
        path.write_bytes(f"{head}{end}{text}{end}{fence}{tail}".encode())

    def set_field(self, path: Path, name: str, value: str) -> None:
        """Set a metadata field, as the last of the fields; an empty value takes it away."""
        text = path.read_bytes().decode("utf-8")
        end = "\r\n" if "\r\n" in text else "\n"
        head, blank, body = text.partition(end * 2)
        lines = [line for line in head.split(end) if not line.startswith(f"{name}:")]
        lines += [f"{name}: {value}"] if value else []
        path.write_bytes((end.join(lines) + blank + body).encode())

    def change_reference(self, number: int, change: Callable[[dict[str, object]], None]) -> None:
        """Change a reference of references.json."""
        path = self.content / "library" / "references.json"
        references = json.loads(path.read_text("utf-8"))
        change(references[number % len(references)])
        path.write_text(json.dumps(references, indent=1), "utf-8")
