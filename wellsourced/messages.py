"""Gather the messages of the theme and the engine, and keep the theme's catalogues complete.

Messages stand in templates as `_("…")` and `{% trans %}`, and in the engine as calls of
`gettext`, `say` and `pgettext` (Babel, "Working with Message Catalogs").
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from wellsourced.rendering import words

ENGINE = Path(__file__).resolve().parent
_METHODS = [("rendering/**.py", "python"), ("plugin/**.py", "python")]
_TEMPLATES = [("**.html", "jinja2.ext.babel_extract")]
_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "say": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
_UNSAID = tuple(
    f'"{name}'.encode()
    for name in (
        "Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date",
        "Last-Translator", "Language-Team", "Generated-By",
    )
)  # fmt: skip
_HEADER = "# The words of the theme: English above, translated below."


def gather(theme: Path) -> Catalog:
    """Gather all messages with the files that they stand in."""
    catalog = Catalog(project="Well Sourced", charset="utf-8", header_comment=_HEADER)
    options = {"**.html": {"trimmed": "true", "silent": "false"}}
    places = [(theme / "templates", _TEMPLATES, options, "theme/templates"),
              (ENGINE, _METHODS, {}, "wellsourced")]  # fmt: skip
    for folder, methods, settings, shown in places:
        found = extract_from_dir(
            folder, method_map=methods, options_map=settings, keywords=_KEYWORDS
        )
        for name, _line, message, comments, context in sorted(found, key=lambda one: one[0]):
            catalog.add(message, locations=[(f"{shown}/{name}", 0)],
                        auto_comments=comments, context=context)  # fmt: skip
    return catalog


def update(theme: Path) -> list[Path]:
    """Bring every catalogue of a theme up to date; new messages are left untranslated.

    Gives the files that have changed. What is said no more is dropped.
    """
    template = gather(theme)
    changed = []
    for path in sorted((theme / words.FOLDER).glob(f"*/{words.FILE}")):
        before = path.read_bytes()
        catalog = read_po(io.BytesIO(before), locale=path.parent.name.replace("-", "_"))
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        after = render(catalog)
        if after != before:
            path.write_bytes(after)
            changed.append(path)
    return changed


def render(catalog: Catalog) -> bytes:
    """Write a catalogue as a .po file without dates, so that equal content is equal bytes."""
    output = io.BytesIO()
    write_po(output, catalog, width=100, omit_header=False, sort_output=True)
    kept = (line for line in output.getvalue().splitlines(True) if not line.startswith(_UNSAID))
    return b"".join(kept)
