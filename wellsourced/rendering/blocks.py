"""Render the `///` blocks as pymdownx blocks.

Simple blocks become their markup at once. Blocks with catalogue data become a placeholder
element, `data-component`, which `finish` renders through the theme once its body is done.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markupsafe import Markup
from pymdownx.blocks import BlocksExtension, BlocksProcessor
from pymdownx.blocks.block import Block, type_any

from wellsourced.rendering import pictures
from wellsourced.rendering.sources import FurtherReading, Sources
from wellsourced.source.document import Document


class _Block(Block):  # type: ignore[misc]
    """A block that takes its title, if any, as written."""

    ARGUMENT = None

    def on_markdown(self) -> str:
        """Read the body as blocks of Markdown."""
        return "block"

    @property
    def title(self) -> str:
        """Give the words after the bar, or an empty string."""
        return (self.argument or "").strip()

    def say(self, message: str) -> str:
        """Give the engine's own words in the document's language."""
        sources: Sources = self.config["sources"]
        return sources.words.gettext(message)

    def element(self, parent: Element, tag: str, **attributes: str) -> Element:
        """Append the block's element, stamped with its name."""
        return SubElement(parent, tag, {"data-block": self.NAME, **attributes})


class Takeaways(_Block):
    NAME = "takeaways"

    def on_create(self, parent: Element) -> Element:
        return self.element(parent, "div", **{"class": "takeaways"})


class _Advice(_Block):
    def on_create(self, parent: Element) -> Element:
        box = self.element(parent, "div", **{"class": f"advice advice--{self.NAME}"})
        if self.title:
            SubElement(box, "p", {"class": "advice__title"}).text = self.title
        return box


class Do(_Advice):
    NAME = "do"


class Dont(_Advice):
    NAME = "dont"


class Warning(_Block):
    NAME = "warning"

    def on_create(self, parent: Element) -> Element:
        box = self.element(parent, "div", **{"class": "warning", "role": "note"})
        if self.title:
            SubElement(box, "p", {"class": "warning__title"}).text = self.title
        return box


class Emergency(_Block):
    NAME = "emergency"
    OPTIONS = {"status": ["awaiting-approval", type_any]}  # noqa: RUF012

    def on_create(self, parent: Element) -> Element:
        box = self.element(parent, "div", **{"class": "emergency", "role": "note"})
        SubElement(box, "p", {"class": "emergency__title"}).text = self.title
        if self.options["status"] == "awaiting-approval":
            status = SubElement(box, "p", {"class": "emergency__status"})
            status.text = self.say("This card is awaiting clinical approval.")
        return box


class Compare(_Block):
    NAME = "compare"

    def on_create(self, parent: Element) -> Element:
        attributes = {"class": "compare", "role": "region", "tabindex": "0"}
        label = self.title or self.say("Comparison")
        return self.element(parent, "div", **attributes, **{"aria-label": label})


class Figure(_Block):
    NAME = "figure"
    OPTIONS = {"src": ["", type_any], "alt": ["", type_any], "credit": ["", type_any]}  # noqa: RUF012

    def on_create(self, parent: Element) -> Element:
        sources: Sources = self.config["sources"]
        name = str(self.options["src"])
        figure = self.element(parent, "figure", **{"class": "figure"})
        image = SubElement(figure, "img", {"alt": str(self.options["alt"])})
        pictures.show(image, name, sources)
        return figure

    def on_end(self, block: Element) -> None:
        """Gather caption, text twin and credit in the figcaption, the figure's last child.

        HTML § 4.4.12 allows a figcaption only as first or last child.
        """
        _, *body = list(block)
        for child in body:
            block.remove(child)
        caption = SubElement(block, "figcaption")
        caption.extend(body[:1])
        if body[1:]:
            SubElement(caption, "div", {"class": "figure__twin"}).extend(body[1:])
        if self.options["credit"]:
            credit = SubElement(caption, "p", {"class": "figure__credit"})
            credit.text = str(self.options["credit"])


