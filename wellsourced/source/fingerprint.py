"""Tell one text from every other, however its lines end."""

from __future__ import annotations

import hashlib
import re

from wellsourced.source.document import Document


def fingerprint(document: Document) -> str:
    """Give `sha256:` and 64 hexadecimal digits (FIPS 180-4) of a document's body in UTF-8.

    Line ends count as line feeds, and blank lines around the body not at all, so that an editor
    program's habits do not undo a review. The fields at the top are no part of it.
    """
    body = re.sub(r"\r\n?", "\n", document.body).strip("\n")
    return f"sha256:{hashlib.sha256(body.encode('utf-8', 'surrogatepass')).hexdigest()}"
