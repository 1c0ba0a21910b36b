"""A drawing keeps what it shows and says, and loses all that acts, calls or hides."""

from __future__ import annotations

import random
import re
from html import unescape
from pathlib import Path

import pytest

from tests.conftest import ROOT
from wellsourced.imaging.drawings import DrawingError, optimise
from wellsourced.imaging.inspection import inspect

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
SHIPPED = sorted(path for top in ("content", "theme") for path in (ROOT / top).rglob("*.svg"))


def drawn(inside: str, attributes: str = 'viewBox="0 0 90 40"') -> str:
    return optimise(f"{OPEN}{attributes}>{inside}</svg>".encode()).data.decode()


UNSAFE = {
    "script": "<script>alert(1)</script>",
    "script of another namespace": '<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>',
    "handler": '<rect onload="alert(1)"/>',
    "handler in capitals": '<rect OnClick="alert(1)"/>',
    "page inside": "<foreignObject><p/></foreignObject>",
    "frame": '<iframe xmlns="http://www.w3.org/1999/xhtml"/>',
    "link": '<a href="https://example.org/"><rect/></a>',
    "script link": '<a xlink:href="javascript:alert(1)"><rect/></a>',
    "picture elsewhere": '<image href="//example.org/a.png"/>',
    "picture inside": '<image href="data:image/jpeg;base64,AAAA"/>',
    "use elsewhere": '<use xlink:href="other.svg#a"/>',
    "import": "<style>@import 'a.css';</style>",
    "import in capitals": "<style>@IMPORT 'a.css';</style>",
    "import in escapes": r"<style>@\69mport 'a.css';</style>",
    "import in data": "<style><![CDATA[@import 'a.css';]]></style>",
    "address in a style": "<style>rect{fill:url( 'https://example.org/a' )}</style>",
    "address behind a comment": "<style>rect{fill:u/**/rl(a);mask:url(/**/https://a)}</style>",
    "font": "<style>@font-face{font-family:a;src:url(a.woff)}</style>",
    "address in an attribute": '<rect fill="url(https://example.org/a#b)"/>',
    "address in a style attribute": '<rect style="fill:url(a)"/>',
    "escaped address": r'<rect style="fill:\75 rl(a)"/>',
    "set of images": "<style>rect{background:image-set('a.png' 1x)}</style>",
    "animation": '<rect><animate attributeName="x" to="5"/></rect>',
    "setting": '<set attributeName="href" to="javascript:alert(1)"/>',
}


@pytest.mark.parametrize("inside", UNSAFE.values(), ids=UNSAFE)
def test_what_acts_or_calls_elsewhere_is_refused(inside: str) -> None:
    with pytest.raises(DrawingError) as caught:
        drawn(f"\n{inside}")
    assert caught.value.unsafe
    assert str(caught.value).startswith("line 2: ")


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "aaaa">',
        '<!ENTITY a SYSTEM "/etc/passwd">',
        '<!ENTITY % a SYSTEM "https://example.org/a.dtd">',
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">',
    ],
)
def test_entities_are_refused_and_never_expanded(declared: str) -> None:
    for inside in ("", "<text>&a;</text>" if " % " not in declared else ""):
        with pytest.raises(DrawingError) as caught:
            optimise(f"<!DOCTYPE svg [{declared}]>{OPEN}>{inside}</svg>".encode())
        assert caught.value.unsafe


def test_an_undeclared_entity_is_no_crash() -> None:
    with pytest.raises(DrawingError):
        drawn("<text>&nbsp;</text>")


@pytest.mark.parametrize(
    "data", [b"", b"words", b"<svg/>", b"<html/>", b"<svg", b"\xff\xfe\x00", OPEN.encode() + b">"]
)
def test_what_is_no_drawing_is_told(data: bytes) -> None:
    with pytest.raises(DrawingError) as caught:
        optimise(data)
    assert not caught.value.unsafe


def test_what_shows_nothing_goes() -> None:
    made = drawn(
        '<?editor a?><!-- made with -->\n  <metadata><r xmlns="urn:rdf">Me</r></metadata>\n'
        '<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/s"/>\n'
        '<rect xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" inkscape:label="a"'
        ' data-name="b" id="box"/>\n  <g>\n    <path d="M0 0"/>\n  </g>\n'
    )
    assert made == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 40">'
        '<rect id="box"/><g><path d="M0 0"/></g></svg>\n'
    )


def test_a_plain_doctype_goes() -> None:
    public = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    assert (
        optimise(f"{public}{OPEN}/>".encode()).data
        == b'<svg xmlns="http://www.w3.org/2000/svg"/>\n'
    )


def test_what_names_and_describes_stays() -> None:
    said = (
        '<title id="t">A needle</title><desc id="d">It is thin.</desc>'
        '<text xml:space="preserve">  two  blanks  </text>'
        "<text><tspan>one</tspan> <tspan>two</tspan></text>"
        '<use href="#t"/><rect fill="url(#t)"/>'
    )
    attributes = 'role="img" aria-labelledby="t d" lang="en"'
    assert drawn(said, attributes).endswith(f"{attributes}>{said}</svg>\n")


def test_a_base_elsewhere_goes() -> None:
    assert "example" not in drawn('<use href="#t"/>', 'xml:base="https://example.org/"')


def test_noise_in_a_drawing_never_breaks_the_look_at_it() -> None:
    chance = random.Random(4)
    for path in SHIPPED:
        source = path.read_bytes()
        for _ in range(60):
            data = bytearray(source)
            for _ in range(chance.randint(1, 6)):
                at = chance.randrange(len(data))
                data[at : at + chance.randint(0, 3)] = chance.choice(
                    [b"<", b">", b"&", b'"', b"\0", b"xmlns:", b"<!", b"\xff", b"on", b"{", b"url("]
                )
            inspect(bytes(data), ".svg")


def test_text_beside_what_goes_stays() -> None:
    assert "<text>one two</text>" in drawn('<text>one<x xmlns="urn:x">gone</x> two</text>')


def test_a_style_keeps_its_meaning() -> None:
    made = drawn("<style>\n  /* ink */\n  .a {\n    fill : #ff0000;\n  }\n</style>")
    assert "<style>.a{fill:red}</style>" in made


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="720" height="440.4px" viewBox="0 0 1 1"', (720, 440)),
        ('width="100%" height="100%" viewBox="0 0 32.4 16"', (32, 16)),
        ('viewBox="0,0 ,10 20"', (10, 20)),
        ('viewBox="0 0 10"', (0, 0)),
        ('viewBox="-5,-5,10,20"', (10, 20)),
        ('width="7cm"', (0, 0)),
    ],
)
def test_its_size_is_read(attributes: str, size: tuple[int, int]) -> None:
    made = optimise(f"{OPEN}{attributes}/>".encode())
    assert (made.width, made.height) == size


def test_doing_it_twice_changes_nothing() -> None:
    for path in SHIPPED:
        once = optimise(path.read_bytes())
        assert optimise(once.data) == once


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_the_shipped_drawings_lose_weight_and_no_word(path: Path) -> None:
    source, made = path.read_text("utf-8"), optimise(path.read_bytes()).data.decode()
    assert len(made.encode()) <= len(source.encode())
    for pattern in (r"<(title|desc|text|tspan)\b[^>]*>([^<]*)", r'\b(id|aria-\w+|role)="([^"]*)"'):
        assert re.findall(pattern, made) == re.findall(pattern, unescape(source))
