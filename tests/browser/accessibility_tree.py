"""The accessibility tree of a page: what a screen reader is told, as Chromium computes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

# Roles that readers can jump between (WAI-ARIA 1.2 § 5.3.4, DPUB-ARIA 1.1 for the doc- ones).
LANDMARKS = (
    "banner",
    "complementary",
    "contentinfo",
    "doc-bibliography",
    "doc-toc",
    "form",
    "main",
    "navigation",
    "region",
    "search",
)
LISTS = ("list", "DescriptionList")


@dataclass(frozen=True, slots=True)
class Node:
    """Hold a node that is not ignored: its role, its name, its level or 0, and its parts."""

    role: str
    name: str
    level: int
    element: int  # the browser's number of its DOM node
    children: tuple[Node, ...]

    def walk(self) -> Iterator[Node]:
        """Give the node and all below it, in the order of reading."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, *roles: str) -> list[Node]:
        """List the nodes at or below this one that have one of `roles`."""
        return [node for node in self.walk() if node.role in roles]

    def one(self, role: str, name: str | None = None) -> Node:
        """Give the only node of a role, or of a role and a name."""
        found = [node for node in self.all(role) if name is None or node.name == name]
        assert len(found) == 1, f"{len(found)} nodes are {role} {name or ''}"
        return found[0]

    def text(self) -> str:
        """Join the text below the node, white space folded."""
        return " ".join(" ".join(node.name for node in self.all("StaticText")).split())


def tree(page: Page) -> Node:
    """Read the tree of `page` (Chrome DevTools Protocol, Accessibility.getFullAXTree)."""
    session = page.context.new_cdp_session(page)
    try:
        nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    finally:
        session.detach()
    (root,) = _grow(nodes[0], {node["nodeId"]: node for node in nodes})
    return root


def _grow(told: Mapping[str, Any], nodes: Mapping[str, Mapping[str, Any]]) -> Iterator[Node]:
    """Make the node that `told` describes; of an ignored one, the nodes below it."""
    children = tuple(
        part
        for child in told.get("childIds", ())
        if child in nodes
        for part in _grow(nodes[child], nodes)
    )
    if told["ignored"]:
        yield from children
        return
    values = {each["name"]: each["value"].get("value") for each in told.get("properties", ())}
    yield Node(
        str(told["role"]["value"]),
        str(told.get("name", {}).get("value", "")),
        int(values.get("level", 0)),
        told.get("backendDOMNodeId", 0),
        children,
    )
