"""Say what each kind of `///` block may and must have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from wellsourced.source import Document
from wellsourced.source.document import Block


@dataclass(frozen=True, slots=True)
class Kind:
    """What a block of one name may and must have; `values` lists the words an option allows."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    title: bool = False
    body: bool = True
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def options(self) -> tuple[str, ...]:
        """Give every option's name."""
        return self.required + self.optional


KINDS: Mapping[str, Kind] = {
    "takeaways": Kind(),
    "top-products": Kind(body=False),
    "products": Kind(required=("items",), title=True, body=False),
    "disclaimer": Kind(title=True, body=False),
    "compare": Kind(title=True),
    "do": Kind(title=True),
    "dont": Kind(title=True),
    "warning": Kind(title=True),
    "emergency": Kind(
        required=("status",), title=True, values={"status": ("awaiting-approval", "sourced")}
    ),
    "figure": Kind(required=("src", "alt", "credit")),
    "questions": Kind(title=True),
    "further-reading": Kind(required=("items",), body=False),
}


def block_of(document: Document, name: str) -> Iterator[Block]:
    """Yield a document's blocks of one name."""
    return (block for block in document.blocks if block.name == name)