class _Component(_Block):
    """A block that the theme renders from catalogue data."""

    def on_create(self, parent: Element) -> Element:
        return self.element(parent, "div", **{"data-component": self.NAME})

    def on_end(self, block: Element) -> None:
        """Keep what `values` needs until the body's Markdown is done."""
        self.config["pending"][id(block)] = self

    def values(self, intro: str) -> dict[str, Any]:
        """Give the component's template its values; `intro` is the body as HTML."""
        raise NotImplementedError


class Products(_Component):
    NAME = "products"
    OPTIONS = {"items": [[], type_any]}  # noqa: RUF012

    def values(self, intro: str) -> dict[str, Any]:
        sources: Sources = self.config["sources"]
        catalogue = sources.library.products
        products = tuple(catalogue[str(i)] for i in self.options["items"] if str(i) in catalogue)
        has_label = any(product.label for product in products)
        return {
            "title": self.title,
            "intro": Markup(intro),
            "products": products,
            "disclosure": Markup(sources.disclosures.get("commercial", "")),
            "drug_disclaimer": Markup(sources.disclosures.get("drug", "") if has_label else ""),
            "reference_url": sources.reference_url,
        }


class TopProducts(_Component):
    NAME = "top-products"

    def values(self, intro: str) -> dict[str, Any]:
        del intro
        sources: Sources = self.config["sources"]
        catalogue = sources.library.products
        named = recommended(self.config["document"])
        return {
            "products": tuple(catalogue[name] for name in named if name in catalogue),
            "disclosure": Markup(sources.disclosures.get("commercial", "")),
        }


class Disclaimer(_Component):
    NAME = "disclaimer"

    def values(self, intro: str) -> dict[str, Any]:
        del intro
        kind = self.title or "medical"
        return {"kind": kind, "body": Markup(self.config["sources"].disclosures.get(kind, ""))}


class Questions(_Component):
    NAME = "questions"

    def values(self, intro: str) -> dict[str, Any]:
        return {"title": self.title or self.say("Questions to ask"), "body": Markup(intro)}


class FurtherReadingList(_Component):
    NAME = "further-reading"
    OPTIONS = {"items": [[], type_any]}  # noqa: RUF012

    def values(self, intro: str) -> dict[str, Any]:
        del intro
        sources: Sources = self.config["sources"]
        return {
            "items": tuple(
                FurtherReading(
                    sources.library.references[item["key"]],
                    Markup(sources.entries[item["key"]]),
                    item.get("reason", ""),
                )
                for item in self.options["items"]
                if isinstance(item, dict) and item.get("key") in sources.entries
            )
        }


BLOCKS: tuple[type[_Block], ...] = (
    Takeaways, Do, Dont, Warning, Emergency, Compare, Figure,
    Products, TopProducts, Disclaimer, Questions, FurtherReadingList,
)  # fmt: skip


def recommended(document: Document) -> tuple[str, ...]:
    """List the product ids that a document's products blocks name, each once, in order."""
    options = (b.options.get("items") for b in document.blocks if b.name == Products.NAME)
    return tuple(dict.fromkeys(str(v) for option in options if option for v, _ in option.items))


class Blocks(BlocksExtension):  # type: ignore[misc]
    """Register every block; `start` points them at the document that is rendered next."""

    def __init__(self, sources: Sources) -> None:
        super().__init__()
        self._config: dict[str, Any] = {"sources": sources, "pending": {}, "document": None}

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: BlocksProcessor) -> None:  # noqa: N802
        """Register the blocks with pymdownx."""
        del md
        for block in BLOCKS:
            block_mgr.register(block, self._config)

    def start(self, document: Document) -> None:
        """Begin a document."""
        self._config["document"] = document
        self._config["pending"].clear()

    def finish(self, root: Element, md: Markdown) -> None:
        """Render the component blocks, the innermost first, and put their HTML in their place."""
        sources: Sources = self._config["sources"]
        for element in reversed([e for e in root.iter("div") if "data-component" in e.attrib]):
            block = self._config["pending"][id(element)]
            intro = "".join(md.serializer(child) for child in element)
            html = sources.components.render(block.NAME, **block.values(intro))
            tail = element.tail
            element.clear()
            element.tag, element.tail = "p", tail
            element.text = md.htmlStash.store(html)
