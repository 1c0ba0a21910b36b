"""Record the anchors of every article in anchors.json."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from wellsourced.plugin.desk import prepare
from wellsourced.rules.site import page_key


def record(settings: Mapping[str, Any]) -> Iterator[str]:
    """Add each section id that anchors.json lacks, take none away; yield a line for each one added.

    Published ids keep their order; new ones follow in the order of the text.
    """
    site = prepare(settings).site
    recorded: dict[str, dict[str, Any]] = {
        page: {"published": list(known.published), "redirects": dict(known.redirects)}
        for page, known in site.library.anchors.items()
    }
    for document in site.articles:
        page = recorded.setdefault(page_key(document), {"published": [], "redirects": {}})
        for heading in document.headings:
            if heading.level in (2, 3) and heading.id not in page["published"]:
                page["published"].append(heading.id)
                yield f"{document.path}: recorded #{heading.id}"
    path = Path(settings["PATH"]) / "library" / "anchors.json"
    part = path.with_suffix(".part")
    part.write_text(json.dumps(recorded, ensure_ascii=False, indent=2) + "\n", "utf-8")
    os.replace(part, path)
