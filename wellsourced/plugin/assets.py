"""Join the theme's scripts into the files that pages load, named by their content."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from wellsourced.plugin import stylesheet

_ADOPT = (
    "const sheet = new CSSStyleSheet();\n"
    "sheet.replaceSync(%s);\n"
    "document.adoptedStyleSheets.push(sheet);\n"
)
_COMMENT = re.compile(r"^[ \t]*//[^\n]*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Script:
    """A script to publish: `key` is its path, such as `assets/site.<digest>.js`."""

    key: str
    text: str


def script(theme: Path, page: str = "") -> Script | None:
    """Join static/js/*.js in the order of their names; None for a theme without scripts.

    With `page` join static/js/<page>/*.js, which only that page loads: `assets/<page>.<digest>.js`.
    The styles of what the scripts make are in the first, so that no page carries them; the
    content policy lets a script adopt a style sheet (CSSOM § 6.2), and no attribute is needed.
    Each file runs by itself: its names are its own, and what it throws is reported to the
    console and stops no other. Whole-line comments and indents are left out, so text in
    backticks must keep to one line.
    """
    sheets = sorted((theme / "static" / "js" / page).glob("*.js"))
    if not sheets:
        return None
    parts = [sheet.read_text("utf-8") for sheet in sheets]
    if not page and (styles := stylesheet.scripted(theme)):
        parts.insert(0, _ADOPT % json.dumps(styles, ensure_ascii=False))
    text = '"use strict";\n' + "".join(map(_guarded, parts))
    digest = sha256(text.encode("utf-8")).hexdigest()[:16]
    return Script(f"assets/{page or 'site'}.{digest}.js", text)


def _guarded(text: str) -> str:
    """Give a script its own scope."""
    lean = re.sub(r"\n\s*", "\n", _COMMENT.sub("", text.replace("\r\n", "\n"))).strip()
    return f"try{{\n{lean}\n}}catch(error){{reportError(error)}}\n"
