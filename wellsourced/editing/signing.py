"""Record that a person has reviewed exactly this text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from wellsourced.diagnostics import Diagnostic, Severity
from wellsourced.library.people import Person
from wellsourced.library.shape_check import nearest
from wellsourced.source import Document
from wellsourced.source.fingerprint import fingerprint
from wellsourced.source.spans import Span


def refusal(
    document: Document,
    reviewer: str,
    day: date,
    today: date,
    people: Mapping[str, Person],
    found: Iterable[Diagnostic],
) -> str:
    """Say why a review cannot be recorded; "" when it can.

    `found` is what a check of the document finds. A signature under a text with errors would
    vouch for a page that cannot be published, and must change.
    """
    if document.kind != "article":
        return "Only articles are reviewed."
    person = people.get(reviewer)
    if person is None:
        hint = nearest(reviewer, people) or "add the person to library/people.yaml first"
        return f'"{reviewer}" is not in people.yaml: {hint}'
    if person.kind != "person":
        return f'"{reviewer}" is not a person; name the one who reviewed the text.'
    if reviewer in [key.strip() for key in document.value("author").split(",")]:
        return f'"{reviewer}" wrote the article; somebody else has to review it.'
    if day > today:
        return f"The day of the review ({day}) lies in the future."
    errors = [one for one in found if one.severity is Severity.ERROR and one.code != "REV007"]
    if errors:
        return "The article has errors; mend them, then have the text reviewed."
    return ""


def sign(document: Document, reviewer: str, day: date) -> str:
    """Give the file's text with Reviewer, Reviewed and Reviewed_text; the rest stays as it is.

    A field that is there gets its new value in its place; one that is not follows the last field.
    """
    values = {
        "reviewer": reviewer,
        "reviewed": day.isoformat(),
        "reviewed_text": fingerprint(document),
    }
    edits: list[tuple[Span, str]] = []
    added: list[str] = []
    for name, value in values.items():
        if field := document.metadata(name):
            bare = document.text[field.value_span.start - 1] == ":"
            edits.append((field.value_span, f" {value}" if bare else value))
        else:
            added.append(f"{name.capitalize()}: {value}")
    if added:
        at, ending = _after_fields(document)
        edits.append((Span(at, at), "".join(f"{ending}{line}" for line in added)))
    text = document.text
    for span, value in sorted(edits, key=lambda edit: edit[0], reverse=True):
        text = text[: span.start] + value + text[span.end :]
    return text


def _after_fields(document: Document) -> tuple[int, str]:
    """Give the end of the last field's last line, and how the file ends its lines."""
    last = document.front_matter.fields[-1]
    line = document.index.line_at(max(last.value_span.end, last.key_span.end))
    after = document.text[line.span.end : line.span.end + 2]
    return line.span.end, after if after == "\r\n" else after[:1] or "\n"
