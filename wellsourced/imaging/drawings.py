"""Make a drawing small and harmless: what it shows and says stays, all else goes.

An SVG is a program as much as a picture: it can hold scripts, call other sites and unfold to
gigabytes. The parser expands no entity and opens no address, and what acts is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import lightningcss
from lxml import etree

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_KEPT = (f"{{{_XML}}}space", f"{{{_XML}}}lang")
"""What is kept of XML's own attributes; xml:base would turn local references into others."""

_ACTIVE = frozenset(
    "script handler listener foreignobject iframe object embed audio video canvas".split()
)
_MOVING = frozenset("animate animatecolor animatemotion animatetransform set discard".split())
_WORDS = frozenset(f"{{{_SVG}}}{name}" for name in "text tspan textPath title desc style".split())
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\")
_ADDRESS = re.compile(r"url\(\s*+[\"']?+\s*+(?!#)|@import|image-set\(|\bsrc\(|javascript:", re.I)
_LENGTH = re.compile(r"\s*([\d.]+)(?:px)?\s*")


class DrawingError(Exception):
    """A drawing cannot be published; `unsafe` when it would act or call elsewhere."""

    def __init__(self, message: str, unsafe: bool = False) -> None:
        super().__init__(message)
        self.unsafe = unsafe


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG as it is published, and its size in CSS pixels; 0 × 0 when it has none."""

    data: bytes
    width: int
    height: int


def optimise(data: bytes) -> Drawing:
    """Leave out comments, metadata, editors' own markup and white space that shows nothing.

    Ids, titles, descriptions, roles and ARIA attributes stay.

    Raises `DrawingError` for what is no SVG, and for scripts, event handlers, animation, embedded
    pages and pictures, entities, and references to anything outside the file.
    """
    root = _parse(data)
    for element in list(root.iter()):
        _refuse(element)
    for element in list(root.iter()):
        _lighten(element, root)
    etree.cleanup_namespaces(root)
    width, height = _size(root)
    text = etree.tostring(root, encoding="unicode", with_tail=False)
    return Drawing(f"{text}\n".encode(), width, height)


def _parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DrawingError(f"line {error.lineno or 1}: {error.msg}") from None
    except ValueError as error:
        raise DrawingError(str(error)) from None
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and list(declared.iterentities()):
        raise DrawingError("it declares entities", unsafe=True)
    if root.tag != f"{{{_SVG}}}svg":
        raise DrawingError("its first element is no svg of the SVG namespace")
    return root


def _refuse(element: etree._Element) -> None:
    """Refuse what acts, moves or calls elsewhere."""
    if not isinstance(element.tag, str):
        raise DrawingError(f"line {element.sourceline}: an entity", unsafe=True)
    name = etree.QName(element).localname
    at = f"line {element.sourceline}: "
    if name.lower() in _ACTIVE:
        raise DrawingError(f"{at}a {name} element", unsafe=True)
    if name.lower() in _MOVING:
        raise DrawingError(f"{at}an animation ({name})", unsafe=True)
    for key, value in element.attrib.items():
        attribute = etree.QName(str(key)).localname
        if attribute.lower().startswith("on"):
            raise DrawingError(f"{at}an event handler ({attribute})", unsafe=True)
        leads = attribute.lower() in ("href", "src") and not str(value).strip().startswith("#")
        if leads or _ADDRESS.search(_plain(str(value))):
            raise DrawingError(f"{at}a reference to something outside ({attribute})", unsafe=True)
    if name.lower() == "style" and _ADDRESS.search(_plain("".join(map(str, element.itertext())))):
        raise DrawingError(f"{at}a style that fetches something", unsafe=True)


def _plain(css: str) -> str:
    """Resolve CSS escapes and comments, behind which an address can hide (CSS Syntax 3 § 4.3.7)."""
    without = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return _ESCAPE.sub(lambda m: chr(min(int(m[1], 16), 0x10FFFF)) if m[1] else "", without)


def _lighten(element: etree._Element, root: etree._Element) -> None:
    """Take out one element, or what it holds that shows nothing."""
    parent = element.getparent()
    name = etree.QName(element)
    if name.namespace != _SVG or name.localname == "metadata":
        if parent is not None:
            _remove(element, parent)
        return
    for key in list(element.attrib):
        attribute = etree.QName(str(key))
        known = attribute.namespace in (None, _XLINK) or key in _KEPT
        if not known or attribute.localname.startswith("data-"):
            del element.attrib[key]
    if name.localname == "style" and element.text:
        element.text = _minify(element.text)
    if _keeps_space(element):
        return
    if element.text and not element.text.strip():
        element.text = None
    for child in element:
        if child.tail and not child.tail.strip():
            child.tail = None


def _remove(element: etree._Element, parent: etree._Element) -> None:
    """Take an element out; the text after it stays."""
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _keeps_space(element: etree._Element) -> bool:
    """Tell whether white space in an element may be seen."""
    around = [element, *element.iterancestors()]
    asked = next((e.get(f"{{{_XML}}}space") for e in around if e.get(f"{{{_XML}}}space")), "")
    return asked == "preserve" or any(e.tag in _WORDS for e in around)


def _minify(css: str) -> str:
    """Minify a style sheet; one that is not valid CSS, which browsers read in part, stays."""
    try:
        return str(lightningcss.process_stylesheet(css, filename="drawing.css", minify=True))
    except ValueError:
        return css


def _size(root: etree._Element) -> tuple[int, int]:
    """Read width and height attributes, or the viewBox when they are absent (SVG 2 § 8.2)."""
    try:
        sides = [_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
        if sides[0] and sides[1]:
            return round(float(sides[0][1])), round(float(sides[1][1]))
        box = [float(one) for one in re.split(r"[\s,]+", root.get("viewBox", "").strip())]
    except ValueError:
        return 0, 0
    return (round(box[2]), round(box[3])) if len(box) == 4 else (0, 0)
